"""Test API of advances: one step on, an office with an advance that was paid."""

from odoo import Command

from .common import YEAR, FinanceCase


class AdvanceCase(FinanceCase):
    """Boards with fuel money and, when asked for, advances of their staff."""

    @classmethod
    def _new_advance(cls, amount, user="staff_a", board=None, **values):
        """Create a draft advance (đồng)."""
        return (
            cls.env["party.advance"]
            .with_user(cls.user[user])
            .create(
                {
                    "board_id": (board or cls.board_a).id,
                    "kind_id": cls.kind.id,
                    "date": f"{YEAR}-06-10",
                    "purpose": "Fuel of a long trip",
                    "amount": amount,
                    **values,
                }
            )
        )

    @classmethod
    def _approved_advance(cls, amount, user="staff_a", **values):
        advance = cls._new_advance(amount, user, **values)
        advance.action_submit()
        return cls._approve(advance)

    @classmethod
    def _paid_advance(cls, amount, user="staff_a", **values):
        advance = cls._approved_advance(amount, user, **values)
        if values.get("payment_method") == "transfer":
            cls._transfer(advance)
        else:
            advance.with_user(cls.user["cashier"]).action_pay()
        return advance

    @classmethod
    def _transfer(cls, advances, post=True, **values):
        """Return the Treasury document that pays advances, drafted by accountant A."""
        context = advances.with_user(cls.user["accountant_a"])
        action = context.action_make_treasury_paper()
        document = (
            cls.env["party.treasury.move"]
            .with_user(cls.user["accountant_a"])
            .with_context(**action["context"])
            .create({"date": f"{YEAR}-06-12", "year": YEAR, **values})
        )
        if post:
            document.action_submit()
            cls._approve(document)
            document.with_user(cls.user["chief_accountant"]).action_post()
        return document

    @classmethod
    def _settling_claim(cls, advance, amounts, user="staff_a", **values):
        """Return an approved claim that settles an advance."""
        claim = cls._new_claim(amounts, user, advance_id=advance.id, **values)
        claim.action_submit()
        return cls._approve(claim)

    @classmethod
    def _add_line(cls, claim, amount, item):
        """Add a line of another budget item to a draft claim (đồng)."""
        line = {"name": "Other", "amount": amount, "item_id": item.id}
        claim.write({"line_ids": [Command.create(line)]})

    def _post(self, claim, user="accountant_a"):
        claim.with_user(self.user[user]).action_post()
        return claim.sudo().move_id

    def _balances(self, move):
        """Return ``{account code: balance}`` of an entry (đồng)."""
        totals = {}
        for item in move.line_ids:
            code = item.account_id.code
            totals[code] = totals.get(code, 0) + item.balance
        return totals

    def assertAdvance(self, advance, **expected):
        """Check the figures (đồng) against the record and the budget ledger."""
        advance = advance.sudo()
        advance.invalidate_recordset()
        self.assertRecordValues(advance, [expected])
        self.env.cr.execute(
            "SELECT COALESCE(sum(delta_advanced), 0) FROM party_budget_move "
            "WHERE res_model = 'party.advance' AND res_id = %s",
            [advance.id],
        )
        self.assertEqual(self.env.cr.fetchone()[0], advance.remaining)

    def assertNoAlarm(self):
        """Check that counters, ledger, documents and books agree to the đồng."""
        alarms = self.env["party.budget.drift"]._cron_check()
        self.assertFalse(alarms.mapped("name"))
