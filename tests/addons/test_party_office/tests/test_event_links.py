"""Cars and papers of a conference: they know nothing of each other's addons."""

from datetime import timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_docs.tests.outgoing_case import OutgoingCase
from odoo.addons.party_office_events.tests.common import EventCase
from odoo.addons.party_office_fleet.tests.common import FleetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-29 02:00:00")
class TestEventLinks(OutgoingCase, FleetCase, EventCase):
    def _ask_car(self, key="staff_a"):
        wish = (
            self.env["party.event.car.wish"]
            .with_user(self.user[key])
            .create(
                {
                    "event_id": self.event.id,
                    "board_id": self.board_a.id,
                    "start": "2026-07-09 23:30:00",
                    "stop": "2026-07-10 05:00:00",
                    "destination": "Sân bay (thử)",
                    "purpose": "Đón đại biểu (thử)",
                    "persons": 3,
                }
            )
        )
        wish.action_ask()
        return self._requests()

    def _requests(self):
        return self.env["party.car.request"]._of_documents(self.event)

    def test_a_wish_becomes_a_request_that_waits_on_the_head(self):
        request = self._ask_car()
        self.assertEqual(request.requester_id, self.user["staff_a"])
        self.assertEqual(request.waiting_user_id, self.user["head_a"])
        row = self.event._transports()[0]
        self.assertEqual((row["destination"], row["persons"]), ("Sân bay (thử)", 3))
        self.assertIn("Sân bay (thử)", self.event.car_box)

    def test_cars_follow_the_day(self):
        request = self._ask_car()
        rows = self.event.with_user(self.user["staff_a"])._transport_move(
            timedelta(days=4)
        )
        self.assertEqual([row["moved"] for row in rows], [True])
        self.assertEqual(request.state, "cancelled")
        again = self._requests()
        self.assertEqual(len(again), 1)
        self.assertEqual(again.start, request.start + timedelta(days=4))
        self.assertEqual(again.state, "submitted")

    def test_what_another_asked_for_is_listed(self):
        request = self._ask_car()
        rows = self.event.with_user(self.user["office_chief"])._transport_move(
            timedelta(days=4)
        )
        self.assertEqual([row["moved"] for row in rows], [False])
        self.assertIn(self.user["staff_a"].name, rows[0]["why"])
        self.assertEqual(request.state, "submitted")

    def test_a_cancelled_conference_gives_its_cars_back(self):
        request = self._ask_car()
        self.event.action_submit()
        self.event.action_cancel()
        self.assertEqual(request.state, "cancelled")

    def test_an_invitation_takes_a_number_of_the_books(self):
        action = self.event.action_write_invitation()
        draft = self.env["party.document.draft"].browse(action["res_id"])
        self.assertEqual(draft.kind_id.code, "giay_moi")
        self.assertIn(self.event.title, draft.content)
        self.assertIn("08 giờ 00, ngày 10/07/2026", draft.content)
        self.assertEqual(self.event._drafts()[0]["number"], "")
        draft.write(
            {
                "signer_id": self.user["head_a"].id,
                "recipient_ids": [Command.create({"name": "Các đại biểu"})],
            }
        )
        self.assertIn("giay_moi", [row["kind"] for row in self.event._drafts()])

    def test_who_reads_the_plan_does_not_read_its_papers(self):
        self.event.action_write_invitation()
        self._new_task(self.board_b)
        event = self.event.with_user(self.user["staff_b"])
        self.assertEqual(event.title, self.event.title)
        self.assertEqual(event._drafts(), [])
        self.assertFalse(event.paper_box)

    def test_who_reads_the_plan_sees_its_cars(self):
        self._ask_car()
        self._new_task(self.board_b)
        event = self.event.with_user(self.user["staff_b"])
        self.assertEqual(len(event._transports()), 1)
        requests = self.env["party.car.request"].with_user(self.user["staff_b"])
        self.assertFalse(requests._of_documents(self.event))
