from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name

from odoo.addons.party_office_base.office_time import local_today

from ..models.party_cash_box import FIGURES
from ..rules.ledger import BudgetEntry
from . import test_budget_race as race

ALLOCATED = 100_000_000
PAID = 10_000_000
ROLES = ("staff", "board_head", "accountant", "chief_accountant", "cashier")


@tagged("post_install", "-at_install")
class TestAdvanceRace(BaseCase):
    """Two connections want the same rest of an advance, or the same cash.

    The data is committed before and deleted after, as in ``TestBudgetRace``.
    """

    _run_at_once = race.TestBudgetRace._run_at_once

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            self._create_office(api.Environment(cr, SUPERUSER_ID, {}))

    # -------------------------------------------------------------- committed data
    def _create_office(self, env):
        company = env.company
        company._party_setup_money()
        self.accounting = (
            env["account.move"].search([], order="id desc", limit=1).id or 0
        )
        box = env["party.cash.box"]._of(company)
        self.box = box.id
        # what another addon keeps in the box stays in it
        self.box_before = {name: box[name] or None for name in FIGURES}
        self.last_entry = box.entry_ids[:1].id or 0
        env.cr.execute("SELECT id, last_number FROM party_series_counter")
        self.counters = dict(env.cr.fetchall())
        self.users = {}
        for role in ROLES:
            self.users[role] = (
                env["res.users"]
                .create(
                    {
                        "name": f"Race {role}",
                        "login": f"advance_race_{role}",
                        "group_ids": [
                            Command.set(env.ref(f"party_office_base.group_{role}").ids)
                        ],
                    }
                )
                .id
            )
        self.former_cashier = company.cashier_id.id
        company.cashier_id = self.users["cashier"]
        today = local_today(env)
        self.day = str(today)
        board = env["party.board"].create(
            {
                "name": "Race of advances",
                "code": "RACEADV",
                "head_id": self.users["board_head"],
            }
        )
        self.board = board.id
        env["party.board.assignment"].create(
            {
                "board_id": board.id,
                "user_id": self.users["accountant"],
                "role": "primary",
                "date_from": "2020-01-01",
            }
        )
        item = env.ref("party_office_finance.item_6503").id
        step = Command.create({"name": "Head", "role": "board_head"})
        self.routes = (
            env["party.approval.route"]
            .create(
                [
                    {
                        "name": "Race",
                        "model_name": model,
                        "kind": "advrace",
                        "step_ids": [step],
                    }
                    for model in ("party.claim", "party.advance")
                ]
            )
            .ids
        )
        self.kind = (
            env["party.claim.kind"]
            .create({"code": "advrace", "name": "Race", "item_id": item})
            .id
        )
        budget = env["party.budget"].create(
            {"board_id": board.id, "year": today.year, "company_id": company.id}
        )
        line = env["party.budget.line"].create(
            {
                "budget_id": budget.id,
                "fund_id": env.ref("party_office_finance.fund_13").id,
                "item_id": item,
            }
        )
        line._book([BudgetEntry(line.id, "allocate", allocated=ALLOCATED)])
        self._put_in_box(env, PAID)
        self.advance = self._advance(env)
        self._as(env, "party.advance", self.advance, "cashier").action_pay()

    def _advance(self, env):
        advance = (
            env["party.advance"]
            .with_user(self.users["staff"])
            .create(
                {
                    "board_id": self.board,
                    "kind_id": self.kind,
                    "purpose": "Race",
                    "amount": PAID,
                }
            )
        )
        advance.action_submit()
        self._approve(env, "party.advance", advance.id)
        return advance.id

    def _claim(self, env, amount):
        claim = (
            env["party.claim"]
            .with_user(self.users["staff"])
            .create(
                {
                    "board_id": self.board,
                    "kind_id": self.kind,
                    "date": self.day,
                    "description": "Race",
                    "advance_id": self.advance,
                    "line_ids": [Command.create({"name": "x", "amount": amount})],
                }
            )
        )
        claim.action_submit()
        return claim.id

    def _as(self, env, model, record, role):
        return env(user=self.users[role])[model].browse(record)

    def _approve(self, env, model, record):
        mine = self._as(env, model, record, "board_head")
        mine.with_context(approval_seen=mine.content_hash).action_approve()

    def _put_in_box(self, env, amount):
        """Let the box hold an amount (đồng), whatever is in it."""
        box = self._as(env, "party.cash.box", self.box, "chief_accountant")
        if not box.last_number:
            box.action_opening_balance(amount)
            return
        change = amount - box.balance
        direction = "in" if change > 0 else "out"
        book = env["party.cash.entry"]
        book._record(direction, abs(change), self.day, box, "", "", "Race")

    def _clean(self):
        """Delete what was committed; only here the triggers are switched off."""
        triggers = ("party_budget_move", "party_approval", "party_cash_entry")
        models = ("party.claim", "party.advance", "party.receipt")
        board = [self.board]
        with self.registry.cursor() as cr:
            for table in triggers:
                cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cr.execute(
                "DELETE FROM party_cash_entry WHERE box_id = %s AND id > %s",
                [self.box, self.last_entry],
            )
            cr.execute(
                "UPDATE party_cash_box SET balance = COALESCE(%s, 0), "
                "last_number = COALESCE(%s, 0), last_day = %s, closed_until = %s, "
                "is_opened = %s WHERE id = %s",
                [*(self.box_before[name] for name in FIGURES), self.box],
            )
            cr.execute(
                "UPDATE account_move_line SET party_claim_line_id = NULL "
                "WHERE move_id > %s",
                [self.accounting],
            )
            for table in ("party_budget_move", "party_approval", "party_clock_entry"):
                cr.execute(f"DELETE FROM {table} WHERE board_id = %s", board)
            cr.execute("DELETE FROM party_work_item WHERE board_id = %s", board)
            cr.execute(
                "DELETE FROM mail_activity WHERE res_model IN %s AND user_id IN %s",
                [models, tuple(self.users.values())],
            )
            for table in ("party_claim", "party_receipt", "party_advance"):
                cr.execute(
                    f"DELETE FROM party_series_number WHERE res_model = %s AND res_id "
                    f"IN (SELECT id FROM {table} WHERE board_id = %s)",
                    [table.replace("_", ".", 1), self.board],
                )
                cr.execute(f"DELETE FROM {table} WHERE board_id = %s", board)
            cr.execute("DELETE FROM account_move WHERE id > %s", [self.accounting])
            cr.execute(
                "DELETE FROM party_series_counter WHERE id <> ALL(%s)",
                [list(self.counters)],
            )
            for counter, number in self.counters.items():
                cr.execute(
                    "UPDATE party_series_counter SET last_number = %s WHERE id = %s",
                    [number, counter],
                )
            for query, values in (
                ("DELETE FROM party_budget_line WHERE board_id = %s", board),
                ("DELETE FROM party_budget WHERE board_id = %s", board),
                (
                    "UPDATE party_treasury_balance balance SET allocated = (SELECT "
                    "COALESCE(sum(line.allocated), 0) FROM party_budget_line line "
                    "WHERE (line.company_id, line.year, line.fund_id) = "
                    "(balance.company_id, balance.year, balance.fund_id))",
                    [],
                ),
                ("DELETE FROM party_board_assignment WHERE board_id = %s", board),
            ):
                cr.execute(query, values)
            for table in triggers:
                cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.company.cashier_id = self.former_cashier
            env["party.claim.kind"].browse(self.kind).unlink()
            env["party.approval.route"].browse(self.routes).unlink()
            party_board = env["party.board"].browse(self.board)
            account = party_board.analytic_account_id
            party_board.unlink()
            account.unlink()
            env["res.users"].browse(list(self.users.values())).unlink()

    def _figures(self):
        """Return the advance's and the budget line's figures (đồng), checked against
        the ledger.
        """
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT paid, settled, returned, reserved, remaining "
                "FROM party_advance WHERE id = %s",
                [self.advance],
            )
            advance = tuple(int(value) for value in cr.fetchone())
            cr.execute(
                "SELECT line.held, line.advanced, line.spent, "
                "sum(move.delta_held), sum(move.delta_advanced), sum(move.delta_spent) "
                "FROM party_budget_line line "
                "JOIN party_budget_move move ON move.line_id = line.id "
                "WHERE line.board_id = %s GROUP BY line.id",
                [self.board],
            )
            row = tuple(int(value) for value in cr.fetchone())
        self.assertEqual(row[:3], row[3:])
        return advance, row[:3]

    # ----------------------------------------------------------------- the tests
    def test_two_settlements_are_approved_at_once(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            claims = [self._claim(env, 6_000_000) for _number in range(2)]
        outcomes = self._run_at_once(
            *(
                lambda env, claim=claim: self._approve(env, "party.claim", claim)
                for claim in claims
            )
        )
        self.assertEqual(outcomes, ["passed", "passed"])
        # 6 + 4 million from the advance, 2 million held anew
        self.assertEqual(
            self._figures(),
            ((PAID, 0, 0, PAID, PAID), (2_000_000, PAID, 0)),
        )
        outcomes = self._run_at_once(
            *(
                lambda env, claim=claim: self._as(
                    env, "party.claim", claim, "accountant"
                ).action_post()
                for claim in claims
            )
        )
        self.assertEqual(outcomes, ["passed", "passed"])
        self.assertEqual(self._figures(), ((PAID, PAID, 0, 0, 0), (0, 0, 12_000_000)))

    def _receipts(self, env, *amounts):
        receipts = (
            env["party.receipt"]
            .with_user(self.users["accountant"])
            .create(
                [
                    {
                        "advance_id": self.advance,
                        "amount": amount,
                        "description": "Race",
                    }
                    for amount in amounts
                ]
            )
        )
        receipts.action_issue()
        return receipts.ids

    def test_return_against_settlement(self):
        """8 million are settled while 8 million are returned: one of them passes."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            (receipt,) = self._receipts(env, 8_000_000)
            claim = self._claim(env, 8_000_000)
        outcomes = self._run_at_once(
            lambda env: self._approve(env, "party.claim", claim),
            lambda env: self._as(
                env, "party.receipt", receipt, "cashier"
            ).action_receive(),
        )
        advance, budget = self._figures()
        paid, settled, returned, reserved, _remaining = advance
        self.assertLessEqual(settled + returned + reserved, paid)
        if returned:
            # the claim gets the rest, and 6 million are held anew
            self.assertEqual(outcomes, ["passed", "passed"])
            self.assertEqual((returned, reserved), (8_000_000, 2_000_000))
            self.assertEqual(budget, (6_000_000, 2_000_000, 0))
        else:
            self.assertEqual(outcomes.count("passed"), 1)
            self.assertIn(
                "2.000.000 đ to be returned",
                next(text for text in outcomes if text != "passed"),
            )
            self.assertEqual(budget, (0, PAID, 0))

    def test_two_returns_of_the_same_rest(self):
        with self.registry.cursor() as cr:
            receipts = self._receipts(
                api.Environment(cr, SUPERUSER_ID, {}), 6_000_000, 6_000_000
            )
        outcomes = self._run_at_once(
            *(
                lambda env, receipt=receipt: self._as(
                    env, "party.receipt", receipt, "cashier"
                ).action_receive()
                for receipt in receipts
            )
        )
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        self.assertIn("4.000.000", next(t for t in outcomes if t != "passed"))
        self.assertEqual(
            self._figures(), ((PAID, 0, 6_000_000, 0, 4_000_000), (0, 4_000_000, 0))
        )

    def test_two_payments_from_one_box(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._put_in_box(env, 15_000_000)
            advances = [self._advance(env) for _number in range(2)]
        outcomes = self._run_at_once(
            *(
                lambda env, advance=advance: self._as(
                    env, "party.advance", advance, "cashier"
                ).action_pay()
                for advance in advances
            )
        )
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        refusal = next(text for text in outcomes if text != "passed")
        for part in ("In the box: 5.000.000", "Asked: 10.000.000", "5.000.000"):
            self.assertIn(part, refusal)

    def test_a_payment_against_the_close_of_the_day(self):
        """Either the payment is in the count, or it falls on the next day."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._put_in_box(env, 15_000_000)
            advance = self._advance(env)
            days = env["party.cash.day"].with_user(self.users["cashier"])
            day = days.create({})
            notes = day.count_ids.filtered(lambda c: c.denomination == 500_000)
            notes.quantity = 30
            day = day.id
        outcomes = self._run_at_once(
            lambda env: self._as(env, "party.cash.day", day, "cashier").action_close(),
            lambda env: self._as(env, "party.advance", advance, "cashier").action_pay(),
        )
        with self.registry.cursor() as cr:
            cr.execute("SELECT state, date FROM party_cash_day WHERE id = %s", [day])
            state, closed = cr.fetchone()
            cr.execute(
                "SELECT date FROM party_cash_entry WHERE box_id = %s AND res_model = "
                "'party.advance' AND res_id = %s",
                [self.box, advance],
            )
            (paid_on,) = cr.fetchone()
            cr.execute("DELETE FROM party_cash_day WHERE id = %s", [day])
        if state == "closed":
            self.assertEqual(outcomes, ["passed", "passed"])
            self.assertGreater(paid_on, closed)
        else:
            self.assertEqual(outcomes.count("passed"), 1)
            self.assertEqual(paid_on, closed)
