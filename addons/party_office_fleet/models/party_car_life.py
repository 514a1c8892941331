from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import whole

from ..rules.car_life import DECREE, Life, signals
from .party_car_care_block import CARE_READERS


class PartyCar(models.Model):
    """How old a car is, what it has cost, whether it may be replaced."""

    _inherit = "party.car"

    in_use_since = fields.Date(groups=CARE_READERS)
    price = fields.Monetary(
        string="Original price", groups=CARE_READERS, help="As in the asset register."
    )
    is_mountain = fields.Boolean(
        string="Mountain area",
        groups=CARE_READERS,
        help="The headquarters is in a mountain, island or specially difficult area: "
        "200,000 km instead of 250,000 km (decree 72/2023/NĐ-CP, article 3.4.b).",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    repair_ids = fields.One2many("party.car.repair", "car_id", groups=CARE_READERS)
    repair_amount = fields.Monetary(
        string="Repairs so far",
        compute="_compute_repair_amount",
        compute_sudo=True,
        groups=CARE_READERS,
    )
    life_warning = fields.Text(
        string="May be replaced",
        compute="_compute_life_warning",
        compute_sudo=True,
        groups=CARE_READERS,
    )
    is_at_end = fields.Boolean(
        string="Conditions for replacement met",
        compute="_compute_life_warning",
        compute_sudo=True,
        search="_search_is_at_end",
        groups=CARE_READERS,
    )

    _price_possible = models.Constraint(
        "CHECK (price >= 0)", "A price is not below zero."
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"price"}

    def _compute_repair_amount(self):
        sums = dict(
            self.env["party.car.repair"]._read_group(
                [("car_id", "in", self.ids), ("progress", "=", "accepted")],
                ["car_id"],
                ["parts_amount:sum"],
            )
        )
        for car in self:
            car.repair_amount = sums.get(car._origin, 0)

    @api.depends("in_use_since", "price", "is_mountain")
    def _compute_life_warning(self):
        open_repairs = dict(
            self.env["party.car.repair"]._read_group(
                [
                    ("car_id", "in", self.ids),
                    ("state", "in", ("draft", "submitted", "returned", "approved")),
                    ("progress", "=", "open"),
                ],
                ["car_id"],
                ["amount:max"],
            )
        )
        for car in self:
            amount = open_repairs.get(car._origin, 0)
            lines = car._life_lines(amount)
            car.life_warning = "\n".join(lines)
            car.is_at_end = bool(lines)

    @api.model
    def _search_is_at_end(self, operator, value):
        if operator != "in":
            return NotImplemented
        cars = self.with_context(active_test=False).search(Domain.TRUE)
        domain = Domain("id", "in", cars.filtered("is_at_end").ids)
        if True in value and False in value:
            return Domain.TRUE
        return domain if True in value else ~domain

    def _life_lines(self, repair_amount):
        """Return the conditions for replacement that are met, each with its article.

        :param float repair_amount: đồng, the repair that is needed now
        """
        self.ensure_one()
        life = Life(
            in_use_since=self.in_use_since or None,
            km=self.known_odometer,
            mountain=self.is_mountain,
            price=Decimal(whole(self.price)),
            repair=Decimal(whole(repair_amount)),
        )
        return [
            self._life_text(signal) for signal in signals(life, local_today(self.env))
        ]

    def _life_text(self, signal):
        def number(value):
            text = f"{value:,}".replace(",", " ").replace(".", ",")
            return text.replace(" ", ".")

        values = {
            "value": number(signal.value),
            "limit": number(signal.limit),
            "article": f"{DECREE}, {signal.article}",
        }
        if signal.code == "age":
            return self.env._(
                "In use for %(value)s years, above %(limit)s years (%(article)s)",
                **values,
            )
        if signal.code == "km":
            return self.env._(
                "Driven %(value)s km, above %(limit)s km (%(article)s)", **values
            )
        return self.env._(
            "The repair is %(value)s %% of the original price, above %(limit)s %% "
            "(%(article)s)",
            **values,
        )

    def _repair_signal(self, amount):
        """Return in words whether a repair of this amount still makes sense."""
        self.ensure_one()
        lines = self._life_lines(amount)
        if not lines:
            return ""
        head = self.env._("The car meets the conditions for replacement:")
        return "\n".join([head, *lines])
