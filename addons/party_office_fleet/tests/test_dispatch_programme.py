from freezegun import freeze_time

from odoo.tests import tagged

from .common import FleetCase


@freeze_time("2026-06-12 02:00:00")
@tagged("post_install", "-at_install")
class TestDispatchProgramme(FleetCase):
    def _entry(self, order, key=None):
        entries = self.env["party.programme.entry"]
        if key:
            entries = entries.with_user(self.user[key])
        return entries.search(
            [("res_model", "=", "party.dispatch"), ("res_id", "=", order.id)]
        )

    def _people(self, *keys):
        return [
            (6, 0, [self.user[key].employee_id.id for key in keys]),
        ]

    def test_only_a_signed_order_stands_there(self):
        request = self._waiting_request(passenger_ids=self._people("head_a", "staff_a"))
        order = self._plan(request)
        self.assertFalse(self._entry(order))
        self._issue(order)
        entry = self._entry(order, "staff_b")
        self.assertRecordValues(
            entry,
            [
                {
                    "start": order.start,
                    "stop": order.stop,
                    "kind": "trip",
                    "state": "planned",
                    "is_personal": False,
                    "board_id": self.board_a.id,
                }
            ],
        )
        self.assertEqual(entry.leader_ids, self.user["head_a"] | self.user["staff_a"])
        self.assertIn(order.route, entry.title)
        self.assertNotIn(request.purpose, entry.title)
        self._drive(order)
        self.assertEqual(entry.state, "done")

    def test_the_trip_of_a_colleague_is_not_for_everybody(self):
        order = self._issued(passenger_ids=self._people("staff_a"))
        for key, seen in (
            ("staff_a", 1),
            ("head_a", 1),
            ("office_chief", 1),
            ("staff_b", 0),
            ("head_b", 0),
        ):
            with self.subTest(key):
                self.assertEqual(len(self._entry(order, key)), seen)

    def test_cancelled_and_left(self):
        order = self._issued(passenger_ids=self._people("head_a"))
        request = order.request_ids
        request.with_user(request.requester_id).action_cancel()
        self.assertEqual(self._entry(order).state, "cancelled")
