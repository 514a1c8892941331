import threading

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestDirectionRace(BaseCase):
    """Two real connections direct the same paper to different leads."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            group = env.ref("party_office_base.group_office_chief")
            self.users = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Race {number}",
                            "login": f"race_direction_{number}",
                            "group_ids": [fields.Command.set(group.ids)],
                        }
                        for number in range(2)
                    ]
                )
                .ids
            )
            self.boards = (
                env["party.board"]
                .create(
                    [
                        {"name": f"Race {n}", "code": f"RD{n}", "head_id": user}
                        for n, user in enumerate(self.users)
                    ]
                )
                .ids
            )
            body = env["party.issuing.body"].create(
                {"name": "Race", "code": "RACE-D", "board_id": self.boards[0]}
            )
            self.body = body.id
            paper = env["party.document"].create(
                {"body_id": body.id, "abstract": "Race", "symbol": "1-CV/R"}
            )
            # no number is taken: books have no gap
            paper.write(
                {
                    "state": "registered",
                    "name": "race",
                    "number": 1,
                    "registered_at": fields.Datetime.now(),
                }
            )
            paper._hand_to(env["res.users"].browse(self.users[0]), "Direct")
            self.paper = paper.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            paper = env["party.document"].browse(self.paper)
            cr.execute(
                "UPDATE party_document SET state = 'received', lead_board_id = NULL,"
                " board_id = NULL WHERE id = %s",
                [self.paper],
            )
            cr.execute(
                "DELETE FROM party_document_routing WHERE document_id = %s",
                [self.paper],
            )
            cr.execute(
                "DELETE FROM party_clock_entry WHERE res_model = 'party.document'"
                " AND res_id = %s",
                [self.paper],
            )
            env.invalidate_all()
            paper.unlink()
            env["party.issuing.body"].browse(self.body).unlink()
            boards = env["party.board"].browse(self.boards)
            accounts = boards.analytic_account_id
            boards.unlink()
            accounts.unlink()
            env["res.users"].browse(self.users).unlink()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_exactly_one_lead(self):
        barrier = threading.Barrier(2)
        outcomes = []

        def direct(number):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.users[number], {})
                paper = env["party.document"].browse(self.paper)
                # both have seen that nobody has directed it yet
                self.assertEqual(paper.state, "registered")
                barrier.wait(timeout=10)
                try:
                    retrying(
                        lambda: paper.action_direct(
                            self.boards[number],
                            deadline=fields.Date.add(fields.Date.today(), days=9),
                        ),
                        env,
                    )
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes.append(self.boards[number])
                except Exception as error:
                    cr.rollback()
                    outcomes.append(str(error))

        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        threads = [threading.Thread(target=direct, args=[n]) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        won = [outcome for outcome in outcomes if outcome in self.boards]
        self.assertEqual(len(won), 1, outcomes)
        self.assertEqual(len(outcomes), 2, outcomes)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT lead_board_id, state FROM party_document WHERE id = %s",
                [self.paper],
            )
            self.assertEqual(cr.fetchone(), (won[0], "directed"))
            cr.execute(
                "SELECT board_id FROM party_document_routing"
                " WHERE document_id = %s AND role = 'lead'",
                [self.paper],
            )
            self.assertEqual(cr.fetchall(), [(won[0],)])
            cr.execute(
                "SELECT count(*) FROM party_document_direction WHERE document_id = %s",
                [self.paper],
            )
            self.assertEqual(cr.fetchone(), (1,))
            # the refusal names what happened, it is no error of the database
            (refusal,) = [outcome for outcome in outcomes if outcome not in won]
            self.assertIn(f"Race {self.boards.index(won[0])}", refusal)
