from odoo import api, models
from odoo.exceptions import AccessError


class PartyProtectedMixin(models.AbstractModel):
    """A record with fields that only its actions may set."""

    _name = "party.protected.mixin"
    _description = "Record With Protected Fields"

    @api.model
    def _protected_fields(self):
        """Return the names (``set``) of the fields that only actions may set."""
        return set()

    def _check_protected(self, vals):
        """Refuse values that only actions may set.

        :raises AccessError: outside superuser mode
        """
        forged = self._protected_fields() & vals.keys()
        if forged and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(fields)s can only be changed by the buttons of the document.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(forged)
                    ),
                )
            )

    @api.model
    def default_get(self, fields):
        """Let protected fields begin with their own defaults only.

        Everybody may send ``default_*`` keys in the context and keep user defaults
        (``ir.default``); neither may forge a state.
        """
        protected = self._protected_fields().intersection(fields)
        result = super().default_get([name for name in fields if name not in protected])
        for name in protected:
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(
                    field.default(self), self, validate=False
                )
                result[name] = field.convert_to_write(
                    field.convert_to_record(value, self), self
                )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_protected(vals)
        return super().write(vals)
