from odoo import api, fields, models

#: A model of another addon repeats these, so that its addon translates them.
CHECK_STATES = [("verified", "Verified"), ("unverified", "Not verified")]


class PartyVerifiedMixin(models.AbstractModel):
    """Facts that are shown as law only after somebody checked them.

    ``verified`` is what the data file (or the one who entered the row) says. On an
    official row an upgrade writes it again, so what the office checked itself is
    kept apart, in ``checked_by_id``.
    """

    _name = "party.verified.mixin"
    _description = "Verified Fact"

    verified = fields.Boolean(help="Checked against the text of the regulation.")
    verify_note = fields.Text(
        string="To Be Checked",
        translate=True,
        help="What has to be checked before it is relied on.",
    )
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    checked_on = fields.Date(readonly=True, copy=False)
    needs_check = fields.Boolean(
        string="Not Verified", compute="_compute_needs_check", store=True
    )

    check_state = fields.Selection(
        CHECK_STATES,
        string="Checked",
        compute="_compute_check_state",
        help="For the badge on lists.",
    )

    @api.depends("verified", "checked_by_id")
    def _compute_needs_check(self):
        for row in self:
            row.needs_check = not (row.verified or row.checked_by_id)

    @api.depends("needs_check")
    def _compute_check_state(self):
        for row in self:
            row.check_state = "unverified" if row.needs_check else "verified"

    def action_confirm_checked(self):
        """Record that the user checked the text; the "not verified" mark goes.

        :raise AccessError: the user may not write these rows
        """
        self.check_access("write")
        # superuser mode: official rows are closed to every other change
        self.sudo().write(
            {
                "checked_by_id": self.env.uid,
                "checked_on": fields.Date.context_today(self),
            }
        )
