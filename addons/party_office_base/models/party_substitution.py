from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..office_time import local_today


class PartySubstitution(models.Model):
    """A person decides in another's place inside dates; the form says so (K/T, T/L)."""

    _name = "party.substitution"
    _description = "Substitution"
    _order = "date_from desc, id desc"
    _rec_name = "substitute_id"

    user_id = fields.Many2one(
        "res.users",
        string="Absent person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    substitute_id = fields.Many2one("res.users", required=True, index=True)
    date_from = fields.Date(required=True, default=lambda self: local_today(self.env))
    date_to = fields.Date(required=True)
    capacity = fields.Selection(
        [("kt", "K/T (signs for the head)"), ("tl", "T/L (by order)")],
        default="kt",
        required=True,
        help="Printed before the signature (HD 36-HD/VPTW).",
    )
    decision = fields.Char(help="Number and date of the authorisation, if written.")
    active = fields.Boolean(default=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A substitution cannot end before it begins."
    )
    _not_oneself = models.Constraint(
        "CHECK (user_id <> substitute_id)", "Nobody substitutes himself."
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (user_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "This person already has a substitute in that period.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        substitutions = super().create(vals_list)
        substitutions._check_may_appoint()
        self.env["party.board"]._scope_changed()
        return substitutions

    def write(self, vals):
        self._check_may_appoint()
        if {"user_id", "substitute_id", "capacity", "date_from"} & vals.keys():
            self._check_not_begun()
        result = super().write(vals)
        self._check_may_appoint()
        self.env["party.board"]._scope_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_future(self):
        self._check_may_appoint()
        self._check_not_begun()

    def unlink(self):
        result = super().unlink()
        self.env["party.board"]._scope_changed()
        return result

    def _is_on(self, day):
        """Tell whether the substitution is in force on a day (``date``)."""
        self.ensure_one()
        return bool(
            self.active
            and self.date_from
            and self.date_to
            and self.date_from <= day <= self.date_to
        )

    def _check_may_appoint(self):
        """Refuse unless the user appoints his own substitute.

        The chief of office appoints for an absent person too, but never himself.

        :raises AccessError: when somebody makes himself or others a substitute
        """
        if self.env.su or self.user_id == self.env.user:
            return
        chief = self.env.user.has_group("party_office_base.group_office_chief")
        if not chief or self.env.user in self.substitute_id:
            raise AccessError(
                self.env._("You may appoint a substitute only for yourself.")
            )

    def _check_not_begun(self):
        today = local_today(self.env)
        if any(substitution.date_from < today for substitution in self):
            raise UserError(
                self.env._(
                    "A substitution that has begun is evidence. End it by its date."
                )
            )
