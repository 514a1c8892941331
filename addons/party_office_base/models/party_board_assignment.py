from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..office_time import local_today


class PartyBoardAssignment(models.Model):
    """An accountant follows a board from a day to a day.

    The remedy ordered by the reviews of the shared offices: the accountant in charge
    of a board follows that board's work closely.
    """

    _name = "party.board.assignment"
    _description = "Accountant Assigned to a Board"
    _order = "board_id, date_from desc, role"
    _rec_name = "user_id"

    board_id = fields.Many2one(
        "party.board", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Accountant", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [("primary", "Primary"), ("backup", "Backup")],
        default="primary",
        required=True,
    )
    date_from = fields.Date(required=True, default=lambda self: local_today(self.env))
    date_to = fields.Date()
    note = fields.Text(help="What the successor must know.")
    handover_id = fields.Many2one(
        "party.handover", readonly=True, index="btree_not_null"
    )
    is_current = fields.Boolean(compute="_compute_is_current")
    company_id = fields.Many2one(related="board_id.company_id")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "An assignment cannot end before it begins."
    )
    _one_primary = models.Constraint(
        "EXCLUDE USING gist (board_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (role = 'primary')",
        "The board already has a primary accountant in that period. Close the earlier "
        "assignment first, or use a hand-over.",
    )
    _one_role_a_person = models.Constraint(
        "EXCLUDE USING gist (board_id WITH =,"
        " user_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This accountant is already assigned to the board in that period.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        current = self._filter_on(local_today(self.env))
        for assignment in self:
            assignment.is_current = assignment in current

    @api.constrains("user_id")
    def _check_user_is_accountant(self):
        for assignment in self:
            if not assignment.user_id.has_group("party_office_base.group_accountant"):
                raise ValidationError(
                    self.env._(
                        "%(user)s does not have the role of accountant. "
                        "Give the role first.",
                        user=assignment.user_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # an end date written just before must reach the database before the new row,
        # or the exclusion constraint sees an overlap that is none
        self.flush_model()
        assignments = super().create(vals_list)
        self.env["party.board"]._scope_changed()
        return assignments

    def write(self, vals):
        if {"board_id", "user_id", "role", "date_from"} & vals.keys():
            self._check_not_begun()
        result = super().write(vals)
        self.env["party.board"]._scope_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["party.board"]._scope_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_future(self):
        self._check_not_begun()

    def _check_not_begun(self):
        """Refuse to rewrite history: what began today can still be corrected.

        :raises UserError: when the assignment began before today
        """
        today = local_today(self.env)
        if any(assignment.date_from < today for assignment in self):
            raise UserError(
                self.env._(
                    "An assignment that has begun is history. Give it an "
                    "end date instead."
                )
            )

    def _filter_on(self, day):
        """Return the assignments in force on a day (``date``)."""
        return self.filtered(
            lambda a: (
                a.date_from
                and a.date_from <= day
                and (not a.date_to or a.date_to >= day)
            )
        )
