from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.report import ReportOptions

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestServiceForms(ServiceCase):
    """Printed forms and reports: exact figures, and who sees which."""

    def _ask_paper(self, quantity, key="staff_a"):
        return self._ask(
            key,
            self.stationery,
            line_ids=[
                Command.create({"supply_id": self.paper.id, "quantity": quantity})
            ],
        )

    def test_the_issue_note(self):
        request = self._ask_paper(3)
        report = self.env.ref("party_office_events.service_issue_report")
        with self.assertRaises(UserError):
            request._check_can_print(report)
        request.with_user(self.desk).action_deliver()
        request._check_can_print(report)
        values = request.with_user(self.desk)._form_values(report)
        self.assertEqual(
            [
                (row["quantity"], row["granted"], row["amount"])
                for row in values["lines"]
            ],
            [(3, 3, 210_000)],
        )
        self.assertFalse(values["receiver"]["person"])
        request.with_user(self.user["staff_a"]).action_confirm_good()
        values = request._form_values(report)
        self.assertEqual(values["receiver"]["person"], self.user["staff_a"].name)
        self.assertTrue(values["receiver"]["at"])

    def _rows(self, code, user, since="2026-07-01", day="2026-07-31"):
        options = ReportOptions(
            day=fields.Date.to_date(day), year=2026, since=fields.Date.to_date(since)
        )
        report = self.env[f"party.report.{code}"].with_user(user)._report(options)
        return list(report.rows)

    def test_promised_against_done(self):
        desk, asker = self.desk, self.user["staff_a"]
        with freeze_time("2026-07-10 01:00:00"):
            requests = [self._ask() for _n in range(4)]
            self._ask("staff_b")
            self._ask().with_user(asker).action_cancel("Thôi")
        with freeze_time("2026-07-10 02:00:00"):
            requests[0].with_user(desk).action_finish()
        with freeze_time("2026-07-10 04:00:00"):
            requests[1].with_user(desk).action_finish()
        with freeze_time("2026-07-10 09:00:00"):
            requests[2].with_user(desk).action_finish()
            requests[0].with_user(asker).action_confirm_poor()
        with freeze_time("2026-07-13 09:00:00"):
            rows = self._rows("service_promise", asker)
        (head, row) = rows
        self.assertEqual((head.level, row.level), (1, 0))
        expected = {
            "asked": 4,
            "finished": 3,
            "kept": 2,
            "hours": 3,
            "late": 1,
            "reopened": 0,
            "poor": 1,
        }
        for key, value in expected.items():
            with self.subTest(key):
                self.assertEqual(row.cells[key], value)
                self.assertEqual(head.cells[key], value)
        self.assertAlmostEqual(row.cells["share"], 200 / 3)
        # the other board's requests are its own; the chief sees both
        names = {
            row.cells["name"]
            for row in self._rows("service_promise", self.user["office_chief"])
        }
        self.assertLessEqual({self.board_a.name, self.board_b.name}, names)

    def test_opening_in_out_closing(self):
        supply = self.env["party.supply"].create({"name": "Bút (thử)", "unit": "cái"})
        with freeze_time("2031-05-31 09:00:00"):
            supply.with_user(self.desk).action_receive(30, 4_000)
        with freeze_time("2031-06-02 02:00:00"):
            supply.with_user(self.desk).action_receive(10, 5_000)
            request = self._ask(
                kind=self.stationery,
                line_ids=[Command.create({"supply_id": supply.id, "quantity": 12})],
            )
            request.with_user(self.desk).action_deliver()
            supply.with_user(self.desk).action_count(27, "Kiểm kê: thiếu 1")
        with freeze_time("2031-07-01 02:00:00"):
            supply.with_user(self.desk).action_receive(5, 5_000)
        rows = self._rows("supply_stock", self.desk, "2031-06-01", "2031-06-30")
        (row,) = [row for row in rows if row.link == ("party.supply", supply.id)]
        self.assertEqual(
            [
                row.cells[key]
                for key in (
                    "opening",
                    "came",
                    "went",
                    "corrected",
                    "closing",
                    "came_value",
                    "went_value",
                )
            ],
            [30, 10, 12, -1, 27, 50_000, 60_000],
        )

    @freeze_time("2026-07-10 01:00:00")
    def test_used_by_norm_of_visible_boards_only(self):
        self.env["party.supply.norm"].create(
            {"supply_id": self.paper.id, "quantity": 2}
        )
        self._ask_paper(3).with_user(self.desk).action_deliver()
        rows = self._rows("supply_norm", self.user["staff_a"])
        own = [row for row in rows if row.link == ("party.supply", self.paper.id)]
        (row,) = own
        self.assertEqual(
            [row.cells[key] for key in ("allowed", "used", "left")], [4, 3, 1]
        )
        names = [row.cells["name"] for row in rows if row.level]
        self.assertEqual(names, [self.board_a.name])
