from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestPartyEventLinked(EventCase):
    """Without cars and papers a conference works; with them they follow it."""

    def _wish(self, user=None, **values):
        return (
            self.env["party.event.car.wish"]
            .with_user(user or self.user["staff_a"])
            .create(
                {
                    "event_id": self.event.id,
                    "board_id": self.board_a.id,
                    "start": "2026-07-09 23:30:00",
                    "stop": "2026-07-10 05:00:00",
                    "destination": "Sân bay (thử)",
                    "purpose": "Đón đại biểu (thử)",
                    "persons": 3,
                    **values,
                }
            )
        )

    def test_only_who_keeps_the_plan_asks_for_cars_and_papers(self):
        self._new_task(self.board_b)
        outsider = self.user["staff_b"]
        event = self.event.with_user(outsider)
        for action in (
            event.action_open_car_wish,
            event.action_write_plan,
            event.action_write_invitation,
            event.action_write_conclusions,
            self._wish(outsider).action_ask,
        ):
            with self.subTest(action.__name__), self.assertRaises(UserError):
                action()
        stranger = self.event.with_user(self.user["driver"])
        stranger.invalidate_recordset()
        wish = self._wish(self.user["driver"])
        for action in (stranger.action_write_plan, wish.action_ask):
            with self.assertRaises(AccessError):
                action()

    def test_what_is_not_there_is_said(self):
        for name in ("_can_transport", "_can_draft"):
            self.patch(self.registry["party.event"], name, lambda self: False)
        with self.assertRaises(UserError):
            self.event.action_open_car_wish()
        with self.assertRaises(UserError):
            self.event.action_write_plan()
        self.event.invalidate_recordset()
        self.assertFalse(self.event.can_ask_cars)
        self.assertFalse(self.event.can_write_papers)
