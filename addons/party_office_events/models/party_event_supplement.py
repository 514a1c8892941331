from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_approval_mixin import (
    APPROVAL_STATES,
    OPEN_STATES,
)
from odoo.addons.party_office_base.rules.money import format_dong


class PartyEventSupplement(models.Model):
    """What an event cost above its estimate, for the chief of office to approve."""

    _name = "party.event.supplement"
    _description = "Supplement to an Estimate"
    _inherit = ["party.approval.mixin", "party.plausible.mixin"]
    _order = "id desc"

    state = fields.Selection(APPROVAL_STATES)
    event_id = fields.Many2one(
        "party.event",
        required=True,
        index=True,
        ondelete="cascade",
    )
    amount = fields.Monetary(
        string="Above the estimate",
        readonly=True,
        help="Sum over the units that pay; the saving of one never pays for another.",
    )
    planned_total = fields.Monetary(string="Estimated", readonly=True)
    actual_total = fields.Monetary(string="Really spent", readonly=True)
    explanation = fields.Text(
        string="Reason", help="Why it could not be kept within the estimate."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "amount",
            "planned_total",
            "actual_total",
            "board_id",
            "event_id",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "event_id",
            "amount",
            "planned_total",
            "actual_total",
            "explanation",
        ]

    def _approval_amount(self):
        return self.amount

    def _work_item_summary(self):
        return f"{self.event_id.title} · {format_dong(self.amount)} đ"

    @api.model_create_multi
    def create(self, vals_list):
        events = self.env["party.event"].browse(
            [vals.get("event_id") for vals in vals_list]
        )
        events._check_organiser()
        # protected: which event it belongs to never changes
        rows = super(PartyEventSupplement, self.sudo()).create(
            [
                {
                    "event_id": event.id,
                    "board_id": event.board_id.id,
                    "requester_id": self.env.uid,
                    "company_id": event.company_id.id,
                    "explanation": vals.get("explanation"),
                }
                for event, vals in zip(events, vals_list, strict=True)
            ]
        )
        rows._take_figures()
        return rows.sudo(self.env.su)

    def _take_figures(self):
        """Take the figures of the event as they are now."""
        for row in self:
            event = row.event_id.sudo()
            # protected: taken from the bill, nobody types them
            row.sudo().write(
                {
                    "amount": sum(event._cost_excess().values()),
                    "planned_total": event.planned_total,
                    "actual_total": event.actual_total,
                }
            )

    def _check_can_submit(self):
        for row in self:
            row.event_id._check_can_settle()
            row._take_figures()
            if not row.amount:
                raise UserError(self.env._("Nothing is above the estimate any more."))
            if not (row.explanation or "").strip():
                raise UserError(
                    self.env._("Say why it could not be kept within the estimate.")
                )
        return super()._check_can_submit()

    def _on_submitted(self):
        for row in self.filtered(lambda row: row.name == "/"):
            number = self.sudo().search_count(
                [("event_id", "=", row.event_id.id), ("name", "!=", "/")]
            )
            # protected: numbered when it is sent
            row.sudo().name = f"{row.event_id.name}-BS{number + 1}"
        return super()._on_submitted()

    def _on_approved(self):
        result = super()._on_approved()
        for row in self:
            # the chief's approval settles the event, whose rows he does not write
            row.event_id.sudo()._settle()
        return result


class PartyEvent(models.Model):
    _inherit = "party.event"

    supplement_ids = fields.One2many(
        "party.event.supplement", "event_id", string="Supplements", copy=False
    )

    def _on_cancelled(self):
        # superuser mode: what is still being prepared goes with its event
        drafts = self.sudo().supplement_ids.filtered(
            lambda row: row.state in OPEN_STATES
        )
        drafts._set_state("cancelled")
        return super()._on_cancelled()
