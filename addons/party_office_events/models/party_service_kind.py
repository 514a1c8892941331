from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.form_text import figure


class PartyServiceKind(models.Model):
    """A service of the office in the catalogue: what is promised, and who leads it."""

    _name = "party.service.kind"
    _description = "Kind of Service"
    _inherit = ["party.plausible.mixin"]
    _order = "sequence, id"

    name = fields.Char(string="Service", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = fields.Char(default="fa-wrench", help="Name of the picture on the card.")
    hint = fields.Char(
        string="What to write",
        translate=True,
        help="Shown to who asks, so that nobody has to ask back.",
    )
    promised_hours = fields.Float(
        string="Promised working hours", required=True, default=8, digits=(8, 1)
    )
    promise = fields.Char(compute="_compute_promise")
    urgent_hours = fields.Float(
        string="When urgent",
        digits=(8, 1),
        help="Working hours. Nothing: the same as always.",
    )
    lead_id = fields.Many2one(
        "res.users",
        string="In the lead",
        index="btree_not_null",
        help="The one person on whom a request waits. Nobody: the chief of office.",
    )
    deputy_id = fields.Many2one(
        "res.users",
        string="Takes over",
        index="btree_not_null",
        help="Also acts on requests of this service.",
    )
    has_supplies = fields.Boolean(
        string="Gives out supplies", help="The request lists supplies of the store."
    )
    charges_board = fields.Boolean(
        string="On the board's budget",
        help="What it costs is held on the budget of the board that asks.",
    )
    item_code = fields.Char(
        string="Budget item", help="Code of the sub-item, for example 6551."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    approval_from = fields.Monetary(
        string="Agreement of the board from",
        help="From this amount on the head of the board agrees first. 0: never.",
    )

    _promise_possible = models.Constraint(
        "CHECK (promised_hours > 0 AND promised_hours <= 2000"
        " AND urgent_hours >= 0 AND urgent_hours <= 2000)",
        "Between half an hour and 2,000 working hours can be promised.",
    )
    _approval_possible = models.Constraint(
        "CHECK (approval_from >= 0)", "The amount cannot be negative."
    )
    _item_wanted = models.Constraint(
        "CHECK (charges_board IS NOT TRUE OR COALESCE(item_code, '') <> '')",
        "Say which budget item a board's cost goes to.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"approval_from"}

    @api.depends("promised_hours")
    def _compute_promise(self):
        for kind in self:
            hours = kind.promised_hours
            # how long the office works is public
            minutes = kind.sudo().company_id._party_calendar().week.day_minutes
            days, rest = divmod(round(hours * 60), minutes or 480)
            if days == 1 and not rest:
                kind.promise = self.env._("Within one working day")
            elif days and not rest:
                kind.promise = self.env._("Within %(days)s working days", days=days)
            else:
                kind.promise = self.env._(
                    "Within %(hours)s working hours", hours=figure(hours, 1)
                )

    def _promise(self, urgency):
        """Return the promised working hours (``float``)."""
        self.ensure_one()
        return (urgency == "urgent" and self.urgent_hours) or self.promised_hours

    def _person(self):
        """Return the one person in the lead (``res.users``).

        :raises UserError: nobody is named and the office has no chief
        """
        self.ensure_one()
        # who leads a service is public
        kind = self.sudo()
        person = (kind.lead_id | kind.deputy_id).filtered("active")[:1]
        person = person or kind.company_id.office_chief_id
        if not person:
            raise UserError(
                self.env._(
                    "Nobody is in the lead of “%(service)s”: have the chief of office "
                    "name one.",
                    service=kind.name,
                )
            )
        return person.sudo(False)

    def action_ask(self):
        """Open an empty request for this service."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "party.service.request",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_kind_id": self.id},
        }
