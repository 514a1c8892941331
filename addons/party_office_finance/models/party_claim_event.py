from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.rules.papers import Paper

#: kinds of calculation that happen on some days and come with cost papers
EVENTS = ("conference", "guest", "foreign_guest")


def exact(number):
    """Return a number of a field as the rules take it."""
    return Decimal(str(number or 0))


class PartyClaim(models.Model):
    """What conferences and receptions have in common: days, plan, cost papers."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.plausible.mixin"]

    event_from = fields.Date(string="Begins on")
    event_to = fields.Date(
        string="Ends on",
        compute="_compute_event_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    event_half_days = fields.Integer(
        string="Half-days", help="Mornings and afternoons with refreshments."
    )
    event_plan = fields.Char(
        string="Plan or decision", help="Number of the plan, decision or invitation."
    )
    event_plan_date = fields.Date(
        string="Plan approved on",
        help="A reception that was approved and had begun before 18/05/2026 is settled "
        "at the rates of its approval (circular 35/2026, article 35).",
    )
    cost_ids = fields.One2many(
        "party.claim.cost", "claim_id", string="Cost papers", copy=True
    )
    cost_component_ids = fields.Many2many(
        "party.claim.component", compute="_compute_cost_component_ids"
    )

    @api.depends("event_from")
    def _compute_event_to(self):
        for claim in self:
            if not claim.event_to or (
                claim.event_from and claim.event_to < claim.event_from
            ):
                claim.event_to = claim.event_from

    @api.model
    def _cost_component_codes(self):
        """Return ``{calculation: codes of components that cost papers may have}``."""
        return {}

    @api.depends("calculation")
    def _compute_cost_component_ids(self):
        codes = self._cost_component_codes()
        components = self.env["party.claim.component"].search(
            [("code", "in", [code for some in codes.values() for code in some])]
        )
        for claim in self:
            allowed = codes.get(claim.calculation, ())
            claim.cost_component_ids = components.filtered(
                lambda component, allowed=allowed: component.code in allowed
            )

    def _check_can_submit(self):
        for claim in self.filtered(lambda claim: claim.calculation in EVENTS):
            foreign = claim.cost_ids.component_id - claim.cost_component_ids
            if foreign:
                raise UserError(
                    self.env._(
                        "%(claim)s: a claim of this kind does not pay for "
                        "%(components)s.",
                        claim=claim.display_name,
                        components=", ".join(foreign.mapped("name")),
                    )
                )
        return super()._check_can_submit()

    # ------------------------------------------------------------------ calculation
    @api.model
    def _event_facts(self):
        """Return the names (``set``) of the facts of all conferences and receptions."""
        return {
            "event_from",
            "event_to",
            "event_half_days",
            "event_plan",
            "event_plan_date",
            "cost_ids",
        }

    @api.model
    def _calculation_facts(self):
        return super()._calculation_facts() | self._event_facts()

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            name
            for name in self._event_facts()
            if self._fields[name].type in ("integer", "float", "monetary")
        }

    def _prepare_allowances(self, allowances):
        # what goes on forms is Vietnamese whoever saves
        if self.env["res.lang"]._get_data(code="vi_VN"):
            self = self.with_context(lang="vi_VN")
        return super()._prepare_allowances(allowances)

    def _event_papers(self):
        """Return the cost papers as the rules take them."""
        self.ensure_one()
        return tuple(
            Paper(
                component=row.component_id.code,
                amount=exact(row.amount),
                day=row.date or self.event_to,
                label=row.name or "",
            )
            for row in self.cost_ids
            if row.component_id and row.amount
        )

    def _event_book(self, codes):
        """Return the ``RateBook`` of the days of the event, and of its plan."""
        self.ensure_one()
        days = [self.event_from, self.event_to]
        if self.event_plan_date:
            days.append(self.event_plan_date)
        return self._rate_book(codes, min(days), max(days))

    # --------------------------------------------------------------------- sentences
    def _fact_names(self):
        """Return ``{name in the rules: field of the claim}`` for sentences."""
        return {"half_days": "event_half_days", "papers": "cost_ids"}

    def _fact_label(self, fact):
        name = self._fact_names().get(fact)
        return self._fields[name]._description_string(self.env) if name else fact

    def _component_names(self, codes):
        components = self.env["party.claim.component"].search(
            [("code", "in", list(codes))]
        )
        return ", ".join(components.mapped("name"))

    def _say_refused(self, refused):
        if self.calculation not in EVENTS:
            return super()._say_refused(refused)
        values = refused.values
        reason = refused.reason
        if reason == "dates":
            return self.env._(
                "The last day %(last)s is before the first day %(first)s.",
                first=format_date(self.env, values["day_from"]),
                last=format_date(self.env, values["day_to"]),
            )
        if reason == "too_long":
            return self.env._(
                "%(days)s days are too many: check the first and the last day.",
                days=values["days"],
            )
        if reason == "negative":
            return self.env._(
                "%(fact)s may not be below zero.",
                fact=self._fact_label(values["fact"]),
            )
        if reason == "paper_without_fact":
            return self.env._(
                "There is a cost paper for “%(component)s”, but nothing of it is "
                "stated: fill in the facts, or choose another cost.",
                component=self._component_names([values["component"]]),
            )
        if reason in self._fact_names() and "most" in values:
            return self.env._(
                "%(fact)s: %(count)s is more than the %(most)s that are possible here.",
                fact=self._fact_label(reason),
                count=values["count"],
                most=values["most"],
            )
        return super()._say_refused(refused)

    def _say_remark(self, remark):
        if remark == "over_norm":
            return self.env._("the papers are above the norm: the norm is paid")
        return super()._say_remark(remark)
