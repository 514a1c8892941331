from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong

FINISHED = ("done", "confirmed")


class PartyServiceRequest(models.Model):
    """From a finished request to the payment claim of its board (finance)."""

    _inherit = "party.service.request"

    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The shop or workshop: who the claim pays.",
    )
    invoice_reference = fields.Char(string="Invoice", readonly=True, copy=False)
    can_claim = fields.Boolean(compute="_compute_claim_box")
    claim_box = fields.Html(
        string="Payment claims", compute="_compute_claim_box", sanitize=False
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"partner_id", "invoice_reference"}

    @api.depends_context("uid", "lang")
    @api.depends("state", "amount")
    def _compute_claim_box(self):
        may = self._can_cost_claim()
        for request in self:
            finished = request.state in FINISHED and request._cost_lines()
            claims = request._cost_claims() if may and finished else []
            request.can_claim = bool(
                may and finished and not claims and request._is_desk()
            )
            request.claim_box = claims and Markup().join(
                map(request._render_claim, claims)
            )

    def _render_claim(self, claim):
        name = claim["name"]
        if claim["url"]:
            name = Markup('<a href="{}">{}</a>').format(claim["url"], name)
        return Markup("<div>{} · {} đ · {}</div>").format(
            name, format_dong(claim["amount"]), claim["state"]
        )

    def action_claim(self, partner_id, invoice_reference=""):
        """Make the payment claim of a finished request, once.

        :param int partner_id: ``res.partner`` who is paid
        :param str invoice_reference: invoice of the purchase or repair
        :raises AccessError: the user is not of the desk
        :raises UserError: not finished, nothing to pay, or claims are not kept here
        """
        self._check_in(*FINISHED)
        self._check_desk()
        if not self._can_cost_claim():
            raise UserError(self.env._("Payment claims are not kept in this system."))
        partner = self.env["res.partner"].browse(partner_id).exists()
        if not partner:
            raise UserError(self.env._("Say who is paid."))
        partner.check_access("read")
        for request in self:
            if not request._cost_lines():
                raise UserError(
                    self.env._(
                        "%(request)s costs the board nothing.",
                        request=request.display_name,
                    )
                )
            if request._cost_claims():
                raise UserError(
                    self.env._(
                        "%(request)s is claimed already: change the claim instead.",
                        request=request.display_name,
                    )
                )
            # protected: the right was checked
            request.sudo().write(
                {
                    "partner_id": partner.id,
                    "invoice_reference": str(invoice_reference or "")[:200],
                }
            )
            request._cost_claim()
        return True

    def action_reopen(self, reason):
        """See above; what is claimed is done."""
        for request in self:
            if request.sudo()._cost_claims():
                raise UserError(
                    self.env._(
                        "%(request)s is claimed already: ask anew.",
                        request=request.display_name,
                    )
                )
        return super().action_reopen(reason)

    def _cost_claim_values(self):
        self.ensure_one()
        # superuser mode: who is paid is named on the claim, whoever makes it
        request = self.sudo()
        return {
            "kind": "other",
            "description": self.env._(
                "%(service)s, request %(name)s, invoice %(invoice)s",
                service=request.kind_id.name,
                name=request.name,
                invoice=request.invoice_reference or "",
            ),
            "partner": request.partner_id,
            "payee_name": "",
            "payment_method": "transfer",
            "attachments": request.attachment_ids,
        }
