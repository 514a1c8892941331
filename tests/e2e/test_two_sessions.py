"""What two people at once, or one person in two workers, must not be able to do."""

import threading
import unittest

from .base import RpcError, Session
from .paperwork import approve, claim_at_last_step, new_budget_lines


class TestTwoSessions(unittest.TestCase):
    def test_sixty_and_sixty_against_a_hundred(self):
        board = Session("ketoan1").call("party.board", "search", [["code", "=", "BTC"]])
        fund, (item,) = new_budget_lines(board[0], [100_000])
        claims = [
            claim_at_last_step(board[0], fund, [(item, 60_000)]) for _ in range(2)
        ]
        barrier = threading.Barrier(2)
        outcomes = []

        def decide(claim_id):
            session = Session("phochanhvp")
            barrier.wait(timeout=30)
            try:
                approve(session, claim_id)
                outcomes.append("approved")
            except RpcError as error:
                outcomes.append(str(error))

        threads = [threading.Thread(target=decide, args=[claim]) for claim in claims]
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
