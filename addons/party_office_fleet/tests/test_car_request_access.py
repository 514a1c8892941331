"""Who sees, writes and forges what of a car request; what stands on its form."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import MORNING
from .test_party_car_request import RouteCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestCarRequestAccess(RouteCase):
    SEES = {
        "staff_a": True,
        "head_a": True,
        "accountant_a": True,
        "chief_accountant": True,
        "office_chief": True,
        "dispatcher": True,
        "manager": True,
        "staff_b": False,
        "head_b": False,
        "accountant_b": False,
        "driver": False,
        "driver_2": False,
        "clerk": False,
    }

    def test_who_reads_a_request_and_its_places(self):
        request = self._new_route(self.place_x)
        for key, sees in self.SEES.items():
            with self.subTest(key):
                seen = request.with_user(self.user[key])
                self.assertEqual(seen.has_access("read"), sees)
                stops = seen.sudo().stop_ids.sudo(False).with_user(self.user[key])
                self.assertEqual(stops.has_access("read"), sees)

    def test_only_the_driver_of_the_order_sees_it(self):
        request = self._confirm(self._new_route(self.place_x))
        self._issue(self._plan(request))
        self.assertTrue(request.with_user(self.user["driver"]).has_access("read"))
        self.assertFalse(request.with_user(self.user["driver_2"]).has_access("read"))

    def test_only_the_requester_writes(self):
        request = self._new_route(self.place_x)
        for key in self.SEES:
            if key == "staff_a":
                continue
            with self.subTest(key):
                other = request.with_user(self.user[key])
                with self.assertRaises(AccessError):
                    other.write({"purpose": "Việc khác"})
                with self.assertRaises(AccessError):
                    self.env["party.car.request.stop"].with_user(self.user[key]).create(
                        {"request_id": request.id, "place_id": self.place_y.id}
                    )
                with self.assertRaises(AccessError):
                    other.action_submit()

    def test_answers_are_not_forged(self):
        request = self._new_route(self.place_x)
        order = self._plan(self._waiting_request(key="staff_b"))
        for key in ("staff_a", "dispatcher", "office_chief", "manager"):
            for values in (
                {"answer": "assigned"},
                {"dispatch_id": order.id},
                {"answered_at": MORNING},
                {"submitted_at": MORNING},
                {"state": "approved"},
                {"name": "ĐNX2026/9999"},
                {"requester_id": self.user["staff_b"].id},
            ):
                with self.subTest(key=key, values=values):
                    with self.assertRaises(AccessError):
                        request.with_user(self.user[key]).write(values)
                    with self.assertRaises(AccessError):
                        self._new_request(key, **values)

    def test_context_defaults_do_not_forge(self):
        request = (
            self.env["party.car.request"]
            .with_user(self.user["staff_a"])
            .with_context(
                default_state="approved",
                default_answer="waiting",
                default_is_emergency=True,
                default_requester_id=self.user["staff_b"].id,
            )
            .create({"purpose": "Họp", "destination": "Hà Nội"})
        )
        self.assertRecordValues(
            request,
            [
                {
                    "state": "draft",
                    "answer": False,
                    "is_emergency": False,
                    "requester_id": self.user["staff_a"].id,
                }
            ],
        )

    def test_the_one_who_asked_sees_car_and_driver(self):
        self.driver_1.phone = "0912 000 000"
        request = self._confirm(self._new_route(self.place_x))
        self._issue(self._plan(request))
        mine = request.with_user(self.user["staff_a"])
        self.env.invalidate_all()
        self.assertEqual(
            (mine.car_id.plate, mine.driver_id.name, mine.driver_phone),
            ("20A-000.01", "driver", "0912 000 000"),
        )

    def test_a_colleague_of_the_board_asks_for_the_same(self):
        request = self._confirm(self._new_route(self.place_x))
        self._new_user("staff_a2", "staff", self.board_a)
        action = request.with_user(self.user["staff_a2"]).action_again()
        again = self.env["party.car.request"].browse(action["res_id"])
        self.assertEqual(again.requester_id, self.user["staff_a2"])
        with self.assertRaises(AccessError):
            request.with_user(self.user["staff_b"]).action_again()

    def test_the_form_says_who_goes_where_and_who_signed(self):
        request = self._new_route(self.place_x)
        request.guest_names = "Bà Lan"
        self.user["staff_a"].employee_id.job_title = "Chuyên viên"
        self._confirm(request)
        self._issue(self._plan(request))
        report = self.env.ref("party_office_fleet.car_request_report")
        values = request.with_user(self.user["staff_a"])._form_values(report)
        self.assertEqual(
            values["persons"], [("staff_a", "Chuyên viên"), ("Bà Lan", "")]
        )
        self.assertEqual(values["signed"]["board_head"]["person"], "head_a")
        self.assertIn("20A-000.01", values["car"])
        self.assertRegex(values["start"], "07:00.*15/0?6/2026")
