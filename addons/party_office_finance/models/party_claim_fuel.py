from dataclasses import replace

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.rules import fuel
from odoo.addons.party_office_base.rules.allowance import CalculationRefused
from odoo.addons.party_office_base.rules.form_text import figure, short_date

from .party_claim_event import exact


class PartyClaim(models.Model):
    """The facts of fuel by norm: one car in a period, and its fills."""

    _inherit = "party.claim"

    car_id = fields.Many2one("party.car", ondelete="restrict", index="btree_not_null")
    fuel_from = fields.Date(string="Fuel from")
    fuel_to = fields.Date(string="Fuel to")
    odometer_start = fields.Integer(string="Odometer at the start (km)")
    odometer_end = fields.Integer(string="Odometer at the end (km)")
    fuel_km = fields.Integer(
        string="Km driven", compute="_compute_fuel_km", help="From the odometer."
    )
    fuel_hard_km = fields.Float(
        string="Of them on hard roads (km)",
        digits=(10, 1),
        help="Mountain or city roads, where the norm is higher.",
    )
    fuel_idle_hours = fields.Float(
        string="Hours at a stand", digits=(8, 1), help="With the engine running."
    )
    tank_opening = fields.Float(string="In the tank at the start (l)", digits=(8, 2))
    tank_closing = fields.Float(string="In the tank at the end (l)", digits=(8, 2))
    fuel_reason = fields.Char(
        string="Why more than the norm", help="The driver's explanation."
    )
    fill_ids = fields.One2many(
        "party.claim.fuel.fill", "claim_id", string="Fills", copy=False
    )
    fuel_over = fields.Float(
        string="Over the norm (l)", digits=(10, 3), compute="_compute_fuel_use"
    )
    fuel_box = fields.Html(string="Litres", compute="_compute_fuel_use", sanitize=False)

    # ------------------------------------------------------------------ calculation
    @api.model
    def _fuel_facts(self):
        return {
            "car_id",
            "fuel_from",
            "fuel_to",
            "odometer_start",
            "odometer_end",
            "fuel_hard_km",
            "fuel_idle_hours",
            "tank_opening",
            "tank_closing",
            "fuel_reason",
            "fill_ids",
        }

    @api.model
    def _calculation_facts(self):
        return super()._calculation_facts() | self._fuel_facts()

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            name
            for name in self._fuel_facts()
            if self._fields[name].type in ("integer", "float")
        }

    @api.depends("odometer_start", "odometer_end")
    def _compute_fuel_km(self):
        for claim in self:
            claim.fuel_km = max(claim.odometer_end - claim.odometer_start, 0)

    @api.depends(lambda self: self._calculation_dependencies())
    @api.depends_context("lang")
    def _compute_fuel_use(self):
        for claim in self:
            claim.fuel_over, claim.fuel_box = 0, False
            facts = claim._fuel_period_or_none()
            if facts:
                use = fuel.fuel_use(facts)
                claim.fuel_over = float(max(use.over, 0))
                claim.fuel_box = claim._render_fuel(facts, use)

    def _fuel_period_or_none(self):
        """Return the facts, None while they are incomplete or cannot be."""
        if self.calculation != "fuel":
            return None
        try:
            facts = self._fuel_period()
            if facts:
                fuel.fuel_use(facts)
        except (CalculationRefused, UserError):
            return None  # the box of the calculation says why
        return facts

    def _calculate(self):
        if self.calculation != "fuel":
            return super()._calculate()
        facts = self._fuel_period()
        if not facts:
            return []
        return [
            replace(
                row,
                person=" ".join(filter(None, (short_date(row.day_from), row.person))),
            )
            for row in fuel.fuel(facts)
        ]

    def _fuel_period(self):
        """Return the facts as the rule takes them, None while they are incomplete.

        :raises ValidationError: odometer backwards, no norm, a norm that changes
        """
        self.ensure_one()
        car = self.car_id
        if not (car and self.fuel_from and self.fuel_to):
            return None
        if self.odometer_end < self.odometer_start:
            if not self.odometer_end:
                return None  # not typed yet
            raise ValidationError(
                self.env._(
                    "The odometer at the end (%(end)s km) is below the one at the "
                    "start (%(start)s km).",
                    start=figure(self.odometer_start),
                    end=figure(self.odometer_end),
                )
            )
        norm = self._fuel_norm()
        return fuel.FuelPeriod(
            day_from=self.fuel_from,
            day_to=self.fuel_to,
            norm=exact(norm.litres),
            km=exact(self.odometer_end - self.odometer_start),
            hard_km=exact(self.fuel_hard_km),
            hard_pct=exact(norm.hard_pct),
            idle_hours=exact(self.fuel_idle_hours),
            idle_norm=exact(norm.idle_litres),
            opening=exact(self.tank_opening),
            closing=exact(self.tank_closing),
            tank=exact(car.tank_litres),
            fills=tuple(
                fill._to_rule() for fill in self.fill_ids if fill.date and fill.litres
            ),
            rate=norm._to_rule(),
            odometer_start=self.odometer_start,
            odometer_end=self.odometer_end,
        )

    def _fuel_norm(self):
        """Return the one norm of the period.

        :raises ValidationError: there is none, or it changes within the period
        """
        car = self.car_id
        norm = car._norm_on(self.fuel_from)
        if not norm:
            raise ValidationError(
                self.env._(
                    "%(car)s has no fuel norm on %(day)s. Ask the chief accountant to "
                    "enter the decision that sets it.",
                    car=car.display_name,
                    day=format_date(self.env, self.fuel_from),
                )
            )
        last = car._norm_on(self.fuel_to)
        if last != norm and self.fuel_to >= self.fuel_from:
            raise ValidationError(
                self.env._(
                    "The fuel norm of %(car)s changes on %(day)s: make one claim up to "
                    "the day before, and one from that day on.",
                    car=car.display_name,
                    day=format_date(self.env, last.date_from),
                )
            )
        return norm

    @api.depends("calculation")
    def _compute_has_unverified_rate(self):
        result = super()._compute_has_unverified_rate()
        for claim in self:
            if claim.calculation == "fuel" and any(
                not row.verified for row in claim.allowance_ids
            ):
                claim.has_unverified_rate = True
        return result

    # --------------------------------------------------------------------- sending
    def _check_can_submit(self):
        for claim in self:
            is_over = claim.calculation == "fuel" and claim.fuel_over > 0
            if is_over and not (claim.fuel_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(claim)s: %(litres)s litres are over the norm. Say why: "
                        "they are not paid, but somebody will ask.",
                        claim=claim.display_name,
                        litres=figure(claim.fuel_over, 3),
                    )
                )
        return super()._check_can_submit()

    # --------------------------------------------------------------------- sentences
    def _say_refused(self, refused):
        if self.calculation != "fuel":
            return super()._say_refused(refused)
        values = refused.values
        litres = {
            name: figure(value, 3)
            for name, value in values.items()
            if name in ("litres", "tank", "closing", "most", "km", "hard_km")
        }
        if refused.reason == "dates":
            return self.env._(
                "Fuel is settled from %(first)s to %(last)s: the end is before the "
                "start.",
                first=format_date(self.env, values["day_from"]),
                last=format_date(self.env, values["day_to"]),
            )
        if refused.reason == "too_long":
            return self.env._("Fuel is settled for a year at most.")
        if refused.reason == "negative":
            return self.env._("Km, hours and litres may not be below zero.")
        if refused.reason == "hard_km":
            return self.env._(
                "%(hard_km)s km on hard roads are more than the %(km)s km driven.",
                **litres,
            )
        if refused.reason in ("opening", "closing"):
            return self.env._(
                "%(litres)s litres do not fit into the tank of %(tank)s litres.",
                **litres,
            )
        if refused.reason == "closing_unfilled":
            return self.env._(
                "There cannot be %(closing)s litres in the tank at the end: with what "
                "was filled there were %(most)s at most.",
                **litres,
            )
        if refused.reason == "fill":
            return self.env._(
                "The fill on %(day)s needs litres above zero and an amount that is "
                "not negative.",
                day=format_date(self.env, values["day"]),
            )
        return super()._say_refused(refused)

    def _say_remark(self, remark):
        if remark == "over_fuel_norm":
            return self.env._("above what the norm allows: not paid in full")
        return super()._say_remark(remark)

    # ----------------------------------------------------------------------- display
    def _render_fuel(self, facts, use):
        """Return the litres in one line, and what looks odd on the fills."""
        line = self.env._(
            "Norm %(norm)s l (%(km)s km × %(litres)s l/100 km) + in the tank at the "
            "end %(closing)s l − at the start %(opening)s l = at most %(limit)s l "
            "are paid; filled %(filled)s l.",
            norm=figure(use.norm, 3),
            km=figure(facts.km),
            litres=figure(facts.norm, 3),
            closing=figure(facts.closing, 2),
            opening=figure(facts.opening, 2),
            limit=figure(use.limit, 3),
            filled=figure(use.filled, 3),
        )
        if use.over > 0:
            verdict = Markup('<strong class="text-danger">{}</strong>').format(
                self.env._("%(litres)s l over the norm.", litres=figure(use.over, 3))
            )
        else:
            verdict = Markup("<span>{}</span>").format(
                self.env._("%(litres)s l saved.", litres=figure(-use.over, 3))
            )
        box = Markup("<div>{} {}</div>").format(line, verdict)
        if not facts.rate.verified:
            box += Markup('<span class="badge text-bg-warning">{}</span>').format(
                self.env._("Norm not verified")
            )
        warnings = self._fuel_warnings(facts)
        if warnings:
            items = Markup().join(
                Markup("<li>{}</li>").format(warning) for warning in warnings
            )
            box += Markup(
                '<div class="alert alert-warning mt-2 mb-0" role="status">'
                '<strong>{}</strong><ul class="mb-0">{}</ul></div>'
            ).format(self.env._("To be looked at:"), items)
        return box
