from odoo import fields, models

DECISIONS = [
    ("decline", "Declined by the unit"),
    ("keep", "Stays with the unit"),
    ("move", "Moved to another unit"),
    ("drop", "Not needed"),
    ("send_back", "Sent back after it was done"),
]


class PartyTaskDecision(models.Model):
    """Who declined, moved, kept or dropped a task, when and why: for ever."""

    _name = "party.task.decision"
    _description = "Decision on a Task"
    _inherit = ["party.append.only.mixin"]
    _order = "decided_at desc, id desc"

    task_id = fields.Many2one(
        "project.task", required=True, readonly=True, ondelete="restrict", index=True
    )
    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    decision = fields.Selection(DECISIONS, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Decided by", required=True, readonly=True
    )
    decided_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    reason = fields.Text(required=True, readonly=True)
    from_board_id = fields.Many2one(
        "party.board", string="Unit until then", required=True, readonly=True
    )
    to_board_id = fields.Many2one("party.board", string="Unit from then", readonly=True)
