from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong, whole


class PartyCarRepair(models.Model):
    """Acceptance (biên bản nghiệm thu): what was done, old parts, warranty, invoice."""

    _inherit = "party.car.repair"

    progress = fields.Selection(
        [("open", "Not accepted"), ("accepted", "Accepted")],
        string="Acceptance",
        required=True,
        readonly=True,
        copy=False,
        default="open",
        tracking=True,
    )
    part_ids = fields.One2many("party.car.repair.part", "repair_id", string="Work done")
    parts_amount = fields.Monetary(
        string="Invoice total", compute="_compute_parts_amount", store=True
    )
    invoice_reference = fields.Char(
        string="Invoice", copy=False, help="Series, number and day of the invoice."
    )
    accepted_on = fields.Date(copy=False, help="Empty: today.")
    accepted_odometer = fields.Integer(
        string="Odometer at acceptance (km)", copy=False, aggregator=None
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    test_result = fields.Char(
        string="Trial run", copy=False, help="What the trial run has shown."
    )
    acceptance_attachment_ids = fields.Many2many(
        "ir.attachment",
        "party_car_repair_acceptance_attachment_rel",
        string="Invoice and minutes",
        copy=False,
        help="The invoice, the signed minutes, photos of old parts.",
    )
    warranty_until = fields.Date(
        compute="_compute_warranty_until",
        store=True,
        help="The last day of the longest warranty.",
    )
    warranty_note = fields.Text(
        string="Still under warranty", compute="_compute_warranty_note"
    )
    can_handle = fields.Boolean(compute="_compute_can_handle")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"progress", "accepted_by_id"}

    @api.model
    def _acceptance_fields(self):
        """Return the names of the fields that say what was accepted."""
        return {
            "part_ids",
            "invoice_reference",
            "accepted_on",
            "accepted_odometer",
            "test_result",
            "acceptance_attachment_ids",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"accepted_odometer"}

    def write(self, vals):
        if self._acceptance_fields() & vals.keys() and not self.env.su:
            self._check_acceptance_open()
        result = super().write(vals)
        if "acceptance_attachment_ids" in vals:
            self._own_acceptance_papers()
        return result

    def _own_acceptance_papers(self):
        """Tie what was uploaded to the repair, so that who reads it sees it."""
        for repair in self:
            # an upload belongs to its author alone until then
            fresh = repair.sudo().acceptance_attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            )
            fresh.write({"res_model": repair._name, "res_id": repair.id})

    def _check_acceptance_open(self):
        """Refuse to change what was accepted, or to accept what was not approved.

        :raises AccessError: not the dispatcher
        :raises UserError: not approved, or accepted already
        """
        self._check_dispatcher()
        for repair in self:
            if repair.state != "approved" or repair.progress != "open":
                raise UserError(
                    self.env._(
                        "%(repair)s: the acceptance is written once the repair is "
                        "approved, and not changed afterwards.",
                        repair=repair.display_name,
                    )
                )

    @api.depends("part_ids.amount")
    def _compute_parts_amount(self):
        for repair in self:
            repair.parts_amount = sum(repair.part_ids.mapped("amount"))

    @api.depends("accepted_on", "progress", "part_ids.warranty_months")
    def _compute_warranty_until(self):
        for repair in self:
            months = max(repair.part_ids.mapped("warranty_months"), default=0)
            known = months and repair.accepted_on and repair.progress == "accepted"
            repair.warranty_until = (
                fields.Date.add(repair.accepted_on, months=months) if known else False
            )

    @api.depends("car_id", "date")
    def _compute_warranty_note(self):
        """Name earlier repairs of the car whose warranty still holds: the same fault is
        the workshop's.
        """
        # who reports a fault need not read other repairs, but must know of the warranty
        earlier = self.sudo().search(
            [
                ("car_id", "in", self.car_id.ids),
                ("warranty_until", ">=", local_today(self.env)),
            ]
        )
        by_car = earlier.grouped("car_id")
        for repair in self:
            others = by_car.get(repair.sudo().car_id, earlier.browse())
            lines = [
                self.env._(
                    "Under warranty until %(day)s: %(parts)s (%(repair)s)",
                    day=other.warranty_until.strftime("%d/%m/%Y"),
                    parts=", ".join(
                        other.part_ids.filtered("warranty_months").mapped("name")
                    ),
                    repair=other.name,
                )
                for other in others - repair._origin
            ]
            shown = repair.progress == "open"
            repair.warranty_note = "\n".join(lines) if shown else False

    @api.depends_context("uid")
    def _compute_can_handle(self):
        self.can_handle = self.env.user.has_group("party_office_base.group_dispatcher")

    def action_accept(self):
        """Accept the repair: the invoice takes the place of the quote.

        :raises AccessError: not the dispatcher
        :raises UserError: nothing done, above what was approved, an old part is missing
        """
        for repair in self:
            repair._check_acceptance_open()
            repair._check_approval_intact()
            repair._check_can_accept()
            # protected: written by this action only
            repair.sudo().write(
                {
                    "progress": "accepted",
                    "accepted_by_id": self.env.uid,
                    "accepted_on": repair.accepted_on or local_today(self.env),
                }
            )
            repair._hand_to(False, "")
            # the hold follows the invoice, which the claim takes over
            repair._cost_hold()
            repair._on_accepted()
        return True

    def _on_accepted(self):
        """Act when a repair was accepted."""

    def _check_can_accept(self):
        self.ensure_one()
        if not self.part_ids:
            raise UserError(self.env._("Enter what was done and what it costs."))
        if not (self.invoice_reference or "").strip():
            raise UserError(self.env._("Enter the invoice of the workshop."))
        day = self.accepted_on or local_today(self.env)
        if not self.date <= day <= local_today(self.env):
            raise UserError(
                self.env._(
                    "The repair is accepted after it was reported, and not in advance."
                )
            )
        rounding = self.currency_id.rounding
        if (
            float_compare(self.parts_amount, self.amount, precision_rounding=rounding)
            > 0
        ):
            raise UserError(
                self.env._(
                    "The invoice is %(invoice)s đ, approved were %(approved)s đ: ask "
                    "for approval of what came on top.",
                    invoice=format_dong(whole(self.parts_amount)),
                    approved=format_dong(whole(self.amount)),
                )
            )
        missing = self.part_ids.filtered(
            lambda p: p.is_replaced and not (p.old_part_returned or p.old_part_note)
        )
        if missing:
            raise UserError(
                self.env._(
                    "Old parts are returned to the office: %(parts)s. Tick them, or "
                    "say why there is none.",
                    parts=", ".join(missing.mapped("name")),
                )
            )

    def _check_can_cancel(self):
        result = super()._check_can_cancel()
        if self.filtered(lambda repair: repair.progress == "accepted"):
            raise UserError(self.env._("An accepted repair cannot be cancelled."))
        return result

    def _cost_amount(self):
        if self.progress == "accepted":
            return self.parts_amount
        return super()._cost_amount()
