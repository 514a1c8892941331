"""Test API of the Treasury: documents that are sent, signed twice and posted."""

from odoo import Command

from .common import YEAR, FinanceCase


class TreasuryCase(FinanceCase):
    """The estimate of a fund like 13 in 2026 is 150 million đồng (A 100, B 50).

    Funds of our own: the database may have figures of the usual ones.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls._own_fund("13")
        cls.fund_12 = cls._own_fund("12")
        cls.order_fund = cls._own_fund("lct")
        cls.party_fund = cls._own_fund("dp")
        cls.funds = cls.fund | cls.fund_12 | cls.order_fund | cls.party_fund
        cls.company.party_fund_id = cls.fund
        cls.line_a = cls._allocate(cls.board_a, 100_000_000)
        cls.line_b = cls._allocate(cls.board_b, 50_000_000)
        cls.payee = cls.env["res.partner"].create({"name": "Garage"})

    @classmethod
    def _own_fund(cls, code):
        fund = cls.env.ref(f"party_office_finance.fund_{code}")
        return fund.copy({"code": f"T{code}", "name": f"Test {code}"})

    @classmethod
    def _new_paper(cls, kind, amount=0, user="accountant_a", board=None, **values):
        """Create a draft document with one line (đồng), or without lines for 0."""
        line = {
            "board_id": (board or cls.board_a).id,
            "item_id": cls.fuel.id,
            "amount": amount,
        }
        if "origin" in values:
            line["origin_id"] = values.pop("origin").id
        return (
            cls.env["party.treasury.move"]
            .with_user(cls.user[user])
            .create(
                {
                    "kind": kind,
                    "date": f"{YEAR}-06-12",
                    "year": YEAR,
                    "fund_id": cls.fund.id,
                    "line_ids": [Command.create(line)] if amount else [],
                    **values,
                }
            )
        )

    @classmethod
    def _sign(cls, document):
        """Send a document and let both persons sign it."""
        document.with_user(document.requester_id).action_submit()
        return cls._approve(document)

    @classmethod
    def _post(cls, document, user="chief_accountant"):
        cls._sign(document)
        document.with_user(cls.user[user]).action_post()
        return document

    @classmethod
    def _paper(cls, kind, amount=0, user="accountant_a", board=None, **values):
        """Return a posted document."""
        return cls._post(cls._new_paper(kind, amount, user, board, **values))

    @classmethod
    def _posted_claim(cls, amounts, **values):
        claim = cls._approved_claim(
            amounts,
            **{"payment_method": "transfer", "partner_id": cls.payee.id, **values},
        )
        claim.with_user(cls.user["accountant_a"]).action_post()
        return claim

    @classmethod
    def _reversed(cls, document):
        """Return the posted document that reverses another."""
        action = document.with_user(cls.user["accountant_a"]).action_reverse()
        reversal = cls.env["party.treasury.move"].browse(action["res_id"])
        return cls._post(reversal.with_user(cls.user["accountant_a"]))

    def _balance(self, fund=None, year=YEAR):
        balance = self.env["party.treasury.balance"].search(
            [
                ("fund_id", "=", (fund or self.fund).id),
                ("year", "=", year),
                ("company_id", "=", self.company.id),
            ]
        )
        balance.invalidate_recordset()
        return balance

    def assertBalance(self, allocated, advance, actual, repaid=0, fund=None):
        """Check the counters (đồng) of a fund in 2026."""
        self.assertRecordValues(
            self._balance(fund),
            [
                {
                    "allocated": allocated,
                    "advance": advance,
                    "actual": actual,
                    "repaid": repaid,
                    "remaining": allocated - advance - actual,
                }
            ],
        )

    def assertEntry(self, document, *expected):
        """Check the posted entry: ``(account code, debit, credit)`` in order."""
        document = document.sudo()
        self.assertEqual(document.move_id.state, "posted")
        rows = [
            (item.account_id.code, item.debit, item.credit)
            for item in document.move_id.line_ids.sorted("id")
        ]
        self.assertEqual(rows, list(expected))
