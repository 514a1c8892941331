import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from ..rules.treasury import Deltas

YEAR = 2090


@tagged("post_install", "-at_install")
class TestTreasuryRace(BaseCase):
    """Two real connections draw on the same estimate: never more than it has.

    The data is committed before and deleted after.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            fund = env.ref("party_office_finance.fund_13")
            self.key = (env.company.id, YEAR, fund.id)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM party_treasury_balance WHERE year = %s", [YEAR])

    def _run_at_once(self, *jobs):
        """Run jobs at once, each in its own connection; return what became of them."""
        barrier = threading.Barrier(len(jobs))
        outcomes = []

        def run(job):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                # the snapshot is taken before anybody writes, as in a real request
                cr.execute("SELECT count(*) FROM party_treasury_balance")
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
                thread.join(timeout=60)
        return outcomes

    def _draw(self, **deltas):
        """Return a job that moves the counters of the fund (đồng)."""

        def job(env):
            env["party.treasury.balance"]._move({self.key: Deltas(**deltas)})

        return job

    def _figures(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT allocated, advance, actual FROM party_treasury_balance "
                "WHERE year = %s",
                [YEAR],
            )
            return cr.fetchall()

    def _give(self, amount):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["party.treasury.balance"]._add_allocated([(*self.key, amount)])

    def test_two_withdrawals(self):
        """60 + 60 against 100: exactly one passes, the other gets the figures."""
        self._give(100_000_000)
        outcomes = self._run_at_once(
            self._draw(actual=60_000_000), self._draw(advance=60_000_000)
        )
        self.assertEqual(outcomes.count("passed"), 1, outcomes)
        refusal = next(text for text in outcomes if text != "passed")
        for part in ("100.000.000", "60.000.000", "40.000.000", "20.000.000"):
            self.assertIn(part, refusal)
        ((allocated, advance, actual),) = self._figures()
        self.assertEqual((allocated, advance + actual), (100_000_000, 60_000_000))

    def test_withdrawal_against_reduction(self):
        self._give(100_000_000)

        def reduce(env):
            env["party.treasury.balance"]._add_allocated([(*self.key, -60_000_000)])

        outcomes = self._run_at_once(self._draw(actual=60_000_000), reduce)
        self.assertEqual(outcomes.count("passed"), 1, outcomes)

    def test_two_that_fit_both_pass(self):
        self._give(100_000_000)
        outcomes = self._run_at_once(
            self._draw(actual=40_000_000), self._draw(advance=60_000_000)
        )
        self.assertEqual(outcomes, ["passed", "passed"])
        self.assertEqual(self._figures(), [(100_000_000, 60_000_000, 40_000_000)])

    def test_first_estimate_of_a_fund_by_two(self):
        """The row itself is made once, and nothing is lost."""

        def give(env):
            env["party.treasury.balance"]._add_allocated([(*self.key, 5)])

        outcomes = self._run_at_once(give, give)
        self.assertEqual(outcomes, ["passed", "passed"])
        self.assertEqual(self._figures(), [(10, 0, 0)])
