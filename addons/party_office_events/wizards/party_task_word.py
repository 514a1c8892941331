from odoo import api, fields, models
from odoo.exceptions import UserError

ACTIONS = [
    ("finish", "Report as done"),
    ("assign", "Name who does it"),
    ("decline", "Decline"),
    ("decide", "Decide"),
    ("drop", "Not needed"),
    ("send_back", "Send back"),
]


class PartyTaskWord(models.TransientModel):
    """Asks for what an action on a task needs: a reason, a photo, a person, a unit."""

    _name = "party.task.word"
    _description = "Word on a Task"

    task_id = fields.Many2one("project.task", required=True, readonly=True)
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    board_id = fields.Many2one(related="task_id.board_id", string="Lead unit")
    needs_evidence = fields.Boolean(related="task_id.needs_evidence")
    declined_because = fields.Text(compute="_compute_declined_because")
    reason = fields.Text()
    note = fields.Text(string="What was done")
    file_ids = fields.Many2many("ir.attachment", string="Photos and papers")
    user_id = fields.Many2one("res.users", string="Done by")
    unit_user_ids = fields.Many2many(
        "res.users", string="Members of the unit", compute="_compute_unit_user_ids"
    )
    decision = fields.Selection(
        [
            ("keep", "Stays with the unit"),
            ("move", "Moved to another unit"),
            ("drop", "Not needed"),
        ],
        default="keep",
    )
    new_board_id = fields.Many2one("party.board", string="New lead unit")

    @api.depends("task_id")
    def _compute_declined_because(self):
        for word in self:
            last = word.task_id.decision_ids[:1]
            word.declined_because = last.reason if last.decision == "decline" else False

    @api.depends("task_id")
    def _compute_unit_user_ids(self):
        for word in self:
            word.unit_user_ids = word.task_id._people_of_unit()

    def action_confirm(self):
        """Do it; the task checks who may."""
        self.ensure_one()
        task = self.task_id
        if self.action == "finish":
            task.action_finish(self.note or "", self.file_ids.ids)
        elif self.action == "assign":
            if not self.user_id:
                raise UserError(self.env._("Name one person."))
            task.action_assign(self.user_id.id)
        elif self.action == "decide":
            task.action_decide(
                self.decision, self.reason or "", self.new_board_id.id or None
            )
        elif self.action == "decline":
            task.action_decline(self.reason or "")
        elif self.action == "drop":
            task.action_drop(self.reason or "")
        else:
            task.action_send_back(self.reason or "")
        return {"type": "ir.actions.act_window_close"}
