"""Conferences on the phone: a task is taken and closed with a photo, the leader's week.

The service desk: asked for, done, confirmed.
"""

import base64
from datetime import datetime, timedelta

from .base import DESK, PHONE, BrowserCase, Session

ORGANISER, HEAD, LEADER = "chuyenvien.btc", "truongban.btc", "phobithu"
ASKER, DESK_LEAD = "chuyenvien.ubkt", "chuyenvien.cy"
#: a picture of one pixel
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class TestEventJourney(BrowserCase):
    def _event(self):
        """Return (id, title) of a conference that board BNC has a task of."""
        organiser = Session(ORGANISER)
        title = f"Hội nghị kiểm tra {datetime.now():%H%M%S%f}"
        kinds = organiser.call(
            "party.event.kind", "search_read", [["category", "=", "meeting"]], ["id"]
        )
        start = datetime.now().replace(microsecond=0) + timedelta(days=20)
        event = organiser.call(
            "party.event",
            "create",
            {
                "title": title,
                "kind_id": kinds[0]["id"],
                "start": f"{start:%Y-%m-%d %H:%M:%S}",
                "stop": f"{start + timedelta(hours=3):%Y-%m-%d %H:%M:%S}",
            },
        )
        organiser.call("party.event", "action_make_plan", [event])
        return event, title

    def test_a_plan_is_made_with_one_tap(self):
        event, title = self._event()
        tasks = Session(ORGANISER).call(
            "project.task",
            "search_read",
            [["event_id", "=", event]],
            ["board_id", "waiting_user_id", "due_date"],
        )
        self.assertGreater(len(tasks), 10)
        self.assertTrue(all(task["board_id"] for task in tasks))
        self.assertTrue(all(task["waiting_user_id"] for task in tasks))
        for size in (DESK, PHONE):
            page = self.open_as(ORGANISER, size)
            self.go(page, f"conferences/{event}")
            page.wait_for_selector(".o_form_view")
            self.assertIn(title, page.locator(".o_form_view").inner_text())
            self.assert_fits(page)
            self.picture(page, f"event-plan-{size['width']}")
            page.context.close()
        self.assert_no_complaint()

    def test_a_task_is_closed_with_a_photo(self):
        event, _title = self._event()
        organiser, head = Session(ORGANISER), Session(HEAD)
        tasks = organiser.call(
            "project.task",
            "search_read",
            [["event_id", "=", event], ["needs_evidence", "=", True]],
            ["name", "board_id", "waiting_user_id"],
        )
        own = head.call("res.users", "read", [head.uid], ["own_board_id"])[0]
        board = own["own_board_id"][0]
        task = next(row for row in tasks if row["board_id"][0] == board)
        head.call("project.task", "action_assign", [task["id"]], organiser.uid)
        page = self.open_as(ORGANISER, PHONE)
        self.go(page, f"my-event-tasks/{task['id']}")
        self.picture(page, "event-task-390")
        page.click(".o_form_view button[name=action_open_finish]:visible")
        page.wait_for_selector(".modal")
        page.set_input_files(
            ".modal input[type=file]",
            {"name": "anh.png", "mimeType": "image/png", "buffer": PHOTO},
        )
        page.wait_for_selector(".modal img")
        self.picture(page, "event-photo-390")
        page.click(".modal footer button[name=action_confirm]:visible")
        page.wait_for_selector(".modal", state="detached")
        (row,) = organiser.call(
            "project.task", "read", [task["id"]], ["progress", "evidence_ids"]
        )
        self.assertEqual(row["progress"], "done")
        self.assertEqual(len(row["evidence_ids"]), 1)
        self.assert_no_complaint()

    def test_a_leader_sees_his_week(self):
        for size in (DESK, PHONE):
            page = self.open_as(LEADER, size)
            page.goto(page.url.split("/odoo")[0] + "/odoo/my-week")
            page.wait_for_selector(".o_calendar_view, .o_list_view, .o_kanban_view")
            page.wait_for_timeout(800)
            self.assert_fits(page)
            self.picture(page, f"event-week-{size['width']}")
            page.context.close()
        self.assert_no_complaint()

    def test_the_service_desk_is_asked_and_confirmed(self):
        asker, desk = Session(ASKER), Session(DESK_LEAD)
        (kind,) = asker.call(
            "party.service.kind", "search_read", [["icon", "=", "fa-desktop"]], ["id"]
        )
        text = f"Máy in không nhận lệnh {datetime.now():%H%M%S%f}"
        page = self.open_as(ASKER, PHONE)
        self.go(page, "service-requests/new")
        page.wait_for_selector(".o_form_view")
        self.picture(page, "service-new-390")
        request = asker.call(
            "party.service.request", "create", {"kind_id": kind["id"], "text": text}
        )
        asker.call("party.service.request", "action_send", [request])
        desk.call("party.service.request", "action_take", [request])
        desk.call("party.service.request", "action_finish", [request], "Đã thay cáp")
        self.go(page, f"service-requests/{request}")
        page.wait_for_selector(".o_form_view")
        self.picture(page, "service-confirm-390")
        asker.call("party.service.request", "action_confirm", [request], "good")
        (row,) = asker.call(
            "party.service.request", "read", [request], ["state", "in_time"]
        )
        self.assertEqual((row["state"], row["in_time"]), ("confirmed", True))
        self.assert_no_complaint()
