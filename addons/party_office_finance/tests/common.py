"""Test API of finance: the office of base with money."""

from odoo import Command
from odoo.tests import Form  # noqa: F401 (offered to the tests of this addon)

from odoo.addons.party_office_base.tests.common import PartyOfficeCase

YEAR = 2026
TODAY = "2026-06-15 03:00:00"


class FinanceCase(PartyOfficeCase):
    """Boards A and B with 100 and 50 million đồng for fuel in 2026 (fund 13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._party_setup_money()
        cls.company.cashier_id = cls.user["cashier"]
        cls.fund = cls.env.ref("party_office_finance.fund_13")
        cls.fund_12 = cls.env.ref("party_office_finance.fund_12")
        cls.fuel = cls.env.ref("party_office_finance.item_6503")
        cls.services = cls.env.ref("party_office_finance.item_6500")
        cls.supplies = cls.env.ref("party_office_finance.item_6551")
        cls.kind = cls.env.ref("party_office_finance.claim_kind_fuel")
        # which papers a claim needs has tests of its own
        cls.papers_needed = cls.env["party.claim.kind.paper"].search([])
        cls.papers_needed.active = False
        cls.expense = cls.company.party_expense_account_id
        cls.cash = cls.company.party_cash_account_id
        cls._fill_cash_box(1_000_000_000)
        cls.line_a = cls._allocate(cls.board_a, 100_000_000)
        cls.line_b = cls._allocate(cls.board_b, 50_000_000)

    @classmethod
    def _fill_cash_box(cls, amount):
        """Let the cash book begin with the year, with an amount (đồng)."""
        cls.cash_box = cls.env["party.cash.box"]._of(cls.company)
        if cls.cash_box.last_number:
            cls._empty_cash_box()
        box = cls.cash_box.with_user(cls.user["chief_accountant"])
        box.action_opening_balance(amount, f"{YEAR}-01-01")
        return cls.cash_box

    def _keep_one_cashier(self):
        """Take the role from the cashiers that a demo has."""
        group = self.env.ref("party_office_base.group_cashier")
        group.user_ids = self.user["cashier"]

    @classmethod
    def _empty_cash_box(cls):
        """Forget, in this test's transaction, what a demo has in the box."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "ALTER TABLE party_cash_entry DISABLE TRIGGER USER; "
            "DELETE FROM party_cash_entry; DELETE FROM party_cash_day; "
            "ALTER TABLE party_cash_entry ENABLE TRIGGER USER; "
            "UPDATE party_cash_box SET balance = 0, last_number = 0, last_day = NULL, "
            "closed_until = NULL, is_opened = FALSE"
        )
        cls.env.invalidate_all()

    @classmethod
    def _allocate(cls, board, amount, item=None, fund=None, kind="allocate", year=YEAR):
        """Post a decision with one line; return its budget line.

        The wall between the funds is opened for it: a test of something else need not
        know which fund may pay.
        """
        item = item or cls.fuel
        fund = fund or cls.fund
        decision = cls._new_decision(
            kind, [(board, fund, item, amount)], year=year, date=f"{year}-01-02"
        )
        cls._open_wall(fund, item, decision.date, f"{year}-12-31")
        cls._post_decision(decision)
        return cls.env["party.budget.line"].search(
            [
                ("board_id", "=", board.id),
                ("fund_id", "=", fund.id),
                ("item_id", "=", item.id),
                ("year", "=", year),
            ]
        )

    @classmethod
    def _new_decision(cls, kind, lines, user="accountant_a", **values):
        """Return the draft of a decision with a small paper.

        :param lines: tuples (board, fund, item, đồng)
        :param str user: its author; who drafts for all boards is the chief accountant
        """
        boards = {line[0] for line in lines}
        if user == "accountant_a" and boards != {cls.board_a}:
            user = "chief_accountant"
        decisions = cls.env["party.budget.decision"].with_user(cls.user[user])
        number = cls.env["party.budget.decision"].search_count([])
        paper = decisions.env["ir.attachment"].create(
            {"name": "quyet-dinh.txt", "raw": b"signed"}
        )
        return decisions.create(
            {
                "name": f"{number}-QĐ/TEST",
                "date": f"{YEAR}-06-02",
                "issuer": "Test",
                "kind": kind,
                "year": YEAR,
                "attachment_ids": [Command.set(paper.ids)],
                "line_ids": [
                    Command.create(
                        {
                            "board_id": board.id,
                            "fund_id": fund.id,
                            "item_id": item.id,
                            "amount": amount,
                        }
                    )
                    for board, fund, item, amount in lines
                ],
                **values,
            }
        )

    @classmethod
    def _post_decision(cls, decision):
        """Send a draft by its author, approve it by whom it waits on, and post it."""
        author = decision.sudo().requester_id
        decision.with_user(author).action_submit()
        cls._approve(decision)
        decision.with_user(cls.user["chief_accountant"]).action_post()
        return decision

    @classmethod
    def _open_wall(cls, fund, item, *days):
        """Let a fund pay for an item on some days, by a rule where it may not yet."""
        rules = cls.env["party.fund.rule"]
        if all(rules._verdict(fund, item, day=day).is_allowed for day in days):
            return
        rules.search([("item_id", "=", item.id), ("kind_id", "=", False)]).active = 0
        rules.create(
            {
                "name": f"Test {item.code}",
                "item_id": item.id,
                "fund_ids": [Command.set(cls.env["party.fund"].search([]).ids)],
            }
        )

    @classmethod
    def _new_claim(cls, amounts, user="staff_a", board=None, **values):
        """Create a draft claim with one line for each amount (đồng)."""
        return (
            cls.env["party.claim"]
            .with_user(cls.user[user])
            .create(
                {
                    "board_id": (board or cls.board_a).id,
                    "kind_id": cls.kind.id,
                    "date": f"{YEAR}-06-10",
                    "description": "Fuel in June",
                    "line_ids": [
                        Command.create({"name": f"Fill {number}", "amount": amount})
                        for number, amount in enumerate(amounts, 1)
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _approve(cls, claim):
        """Approve all steps, each by the person it waits on."""
        while claim.sudo().state == "submitted":
            user = claim.sudo().waiting_user_id
            seen = claim.with_user(user).content_hash
            claim.with_user(user).with_context(approval_seen=seen).action_approve()
        return claim

    @classmethod
    def _approved_claim(cls, amounts, user="staff_a", **values):
        claim = cls._new_claim(amounts, user, **values)
        claim.action_submit()
        return cls._approve(claim)

    @classmethod
    def _new_entry(cls, amount, board=None, **values):
        """Return a draft entry that debits the expense account (đồng), agreed to."""
        board = cls.board_a if board is None else board
        debit = {
            "name": "Expense",
            "account_id": cls.expense.id,
            "debit": max(amount, 0),
            "credit": max(-amount, 0),
            "analytic_distribution": {str(board.analytic_account_id.id): 100},
            "party_fund_id": cls.fund.id,
            "party_item_id": cls.fuel.id,
            **values,
        }
        credit = {
            "name": "Cash",
            "account_id": cls.cash.id,
            "debit": max(-amount, 0),
            "credit": max(amount, 0),
        }
        entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": f"{YEAR}-06-10",
                "journal_id": cls.company.party_general_journal_id.id,
                "line_ids": [Command.create(debit), Command.create(credit)],
            }
        )
        return cls._agreed(entry)

    @classmethod
    def _agreed(cls, entries):
        """Let the chief accountant agree to draft entries of others; return them."""
        entries.with_user(cls.user["chief_accountant"]).action_party_check()
        return entries

    def assertCounters(self, line, **expected):
        """Check counters (đồng) against the record, the ledger and the database."""
        line.invalidate_recordset()
        self.assertRecordValues(line, [expected])
        self.env.cr.execute(
            "SELECT COALESCE(sum(delta_allocated), 0), COALESCE(sum(delta_held), 0), "
            "COALESCE(sum(delta_advanced), 0), COALESCE(sum(delta_spent), 0) "
            "FROM party_budget_move WHERE line_id = %s",
            [line.id],
        )
        ledger = self.env.cr.fetchone()
        self.assertEqual(ledger, (line.allocated, line.held, line.advanced, line.spent))
