"""Two organisers, two real connections: one hall, one of them has it."""

import threading
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestRoomRace(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        now = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        #: nobody else plans there
        self.start = now + timedelta(days=900)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            group = env.ref("party_office_base.group_staff")
            users = env["res.users"].create(
                [
                    {
                        "name": f"Race {number}",
                        "login": f"race_organiser_{number}",
                        "group_ids": [fields.Command.set(group.ids)],
                    }
                    for number in range(2)
                ]
            )
            board = env["party.board"].create({"name": "Race", "code": "RACER"})
            room = env["party.room"].create({"name": "Race hall", "capacity": 100})
            events = env["party.event"].create(
                [
                    {
                        "title": f"Race {number}",
                        "kind_id": env.ref("party_office_events.kind_meeting").id,
                        "board_id": board.id,
                        "lead_board_id": board.id,
                        "organiser_id": user.id,
                        "start": self.start,
                        "stop": self.start + timedelta(hours=2),
                    }
                    for number, user in enumerate(users)
                ]
            )
            self.users, self.board = users.ids, board.id
            self.room, self.events = room.id, events.ids
        self.addCleanup(self._clean)
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            room = env["party.room"].browse(self.room)
            env["party.room.booking"].search([("room_id", "=", room.id)]).unlink()
            env["party.event"].browse(self.events).unlink()
            room.unlink()
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["res.users"].browse(self.users).unlink()

    def _at_once(self, hours):
        """Let both book at the same moment.

        :param list hours: from the beginning on, for each organiser
        :return: what each got: "taken" or the refusal
        """
        barrier = threading.Barrier(2)
        outcomes = {}

        def book(number):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.users[number], {"lang": "en_US"})
                # the snapshot is taken before the other one writes
                cr.execute("SELECT 1")
                barrier.wait(timeout=20)
                start = self.start + timedelta(hours=hours[number])

                def act():
                    env["party.room.booking"].create(
                        {
                            "room_id": self.room,
                            "event_id": self.events[number],
                            "start": start,
                            "stop": start + timedelta(hours=2),
                        }
                    )

                try:
                    retrying(act, env)
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes[number] = "taken"
                except Exception as error:
                    cr.rollback()
                    outcomes[number] = str(error)

        threads = [threading.Thread(target=book, args=[number]) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return [outcomes[0], outcomes[1]]

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_of_two_has_the_hall(self):
        # the second one's set-up time runs into the first one's meeting
        outcomes = self._at_once([0, 2])
        self.assertEqual(outcomes.count("taken"), 1, outcomes)
        winner = outcomes.index("taken")
        self.assertIn(f"Race {winner}", outcomes[1 - winner])
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM party_occupancy WHERE subject_model ="
                " 'party.room' AND subject_id = %s",
                [self.room],
            )
            self.assertEqual(cr.fetchone(), (1,))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_both_have_it_one_after_the_other(self):
        self.assertEqual(self._at_once([0, 4]), ["taken", "taken"])
