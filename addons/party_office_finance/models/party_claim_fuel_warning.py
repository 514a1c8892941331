from datetime import date

from odoo import models
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.rules import fuel
from odoo.addons.party_office_base.rules.form_text import figure

#: a claim that came to nothing used no invoice
DEAD_STATES = ("cancelled", "refused")


class PartyClaim(models.Model):
    """What an inspector would ask about the fills of a claim: said, never blocking."""

    _inherit = "party.claim"

    def _fuel_warnings(self, facts):
        """Return the sentences, in the user's language.

        :param facts: ``rules.fuel.FuelPeriod``
        """
        self.ensure_one()
        found = fuel.oddities(facts, self.car_id.plate or "", self._last_odometer())
        sentences = [self._say_oddity(oddity) for oddity in found]
        sentences += self._periods_claimed_elsewhere()[self]
        return sentences + self._invoices_used_elsewhere()[self]

    def _periods_claimed_elsewhere(self):
        """Return ``{claim: sentences}``: claims of the same car and days, whose km
        would be paid twice. One query, however many claims are asked for.
        """
        dated = self.filtered(lambda c: c.car_id and c.fuel_from and c.fuel_to)
        found = self.browse()
        if dated:
            # superuser mode: boards share a car; the other claim is named only to who
            # may read it
            found = self.sudo().search(
                [
                    ("state", "not in", DEAD_STATES),
                    ("kind_id.calculation", "=", "fuel"),
                    ("car_id", "in", dated.car_id.ids),
                    ("fuel_from", "<=", max(dated.mapped("fuel_to"))),
                    ("fuel_to", ">=", min(dated.mapped("fuel_from"))),
                ]
            )
        return {
            claim: [
                claim._say_period(other.sudo(False))
                for other in found - claim._origin
                if claim in dated
                and other.car_id == claim.car_id._origin
                and other.fuel_from <= claim.fuel_to
                and other.fuel_to >= claim.fuel_from
            ]
            for claim in self
        }

    def _say_period(self, claim):
        days = {
            "first": format_date(self.env, claim.sudo().fuel_from),
            "last": format_date(self.env, claim.sudo().fuel_to),
        }
        if claim.has_access("read"):
            return self.env._(
                "Fuel of this car from %(first)s to %(last)s is also in %(claim)s.",
                claim=claim.display_name,
                **days,
            )
        return self.env._(
            "Fuel of this car from %(first)s to %(last)s is also in a claim of another "
            "board.",
            **days,
        )

    def _last_odometer(self):
        """Return where the last claim of this car ended (km), 0 when there is none."""
        if not self.fuel_from:
            return 0
        # superuser mode: boards share a car; nothing but the km is told
        last = self.sudo().search(
            [
                ("id", "not in", self._origin.ids),
                ("state", "not in", DEAD_STATES),
                ("car_id", "=", self.car_id.id),
                ("fuel_to", "<", self.fuel_from),
            ],
            order="fuel_to desc, id desc",
            limit=1,
        )
        return last.odometer_end

    def _invoices_used_elsewhere(self):
        """Return ``{claim: sentences}``: invoices that another claim has, too.

        Two queries, however many claims are asked for.
        """
        used = self._claims_of_invoices()
        nobody = self.browse()
        return {
            claim: [
                claim._say_used(fill, others[0].sudo(False))
                for fill in claim.fill_ids
                if (others := used.get(fill.invoice_key, nobody) - claim._origin)
            ]
            for claim in self
        }

    def _claims_of_invoices(self):
        """Return ``{invoice key: claims that have it}`` of these claims' invoices."""
        fills = self.fill_ids.filtered("invoice_key")
        if not fills:
            return {}
        alive = [("claim_id.state", "not in", DEAD_STATES)]
        # superuser mode: an invoice is used once, whichever board used it; the other
        # claim is named only to who may read it
        used = {}
        for fill in fills.sudo().search(
            [("invoice_key", "in", fills.mapped("invoice_key")), *alive]
        ):
            key = fill.invoice_key
            used[key] = used.get(key, fill.claim_id) | fill.claim_id
        # plain fuel claims know the number only
        keys = fills.grouped("invoice_number")
        for line in (
            self.env["party.claim.line"]
            .sudo()
            .search(
                [
                    ("invoice_number", "in", list(keys)),
                    ("item_id", "in", self.kind_id.item_id.ids),
                    *alive,
                ]
            )
        ):
            for key in keys[line.invoice_number].mapped("invoice_key"):
                used[key] = used.get(key, line.claim_id) | line.claim_id
        return used

    def _say_used(self, fill, claim):
        if claim.has_access("read"):
            return self.env._(
                "Invoice %(number)s of %(day)s is also in %(claim)s.",
                number=fill.invoice_number,
                day=format_date(self.env, fill.date),
                claim=claim.display_name,
            )
        return self.env._(
            "Invoice %(number)s of %(day)s is also in a claim of another board.",
            number=fill.invoice_number,
            day=format_date(self.env, fill.date),
        )

    def _say_oddity(self, oddity):
        """Return the sentence for a ``rules.fuel.Oddity``."""
        values = {
            name: (
                format_date(self.env, value)
                if isinstance(value, date)
                else value
                if isinstance(value, str)
                else figure(value, 3)
            )
            for name, value in oddity.values.items()
        }
        sentences = {
            "duplicate": self.env._(
                "The fill on %(day)s has the same invoice as the one on %(first)s."
            ),
            "above_tank": self.env._(
                "Fill on %(day)s: %(litres)s l, but the tank takes %(tank)s l."
            ),
            "outside": self.env._(
                "The fill on %(day)s is outside %(day_from)s to %(day_to)s."
            ),
            "other_plate": self.env._(
                "The invoice of %(day)s names another car: %(plate)s."
            ),
            "odometer_back": self.env._(
                "Fill on %(day)s: the odometer says %(odometer)s km, less than the "
                "%(km)s km at the fill before."
            ),
            "odometer_outside": self.env._(
                "Fill on %(day)s: the odometer says %(odometer)s km, not between "
                "%(start)s and %(end)s km."
            ),
            "fill_missing": self.env._(
                "%(km)s km since the fill before %(day)s would take %(litres)s l, more "
                "than a tank of %(tank)s l: a fill is missing or the odometer is wrong."
            ),
            "odometer_gap": self.env._(
                "%(km)s km are missing since the last claim of this car, which ended "
                "at %(last)s km."
            ),
            "odometer_overlap": self.env._(
                "The last claim of this car ended at %(last)s km: %(km)s km are "
                "claimed twice."
            ),
        }
        # pylint: disable=translation-not-lazy
        return sentences[oddity.code] % values

    def _decision_notes(self):
        notes = super()._decision_notes()
        # superuser mode: the approver of a step need not see the whole board
        claims = self.sudo().filtered("car_id")
        used = claims._invoices_used_elsewhere()
        periods = claims._periods_claimed_elsewhere()
        for claim, sentences in used.items():
            facts = claim._fuel_period_or_none()
            plate = claim.car_id.plate
            odd = fuel.oddities(facts, plate) if facts else []
            said = [*map(claim._say_oddity, odd), *periods[claim], *sentences]
            if said:
                warning = self.env._(
                    "To be looked at: %(warnings)s", warnings=" ".join(said)
                )
                notes[claim.id] = "; ".join(
                    filter(None, (notes.get(claim.id), warning))
                )
        return notes
