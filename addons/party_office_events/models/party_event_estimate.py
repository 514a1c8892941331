from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_approval_mixin import OPEN_STATES
from odoo.addons.party_office_base.rules import conference, guest
from odoo.addons.party_office_base.rules.allowance import CalculationRefused
from odoo.addons.party_office_base.rules.papers import Paper
from odoo.addons.party_office_base.rules.rate_book import RateMissing

from ..rules.estimate import FREE, over_percent

#: an invoice that is not there yet: the estimate plans what the norm allows
UNKNOWN_INVOICE = Decimal(10) ** 14


def exact(number):
    """Return a number of a field as the rules take it."""
    return Decimal(str(number or 0))


class PartyEvent(models.Model):
    """The estimate (dự toán): rows by the norms, rows by hand, and what it came to."""

    _inherit = "party.event"

    cost_ids = fields.One2many(
        "party.event.cost",
        "event_id",
        string="Estimate",
        domain=[("is_extra", "=", False)],
    )
    actual_ids = fields.One2many(
        "party.event.cost", "event_id", string="Actual cost", copy=False
    )
    planned_total = fields.Monetary(
        string="Estimated", compute="_compute_totals", store=True, aggregator="sum"
    )
    actual_total = fields.Monetary(
        string="Really spent", compute="_compute_totals", store=True, aggregator="sum"
    )
    over_pct = fields.Float(
        string="Above the estimate (%)",
        digits=(8, 1),
        compute="_compute_totals",
        store=True,
        aggregator=None,
        help="Negative: less than was estimated.",
    )
    has_unverified_rate = fields.Boolean(
        string="Rests on a rate that is not verified",
        compute="_compute_totals",
        store=True,
    )

    @api.depends(
        "actual_ids.planned",
        "actual_ids.actual",
        "actual_ids.verified",
        "has_estimate",
    )
    def _compute_totals(self):
        for event in self:
            rows = event.actual_ids if event.has_estimate else event.actual_ids[:0]
            planned = sum(rows.mapped("planned"))
            actual = sum(rows.mapped("actual"))
            event.planned_total = planned
            event.actual_total = actual
            event.over_pct = float(over_percent(exact(planned), exact(actual)))
            event.has_unverified_rate = any(not row.verified for row in rows)

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "cost_ids"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "planned_total",
            "actual_total",
            "over_pct",
            "has_unverified_rate",
        }

    def _approval_amount(self):
        return self.planned_total

    # ------------------------------------------------------------------- calculation
    def _estimate_calculation(self):
        """Return which norms hold: conference, guest, foreign (``str``)."""
        self.ensure_one()
        if self.category != "reception":
            return "conference"
        return "foreign" if self.is_foreign else "guest"

    def _free_components(self):
        """Return the components (``set``) that are entered by hand."""
        calculation = self._estimate_calculation()
        if calculation == "foreign" and self.foreign_class == "special":
            return FREE["special"]
        return FREE[calculation]

    def _calculate(self):
        """Return ``[(courtesy meeting or none, Allowance)]`` by the norms.

        :raises CalculationRefused, RateMissing: facts that cannot be
        """
        self.ensure_one()
        if not self.has_estimate or not self.start or not self.stop:
            return []
        calculation = self._estimate_calculation()
        nobody = self.env["party.event.courtesy"]
        if calculation == "conference":
            return [(nobody, row) for row in self._calculate_conference()]
        if calculation == "guest":
            rows = [(nobody, row) for row in self._calculate_guest()]
        elif self.foreign_class:
            rows = [(nobody, row) for row in self._calculate_foreign()]
        else:
            return []
        for courtesy in self.courtesy_ids:
            rows += [(courtesy, row) for row in courtesy._calculate()]
        return rows

    def _estimate_book(self, codes):
        first, last = self._days()
        norms = self.env["party.norm"].with_company(self.company_id)
        return norms._rate_book(codes, first, last)

    def _calculate_conference(self):
        first, last = self._days()
        lodged = self.lodged_count if self.lodging != "none" else 0
        papers = ()
        if self.lodging == "invoice" and lodged and self.nights:
            papers = (Paper("conference_lodging", UNKNOWN_INVOICE, first),)
        facts = conference.Conference(
            day_from=first,
            day_to=last,
            area=self.area_id.code or None,
            delegates=self.delegate_count,
            unpaid=self.unpaid_delegate_count,
            half_days=self.half_days,
            food=self.food,
            food_days=self.food_days,
            lodging=self.lodging,
            lodged=lodged,
            nights=self.nights if lodged else 0,
            lecturer_half_days=self.lecturer_half_days,
            papers=papers,
        )
        return conference.conference(facts, self._estimate_book(conference.CODES))

    def _calculate_guest(self):
        first, last = self._days()
        facts = guest.DomesticGuests(
            day_from=first,
            day_to=last,
            guests=self.guest_count,
            hosts=self.host_count,
            # the office pays for what it receives; no guests, no refreshments
            half_days=self.half_days if self.guest_count else 0,
            meals=self.guest_meals,
            times=exact(self.guest_meal_times),
            approver=self.exception_approver or "",
        )
        return guest.domestic(facts, self._estimate_book(guest.DOMESTIC_CODES))

    def _calculate_foreign(self):
        return guest.foreign(
            self._foreign_guests(), self._estimate_book(guest.FOREIGN_CODES)
        )

    def _foreign_guests(self):
        first, last = self._days()
        return guest.ForeignGuests(
            day_from=first,
            day_to=last,
            guest_class=self.foreign_class,
            pays=self.foreign_pays,
            heads=self.foreign_heads,
            deputies=self.foreign_deputies,
            members=self.foreign_members,
            hosts=self.host_count,
            half_days=self.half_days,
            nights=self.foreign_nights,
            has_breakfast=self.foreign_has_breakfast,
            food_days=self.foreign_food_days,
            food_hosts=self.foreign_food_hosts,
            banquet_day=self.foreign_banquet_date or None,
            banquet_hosts=self.foreign_banquet_hosts,
            flowers=self.foreign_flowers,
            gift_head=self.foreign_gift_head,
            gift_spouse=self.foreign_gift_spouse,
            gift_members=self.foreign_gift_members,
            interpreters=self.interpreter_count,
            hours=exact(self.interpreting_hours),
            in_booth=self.interpreting_in_booth,
            pages_to_vi=exact(self.translation_pages_to_vi),
            pages_from_vi=exact(self.translation_pages_from_vi),
            own_staff=self.language_own_staff,
            approver=self.exception_approver or "",
        )

    # ------------------------------------------------------------------------ saving
    @api.model
    def _estimate_triggers(self):
        """Return the names (``set``) of all fields that the estimate follows."""
        return self._estimate_facts() | {
            "kind_id",
            "start",
            "stop",
            "board_id",
            "delegate_count",
            "courtesy_ids",
        }

    def _refresh_estimate(self):
        """Replace the rows of the norms by what the facts say now.

        An estimate that was sent stays what it was.

        :raises ValidationError: with a sentence that says what cannot be
        """
        for event in self.filtered(lambda event: event.state in OPEN_STATES):
            try:
                allowances = event._calculate()
            except CalculationRefused as refused:
                raise ValidationError(event._say_refused(refused)) from refused
            except RateMissing as missing:
                raise ValidationError(
                    self.env["party.norm"]._say_missing(missing)
                ) from missing
            # the norms' rows are written by the calculation only
            owner = event.sudo()
            owner.cost_ids.filtered("is_computed").unlink()
            owner.env["party.event.cost"].create(
                [
                    event._estimate_values(number, courtesy, allowance)
                    for number, (courtesy, allowance) in enumerate(allowances, 1)
                ]
            )
            event.invalidate_recordset(["cost_ids", "actual_ids"])

    def _estimate_values(self, number, courtesy, allowance):
        rate = allowance.rate
        return {
            "event_id": self.id,
            "courtesy_id": courtesy.id,
            "sequence": number,
            "component": allowance.component,
            "person": self._estimate_persons().get(allowance.person, ""),
            "quantity": float(allowance.quantity),
            "unit": rate.unit if rate else "",
            "price": float(allowance.price),
            "norm_amount": int(allowance.amount),
            "is_computed": True,
            "regulation": rate.regulation if rate else "",
            "article": rate.article if rate else "",
            "verified": rate.verified if rate else True,
        }

    @api.model
    def _estimate_persons(self):
        # what goes on forms is Vietnamese whoever saves
        if self.env["res.lang"]._get_data(code="vi_VN"):
            self = self.with_context(lang="vi_VN")
        return {
            "head": self.env._("Head of the delegation"),
            "deputy": self.env._("Deputy head of the delegation"),
            "member": self.env._("Member"),
            "spouse": self.env._("Spouse"),
        }

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events.filtered("has_estimate")._refresh_estimate()
        return events

    def write(self, vals):
        result = super().write(vals)
        if self._estimate_triggers() & vals.keys():
            self._refresh_estimate()
        return result

    def _check_can_submit(self):
        for event in self.filtered("has_estimate"):
            # a rate may have changed since it was saved
            event._refresh_estimate()
            if not event.planned_total:
                raise UserError(
                    self.env._(
                        "%(event)s needs money, but its estimate is empty: fill in the "
                        "facts or add a cost.",
                        event=event.display_name,
                    )
                )
            if event.foreign_class == "special" and not event.exception_approver:
                raise UserError(
                    self.env._(
                        "Guests of the special class are received by an approved plan: "
                        "say who decided it (circular 35/2026, articles 5 to 12)."
                    )
                )
        return super()._check_can_submit()
