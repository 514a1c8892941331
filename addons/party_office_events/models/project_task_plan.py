from odoo import api, fields, models

from .party_event_template_task import BLOCKS


class ProjectTask(models.Model):
    """Where a task of a conference comes from in its plan."""

    _inherit = "project.task"

    block = fields.Selection(BLOCKS, string="Part of the plan", readonly=True)
    template_task_id = fields.Many2one(
        "party.event.template.task",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    planned_date = fields.Date(
        string="Due by the plan",
        readonly=True,
        help="Counted from the day of the conference, even if that has passed.",
    )
    is_squeezed = fields.Boolean(
        string="Too late from the start",
        readonly=True,
        help="By the plan it was due before it was given: it is due at once.",
    )
    needs_evidence = fields.Boolean(readonly=True)

    @api.model
    def _party_fields(self):
        return super()._party_fields() | self._plan_fields()

    @api.model
    def _plan_fields(self):
        return {
            "block",
            "template_task_id",
            "planned_date",
            "is_squeezed",
            "needs_evidence",
        }

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | self._plan_fields()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Core makes who creates a task follow it, one by one: who makes a plan
        follows the conference, not each of its forty tasks.
        """
        if self.env.context.get("mail_create_nosubscribe"):
            self -= self.filtered("event_id")
        return not self or super().message_subscribe(partner_ids, subtype_ids)
