from odoo import fields, models

from .project_task import OPEN_PROGRESS


class PartyEvent(models.Model):
    """The red flags of a plan, in one line above it."""

    _inherit = "party.event"

    flagged_task_count = fields.Integer(
        string="Tasks with a red flag", compute="_compute_task_count"
    )
    declined_task_count = fields.Integer(
        string="Tasks to be decided", compute="_compute_task_count"
    )
    squeezed_task_count = fields.Integer(
        string="Tasks too late from the start", compute="_compute_task_count"
    )

    def _compute_task_count(self):
        super()._compute_task_count()
        for event in self:
            tasks = event.task_ids
            still_open = tasks.filtered(lambda t: t.progress in OPEN_PROGRESS)
            event.flagged_task_count = len(still_open.filtered("is_flagged"))
            event.declined_task_count = len(
                still_open.filtered(lambda t: t.progress == "declined")
            )
            event.squeezed_task_count = len(still_open.filtered("is_squeezed"))
            # who declined takes care of nothing until it is decided
            event.untaken_task_count -= event.declined_task_count

    def action_open_tasks(self):
        """Open the tasks of this event; the context says which."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_events.project_task_action_all"
        )
        which = self.env.context.get("party_tasks")
        filters = [name for name in ("late", "untaken", "declined") if name == which]
        return action | {
            "domain": [("event_id", "=", self.id)],
            "context": {"search_default_still_open": 1}
            | {f"search_default_{name}": 1 for name in filters},
        }
