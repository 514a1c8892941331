import threading

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestAssignmentRace(BaseCase):
    """Two real connections want to be the primary accountant of one board."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            group = env.ref("party_office_base.group_accountant")
            self.users = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Race {number}",
                            "login": f"race_assignment_{number}",
                            "group_ids": [fields.Command.set(group.ids)],
                        }
                        for number in range(2)
                    ]
                )
                .ids
            )
            self.board = env["party.board"].create({"name": "Race", "code": "RACE"}).id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute(
                "DELETE FROM party_board_assignment WHERE board_id = %s", [self.board]
            )
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["res.users"].browse(self.users).unlink()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_exactly_one_wins(self):
        barrier = threading.Barrier(2)
        outcomes = []

        def assign(user_id):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                cr.execute("SELECT 1")
                barrier.wait(timeout=10)
                try:
                    retrying(
                        lambda: env["party.board.assignment"].create(
                            {
                                "board_id": self.board,
                                "user_id": user_id,
                                "date_from": "2026-01-01",
                            }
                        ),
                        env,
                    )
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes.append("assigned")
                except Exception as error:
                    cr.rollback()
                    outcomes.append(str(error))

        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        threads = [threading.Thread(target=assign, args=[user]) for user in self.users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        self.assertEqual(outcomes.count("assigned"), 1, outcomes)
        (refusal,) = [outcome for outcome in outcomes if outcome != "assigned"]
        self.assertIn("already has a primary accountant", refusal)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM party_board_assignment WHERE board_id = %s",
                [self.board],
            )
            self.assertEqual(cr.fetchone(), (1,))
