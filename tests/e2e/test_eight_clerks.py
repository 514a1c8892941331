"""Eight people at once on the same ten budget lines: no error, no lost đồng."""

import threading
import unittest

from .base import RpcError, Session
from .paperwork import LAST_APPROVER, approve, claim_at_last_step, new_budget_lines

CLERKS, CLAIMS, LINES = 8, 24, 10


class TestEightClerks(unittest.TestCase):
    def _all_at_once(self, login, act, claims):
        """Let eight sessions of a user share the claims; return what went wrong."""
        errors = []
        sessions = [Session(login) for _clerk in range(CLERKS)]
        barrier = threading.Barrier(CLERKS)

        def work(session, mine):
            barrier.wait(timeout=60)
            for claim in mine:
                try:
                    act(session, claim)
                except RpcError as error:
                    errors.append(f"{claim}: {error}")

        threads = [
            threading.Thread(target=work, args=[session, claims[number::CLERKS]])
            for number, session in enumerate(sessions)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)
        return errors

    def _counters(self, board, items):
        rows = Session("ketoantruong").call(
            "party.budget.line",
            "search_read",
            [["board_id", "=", board], ["item_id", "in", items]],
            ["held", "spent"],
        )
        return sum(row["held"] for row in rows), sum(row["spent"] for row in rows)

    def test_approving_and_posting(self):
        (board,) = Session("ketoan1").call(
            "party.board", "search", [["code", "=", "BTC"]]
        )
        fund, items = new_budget_lines(board, [50_000_000] * LINES)
        # every claim takes from three of the ten lines
        claims = [
            claim_at_last_step(
                board,
                fund,
                [
                    (items[(number * step) % LINES], 10_000 + number)
                    for step in (1, 3, 7)
                ],
            )
            for number in range(CLAIMS)
        ]
        total = sum(3 * (10_000 + number) for number in range(CLAIMS))
        self.assertEqual(self._all_at_once(LAST_APPROVER, approve, claims), [])
        self.assertEqual(self._counters(board, items), (total, 0))

        def post(session, claim):
            session.call("party.claim", "action_post", [claim])

        self.assertEqual(self._all_at_once("ketoan1", post, claims), [])
        self.assertEqual(self._counters(board, items), (0, total))
        rows = Session("ketoantruong").call(
            "party.claim", "read", claims, ["voucher_number", "state"]
        )
        self.assertEqual({row["state"] for row in rows}, {"posted"})
        self.assertEqual(len({row["voucher_number"] for row in rows}), CLAIMS)
