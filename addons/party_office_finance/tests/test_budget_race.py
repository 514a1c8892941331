import threading

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import execute_cr, retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

LIMIT = 100_000_000
ASKED = 60_000_000


@tagged("post_install", "-at_install")
class TestBudgetRace(BaseCase):
    """60 + 60 against 100 from two real connections: exactly one passes.

    The data is committed before and deleted after; nothing here depends on a test
    cursor.
    """

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
        env.company._party_setup_money()
        self.accounting = (
            env["account.move"].search([], order="id desc", limit=1).id or 0
        )
        users = {}
        for role in (
            "staff",
            "board_head",
            "accountant",
            "chief_accountant",
            "office_chief",
        ):
            users[role] = env["res.users"].create(
                {
                    "name": f"Race {role}",
                    "login": f"race_{role}",
                    "group_ids": [
                        Command.set(env.ref(f"party_office_base.group_{role}").ids)
                    ],
                }
            )
        self.users = {role: user.id for role, user in users.items()}
        board = env["party.board"].create(
            {"name": "Race", "code": "RACE", "head_id": users["board_head"].id}
        )
        self.board = board.id
        env["party.board.assignment"].create(
            {
                "board_id": board.id,
                "user_id": users["accountant"].id,
                "role": "primary",
                "date_from": "2020-01-01",
            }
        )
        self.fund = env.ref("party_office_finance.fund_13").id
        self.item = env.ref("party_office_finance.item_6503").id
        self.route = (
            env["party.approval.route"]
            .create(
                {
                    "name": "Race",
                    "model_name": "party.claim",
                    "kind": "race",
                    "step_ids": [
                        Command.create({"name": "Head", "role": "board_head"})
                    ],
                }
            )
            .id
        )
        self.kind = (
            env["party.claim.kind"]
            .create({"code": "race", "name": "Race", "item_id": self.item})
            .id
        )
        self.officers = (
            env.company.chief_accountant_id.id,
            env.company.office_chief_id.id,
        )
        self._name_officers(env, users["chief_accountant"].id, users["office_chief"].id)
        self._approved(self._decision(env, "RACE-1", "allocate", LIMIT)).action_post()
        self.claims = [self._sent_claim(env) for _number in range(2)]

    def _name_officers(self, env, chief_accountant, office_chief):
        env.company.write(
            {
                "chief_accountant_id": chief_accountant,
                "office_chief_id": office_chief,
            }
        )

    def _approved(self, decision):
        """Send a decision and approve it; return it for the chief accountant."""
        decision.action_submit()
        chief = decision.with_user(self.users["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        return decision.with_user(self.users["chief_accountant"])

    def _decision(self, env, name, kind, amount):
        return env["party.budget.decision"].create(
            {
                "name": name,
                "board_id": self.board,
                "attachment_ids": [Command.create({"name": "a.txt", "raw": b"signed"})],
                "issuer": "Race",
                "kind": kind,
                "year": 2026,
                "date": "2026-01-02",
                "line_ids": [
                    Command.create(
                        {
                            "board_id": self.board,
                            "fund_id": self.fund,
                            "item_id": self.item,
                            "amount": amount,
                        }
                    )
                ],
            }
        )

    def _sent_claim(self, env):
        claim = (
            env["party.claim"]
            .with_user(self.users["staff"])
            .create(
                {
                    "board_id": self.board,
                    "kind_id": self.kind,
                    "date": "2026-06-01",
                    "description": "Race",
                    "line_ids": [Command.create({"name": "Fuel", "amount": ASKED})],
                }
            )
        )
        claim.action_submit()
        return claim.id

    def _clean(self):
        """Delete what was committed; only here the ledger's trigger is switched off."""
        with self.registry.cursor() as cr:
            cr.execute("ALTER TABLE party_budget_move DISABLE TRIGGER USER")
            cr.execute("ALTER TABLE party_approval DISABLE TRIGGER USER")
            board = [self.board]
            claims = tuple(self.claims)
            cr.execute("SELECT id FROM party_budget_decision WHERE issuer = 'Race'")
            decisions = tuple(row[0] for row in cr.fetchall())
            for query, values in (
                ("DELETE FROM party_budget_move WHERE board_id = %s", board),
                (
                    "UPDATE party_treasury_balance balance SET allocated = COALESCE(("
                    "SELECT sum(delta_allocated) FROM party_budget_move move "
                    "WHERE move.fund_id = balance.fund_id AND move.year = balance.year "
                    "AND move.company_id = balance.company_id), 0) WHERE fund_id = %s",
                    [self.fund],
                ),
                ("DELETE FROM party_approval WHERE board_id = %s", board),
                ("DELETE FROM party_clock_entry WHERE board_id = %s", board),
                ("DELETE FROM party_work_item WHERE board_id = %s", board),
                (
                    "DELETE FROM mail_activity WHERE res_model = 'party.claim' AND "
                    "res_id IN %s",
                    [claims],
                ),
                ("DELETE FROM account_move WHERE id > %s", [self.accounting]),
                ("DELETE FROM party_claim WHERE board_id = %s", board),
                ("DELETE FROM party_budget_line WHERE board_id = %s", board),
                ("DELETE FROM party_budget WHERE board_id = %s", board),
                (
                    "UPDATE party_treasury_balance balance SET allocated = (SELECT "
                    "COALESCE(sum(line.allocated), 0) FROM party_budget_line line "
                    "WHERE (line.company_id, line.year, line.fund_id) = "
                    "(balance.company_id, balance.year, balance.fund_id))",
                    [],
                ),
                (
                    "DELETE FROM ir_attachment WHERE res_model = "
                    "'party.budget.decision' AND res_id IN %s",
                    [decisions],
                ),
                (
                    "DELETE FROM mail_activity WHERE res_model = "
                    "'party.budget.decision' AND res_id IN %s",
                    [decisions],
                ),
                (
                    "DELETE FROM party_work_item WHERE res_model = "
                    "'party.budget.decision' AND res_id IN %s",
                    [decisions],
                ),
                ("DELETE FROM party_budget_decision WHERE issuer = 'Race'", []),
                ("DELETE FROM party_board_assignment WHERE board_id = %s", board),
                (
                    "DELETE FROM party_series_number WHERE res_model = 'party.claim' "
                    "AND "
                    "res_id IN %s",
                    [claims],
                ),
            ):
                cr.execute(query, values)
            cr.execute("ALTER TABLE party_budget_move ENABLE TRIGGER USER")
            cr.execute("ALTER TABLE party_approval ENABLE TRIGGER USER")
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._name_officers(env, *self.officers)
            env["party.claim.kind"].browse(self.kind).unlink()
            env["party.approval.route"].browse(self.route).unlink()
            party_board = env["party.board"].browse(self.board)
            account = party_board.analytic_account_id
            party_board.unlink()
            account.unlink()
            for user in self.users.values():
                env["res.users"].browse(user).unlink()

    # ------------------------------------------------------------------ the duel
    def _run_at_once(self, *jobs):
        """Run jobs at once, each in its own connection; return what became of them.

        Each job is a function of an environment; it is repeated after a serialization
        failure, as Odoo's HTTP layer does.
        """
        barrier = threading.Barrier(len(jobs))
        outcomes = []

        def run(job):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                # the snapshot is taken before anybody writes, as in a real request
                cr.execute("SELECT count(*) FROM party_budget_line")
                barrier.wait(timeout=20)
                try:
                    retrying(lambda: job(env), env)
                    outcomes.append("passed")
                except Exception as error:
                    cr.rollback()
                    outcomes.append(str(error))

        threads = [threading.Thread(target=run, args=[job]) for job in jobs]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=90)
        return outcomes

    def _duel(self, *jobs):
        """Let jobs of 60 million fight for 100: one passes, one gets the figures."""
        outcomes = self._run_at_once(*jobs)
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        refusal = next(text for text in outcomes if text != "passed")
        for part in ("100.000.000", "60.000.000", "40.000.000", "20.000.000"):
            self.assertIn(part, refusal)
        self.assertEqual(self._available(), LIMIT - ASKED)

    def _available(self):
        """Return what is left (đồng), after checking that the ledger agrees."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT line.available, sum(move.delta_allocated - move.delta_held"
                " - move.delta_advanced - move.delta_spent)"
                " FROM party_budget_line line"
                " JOIN party_budget_move move ON move.line_id = line.id"
                " WHERE line.board_id = %s GROUP BY line.id",
                [self.board],
            )
            available, ledger = cr.fetchone()
        self.assertEqual(available, ledger)
        return available

    def _button(self, claim):
        """Return a job: the head taps "Approve"."""

        def job(env):
            record = env(user=self.users["board_head"])["party.claim"].browse(claim)
            record.with_context(approval_seen=record.content_hash).action_approve()

        return job

    def _post(self, _number):
        """Return a job: an entry of 60 million is posted straight to the books."""

        def job(env):
            self._draft_entry(env)._post()

        return job

    def _draft_entry(self, env, **values):
        company = env.company
        board = env["party.board"].browse(self.board)
        entry = env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-06-02",
                "journal_id": company.party_general_journal_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Fuel",
                            "account_id": company.party_expense_account_id.id,
                            "debit": ASKED,
                            "analytic_distribution": {
                                str(board.analytic_account_id.id): 100
                            },
                            "party_fund_id": self.fund,
                            "party_item_id": self.item,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Cash",
                            "account_id": company.party_cash_account_id.id,
                            "credit": ASKED,
                        }
                    ),
                ],
                **values,
            }
        )
        chief = self.users["chief_accountant"]
        entry.with_user(chief).action_party_check()
        return entry

    def _reduction(self):
        """Return a job: the chief accountant posts a reduction of 60 million."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            decision = self._approved(self._decision(env, "RACE-R", "reduce", ASKED))
            number = decision.id

        def job(env):
            chief = env(user=self.users["chief_accountant"])
            chief["party.budget.decision"].browse(number).action_post()

        return job

    # ----------------------------------------------------------------- the tests
    def test_by_button(self):
        self._duel(*(self._button(claim) for claim in self.claims))

    def test_by_rpc(self):
        """Over the layer that serves /web/dataset/call_kw and /xmlrpc."""

        def job(claim):
            def call(env):
                head = self.users["board_head"]
                seen = env(user=head)["party.claim"].browse(claim).content_hash
                execute_cr(
                    env.cr,
                    head,
                    "party.claim",
                    "action_approve",
                    [[claim]],
                    {"context": {"approval_seen": seen}},
                )

            return call

        self._duel(*(job(claim) for claim in self.claims))

    def test_by_posting(self):
        self._duel(self._post(1), self._post(2))

    def test_button_against_posting(self):
        self._duel(self._button(self.claims[0]), self._post(1))

    def test_by_cron(self):
        """The cron that posts entries of their day, in two workers."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            moves = [
                self._draft_entry(env, auto_post="at_date").id for _number in range(2)
            ]

        def job(move):
            # what account.move._autopost_draft_entries does for one entry
            return lambda env: env["account.move"].browse(move)._post()

        self._duel(*(job(move) for move in moves))

    def test_reduction_against_button(self):
        """A reduction of 60 and a hold of 60 against 100."""
        outcomes = self._run_at_once(self._reduction(), self._button(self.claims[0]))
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        self.assertEqual(self._available(), LIMIT - ASKED)

    def test_two_approvals_that_fit_both_pass(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            more = self._decision(env, "RACE-2", "supplement", LIMIT)
            self._approved(more).action_post()
        outcomes = self._run_at_once(*(self._button(claim) for claim in self.claims))
        self.assertEqual(outcomes, ["passed", "passed"])
        self.assertEqual(self._available(), 2 * LIMIT - 2 * ASKED)
