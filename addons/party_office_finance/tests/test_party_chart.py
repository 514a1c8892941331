from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.party_posting_rule import EVENTS, EXPENSE, INCOME
from .common import FinanceCase

REGIMES = ("tt24", "tt107")
# codes that documents name
USED = ["331", "141", "3371", "1111", "1121", "5111", "5112", "5118"]
USED += ["61112", "61118", "61122"]


@tagged("post_install", "-at_install")
class TestPartyChart(FinanceCase):
    """The legal chart, what companies make of it, and which accounts are controlled."""

    def _chart(self, regime, *domain):
        return self.env["party.chart.account"].search(
            [("regime", "=", regime), *domain]
        )

    def _account(self, code, company=None):
        company = company or self.company
        accounts = self.env["account.account"].with_company(company)
        return accounts.search(
            [("code", "=", code), ("company_ids", "in", company.ids)]
        )

    def _new_account(self, code, user=None, **values):
        accounts = self.env["account.account"]
        if user:
            accounts = accounts.with_user(self.user[user])
        return accounts.create(
            {"code": code, "name": code, "account_type": "expense", **values}
        )

    # -------------------------------------------------------------------- the data
    def test_every_row_is_below_its_parent(self):
        for regime in REGIMES:
            rows = self._chart(regime)
            self.assertGreater(len(rows), 200)
            for row in rows:
                with self.subTest(regime=regime, code=row.code):
                    parent = row.parent_id
                    self.assertEqual(row.level, parent.level + 1 if parent else 1)
                    self.assertEqual(row.off_balance, row.code.startswith("0"))
                    self.assertTrue(row.code.startswith(parent.code or ""))
                    if row.needs_check:
                        self.assertTrue(row.verify_note)

    def test_accounts_of_the_documents_can_be_posted_on(self):
        for regime in REGIMES:
            rows = self._chart(regime, ("code", "in", USED), ("child_ids", "=", False))
            self.assertEqual(sorted(rows.mapped("code")), sorted(USED))

    def test_circular_24_is_not_verified(self):
        self.assertFalse(self._chart("tt24", ("verified", "=", True)))
        self.assertTrue(self._chart("tt24", ("code", "=", "135")))
        self.assertFalse(self._chart("tt107", ("code", "in", ("135", "518"))))
        doubtful = self._chart("tt107", ("verified", "=", False))
        self.assertEqual({row.code[0] for row in doubtful}, {"0"})

    # ------------------------------------------------------------ standard entries
    def test_standard_entries_use_the_chart_of_their_regime(self):
        rules = self.env["party.posting.rule"].search([])
        self.assertGreaterEqual(len(rules), 56)
        for rule in rules:
            with self.subTest(rule=rule.display_name, regime=rule.regime):
                codes = {rule.debit_code, rule.credit_code}
                self.assertEqual(len(codes), 2)
                rows = self._chart(
                    rule.regime,
                    ("code", "in", list(codes)),
                    ("off_balance", "=", False),
                    ("child_ids", "=", False),
                )
                self.assertEqual(codes - {EXPENSE, INCOME}, set(rows.mapped("code")))
                rule._check_codes()

    def test_every_event_makes_a_balanced_entry(self):
        """Each event, for each fund it knows: the entry debits what it credits."""
        rules = self.env["party.posting.rule"]
        funds = self.env["party.fund"].search([])
        for regime in REGIMES:
            self.company.party_accounting_regime = regime
            self.company._party_setup_accounts()
            for event, _label in EVENTS:
                known = rules.search([("event", "=", event), ("regime", "=", regime)])
                self.assertTrue(known, (regime, event))
                for fund in funds.filtered(
                    lambda f, known=known: (
                        f.regime in known.mapped("fund_regime")
                        or False in known.mapped("fund_regime")
                    )
                ):
                    with self.subTest(regime=regime, event=event, fund=fund.code):
                        pairs = rules._pairs(event, self.company, fund, self.expense)
                        move = self.env["account.move"].create(
                            {
                                "journal_id": self.company.party_general_journal_id.id,
                                "line_ids": [
                                    Command.create({"account_id": side.id, name: 1_000})
                                    for pair in pairs
                                    for side, name in zip(
                                        pair, ("debit", "credit"), strict=True
                                    )
                                ],
                            }
                        )
                        self.assertEqual(
                            sum(move.line_ids.mapped("debit")), 1_000 * len(pairs)
                        )
                        self.assertEqual(
                            sum(move.line_ids.mapped("credit")), 1_000 * len(pairs)
                        )

    def test_official_rows_are_archived_not_changed(self):
        chief = self.user["chief_accountant"]
        rule = self.env.ref("party_office_finance.posting_tt24_claim_cash_estimate_1")
        row = self.env.ref("party_office_finance.chart_tt24_61112")
        for record, vals in (
            (rule, {"debit_code": "141"}),
            (rule, {"verified": True}),
            (row, {"budget_controlled": False}),
            (row, {"code": "61119"}),
        ):
            with self.assertRaises(UserError):
                record.with_user(chief).write(vals)
        rule.with_user(chief).action_confirm_checked()
        self.assertFalse(rule.needs_check)
        rule.with_user(chief).active = False
        self.env.flush_all()
        own = rule.with_user(chief).copy({"credit_code": "1121", "active": True})
        pairs = self.env["party.posting.rule"]._pairs(
            "claim_cash", self.company, self.fund, self.expense
        )
        self.assertEqual(pairs[0][1].code, "1121")
        with self.assertRaises(ValidationError):
            own.credit_code = "008211"
        with self.assertRaises(ValidationError):
            own.credit_code = own.debit_code
        for user in ("accountant_a", "office_chief", "manager"):
            with self.assertRaises(AccessError):
                rule.with_user(self.user[user]).write({"active": True})
            with self.assertRaises(AccessError):
                row.with_user(self.user[user]).write({"active": False})

    # -------------------------------------------------------------------- companies
    def test_accounts_are_the_leaves_on_balance(self):
        rows = self._chart("tt24", ("off_balance", "=", False))
        for row in rows:
            account = self._account(row.code)
            with self.subTest(row.code):
                self.assertEqual(bool(account), not row.child_ids)
                if account:
                    self.assertEqual(account.party_chart_id, row)
                    self.assertEqual(account.party_chart_state, "unverified")
                    self.assertEqual(account.budget_controlled, row.budget_controlled)
                    self.assertEqual(account.account_type, row.account_type)
        self.assertFalse(self._account("008211"))
        groups = self.env["account.group"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertLessEqual(
            set(rows.parent_id.mapped("code")),
            set(groups.mapped("code_prefix_start")),
        )
        self.assertEqual(self._account("61112").group_id.code_prefix_start, "6111")
        names = rows._unique_names()
        leaves = [names[row] for row in rows if not row.child_ids]
        self.assertEqual(len(leaves), len(set(leaves)))

    def test_setup_again_changes_nothing_and_is_cheap(self):
        before = self.env["account.account"].search_count([])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.company._party_setup_accounts()
            self.env.flush_all()
        self.assertEqual(self.env["account.account"].search_count([]), before)

    def test_control_that_was_switched_off_stays_off(self):
        account = self._account("61118")
        account.with_user(self.user["chief_accountant"]).budget_controlled = False
        self.company._party_setup_accounts()
        self.assertFalse(account.budget_controlled)

    def test_later_company_by_the_settings(self):
        company = self.env["res.company"].create(
            {"name": "Second", "party_accounting_regime": "tt107"}
        )
        self.env.user.company_ids |= company
        settings = self.env["res.config.settings"].with_company(company).create({})
        settings.action_party_complete_chart()
        self.assertTrue(self._account("1111", company))
        self.assertFalse(self._account("135", company))
        self.assertRecordValues(
            company.party_treasury_journal_id | company.party_bank_journal_id,
            [
                {"name": "Kho bạc", "code": "KBNN", "company_id": company.id},
                {"name": "Ngân hàng", "code": "NH", "company_id": company.id},
            ],
        )
        self.assertFalse(settings.party_has_entries)
        company.party_accounting_regime = "tt24"
        settings.action_party_complete_chart()
        self.assertTrue(self._account("135", company))

    def test_settings_button_is_for_those_who_keep_the_books(self):
        settings = self.env["res.config.settings"].create({})
        for user in ("staff_a", "accountant_a", "cashier"):
            with self.assertRaises(AccessError):
                settings.with_user(self.user[user]).action_party_complete_chart()
            with self.assertRaises(AccessError):
                self.env["party.chart.account"].with_user(
                    self.user[user]
                ).action_complete()
        chart = self.env["party.chart.account"].with_user(self.user["chief_accountant"])
        self.assertEqual(chart.action_complete()["params"]["type"], "success")

    # ---------------------------------------------------------------------- control
    def test_new_account_below_a_controlled_one_is_controlled(self):
        self.assertTrue(self._new_account("611129").budget_controlled)
        self.assertTrue(self._new_account("61119").budget_controlled)
        self.assertTrue(self._new_account("6121").budget_controlled_since)
        self.assertFalse(self._new_account("611131").budget_controlled)
        self.assertFalse(self._new_account("6429").budget_controlled)

    def test_only_the_chief_accountant_makes_an_uncontrolled_one(self):
        # by code in superuser mode, and by a user with core's right to make accounts
        self.assertTrue(
            self._new_account("611291", budget_controlled=False).budget_controlled
        )
        self.user["accountant_a"].group_ids += self.env.ref(
            "account.group_account_manager"
        )
        forged = self._new_account("611292", "accountant_a", budget_controlled=False)
        self.assertTrue(forged.budget_controlled)
        with self.assertRaises(AccessError):
            self._new_account(
                "611293", "accountant_a", budget_controlled_since="2099-01-01"
            )
        with self.assertRaises(AccessError):
            forged.budget_controlled = False
        chief = self._new_account("611294", "chief_accountant", budget_controlled=False)
        self.assertFalse(chief.budget_controlled)
        chief_default = self._new_account("611295", "chief_accountant")
        self.assertTrue(chief_default.budget_controlled)

    def test_copies_and_changed_codes_are_controlled(self):
        switched_off = self._account("61128")
        switched_off.with_user(self.user["chief_accountant"]).budget_controlled = False
        self.assertTrue(switched_off.copy().budget_controlled)
        other = self._new_account("64291")
        other.code = "611121"
        self.assertTrue(other.budget_controlled)
        stored = self._new_account("64292")
        stored.write({"code_store": "611122"})
        self.assertTrue(stored.budget_controlled)
        mapped = self._new_account("64293")
        mapped.write(
            {
                "code_mapping_ids": [
                    Command.create({"company_id": self.company.id, "code": "611123"})
                ]
            }
        )
        self.assertEqual(mapped.code, "611123")
        self.assertTrue(mapped.budget_controlled)
