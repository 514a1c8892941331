from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong


class PartyFuelStatement(models.Model):
    """From an approved statement to the payment claims of the boards (finance)."""

    _inherit = "party.fuel.statement"

    can_claim = fields.Boolean(compute="_compute_claim_box")
    claim_box = fields.Html(
        string="Payment claims", compute="_compute_claim_box", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("state", "share_ids.amount")
    def _compute_claim_box(self):
        may = self._can_cost_claim() and self.env.user.has_group(
            "party_office_base.group_dispatcher"
        )
        for statement in self:
            claims = statement._cost_claims() if statement.state == "approved" else []
            boards = {claim["board"] for claim in claims}
            bearing = statement.sudo().share_ids.filtered("amount").board_id
            statement.can_claim = (
                may and statement.state == "approved" and bool(set(bearing) - boards)
            )
            statement.claim_box = claims and Markup().join(
                map(statement._render_claim, claims)
            )

    def _render_claim(self, claim):
        name = claim["name"]
        if claim["url"]:
            name = Markup('<a href="{}">{}</a>').format(claim["url"], name)
        return Markup("<div>{} · {} · {} đ · {}</div>").format(
            name,
            claim["board"].sudo().name,
            format_dong(claim["amount"]),
            claim["state"],
        )

    def action_claim(self):
        """Make the payment claims: one for each board that bears a part and has none.

        :raises AccessError: no dispatcher
        :raises UserError: not approved, or claims are not kept here
        """
        self._check_dispatcher()
        self._check_state("approved")
        if not self._can_cost_claim():
            raise UserError(self.env._("Payment claims are not kept in this system."))
        for statement in self:
            statement.check_access("read")
            statement._cost_claim()
        return True

    def _cost_claim_values(self):
        self.ensure_one()
        # superuser mode: who is paid is named on the claim, whoever makes it
        statement = self.sudo()
        employee = statement.driver_id.employee_id
        by_driver = statement.pay_to == "driver"
        partner = statement.partner_id
        if by_driver:
            partner = employee.work_contact_id or employee.user_id.partner_id
        return {
            "kind": "fuel",
            "description": self.env._(
                "Fuel of %(car)s, %(driver)s, %(month)s, statement %(name)s",
                car=statement.car_id.plate,
                driver=statement.driver_id.name,
                month=statement.month.strftime("%m/%Y"),
                name=statement.name,
            ),
            "partner": partner,
            "payee_name": statement.driver_id.name if by_driver else "",
            "payment_method": "cash" if by_driver else "transfer",
            "attachments": statement.attachment_ids,
        }
