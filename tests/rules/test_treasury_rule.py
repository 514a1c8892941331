"""Counters of the Treasury and the single-entry accounts that follow from them."""

import doctest
import unittest
from datetime import date

from .loader import load_rule

treasury = load_rule("party_office_finance", "treasury")
accounts = load_rule("party_office_finance", "estimate_account")


def entries(kind, purse="estimate", regular=True, last_year=False, amount=7, order=""):
    return [
        (entry.account, entry.side, entry.amount)
        for entry in accounts.single_entries(
            kind, purse, regular, last_year, amount, order
        )
    ]


class TestTreasury(unittest.TestCase):
    def test_every_kind_of_every_regime_is_known(self):
        for regime, kinds in treasury.KINDS_BY_REGIME.items():
            for kind in kinds:
                found = [
                    (regime, kind, order)
                    for order in ("", "actual", "advance")
                    if (regime, kind, order) in treasury._DELTAS
                ]
                self.assertTrue(found, (regime, kind))

    def test_a_closed_circle_leaves_nothing(self):
        """Drawn, settled in part, the rest repaid: only the spending stays."""
        steps = [
            ("cash_advance", 20),
            ("settle_advance", 15),
            ("repay_advance", 5),
            ("repay_actual", 15),
        ]
        sums = treasury.Deltas()
        for kind, amount in steps:
            delta = treasury.counter_deltas("estimate", kind, amount)
            sums = treasury.Deltas(
                sums.allocated + delta.allocated,
                sums.advance + delta.advance,
                sums.actual + delta.actual,
                sums.repaid + delta.repaid,
            )
        self.assertEqual(sums, treasury.Deltas(0, 0, 0, 20))

    def test_unknown_movements(self):
        for regime, kind, order in (
            ("estimate", "order_actual", ""),
            ("payment_order", "order_spending", ""),
            ("payment_order", "order_approved", "actual"),
            ("party", "cash_advance", ""),
        ):
            with self.assertRaises(ValueError):
                treasury.counter_deltas(regime, kind, 1, order)

    def test_calendar(self):
        self.assertTrue(treasury.is_open_year("cash_actual", 2026, date(2026, 1, 1)))
        self.assertFalse(treasury.is_open_year("cash_actual", 2026, date(2025, 12, 31)))
        self.assertTrue(treasury.is_open_year("repay_actual", 2026, date(2027, 2, 15)))
        self.assertFalse(treasury.is_open_year("repay_actual", 2026, date(2027, 2, 16)))

    def test_deadline_and_overdue_agree(self):
        """Overdue begins on the day after the deadline, for every day of two years."""
        for ordinal in range(
            date(2026, 1, 1).toordinal(), date(2028, 1, 1).toordinal()
        ):
            day = date.fromordinal(ordinal)
            deadline = treasury.settle_by(day)
            following = date.fromordinal(deadline.toordinal() + 1)
            self.assertFalse(day < treasury.overdue_before(deadline), day)
            self.assertTrue(day < treasury.overdue_before(following), day)

    def test_doctest(self):
        self.assertEqual(doctest.testmod(treasury).failed, 0)


class TestEstimateAccounts(unittest.TestCase):
    def test_008(self):
        cases = {
            ("estimate", True, False): [("00821", "debit", 7)],
            ("estimate", False, False): [("00822", "debit", 7)],
            ("estimate", True, True): [("00811", "debit", 7)],
            ("cash_advance", True, False): [("008211", "credit", 7)],
            ("transfer_advance", False, False): [("008221", "credit", 7)],
            ("cash_actual", True, False): [("008212", "credit", 7)],
            ("transfer_actual", False, True): [("008122", "credit", 7)],
            ("settle_advance", True, False): [
                ("008211", "credit", -7),
                ("008212", "credit", 7),
            ],
            ("repay_advance", True, True): [("008111", "credit", -7)],
            ("repay_actual", False, False): [("008222", "credit", -7)],
        }
        for (kind, regular, last_year), expected in cases.items():
            with self.subTest(kind):
                found = entries(kind, regular=regular, last_year=last_year)
                self.assertEqual(found, expected)

    def test_012_and_013(self):
        cases = {
            ("order_actual", ""): [("01221", "debit", 7)],
            ("order_advance", ""): [("01321", "debit", 7)],
            ("order_spending", "actual"): [("01221", "credit", 7)],
            ("order_spending", "advance"): [],
            ("cash_actual", "actual"): [("01221", "credit", 7)],
            ("order_approved", "advance"): [("01321", "credit", 7)],
            ("repay_actual", "actual"): [("01221", "debit", -7)],
            ("repay_advance", "advance"): [("01321", "debit", -7)],
            ("estimate", ""): [],
        }
        for (kind, order), expected in cases.items():
            with self.subTest(kind=kind, order=order):
                found = entries(kind, "payment_order", order=order)
                self.assertEqual(found, expected)
        self.assertEqual(
            entries("order_actual", "payment_order", False, True),
            [("01212", "debit", 7)],
        )

    def test_014_and_018(self):
        self.assertEqual(entries("estimate", "fee"), [("0141", "debit", 7)])
        self.assertEqual(entries("cash_actual", "other"), [("0181", "credit", 7)])
        self.assertEqual(entries("transfer_advance", "other"), [])

    def test_a_reversal_is_red(self):
        self.assertEqual(
            entries("settle_advance", amount=-7),
            [("008211", "credit", 7), ("008212", "credit", -7)],
        )

    def test_accounts_agree_with_the_counters(self):
        """What is credited on 008 is what the counters of the fund say is drawn."""
        for kind in treasury.KINDS_BY_REGIME["estimate"]:
            deltas = treasury.counter_deltas("estimate", kind, 7)
            found = dict.fromkeys(("008211", "008212"), 0)
            for account, _side, amount in entries(kind):
                found[account] += amount
            self.assertEqual(found["008211"], deltas.advance, kind)
            self.assertEqual(found["008212"], deltas.actual, kind)

    def test_doctest(self):
        self.assertEqual(doctest.testmod(accounts).failed, 0)
