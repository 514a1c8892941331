from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.party_office_base.rules import month_lump, travel


class PartyClaimTraveller(models.Model):
    """A person of a business trip, and where he differs from the others.

    Of a monthly lump sum: a person and his days on the way.
    """

    _name = "party.claim.traveller"
    _description = "Traveller of a Claim"
    _inherit = ["party.claim.fact.mixin", "party.plausible.mixin"]
    _order = "claim_id, sequence, id"
    _rec_name = "employee_id"

    claim_id = fields.Many2one(
        "party.claim", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    calculation = fields.Selection(related="claim_id.calculation")
    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, index=True, ondelete="restrict"
    )
    transport = fields.Selection(
        "_selection_transport",
        string="Way of this person",
        help="Empty: as the others.",
    )
    lodging = fields.Selection(
        "_selection_lodging",
        string="Lodging of this person",
        help="Empty: as the others.",
    )
    nights = fields.Integer(
        compute="_compute_nights",
        store=True,
        readonly=False,
        precompute=True,
        help="Nights that lodging is paid for. Fewer when a night was spent on the "
        "train or at home.",
    )
    invoice_amount = fields.Monetary(
        string="Hotel invoice",
        help="This person's share of the hotel's invoice (đồng), tax included.",
    )
    ticket_amount = fields.Monetary(string="Tickets", help="By the tickets (đồng).")
    other_amount = fields.Monetary(
        string="Other cost",
        help="Taxi to the airport, luggage, tolls: by papers (đồng).",
    )
    sea_from = fields.Date(string="At sea from")
    sea_to = fields.Date(string="At sea until")
    private_from = fields.Date(
        string="Not on duty from", help="Private days, days of treatment: not paid."
    )
    private_to = fields.Date(string="Not on duty until")
    field_days = fields.Integer(
        string="Days on the way", help="In the month of the lump sum."
    )

    _person_once = models.Constraint(
        "UNIQUE (claim_id, employee_id)", "A person stands once on a claim."
    )

    @api.model
    def _selection_transport(self):
        claims = self.env["party.claim"]
        return claims._fields["travel_transport"]._description_selection(self.env)

    @api.model
    def _selection_lodging(self):
        claims = self.env["party.claim"]
        return [
            *claims._fields["travel_lodging"]._description_selection(self.env),
            ("none", self.env._("None: slept on the way or at home")),
        ]

    # --------------------------------------------------------------------- computes
    @api.depends(
        "claim_id.travel_departure",
        "claim_id.travel_return",
        "private_from",
        "private_to",
    )
    def _compute_nights(self):
        for row in self:
            trip = row.claim_id._trip_times()
            if not trip or trip[1] <= trip[0]:
                row.nights = 0
                continue
            away = set(
                travel.days_of(trip[0].date(), trip[1].date())[:-1][: travel.MAX_DAYS]
            )
            row.nights = len(away - row._days("private"))

    def _days(self, what):
        """Return the days of a range (``sea`` or ``private``); one end is enough."""
        first = self[f"{what}_from"] or self[f"{what}_to"]
        last = self[f"{what}_to"] or first
        if not first:
            return frozenset()
        if last < first or (last - first).days > travel.MAX_DAYS:
            raise ValidationError(
                self.env._(
                    "%(person)s: %(what)s ends before it begins, or is longer than a "
                    "year.",
                    person=self.employee_id.name,
                    what=self._fields[f"{what}_from"]._description_string(self.env),
                )
            )
        return frozenset(travel.days_of(first, last))

    # ------------------------------------------------------------------- the rules
    def _to_rule(self, post):
        """Return the row as the rule of business trips knows it.

        :param post: ``Post`` of the person, see ``hr.employee._party_posts``
        """
        return travel.Traveller(
            person=self.employee_id._origin,
            rank=post.rank_on,
            sex=post.sex,
            transport=self.transport or None,
            lodging=self.lodging or None,
            nights=self.nights,
            invoice_amount=Decimal(str(self.invoice_amount)),
            ticket_amount=Decimal(str(self.ticket_amount)),
            other_amount=Decimal(str(self.other_amount)),
            sea_days=self._days("sea"),
            private_days=self._days("private"),
        )

    def _to_month_rule(self, post, month):
        """Return the row as the rule of the monthly lump sum knows it."""
        return month_lump.FieldWorker(
            self.employee_id._origin, self.field_days, post.rank_on(month)
        )

    @api.model
    def _plausible_fields(self):
        # of amounts the rule says whose they are
        return super()._plausible_fields() | {"sequence", "nights", "field_days"}

    @api.model
    def _approval_content_fields(self):
        return [
            "employee_id",
            "transport",
            "lodging",
            "nights",
            "invoice_amount",
            "ticket_amount",
            "other_amount",
            "sea_from",
            "sea_to",
            "private_from",
            "private_to",
            "field_days",
        ]
