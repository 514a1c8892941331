"""Test API of conferences: one in preparation, its tasks."""

from odoo import fields

from odoo.addons.party_office_base.tests.common import PartyOfficeCase


class EventCase(PartyOfficeCase):
    """``event``: a review led by board A on 10 July 2026, 8:00 to 11:30 local time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env.ref("party_office_events.kind_review")
        cls.event = cls._new_event()

    @classmethod
    def _new_event(cls, key="staff_a", **values):
        return (
            cls.env["party.event"]
            .with_user(cls.user[key])
            .create(
                {
                    "title": "Hội nghị sơ kết sáu tháng đầu năm (thử)",
                    "kind_id": cls.kind.id,
                    "board_id": cls.board_a.id,
                    "lead_board_id": cls.board_a.id,
                    "start": "2026-07-10 01:00:00",
                    "stop": "2026-07-10 04:30:00",
                    "delegate_count": 80,
                    **values,
                }
            )
        )

    @classmethod
    def _new_task(cls, board=None, event=None, **values):
        event = event or cls.event
        tasks = event._add_tasks(
            [
                {
                    "name": "Chuẩn bị hội trường (thử)",
                    "board_id": (board or cls.board_b).id,
                    "due_date": fields.Date.to_date("2026-07-08"),
                    **values,
                }
            ]
        )
        # who reads the event follows at the end of a request
        cls.env.flush_all()
        return tasks
