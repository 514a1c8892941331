from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name

from . import test_advance_race
from . import test_budget_race as race

AMOUNTS = (3_000_000, 4_000_000)


@tagged("post_install", "-at_install")
class TestPaymentRace(BaseCase):
    """Two sessions pay the same list, or the same claim: the money goes out once.

    The office is that of ``TestAdvanceRace``: committed before, deleted after.
    """

    _run_at_once = race.TestBudgetRace._run_at_once
    _create_office = test_advance_race.TestAdvanceRace._create_office
    _advance = test_advance_race.TestAdvanceRace._advance
    _as = test_advance_race.TestAdvanceRace._as
    _approve = test_advance_race.TestAdvanceRace._approve
    _put_in_box = test_advance_race.TestAdvanceRace._put_in_box
    _clean_office = test_advance_race.TestAdvanceRace._clean

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._create_office(env)
            self._put_in_box(env, 50_000_000)
            self.claims = [self._posted_claim(env, amount) for amount in AMOUNTS]
            claims = env["party.claim"].browse(self.claims)
            mine = claims.with_user(self.users["accountant"])
            batch = env["party.payment.batch"].with_user(self.users["accountant"])
            batch = batch._make(mine)
            batch.action_make()
            self.batch = batch.id

    def _posted_claim(self, env, amount):
        claim = (
            env["party.claim"]
            .with_user(self.users["staff"])
            .create(
                {
                    "board_id": self.board,
                    "kind_id": self.kind,
                    "date": self.day,
                    "description": "Race",
                    "line_ids": [
                        test_advance_race.Command.create(
                            {"name": "x", "amount": amount}
                        )
                    ],
                }
            )
        )
        claim.action_submit()
        self._approve(env, "party.claim", claim.id)
        self._as(env, "party.claim", claim.id, "accountant").action_post()
        return claim.id

    def _clean(self):
        with self.registry.cursor() as cr:
            batches = (
                "SELECT id FROM party_payment_batch WHERE requester_id IN %s",
                [tuple(self.users.values())],
            )
            cr.execute(*batches)
            ids = [row[0] for row in cr.fetchall()] or [0]
            cr.execute("DELETE FROM party_payment_outcome WHERE create_uid IN %s", batches[1])
            cr.execute(
                "DELETE FROM party_series_number WHERE res_model = "
                "'party.payment.batch' AND res_id = ANY(%s)",
                [ids],
            )
            cr.execute(
                "DELETE FROM mail_message WHERE model = 'party.payment.batch' AND "
                "res_id = ANY(%s)",
                [ids],
            )
            cr.execute("DELETE FROM party_payment_batch WHERE id = ANY(%s)", [ids])
        self._clean_office()

    def _pay_list(self, env):
        self._as(env, "party.payment.batch", self.batch, "cashier").action_pay()

    def _book(self):
        """Return what went out for our claims (đồng), and what is left of the box."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT amount_out FROM party_cash_entry WHERE res_model = "
                "'party.claim' AND res_id = ANY(%s) ORDER BY id",
                [self.claims],
            )
            out = [int(row[0]) for row in cr.fetchall()]
            cr.execute("SELECT balance FROM party_cash_box WHERE id = %s", [self.box])
            (balance,) = cr.fetchone()
            cr.execute(
                "SELECT DISTINCT state FROM party_claim WHERE id = ANY(%s)",
                [self.claims],
            )
            self.assertEqual(cr.fetchall(), [("paid",)])
            cr.execute(
                "SELECT state FROM party_payment_batch WHERE id = %s", [self.batch]
            )
            self.assertEqual(cr.fetchone(), ("paid",))
        return sorted(out), int(balance)

    def test_two_sessions_pay_the_same_list(self):
        outcomes = self._run_at_once(self._pay_list, self._pay_list)
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        self.assertEqual(self._book(), (sorted(AMOUNTS), 43_000_000))

    def test_desk_and_list_at_once(self):
        """One claim is paid at the desk while the whole list is paid."""

        def pay_one(env):
            desk = env(user=self.users["cashier"])["party.cashier.desk"]
            shown = desk.get_payable("party.claim", self.claims[0])
            desk.pay("party.claim", self.claims[0], shown["seen"])

        outcomes = self._run_at_once(pay_one, self._pay_list)
        self.assertIn("passed", outcomes)
        self.assertEqual(self._book(), (sorted(AMOUNTS), 43_000_000))

    def test_two_lists_want_the_same_claim(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            claim = self._posted_claim(env, 1_000_000)
            self.claims.append(claim)

        def make(env):
            mine = self._as(env, "party.claim", claim, "accountant")
            mine.action_make_payment_batch()

        outcomes = self._run_at_once(make, make)
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM party_payment_batch_line WHERE claim_id = %s",
                [claim],
            )
            self.assertEqual(cr.fetchone(), (1,))
