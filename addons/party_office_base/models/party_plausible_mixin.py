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
        """Return the names (``set``) of the number fields that have a limit.

        All others must be numbers, too.
        """
        return set()

    def _check_plausible(self, vals):
        """Refuse numbers that are none or too large.

        Rows that come with the record are checked, too: they are converted with it.

        :raises ValidationError: names the field
        """
        for name in vals:
            field = self._fields.get(name)
            if field is None or field.type != "one2many" or not vals[name]:
                continue
            rows = self.env[field.comodel_name]
            if isinstance(rows, self.env.registry["party.plausible.mixin"]):
                for command in vals[name]:
                    if not isinstance(command, int) and isinstance(command[-1], dict):
                        rows._check_plausible(command[-1])
        plausible = self._plausible_fields()
        for name, value in vals.items():
            field = self._fields.get(name)
            if (
                field is None
                or field.type not in ("integer", "float", "monetary")
                or isinstance(value, bool)
                or not isinstance(value, (int, float))
            ):
                continue
            most = math.inf
            if name in plausible:
                most = MAX_AMOUNT if field.type == "monetary" else MAX_NUMBER
            # "not a number" is never below anything
            if not abs(value) < most:
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
