"""Who may use an office car: decree 72/2023/NĐ-CP, articles 5 to 8 and 21."""

from psycopg2.errors import ExclusionViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import FleetCase
from .test_party_car_request import RouteCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-12 01:00:00")
class TestCarEntitlement(RouteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.user["staff_a"].employee_id
        cls.head = cls.user["head_a"].employee_id

    def _asks(self, *persons, places=None, **values):
        request = self._new_route(*(places or [self.place_x]))
        ids = [person.id for person in persons]
        request.write({"passenger_ids": [Command.set(ids)], **values})
        return request

    def _notes(self, request, key="head_a"):
        return request.with_user(self.user[key])._decision_notes()[request.id]

    def _lump(self, person, kind="trip", date_from="2026-01-01", date_to=False):
        return self.env["party.car.lump"].create(
            {
                "employee_id": person.id,
                "kind": kind,
                "date_from": date_from,
                "date_to": date_to,
                "decision": "15-QĐ/TU",
            }
        )

    def test_staff_alone_is_told_to_the_approver(self):
        request = self._asks(self.staff)
        self.assertRegex(request.entitlement_box, r"8,")
        request.action_submit()
        self.assertRegex(self._notes(request), r"staff_a.*72/2023.*8.*3")

    def test_head_deputy_and_rank_travel_by_themselves(self):
        self.assertFalse(self._asks(self.head, self.staff).entitlement_box)
        self.assertTrue(self._asks(self.staff).entitlement_box)
        self.staff.current_version_id.position_coefficient = 0.9
        self.assertFalse(self._asks(self.staff).entitlement_box)
        self.staff.current_version_id.position_coefficient = 0.5
        self.board_a.deputy_head_id = self.user["staff_a"]
        self.assertFalse(self._asks(self.staff).entitlement_box)

    def test_special_duty_rests_on_the_second_clause(self):
        duty = self.env.ref("party_office_fleet.car_purpose_special_duty")
        notes = self._notes(self._asks(self.staff, purpose_id=duty.id))
        self.assertRegex(notes, r"8[^.]*2\)")
        self.assertNotRegex(notes, r"8[^.]*3\)")

    def test_nobody_is_driven_from_home_to_the_office(self):
        request = self._asks(self.head, places=[self.place_home])
        self.assertIn("text-danger", request.entitlement_box)
        with self.assertRaisesRegex(UserError, r"72/2023.*8.*2"):
            request.action_submit()
        self.env["party.car.title"].create(
            {
                "employee_id": self.head.id,
                "kind": "pickup",
                "date_from": "2026-01-01",
                "decision": "1-QĐ/TU",
            }
        )
        request.action_submit()
        # by way of a place of work it is a trip
        self._asks(self.staff, places=[self.place_home, self.place_x]).action_submit()

    def test_who_gets_a_lump_sum_gets_no_car(self):
        lump = self._lump(self.head, date_to="2026-06-15")
        request = self._asks(self.head, self.staff)
        with self.assertRaisesRegex(UserError, r"head_a.*15-QĐ/TU.*8.*4"):
            request.action_submit()
        # the day of the trip counts, in local time
        lump.date_to = "2026-06-14"
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_a_lump_sum_for_the_way_to_the_office_stops_no_trip(self):
        self._lump(self.head, kind="home")
        request = self._asks(self.head)
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_rest_day_and_missing_paper_are_told(self):
        request = self._asks(self.head)
        self.assertRegex(self._notes(request), r"No paper|Chưa nêu|căn cứ")
        request.basis = "Giấy mời 5"
        self.assertFalse(self._notes(request))
        # 20 June 2026, 00:30 in Ha Noi, is a Saturday
        request.write({"start": "2026-06-19 17:30:00", "stop": "2026-06-20 03:00:00"})
        self.assertRegex(self._notes(request), r"day of rest|ngày nghỉ")

    def test_the_car_of_a_title_drives_its_holder_only(self):
        car = self._new_car("20A-999.99", use="title")
        self.env["party.car.title"].create(
            {
                "employee_id": self.head.id,
                "car_id": car.id,
                "date_from": "2026-01-01",
                "decision": "1-QĐ/TU",
            }
        )
        order = self._plan(self._confirm(self._asks(self.staff)), car, self.driver_1)
        with self.assertRaisesRegex(UserError, "20A-999.99.*head_a"):
            order.with_user(self.user["dispatcher"]).action_submit()
        order.with_user(self.user["dispatcher"]).action_cancel()
        his = self._asks(self.head, self.staff)
        self.assertIn("20A-999.99", his.entitlement_box)
        order = self._plan(self._confirm(his), car, self.driver_1)
        order.with_user(self.user["dispatcher"]).action_submit()
        self.assertEqual(order.state, "submitted")

    def test_the_signer_of_the_order_decides_by_clause_three(self):
        order = self._plan(self._confirm(self._asks(self.staff)))
        notes = order.with_user(self.user["deputy_chief"])._decision_notes()
        self.assertRegex(notes[order.id], r"staff_a.*72/2023.*8.*3")

    def test_many_requests_take_no_more_queries(self):
        self._lump(self.head)
        one = self._asks(self.head, self.staff)
        many = one
        for _number in range(8):
            many |= self._asks(self.head, self.staff)
        counts = []
        for requests in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests._judge()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_titles_and_lump_sums_are_not_for_everybody(self):
        lump = self._lump(self.head)
        for key in ("staff_a", "head_a", "accountant_a", "driver"):
            with self.subTest(key):
                self.assertFalse(lump.with_user(self.user[key]).has_access("read"))
        for key in ("office_chief", "chief_accountant"):
            with self.subTest(key):
                seen = lump.with_user(self.user[key])
                self.assertTrue(seen.has_access("read"))
                self.assertFalse(seen.has_access("write"))
        # the sentence is for whoever plans the trip all the same
        self.assertIn("15-QĐ/TU", self._asks(self.head).entitlement_box)

    def test_one_lump_sum_at_a_time(self):
        self._lump(self.head, date_to="2026-06-30")
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self._lump(self.head, date_from="2026-06-30")
        self.assertTrue(self._lump(self.head, date_from="2026-07-01"))
        self.env.cr.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'x' AND conname IN "
            "('party_car_lump_one_at_a_time', 'party_car_title_one_at_a_time')"
        )
        self.assertEqual(self.env.cr.fetchone(), (2,))


@tagged("post_install", "-at_install")
class TestPurposes(FleetCase):
    def test_the_order_of_priorities(self):
        purposes = self.env["party.car.purpose"].search([])
        codes = [p.code for p in purposes if p.priority < 40]
        self.assertEqual(codes, ["leadership", "committee", "joint"])
        self.assertTrue(all(purposes.mapped("needs_check")))
        request = self._new_request(purpose_id=purposes[0].id)
        self.assertEqual(request.priority, 10)
        self.assertFalse(purposes.with_user(self.user["staff_a"]).has_access("write"))
