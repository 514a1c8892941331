from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EventCase


@freeze_time("2026-07-10 08:00:00")
@tagged("post_install", "-at_install")
class TestPartyEventLearn(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["party.event.template"].create(
            {
                "name": "Sơ kết (thử)",
                "kind_id": cls.kind.id,
                "task_ids": [
                    (0, 0, {"name": "In tài liệu (thử)", "days_before": 3}),
                    (0, 0, {"name": "Đặt hoa (thử)", "days_before": 2}),
                ],
            }
        )
        cls.printing, cls.flowers = cls.template.task_ids
        cls.events = cls.event | cls._new_event(title="Sơ kết quý (thử)")
        for event in cls.events:
            event.sudo().write({"template_id": cls.template.id})
            late = cls._new_task(
                event=event,
                name=cls.printing.name,
                template_task_id=cls.printing.id,
                due_date="2026-07-08",
            )
            late.with_user(cls.user["staff_b"]).action_take()
            late.with_user(cls.user["staff_b"]).action_finish()
            never = cls._new_task(
                event=event, name=cls.flowers.name, template_task_id=cls.flowers.id
            )
            never.sudo().write({"progress": "dropped"})
        by_hand = cls._new_task(name="Kiểm tra máy phát (thử)", due_date="2026-07-03")
        by_hand.with_user(cls.user["staff_b"]).action_take()
        by_hand.with_user(cls.user["staff_b"]).action_finish()
        cls.events.sudo().write({"progress": "held"})

    def _learn(self, key="office_chief"):
        event = self.event.with_user(self.user[key])
        action = event.action_learn()
        return (
            self.env[action["res_model"]]
            .with_user(self.user[key])
            .browse(action["res_id"])
        )

    def test_proposals(self):
        lines = self._learn().line_ids
        self.assertEqual(
            [(x.kind, x.name, x.days_before, x.times) for x in lines.sorted("kind")],
            [
                ("add", "Kiểm tra máy phát (thử)", 5, 1),
                ("drop", "Đặt hoa (thử)", 2, 2),
                ("earlier", "In tài liệu (thử)", 5, 2),
            ],
        )

    def test_taken_over(self):
        learn = self._learn()
        learn.line_ids.filtered(lambda x: x.kind == "drop").is_chosen = False
        learn.action_apply()
        self.assertEqual(self.printing.days_before, 5)
        self.assertTrue(self.flowers.exists())
        new = self.template.task_ids - self.printing - self.flowers
        self.assertRecordValues(
            new,
            [
                {
                    "name": "Kiểm tra máy phát (thử)",
                    "days_before": 5,
                    "lead_rule": "board",
                    "lead_board_id": self.board_b.id,
                }
            ],
        )
        self.assertNotIn("add", self._learn().line_ids.mapped("kind"), "not twice")

    def test_who_keeps_no_templates_takes_nothing_over(self):
        learn = self._learn("staff_a")
        self.assertTrue(learn.line_ids)
        with self.assertRaises(AccessError):
            learn.action_apply()
        self.assertEqual(self.printing.days_before, 3)

    def test_wrong_state(self):
        event = self._new_event(title="Chưa họp (thử)")
        with self.assertRaises(UserError):
            event.action_learn()
        learn = self._learn()
        learn.line_ids.is_chosen = False
        with self.assertRaises(UserError):
            learn.action_apply()
