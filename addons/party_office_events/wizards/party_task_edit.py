from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..models.party_event_template_task import BLOCKS


class PartyTaskEdit(models.TransientModel):
    """The organiser adds a task to the plan, or changes one."""

    _name = "party.task.edit"
    _description = "Task of a Plan"

    event_id = fields.Many2one("party.event", required=True, readonly=True)
    task_id = fields.Many2one("project.task", string="Task to change", readonly=True)
    name = fields.Char(string="Task")
    block = fields.Selection(BLOCKS, string="Part of the plan", default="content")
    board_id = fields.Many2one("party.board", string="Lead unit")
    co_board_ids = fields.Many2many("party.board", string="Cooperating units")
    due_date = fields.Date(string="Due")
    needs_evidence = fields.Boolean(
        help="Done only with a photo or a paper that shows it."
    )
    note = fields.Text(string="What it asks for")

    @api.model
    def default_get(self, fields):
        """Begin with what the task says now, or with the unit that leads the event."""
        values = super().default_get(fields)
        event = self.env["party.event"].browse(values.get("event_id"))
        task = self.env["project.task"].browse(values.get("task_id"))
        if not task:
            return {"board_id": event.lead_board_id.id} | values
        return {
            "name": task.name,
            "block": task.block,
            "board_id": task.board_id.id,
            "co_board_ids": [(6, 0, task.co_board_ids.ids)],
            "due_date": task.due_date,
            "needs_evidence": task.needs_evidence,
            "note": html2plaintext(task.description or "") or False,
        } | {name: values[name] for name in values if name != "block"}

    def action_confirm(self):
        """Add or change it.

        :raises UserError: the user does not organise the conference, or it is closed
        """
        self.ensure_one()
        event = self.event_id
        event._check_can_add_task()
        note = self.note and Markup("<p>%s</p>") % self.note
        vals = {
            "name": (self.name or "").strip(),
            "block": self.block,
            "board_id": self.board_id.id,
            "co_board_ids": [(6, 0, (self.co_board_ids - self.board_id).ids)],
            "due_date": self.due_date,
            "needs_evidence": self.needs_evidence,
            "description": note or False,
        }
        event._check_task_values(vals)
        if self.task_id:
            event._check_own_task(self.task_id)
            self.task_id._change(vals)
        else:
            event._add_task_by_hand(vals)
        return {"type": "ir.actions.act_window_close"}
