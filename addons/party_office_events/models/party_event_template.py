from odoo import fields, models


class PartyEventTemplate(models.Model):
    """The usual plan of one kind of conference or reception.

    What ships follows practice; the office makes it its own, and says so.
    """

    _name = "party.event.template"
    _description = "Template of a Plan"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind_id = fields.Many2one(
        "party.event.kind", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    check_state = fields.Selection(
        [("verified", "Verified"), ("unverified", "Not verified")]
    )
    task_ids = fields.One2many(
        "party.event.template.task", "template_id", string="Usual tasks", copy=True
    )
    task_count = fields.Integer(string="Number of tasks", compute="_compute_task_count")

    def _compute_task_count(self):
        counts = dict(
            self.env["party.event.template.task"]._read_group(
                [("template_id", "in", self.ids)], ["template_id"], ["__count"]
            )
        )
        for template in self:
            template.task_count = counts.get(template, 0)
