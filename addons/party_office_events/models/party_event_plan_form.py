from odoo import models

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.form_text import long_date

#: Vietnamese on the form, whatever the user's language
BLOCK_TITLES = {
    "content": "Nội dung",
    "invitation": "Mời và đón tiếp đại biểu",
    "documents": "Tài liệu",
    "hall": "Hội trường, khánh tiết",
    "it": "Công nghệ thông tin, cơ yếu",
    "transport": "Xe, ăn, nghỉ",
    "money": "Kinh phí",
    "press": "Tuyên truyền, an ninh, y tế",
    "after": "Sau hội nghị",
}
PLAN_REPORT = "party_office_events.party_event_plan"


class PartyEvent(models.Model):
    """The plan on paper: Vietnamese, whatever the user's language."""

    _inherit = "party.event"

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name != PLAN_REPORT:
            return values
        # units and persons stand on the plan, whoever prints it
        event = self.sudo()
        decided = event._current_approvals().filtered("decided_at")
        signed_at = event.state == "approved" and max(
            decided.mapped("decided_at"), default=False
        )
        return values | {
            "day": long_date(signed_at and local(event.env, signed_at)),
            "start": event._form_moment(event.start),
            "stop": event._form_moment(event.stop),
            "blocks": event._form_plan_blocks(),
            "co_boards": ", ".join(event.co_board_ids.mapped("name")),
            "signed": event._form_signed(event._form_approvals()),
        }

    def _form_plan_blocks(self):
        """Return the parts of the plan: title and rows, numbered through."""
        tasks = self.task_ids.filtered(
            lambda t: t.origin == "preparation" and t.progress != "dropped"
        )
        number, blocks = 0, []
        for block, title in BLOCK_TITLES.items():
            rows = []
            of_block = tasks.filtered(lambda t, b=block: (t.block or "content") == b)
            for task in of_block.sorted(lambda t: (t.due_date, t.id)):
                number += 1
                rows.append(
                    {
                        "number": number,
                        "name": task.name,
                        "lead": task.board_id.short_name or task.board_id.name,
                        "doer": task.doer_id.name or "",
                        "co": ", ".join(
                            b.short_name or b.name for b in task.co_board_ids
                        ),
                        "due": f"{task.due_date:%d/%m/%Y}",
                    }
                )
            if rows:
                blocks.append({"title": title, "rows": rows})
        return blocks
