import math

from odoo import api, models
from odoo.exceptions import ValidationError

from ..rules.money import MAX_AMOUNT

#: counts, kilometres, litres: above this it is a slip of the finger
MAX_NUMBER = 10_000_000


class PartyPlausibleMixin(models.AbstractModel):
    """A record whose numbers are refused in words when they cannot be.

    Otherwise the database would refuse a number that is too large for its column, or
    take "not a number", in words of its own.
    """

    _name = "party.plausible.mixin"
    _description = "Record With Plausible Numbers"

    @api.model
    def _plausible_fields(self):
        """Return the names (``set``) of the number fields that are checked."""
        return set()

    def _check_plausible(self, vals):
        """Refuse numbers that are none or too large.

        :raises ValidationError: names the field
        """
        for name in self._plausible_fields() & vals.keys():
            value, field = vals[name], self._fields[name]
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            most = MAX_AMOUNT if field.type == "monetary" else MAX_NUMBER
            if not math.isfinite(value) or abs(value) >= most:
                raise ValidationError(
                    self.env._(
                        "%(field)s: %(value)s cannot be.",
                        field=field._description_string(self.env),
                        value=value,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_plausible(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_plausible(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_plausible(values)
        return super().onchange(values, field_names, fields_spec)
