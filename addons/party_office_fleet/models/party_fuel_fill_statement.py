from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.party_office_base.rules.fuel import Fill, invoice_key

from ..tools import exact

#: states in which a statement rests on its fills
BINDING = ("submitted", "approved")


class PartyFuelFill(models.Model):
    """The fill in the statement of its month, and what is paid of it."""

    _name = "party.fuel.fill"
    _inherit = ["party.fuel.fill", "party.protected.mixin"]

    statement_id = fields.Many2one(
        "party.fuel.statement",
        string="Fuel statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    paid_litres = fields.Float(
        string="Litres paid", digits=(10, 3), readonly=True, copy=False
    )
    paid_amount = fields.Monetary(
        string="Paid", readonly=True, copy=False, help="At most what the norm allows."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "statement_id",
            "paid_litres",
            "paid_amount",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            "car_id",
            "driver_id",
            "date",
            "odometer",
            "litres",
            "amount",
            "invoice_series",
            "invoice_number",
            "station",
        ]

    def _check_trip_open(self):
        for fill in self.sudo():
            statement = fill.statement_id
            if statement.state in BINDING:
                raise UserError(
                    self.env._(
                        "The fill %(fill)s is in the fuel statement %(statement)s, "
                        "which was sent: have it returned first.",
                        fill=fill.display_name,
                        statement=statement.display_name,
                    )
                )
        return super()._check_trip_open()

    def write(self, vals):
        result = super().write(vals)
        if set(self._approval_content_fields()) & vals.keys():
            # figures of an open statement follow its fills, whoever corrects them
            self.sudo().statement_id._settle()
        return result

    def _to_rule(self):
        """Return the fill as the rules take it."""
        self.ensure_one()
        return Fill(
            day=self.date,
            litres=exact(self.litres),
            amount=exact(self.amount),
            odometer=self.odometer,
            invoice=self.invoice_key or "",
            plate=self.car_id.plate or "",
            key=self,
        )


class PartyCostMixin(models.AbstractModel):
    """Invoices of fills are known to whoever claims an invoice by hand."""

    _inherit = "party.cost.mixin"

    @api.model
    def _cost_invoices_used(self, invoices):
        used = super()._cost_invoices_used(invoices)
        keys = {
            invoice_key(series or "", number or "") for series, number, _ in invoices
        }
        keys.discard("")
        if not keys:
            return used
        # without a series only the number is known
        domain = Domain.OR(
            Domain("invoice_key", "=like" if key.startswith("/") else "=", pattern)
            for key in sorted(keys)
            for pattern in [f"%{key}" if key.startswith("/") else key]
        )
        # superuser mode: an invoice is used once, whoever bought by it; nothing but the
        # name of the document is told
        fills = self.env["party.fuel.fill"].sudo().search(domain)
        for series, number, amount in invoices:
            key = invoice_key(series or "", number or "")
            for fill in fills if key else ():
                if key.startswith("/"):
                    same = fill.invoice_key.partition("/")[2] == key[1:]
                    same = same and round(fill.amount) == round(amount)
                else:
                    same = fill.invoice_key == key
                if same:
                    used[series, number, amount] = (
                        fill.statement_id or fill
                    ).display_name
        return used
