from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong


class PartyCarRepair(models.Model):
    """From an accepted repair to the payment claim of its board (finance)."""

    _inherit = "party.car.repair"

    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        copy=False,
        index="btree_not_null",
        help="The workshop as a partner with its bank account: who the claim pays.",
    )
    workshop = fields.Char(related="quote_id.supplier", string="Chosen workshop")
    can_claim = fields.Boolean(compute="_compute_claim_box")
    claim_box = fields.Html(
        string="Payment claims", compute="_compute_claim_box", sanitize=False
    )

    def write(self, vals):
        # who is paid is the desk's word, and stands once the claim is made
        if "partner_id" in vals and not self.env.su:
            self._check_dispatcher()
            for repair in self:
                if repair.sudo()._cost_claims():
                    raise UserError(
                        self.env._(
                            "%(repair)s is claimed already: change the claim instead.",
                            repair=repair.display_name,
                        )
                    )
        return super().write(vals)

    @api.depends_context("uid", "lang")
    @api.depends("progress", "parts_amount")
    def _compute_claim_box(self):
        may = self._can_cost_claim() and self.env.user.has_group(
            "party_office_base.group_dispatcher"
        )
        for repair in self:
            accepted = repair.progress == "accepted"
            claims = repair._cost_claims() if accepted else []
            repair.can_claim = may and accepted and not claims
            repair.claim_box = claims and Markup().join(
                map(repair._render_claim, claims)
            )

    def _render_claim(self, claim):
        name = claim["name"]
        if claim["url"]:
            name = Markup('<a href="{}">{}</a>').format(claim["url"], name)
        return Markup("<div>{} · {} đ · {}</div>").format(
            name, format_dong(claim["amount"]), claim["state"]
        )

    def action_claim(self):
        """Make the payment claim of an accepted repair, once.

        :raises AccessError: no dispatcher
        :raises UserError: not accepted, nobody to pay, or claims are not kept here
        """
        self._check_dispatcher()
        if not self._can_cost_claim():
            raise UserError(self.env._("Payment claims are not kept in this system."))
        for repair in self:
            repair.check_access("read")
            if repair.progress != "accepted":
                raise UserError(
                    self.env._(
                        "%(repair)s is not accepted yet: nothing is to be paid.",
                        repair=repair.display_name,
                    )
                )
            if not repair.partner_id:
                raise UserError(self.env._("Say which workshop is paid."))
            repair._cost_claim()
        return True

    def _cost_claim_values(self):
        self.ensure_one()
        # superuser mode: who is paid is named on the claim, whoever makes it
        repair = self.sudo()
        return {
            "kind": "other",
            "description": self.env._(
                "Repair of %(car)s, request %(name)s, invoice %(invoice)s",
                car=repair.car_id.plate,
                name=repair.name,
                invoice=repair.invoice_reference or "",
            ),
            "partner": repair.partner_id,
            "payee_name": "",
            "payment_method": "transfer",
            "attachments": repair.attachment_ids | repair.acceptance_attachment_ids,
        }
