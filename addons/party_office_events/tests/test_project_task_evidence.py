from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import EventCase

PIXEL = b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-10 03:00:00")
class TestProjectTaskEvidence(EventCase):
    def setUp(self):
        super().setUp()
        self.task = self._new_task(needs_evidence=True)
        self.task.with_user(self.user["staff_b"]).action_take()

    def _file(self, key="staff_b", **values):
        return (
            self.env["ir.attachment"]
            .with_user(self.user[key])
            .create({"name": "anh.gif", "datas": PIXEL, **values})
        )

    def test_done_with_a_photo(self):
        doer = self.task.with_user(self.user["staff_b"])
        with self.assertRaises(UserError):
            doer.action_finish()
        action = doer.action_open_finish()
        self.assertEqual(action["res_model"], "party.task.word")
        word = (
            self.env["party.task.word"]
            .with_user(self.user["staff_b"])
            .create(
                {
                    "task_id": self.task.id,
                    "action": "finish",
                    "note": "Đã chuẩn bị xong",
                    "file_ids": [(6, 0, self._file().ids)],
                }
            )
        )
        word.action_confirm()
        self.assertEqual(self.task.progress, "done")
        self.assertEqual(self.task.done_late, 2)
        self.assertEqual(self.task.finish_note, "Đã chuẩn bị xong")
        photo = self.task.evidence_ids
        self.assertEqual(
            (photo.res_model, photo.res_id), ("project.task", self.task.id)
        )
        # who reads the plan reads the photo; who does not, does not
        self.env.invalidate_all()
        self.assertTrue(photo.with_user(self.user["staff_a"]).name)
        with self.assertRaises(AccessError):
            photo.with_user(self.user["driver"]).check_access("read")

    def test_one_tap_when_no_evidence_is_asked(self):
        task = self._new_task()
        task.with_user(self.user["staff_b"]).action_take()
        self.assertIs(task.with_user(self.user["staff_b"]).action_open_finish(), True)
        self.assertEqual(task.progress, "done")

    def test_files_of_others_are_no_evidence(self):
        doer = self.task.with_user(self.user["staff_b"])
        partner = self.user["staff_b"].partner_id
        owned = self._file()
        owned.sudo().write({"res_model": "res.partner", "res_id": partner.id})
        for ids in (self._file("staff_a").ids, owned.ids, ["1"], 7, [10**9]):
            with self.subTest(ids), self.assertRaises(UserError):
                doer.action_finish("", ids)
        self.assertEqual(owned.res_model, "res.partner")
        self.assertEqual(self.task.progress, "doing")

    def test_the_organiser_sends_it_back(self):
        doer = self.task.with_user(self.user["staff_b"])
        organiser = self.task.with_user(self.user["staff_a"])
        with self.assertRaises(UserError):
            organiser.action_send_back("Chưa xong")
        doer.action_finish("", self._file().ids)
        with self.assertRaises(UserError):
            organiser.action_send_back(" ")
        with self.assertRaises(UserError):
            doer.action_send_back("Chưa xong")
        organiser.action_send_back("Thiếu cờ")
        self.assertEqual(self.task.progress, "doing")
        self.assertEqual(self.task.waiting_user_id, self.user["staff_b"])
        self.assertFalse(self.task.done_at)
        self.assertEqual(self.task.decision_ids.decision, "send_back")

    def test_fields_of_a_report_are_not_forged(self):
        for key in ("staff_b", "head_b", "manager"):
            for values in (
                {"evidence_ids": [(6, 0, [])]},
                {"finish_note": "x"},
                {"needs_evidence": False},
                {"is_flagged": False},
                {"planned_date": "2026-07-31"},
                {"alarm_rung": 0},
            ):
                with self.subTest(key), self.assertRaises(AccessError):
                    self.task.with_user(self.user[key]).write(values)
