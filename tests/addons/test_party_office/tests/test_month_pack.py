"""The month's meeting pack: each figure against records that the test made."""

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_docs.tests.outgoing_case import OutgoingCase
from odoo.addons.party_office_events.tests.common import EventCase
from odoo.addons.party_office_finance.tests.common import FinanceCase
from odoo.addons.party_office_fleet.tests.common import FleetCase


class PackCase:
    """Reads figures of a pack as ``(this month, last month, quarter)``."""

    def _figures(self, measure, board, month="2026-06-01"):
        packs = self.env["party.month.pack"].with_user(self.user["clerk"])
        pack = packs.search([("month", "=", month)]) or packs.create({"month": month})
        pack.action_refresh()
        for table in pack.snapshot["tables"]:
            keys = [column["key"] for column in table["measures"]]
            if measure not in keys:
                continue
            for row in table["rows"]:
                if row["board"] == board.id:
                    return tuple(row["figures"][keys.index(measure)])
            return (0, 0, 0)
        raise AssertionError(f"{measure} is in no table")

    def _coming(self, month="2026-06-01"):
        packs = self.env["party.month.pack"].with_user(self.user["clerk"])
        pack = packs.search([("month", "=", month)]) or packs.create({"month": month})
        pack.action_refresh()
        return pack.snapshot["coming"]


@tagged("post_install", "-at_install")
class TestMonthPackPapers(PackCase, OutgoingCase):
    def test_papers(self):
        with freeze_time("2026-05-20 02:00:00"):
            self._directed(deadline="2026-05-29")
        with freeze_time("2026-06-10 02:00:00"):
            self._directed(deadline="2026-07-15")
            self._directed(lead=self.board_b, deadline="2026-06-20")
            self._registered()
        with freeze_time("2026-07-02 02:00:00"):
            self.assertEqual(self._figures("papers_led", self.board_a), (1, 1, 2))
            self.assertEqual(self._figures("papers_led", self.board_b), (1, 0, 1))
            # both months: it was overdue then and still is
            overdue = self._figures("papers_overdue", self.board_a)
            self.assertEqual(overdue[:2], (1, 1))
            self.assertEqual(self._figures("papers_overdue", self.board_b)[:2], (1, 0))
            days = [
                row["day"] for row in self._coming() if row["board"] == self.board_a.id
            ]
            self.assertEqual(days, ["2026-07-15"])


@tagged("post_install", "-at_install")
class TestMonthPackMoney(PackCase, FinanceCase):
    def test_money(self):
        with freeze_time("2026-05-12 03:00:00"):
            self._spend(4_000_000, "2026-05-12")
        with freeze_time("2026-06-15 03:00:00"):
            self._spend(6_000_000, "2026-06-15")
        with freeze_time("2026-07-02 02:00:00"):
            spent = self._figures("money_spent", self.board_a)
            self.assertEqual(spent, (6_000_000, 4_000_000, 10_000_000))
            share = self._figures("money_share", self.board_a)
            self.assertEqual(share[:2], (10, 4))
            self.assertEqual(self._figures("money_spent", self.board_b), (0, 0, 0))

    def _spend(self, amount, day):
        entry = self._new_entry(amount)
        entry.date = day
        self._agreed(entry)._post()


@tagged("post_install", "-at_install")
class TestMonthPackCars(PackCase, FleetCase):
    def test_cars(self):
        with freeze_time("2026-06-12 02:00:00"):
            self._waiting_request(start=fields.Datetime.to_datetime("2026-06-15 00:00"))
            late = fields.Datetime.to_datetime("2026-07-01 00:00")
            self._waiting_request(start=late)
        with freeze_time("2026-07-02 02:00:00"):
            self.assertEqual(self._figures("cars_asked", self.board_a), (1, 0, 1))
            self.assertEqual(self._figures("cars_given", self.board_a), (0, 0, 0))


@tagged("post_install", "-at_install")
class TestMonthPackEvents(PackCase, EventCase):
    def test_tasks_and_conferences(self):
        with freeze_time("2026-06-01 02:00:00"):
            event = self._new_event(
                start="2026-06-10 01:00:00", stop="2026-06-10 04:00:00"
            )
            early, late, never = (
                self._new_task(event=event, due_date=day)
                for day in ("2026-06-05", "2026-06-08", "2026-06-09")
            )
            (early + late + never).with_user(self.user["staff_b"]).action_take()
        with freeze_time("2026-06-04 02:00:00"):
            early.with_user(self.user["staff_b"]).action_finish()
        with freeze_time("2026-06-10 05:00:00"):
            late.with_user(self.user["staff_b"]).action_finish()
            event.action_submit()
            self._sign(event)
            event.action_held()
        with freeze_time("2026-07-02 02:00:00"):
            self.assertEqual(self._figures("events_held", self.board_a), (1, 0, 1))
            self.assertEqual(self._figures("tasks_done", self.board_b), (2, 0, 2))
            self.assertEqual(self._figures("tasks_late", self.board_b), (1, 0, 1))
            self.assertEqual(self._figures("tasks_overdue", self.board_b)[:2], (1, 0))
            self.assertIn(self.event.title, [row["what"] for row in self._coming()])

    def test_a_closed_meeting_is_not_read_out(self):
        with freeze_time("2026-06-01 02:00:00"):
            self._new_event(title="Họp kín (thử)", is_restricted=True)
        with freeze_time("2026-07-02 02:00:00"):
            self.assertNotIn("Họp kín (thử)", [row["what"] for row in self._coming()])

    def _sign(self, event):
        step = event.sudo()._pending_approval()
        event.with_user(step.user_id).with_context(
            approval_seen=event.content_hash
        ).action_approve()
