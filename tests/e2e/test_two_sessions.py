"""What two people at once, or one person in two workers, must not be able to do."""

import threading
import unittest
import uuid
from datetime import date

from .base import RpcError, Session


class TestTwoSessions(unittest.TestCase):
    def _claim_waiting_for_last_step(self, board, fund, item, amount):
        """Return a claim that only its last approver has not decided."""
        staff = Session("chuyenvien.btc")
        claim_id = staff.call(
            "party.claim",
            "create",
            {
                "board_id": board,
                "kind_id": staff.call("party.claim.kind", "search", [], limit=1)[0],
                "description": f"Thử {uuid.uuid4().hex[:8]}",
                "date": f"{date.today().year}-06-15",
                "line_ids": [
                    [
                        0,
                        0,
                        {
                            "name": "Thử",
                            "amount": amount,
                            "fund_id": fund,
                            "item_id": item,
                        },
                    ]
                ],
            },
        )
        staff.call("party.claim", "action_submit", [claim_id])
        for login in ("truongban.btc", "ketoan1", "ketoantruong"):
            self._approve(Session(login), claim_id)
        return claim_id

    def _approve(self, session, document_id, model="party.claim"):
        (document,) = session.call(model, "read", [document_id], ["content_hash"])
        session.call(
            model,
            "action_approve",
            [document_id],
            context={"approval_seen": document["content_hash"], "lang": "vi_VN"},
        )

    def _new_budget_line(self, board, amount):
        """Allocate an amount to a sub-item that the board has no budget for."""
        chief = Session("ketoantruong")
        fund = chief.call("party.fund", "search", [["code", "=", "13"]])[0]
        used = chief.call(
            "party.budget.line",
            "search_read",
            [["board_id", "=", board]],
            ["item_id"],
        )
        free = chief.call(
            "party.budget.item",
            "search",
            [
                ["level", "=", "sub_item"],
                ["parent_id.code", "=", "6600"],
                ["id", "not in", [row["item_id"][0] for row in used]],
            ],
            limit=1,
        )[0]
        # drafted by the board's accountant, approved by the chief of office
        author = Session("ketoan1")
        decision = author.call(
            "party.budget.decision",
            "create",
            {
                "name": f"{uuid.uuid4().hex[:6]}-QĐ/VPTU",
                "date": f"{date.today().year}-06-01",
                "issuer": "Văn phòng Tỉnh ủy",
                "kind": "allocate",
                "year": date.today().year,
                "attachment_ids": [[0, 0, {"name": "qd.txt", "datas": "c2lnbmVk"}]],
                "line_ids": [
                    [
                        0,
                        0,
                        {
                            "board_id": board,
                            "fund_id": fund,
                            "item_id": free,
                            "amount": amount,
                        },
                    ]
                ],
            },
        )
        author.call("party.budget.decision", "action_submit", [decision])
        self._approve(Session("chanhvp"), decision, "party.budget.decision")
        chief.call("party.budget.decision", "action_post", [decision])
        return fund, free

    def test_sixty_and_sixty_against_a_hundred(self):
        board = Session("ketoan1").call("party.board", "search", [["code", "=", "BTC"]])
        fund, item = self._new_budget_line(board[0], 100_000)
        claims = [
            self._claim_waiting_for_last_step(board[0], fund, item, 60_000)
            for _ in range(2)
        ]
        barrier = threading.Barrier(2)
        outcomes = []

        def approve(claim_id):
            session = Session("phochanhvp")
            barrier.wait(timeout=30)
            try:
                self._approve(session, claim_id)
                outcomes.append("approved")
            except RpcError as error:
                outcomes.append(str(error))

        threads = [threading.Thread(target=approve, args=[claim]) for claim in claims]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        self.assertEqual(outcomes.count("approved"), 1, outcomes)
        (refusal,) = [outcome for outcome in outcomes if outcome != "approved"]
        for figure in ("100.000", "60.000", "40.000", "20.000"):
            self.assertIn(figure, refusal)
        chief = Session("ketoantruong")
        (line,) = chief.call(
            "party.budget.line",
            "search_read",
            [["board_id", "=", board[0]], ["item_id", "=", item]],
            ["held", "available"],
        )
        self.assertEqual((line["held"], line["available"]), (60_000, 40_000))

    def test_a_reassignment_works_in_every_worker_from_the_next_click(self):
        chief = Session("ketoantruong")
        board = chief.call("party.board", "search", [["code", "=", "BNC"]])[0]
        (row,) = chief.call("party.board", "read", [board], ["accountant_id"])
        old_id, old_login = row["accountant_id"][0], "ketoan2"
        new_id = chief.call("res.users", "search", [["login", "=", "ketoan1"]])[0]
        domain = [["board_id", "=", board]]
        # several sessions, so that both workers have evaluated the old scope
        old = [Session(old_login) for _ in range(4)]
        for session in old * 3:
            self.assertTrue(session.call("party.budget.line", "search_count", domain))
        handover = chief.call(
            "party.handover",
            "create",
            {"board_id": board, "from_user_id": old_id, "to_user_id": new_id},
        )
        chief.call("party.handover", "action_confirm", [handover])
        self.addCleanup(self._hand_back, board, new_id, old_id)
        for session in old * 5:
            self.assertFalse(session.call("party.budget.line", "search_count", domain))
        for session in [Session("ketoan1") for _ in range(4)] * 2:
            self.assertTrue(session.call("party.budget.line", "search_count", domain))

    def _hand_back(self, board, from_user, to_user):
        chief = Session("ketoantruong")
        current = chief.call(
            "party.board.assignment",
            "search_read",
            [["board_id", "=", board], ["role", "=", "primary"]],
            ["user_id", "date_from"],
            order="date_from desc",
            limit=1,
        )
        self.assertEqual(current[0]["user_id"][0], from_user)
        chief.call(
            "party.board.assignment",
            "write",
            [current[0]["id"]],
            {"user_id": to_user},
        )


if __name__ == "__main__":
    unittest.main()
