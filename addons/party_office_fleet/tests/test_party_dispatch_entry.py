"""What a phone sends again is recorded once."""

import base64
from unittest.mock import patch
from uuid import uuid4

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 14:00:00")
class TestPartyDispatchEntry(FleetCase):
    def setUp(self):
        super().setUp()
        self.order = self._issued()
        self.phone = self.env["party.dispatch.entry"].with_user(self.user["driver"])

    def _entry(self, what, moment="2026-06-15 00:05:00", order=None, /, **values):
        return {
            "key": uuid4().hex,
            "order": (order or self.order).id,
            "kind": what,
            "moment": moment,
            "values": values,
        }

    def _sent(self, *entries):
        return [o["status"] for o in self.phone.record(list(entries))]

    def test_the_whole_trip_twice(self):
        photo = base64.b64encode(
            base64.b64decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                "awAAAABJRU5ErkJggg=="
            )
        ).decode()
        entries = [
            self._entry("start", odometer="1000", photo=photo),
            self._entry("toll", amount="35000", station="Trạm 1"),
            self._entry("fill", litres=30, unit_price=20000, photo=photo),
            self._entry("incident", kind="delay", description="Tắc đường"),
            self._entry(
                "end", "2026-06-15 07:00:00", odometer=1060, hard_km=20, idle_hours=1
            ),
            self._entry("explain", explanation="Đường vòng"),
        ]
        self.assertEqual(self._sent(*entries), ["recorded"] * 6)
        self.assertEqual(self._sent(*entries), ["recorded"] * 6)
        order = self.order
        self.assertEqual(order.progress, "done")
        self.assertEqual((order.hard_km, order.idle_hours), (20, 1))
        self.assertEqual((order.toll_amount, len(order.fill_ids)), (35000, 1))
        self.assertEqual(len(order.incident_ids), 1)
        self.assertEqual(len(order.entry_ids), 6)
        self.assertTrue(order.photo_out)
        self.assertFalse(order.photo_in)
        self.assertFalse(order.is_odd)

    def test_two_at_once_record_it_once(self):
        """The second of two answers to one entry runs again, and finds it recorded."""
        toll = self._entry("toll", amount=1000)
        self.assertEqual(self._sent(toll), ["recorded"])
        entries = self.env.registry["party.dispatch.entry"]
        # as it looks to a transaction that began before the first was through
        with (
            patch.object(entries, "search_count", lambda *args, **kwargs: 0),
            self.assertRaises(ConcurrencyError),
        ):
            self._sent(toll)
        self.assertEqual(self._sent(toll), ["recorded"])
        self.assertEqual(self.order.toll_amount, 1000)

    def test_what_rests_on_a_refused_entry_waits(self):
        other = self._issued(key="staff_b", start=MORNING.replace(day=16))
        bad = self._entry("start", odometer="x")
        end = self._entry("end", odometer=1060)
        toll = self._entry("toll", "2026-06-15 00:05:00", other, amount=1000)
        outcomes = self.phone.record([bad, end, toll])
        self.assertEqual(
            [o["status"] for o in outcomes], ["refused", "waiting", "recorded"]
        )
        self.assertIn("x", outcomes[0]["message"])
        # corrected under the same key
        bad["values"]["odometer"] = 1000
        end["moment"] = "2026-06-15 02:00:00"
        self.assertEqual(self._sent(bad, end, toll), ["recorded"] * 3)
        self.assertEqual(self.order.km, 60)
        self.assertEqual(other.toll_amount, 1000)

    def test_a_constraint_is_a_sentence_and_undoes_its_entry_only(self):
        start = self._entry("start", odometer=1000)
        leg = self._entry("leg", place_to="A", km=5, hard_km=6)
        outcomes = self.phone.record([start, leg])
        self.assertEqual([o["status"] for o in outcomes], ["recorded", "refused"])
        self.assertRegex(outcomes[1]["message"], "part of the km|trong số km")
        self.assertEqual(self.order.progress, "running")
        self.assertFalse(self.order.leg_ids)

    def test_end_with_too_many_hard_km_is_undone_as_a_whole(self):
        start = self._entry("start", odometer=1000)
        end = self._entry("end", "2026-06-15 02:00:00", odometer=1060, hard_km=61)
        self.assertEqual(self._sent(start, end), ["recorded", "refused"])
        self.assertEqual(self.order.progress, "running")

    def test_others_orders_and_keys(self):
        start = self._entry("start", odometer=1000)
        stranger = self.phone.with_user(self.user["driver_2"])
        self.assertEqual(stranger.record([start])[0]["status"], "refused")
        self.assertEqual(self.order.progress, "planned")
        self.assertEqual(self._sent(start), ["recorded"])
        # a key is the user's own: another's does not hide it
        self.assertEqual(stranger.record([start])[0]["status"], "refused")

    def test_no_phone_sends_this(self):
        for entries in (
            "x",
            [1],
            [{}],
            [{"key": "short", "order": self.order.id}],
            [{"key": "k" * 32, "order": "1"}],
            [{"key": "k" * 32, "order": True}],
            [{"key": "k" * 32, "order": self.order.id, "values": [1]}],
            [self._entry("start")] * 201,
        ):
            with self.subTest(entries), self.assertRaises(UserError):
                self.phone.record(entries)
        self.assertEqual(self._sent(self._entry("fly")), ["refused"])
        gone = self._entry("start", odometer=1)
        gone["order"] = 2**30
        self.assertEqual(self._sent(gone), ["refused"])

    def test_entries_are_not_forged(self):
        values = {
            "key": "k" * 32,
            "user_id": self.user["driver"].id,
            "dispatch_id": self.order.id,
            "kind": "start",
        }
        for key in ("driver", "dispatcher", "staff_a"):
            with self.subTest(key), self.assertRaises(UserError):
                self.phone.with_user(self.user[key]).create(values)
        self._sent(self._entry("start", odometer=1000))
        row = self.order.entry_ids
        self.assertTrue(row.with_user(self.user["driver"]).has_access("read"))
        self.assertFalse(row.with_user(self.user["driver_2"]).has_access("read"))
        with self.assertRaises(UserError):
            row.with_user(self.user["dispatcher"]).write({"kind": "end"})

    def test_the_page_of_the_driver(self):
        other = self._issued(key="staff_b", car=self.car_2, driver=self.driver_2)
        page = self.phone.my_trips()
        self.assertTrue(page["is_driver"])
        ids = [order["id"] for order in page["orders"]]
        self.assertIn(self.order.id, ids)
        self.assertNotIn(other.id, ids)
        (mine,) = (o for o in page["orders"] if o["id"] == self.order.id)
        self.assertEqual(mine["plate"], "20A-000.01")
        self.assertEqual(mine["requests"][0]["who"], "staff_a")
        self._drive(self.order)
        (mine,) = (
            o for o in self.phone.my_trips()["orders"] if o["id"] == self.order.id
        )
        self.assertEqual((mine["progress"], mine["odometer_last"]), ("done", 1060))
        self.assertFalse(
            self.phone.with_user(self.user["staff_a"]).my_trips()["orders"]
        )

    def test_an_order_by_phone_is_driven_before_it_is_signed(self):
        request = self._new_request(start=MORNING.replace(hour=12), hours=1)
        request.action_submit()
        action = request.with_user(self.user["dispatcher"]).action_emergency(
            self.user["head_a"].id, MORNING.replace(hour=11), self.car_1.id, False
        )
        order = self.env["party.dispatch"].browse(action["res_id"])
        self.assertIn(order.id, [o["id"] for o in self.phone.my_trips()["orders"]])
        at = "2026-06-15 12:00:00"
        entries = [
            self._entry("start", at, order, odometer=1000),
            self._entry("toll", at, order, amount=1000),
            self._entry("end", "2026-06-15 13:00:00", order, odometer=1030),
        ]
        self.assertEqual(self._sent(*entries), ["recorded"] * 3)
        self.assertEqual((order.state, order.km), ("draft", 30))

    def test_the_page_asks_a_constant_number_of_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.phone.my_trips()
            return self.env.cr.sql_log_count - before

        self.phone.my_trips()
        one = count()
        for day in range(16, 22):
            self._issued(start=MORNING.replace(day=day))
        self.assertLessEqual(count(), one)
