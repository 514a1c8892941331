"""Attacks on money and approvals that once worked, each by a person of the office."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .advance_common import AdvanceCase
from .common import TODAY
from .treasury_case import TreasuryCase

REFUSED = UserError


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHostileEntries(AdvanceCase):
    """The four eyes on entries that are typed by hand."""

    def _typed(self, user, amount=10_000, **values):
        line = {
            "name": "Expense",
            "account_id": self.expense.id,
            "balance": amount,
            "analytic_distribution": {str(self.board_a.analytic_account_id.id): 100},
            "party_fund_id": self.fund.id,
            "party_item_id": self.fuel.id,
        }
        return (
            self.env["account.move"]
            .with_user(self.user[user])
            .create(
                {
                    "move_type": "entry",
                    "date": "2026-06-10",
                    "journal_id": self.company.party_general_journal_id.id,
                    "line_ids": [
                        Command.create(line),
                        Command.create(
                            {"account_id": self.cash.id, "balance": -amount}
                        ),
                    ],
                    **values,
                }
            )
        )

    def _posted_by(self, entry, user):
        with self.env.cr.savepoint():
            entry.with_user(self.user[user]).action_post()

    def test_no_entry_is_born_posted(self):
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            move = self.env["account.move"].with_context(default_state="posted")
            self._typed_in(move)
        self.env["ir.default"].with_user(self.user["accountant_a"]).set(
            "account.move", "state", "posted", user_id=True
        )
        try:
            with self.env.cr.savepoint():
                entry = self._typed("accountant_a")
        except REFUSED:
            return
        self.assertEqual(entry.state, "draft")

    def _typed_in(self, moves):
        entry = moves.with_user(self.user["accountant_a"]).create(
            {
                "move_type": "entry",
                "date": "2026-06-10",
                "journal_id": self.company.party_general_journal_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Expense",
                            "account_id": self.expense.id,
                            "balance": 10_000,
                            "analytic_distribution": {
                                str(self.board_a.analytic_account_id.id): 100
                            },
                            "party_fund_id": self.fund.id,
                            "party_item_id": self.fuel.id,
                        }
                    ),
                    Command.create({"account_id": self.cash.id, "balance": -10_000}),
                ],
            }
        )
        if entry.state == "draft":
            raise UserError(self.env._("draft"))
        return entry

    def test_who_moves_the_day_is_an_author(self):
        entry = self._typed("accountant_a")
        entry.with_user(self.user["chief_accountant"]).date = "2026-01-31"
        with self.assertRaises(REFUSED):
            self._posted_by(entry, "chief_accountant")

    def test_who_changes_payee_or_text_is_an_author(self):
        for values in (
            {"name": "Other"},
            {"partner_id": self.env.company.partner_id.id},
        ):
            entry = self._typed("accountant_a")
            line = entry.line_ids[0].with_user(self.user["chief_accountant"])
            line.write(values)
            with self.assertRaises(REFUSED):
                self._posted_by(entry, "chief_accountant")

    def test_who_takes_lines_out_is_an_author(self):
        entry = self._typed("accountant_a")
        entry.write(
            {
                "line_ids": [
                    Command.create({"account_id": self.cash.id, "balance": 5_000}),
                    Command.create({"account_id": self.cash.id, "balance": -5_000}),
                ]
            }
        )
        lines = entry.line_ids[-2:].with_user(self.user["chief_accountant"])
        lines.unlink()
        with self.assertRaises(REFUSED):
            self._posted_by(entry, "chief_accountant")

    def test_agreement_covers_what_is_reversed(self):
        advance = self._paid_advance(30_000)
        claim = self._settling_claim(advance, [30_000])
        move = self._post(claim)
        reversal = move.with_user(self.user["accountant_a"])._reverse_moves(
            [{"date": "2026-06-15"}]
        )
        self._agreed(reversal)
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            reversal.with_user(self.user["accountant_a"]).reversed_entry_id = False
            reversal.with_user(self.user["accountant_a"]).action_post()
        self.env.invalidate_all()
        self.assertCounters(self.line_a, spent=30_000, advanced=0)

    def test_what_the_cron_copies_is_agreed_to_as_well(self):
        entry = self._typed("chief_accountant", auto_post="monthly")
        entry.with_user(self.user["accountant_a"]).action_party_check()
        with self.env.cr.savepoint():
            entry.with_user(1).with_context(tracking_disable=True)._post()
        copy = self.env["account.move"].search(
            [("auto_post_origin_id", "=", entry.id), ("id", "!=", entry.id)]
        )
        self.assertTrue(copy)
        self.assertEqual(copy.create_uid.id, 1)
        with freeze_time("2026-07-20 03:00:00"), self.assertRaises(REFUSED):
            self._posted_by(copy, "chief_accountant")

    # ------------------------------------------------------------ unsaved forms
    def test_an_unsaved_form_names_no_foreign_advance(self):
        advance = self._paid_advance(777_000, "staff_b", board=self.board_b)
        for link in (
            advance.id,
            {"id": advance.id},
            [advance.id, "x"],
            str(advance.id),
        ):
            for model, user, spec in (
                ("party.claim", "staff_a", "advance_applied"),
                ("party.receipt", "accountant_a", "advance_remaining"),
            ):
                values = {
                    "board_id": self.board_a.id,
                    "kind": "advance_return",
                    "advance_id": link,
                    "line_ids": [Command.create({"name": "x", "amount": 900_000_000})],
                }
                records = self.env[model].with_user(self.user[user])
                values = {k: v for k, v in values.items() if k in records._fields}
                try:
                    result = records.onchange(values, ["advance_id"], {spec: {}})
                except REFUSED:
                    continue
                self.assertNotIn("777000", str(result), f"{model} {link!r}")

    def test_defaults_name_no_foreign_advance(self):
        advance = self._paid_advance(777_000, "staff_b", board=self.board_b)
        for link in (
            advance.id,
            {"id": advance.id},
            [advance.id, "x"],
            str(advance.id),
        ):
            for model, user, spec in (
                ("party.claim", "staff_a", "advance_applied"),
                ("party.receipt", "accountant_a", "advance_remaining"),
            ):
                records = (
                    self.env[model]
                    .with_user(self.user[user])
                    .with_context(
                        default_advance_id=link,
                        default_line_ids=[
                            Command.create({"name": "x", "amount": 900_000_000})
                        ],
                    )
                )
                try:
                    result = records.onchange({}, [], {spec: {}})
                except Exception:
                    continue
                self.assertNotIn("777000", str(result), f"{model} {link!r}")

    def test_no_form_within_a_form_names_a_foreign_advance(self):
        advance = self._paid_advance(777_000, "staff_b", board=self.board_b)
        claim = {
            "board_id": self.board_a.id,
            "kind_id": self.kind.id,
            "line_ids": [Command.create({"name": "x", "amount": 900_000})],
        }
        claim_spec = {"fields": {"advance_applied": {}}}
        receipt_spec = {"fields": {"advance_remaining": {}}}
        for link in (advance.id, {"id": advance.id}, {"id": str(advance.id)}):
            for model, user, values, fields in (
                (
                    "party.claim.line",
                    "staff_a",
                    {"claim_id": claim | {"advance_id": link}, "name": "x"},
                    {"claim_id": claim_spec},
                ),
                (
                    "party.advance",
                    "staff_a",
                    {"claim_ids": [Command.create(claim | {"advance_id": link})]},
                    {"claim_ids": claim_spec},
                ),
                (
                    "party.advance",
                    "accountant_a",
                    {"receipt_ids": [Command.create({"advance_id": link})]},
                    {"receipt_ids": receipt_spec},
                ),
                (
                    "party.advance",
                    "staff_a",
                    {"claim_ids": [Command.link(advance.id)], "id": link},
                    {"claim_ids": claim_spec},
                ),
            ):
                records = self.env[model].with_user(self.user[user])
                try:
                    result = records.onchange(values, [next(iter(values))], fields)
                except (REFUSED, ValueError, TypeError, KeyError):
                    continue
                self.assertNotIn("777000", str(result), f"{model} {link!r}")

    # --------------------------------------------------------------- decisions
    def test_a_decision_line_stays_with_boards_that_one_follows(self):
        withheld = self._new_decision(
            "withhold", [(self.board_b, self.fund, self.fuel, 7_777_000)]
        )
        self._post_decision(withheld)
        draft = self._new_decision(
            "restore",
            [(self.board_a, self.fund, self.fuel, 1_000_000_000)],
        )
        text = ""
        try:
            with self.env.cr.savepoint():
                draft.restores_id = withheld.id
                draft.line_ids.board_id = self.board_b
                self.env.flush_all()
                self.env.invalidate_all()
                draft.action_submit()
        except REFUSED as error:
            text = str(error)
        self.assertNotIn("7.777.000", text)
        self.env.invalidate_all()
        self.assertEqual(draft.sudo().line_ids.board_id, self.board_a)

    # ---------------------------------------------------------------- wizards
    def test_wizards_are_their_authors_own(self):
        for model, values in (
            ("party.budget.import", {"decision_number": "1", "issuer": "x"}),
            ("party.ledger.export", {}),
            ("party.budget.export", {}),
            ("party.report.run", {"code": "execution"}),
        ):
            wizard = self.env[model].with_user(self.user["accountant_a"]).create(values)
            other = wizard.with_user(self.user["accountant_b"])
            other.invalidate_recordset()
            with self.assertRaises(AccessError, msg=model):
                other.read()
            with self.assertRaises(AccessError, msg=model):
                other.write(
                    {"year": 2025}
                    if "year" in other._fields
                    else {"date_to": "2026-01-01"}
                )

    def test_approvals_tell_no_foreign_amount(self):
        decision = self._new_decision(
            "supplement", [(self.board_b, self.fund, self.fuel, 7_777_000)]
        )
        self._post_decision(decision)
        for name, user in self.user.items():
            if user.sees_all_boards or user == decision.sudo().requester_id:
                continue
            if self.board_b in user.visible_board_ids:
                continue
            approvals = self.env["party.approval"].with_user(user)
            try:
                found = approvals.search([("amount", "=", 7_777_000)])
            except AccessError:
                continue
            self.assertFalse(found, name)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHostileTreasury(TreasuryCase):
    def _transfer(self, claim):
        return self._sign(
            self._new_paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        )

    def test_a_paper_pays_the_claim_as_it_is_now(self):
        claim = self._posted_claim([100_000])
        paper = self._transfer(claim)
        claim.sudo().move_id.with_user(self.user["accountant_a"]).button_draft()
        claim.action_cancel("wrong")
        claim.action_reset_draft()
        claim.line_ids.amount = 40_000
        claim.action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            paper.with_user(self.user["chief_accountant"]).action_post()

    def _reversal(self, paper):
        action = paper.with_user(self.user["accountant_a"]).action_reverse()
        return (
            self.env["party.treasury.move"]
            .browse(action["res_id"])
            .with_user(self.user["accountant_a"])
        )

    def test_a_reversal_is_of_the_same_kind_and_fund(self):
        self._paper("cash_actual", 300_000)
        paper = self._paper("cash_advance", 200_000)
        for values in (
            {"kind": "cash_actual"},
            {"kind": "transfer_actual"},
            {"fund_id": self.fund_12.id},
        ):
            with self.assertRaises(REFUSED, msg=values), self.env.cr.savepoint():
                reversal = self._reversal(paper)
                reversal.write(values)
                self._post(reversal)
            self.env.invalidate_all()
        self.assertBalance(150_000_000, 200_000, 300_000)

    def test_a_reversal_opens_all_its_claims(self):
        claim = self._posted_claim([100_000])
        paper = self._transfer(claim)
        paper.with_user(self.user["chief_accountant"]).action_post()
        reversal = self._reversal(paper)
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            reversal.claim_ids = [Command.clear()]
            self._post(reversal)
        self.env.invalidate_all()
        self.assertEqual(claim.sudo().state, "paid")

    def test_a_refusal_tells_no_foreign_amount(self):
        paper = self._new_paper(
            "cash_advance",
            user="chief_accountant",
            line_ids=[
                Command.create({"board_id": b.id, "item_id": self.fuel.id, "amount": a})
                for b, a in ((self.board_a, 1_000), (self.board_b, 7_777_000))
            ],
        )
        self._post(paper)
        settle = self._new_paper("settle_advance", 900_000_000, origin=paper)
        self._sign(settle)
        try:
            with self.env.cr.savepoint():
                settle.with_user(self.user["accountant_a"]).action_post()
        except REFUSED as error:
            self.assertNotIn("7.778.000", str(error))

    def test_approvals_tell_no_whole_amount(self):
        paper = self._new_paper(
            "cash_advance",
            user="chief_accountant",
            line_ids=[
                Command.create({"board_id": b.id, "item_id": self.fuel.id, "amount": a})
                for b, a in ((self.board_a, 1_000), (self.board_b, 7_777_000))
            ],
        )
        self._post(paper)
        for name in ("accountant_a", "staff_a", "head_a", "driver", "clerk"):
            approvals = self.env["party.approval"].with_user(self.user[name])
            with self.assertRaises(AccessError, msg=name):
                approvals.search([("amount", "=", 7_778_000)])


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHostileBooks(TreasuryCase):
    """Books that do not balance, payments without an entry, figures of nobody."""

    def test_no_paper_pays_a_claim_whose_entry_was_reversed(self):
        claim = self._posted_claim([100_000])
        paper = self._paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        entry = claim.sudo().move_id
        reversal = entry._reverse_moves([{"date": "2026-06-15"}])
        self._agreed(reversal).action_post()
        self.assertCounters(self.line_a, spent=0)
        self._reversed(paper)
        self.assertEqual(claim.sudo().state, "posted")
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self._paper("transfer_actual", claim_ids=[Command.set(claim.ids)])

    def test_no_key_of_the_context_unbalances_the_books(self):
        keys = {"check_move_validity": False, "skip_account_move_synchronization": True}
        moves = self.env["account.move"].with_user(self.user["accountant_a"])
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            entry = moves.with_context(**keys).create(
                {
                    "move_type": "entry",
                    "date": "2026-06-10",
                    "journal_id": self.company.party_general_journal_id.id,
                    "line_ids": [
                        Command.create({"account_id": self.cash.id, "balance": -9_000})
                    ],
                }
            )
            entry.action_post()

    def test_no_key_of_the_context_changes_posted_lines(self):
        claim = self._posted_claim([100_000])
        entry = claim.sudo().move_id
        other = entry.line_ids.filtered(lambda line: line.credit)
        keys = {
            "check_move_validity": False,
            "skip_account_move_synchronization": True,
            "skip_readonly_check": True,
        }
        extra = {"account_id": self.cash.id, "balance": 1_000, "move_id": entry.id}
        for user in ("accountant_a", "chief_accountant"):
            lines = self.env["account.move.line"].with_user(self.user[user])
            with self.assertRaises(REFUSED), self.env.cr.savepoint():
                lines.with_context(**keys).create(extra)
            with self.assertRaises(REFUSED), self.env.cr.savepoint():
                keys["force_delete"] = True
                other.with_user(self.user[user]).with_context(**keys).unlink()
            for values in ({"credit": 1.0}, {"account_id": self.cash.id}):
                try:
                    with self.env.cr.savepoint():
                        line = other.with_user(self.user[user]).with_context(**keys)
                        line.write(values)
                        self.env.flush_all()
                except REFUSED:
                    continue
                finally:
                    self.env.invalidate_all()
                self.assertEqual(sum(entry.line_ids.mapped("balance")), 0, values)
                self.assertNotEqual(other.account_id, self.cash, values)

    def test_amounts_that_are_no_numbers(self):
        box = self.cash_box.with_user(self.user["chief_accountant"])
        self._empty_cash_box()
        for amount in (float("nan"), float("inf"), 1e300, "x", 0.5):
            try:
                with self.env.cr.savepoint():
                    box.action_opening_balance(amount)
            except (UserError, ValueError, OverflowError):
                continue
            self.fail(f"an opening balance of {amount}")

    def test_reports_show_no_foreign_figures(self):
        self._fill_cash_box(31_313_131)
        claim = self._approved_claim([12_345_678], payment_method="cash")
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        self._paper("cash_actual", 23_456_789)
        secrets = ("12.345.678", "23.456.789", "76.543.210", "31.313.131", "12345678")
        runs = self.env["party.report.run"]
        for user in ("accountant_b", "head_b", "staff_a", "driver", "dispatcher"):
            for code in runs._providers():
                try:
                    with self.env.cr.savepoint():
                        run = runs.with_user(self.user[user]).create({"code": code})
                        text = str(run._draw())
                except REFUSED:
                    continue
                for secret in secrets:
                    self.assertNotIn(secret, text, f"{user} {code}")
        dashboards = self.env["party.budget.dashboard"]
        for user in ("accountant_b", "head_b"):
            text = str(dashboards.with_user(self.user[user]).get_dashboard(2026))
            for secret in ("12345678", "23456789", "87654322", "31313131"):
                self.assertNotIn(secret, text, user)

    def test_every_model_with_money_has_a_rule(self):
        names = []
        for name, model in sorted(self.env.items()):
            if not name.startswith("party.") or model._abstract or model._transient:
                continue
            # the limits of routes, and from when on a paper is needed, are public
            if name in ("party.approval.route", "party.claim.kind.paper"):
                continue
            money = [f for f in model._fields.values() if f.type == "monetary"]
            if not money:
                continue
            for user in ("staff_a", "accountant_b", "head_b", "driver", "dispatcher"):
                mine = model.with_user(self.user[user])
                if not mine.has_access("read"):
                    continue
                if (
                    not self.env["ir.rule"]
                    .with_user(self.user[user])
                    ._compute_domain(name)
                ):
                    names.append((name, user))
        self.assertFalse(names)

    def test_an_advance_is_settled_by_its_debtor_only(self):
        advance = (
            self.env["party.advance"]
            .with_user(self.user["staff_a"])
            .create(
                {
                    "board_id": self.board_a.id,
                    "kind_id": self.kind.id,
                    "fund_id": self.fund.id,
                    "date": "2026-06-10",
                    "purpose": "x",
                    "amount": 50_000,
                }
            )
        )
        advance.action_submit()
        self._approve(advance)
        advance.with_user(self.user["cashier"]).action_pay()
        for values in (
            {"advance_id": advance.id},
            {"advance_id": advance.id, "requester_id": self.user["staff_a"].id},
        ):
            with self.assertRaises(REFUSED), self.env.cr.savepoint():
                self._new_claim([10_000], "head_a", **values)
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            advance.with_user(self.user["staff_a"]).write({"settled": 50_000})
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._new_claim([-10_000], "staff_a", advance_id=advance.id)

    def test_the_drift_check_sees_cash_treasury_months_and_reservations(self):
        self._fill_cash_box(1_000_000)
        self._paper("cash_actual", 300_000)
        drift = self.env["party.budget.drift"]
        self.assertFalse(drift._cron_check().mapped("name"))
        for query, kind in (
            ("UPDATE party_cash_box SET balance = balance + 1", "cash"),
            ("UPDATE party_treasury_balance SET actual = actual + 1", "treasury"),
            ("UPDATE party_budget_month SET spent = spent + 1", "counter"),
        ):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(query)
                self.env.invalidate_all()
                alarms = drift._cron_check()
                self.assertIn(kind, alarms.mapped("check_kind"))
                savepoint.rollback()
            self.env.invalidate_all()
