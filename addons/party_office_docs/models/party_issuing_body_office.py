from odoo import fields, models


class PartyIssuingBody(models.Model):
    """Who at the office works on the papers of a body."""

    _inherit = "party.issuing.body"

    clerk_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        help="Gives the numbers and sends the papers; empty: the clerk of the office.",
    )
    form_checker_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        help="Checks the form of papers before they are signed; empty: the clerk.",
    )

    def _clerk(self):
        """Return the one person (``res.users``) who numbers the papers of this body."""
        self.ensure_one()
        if self.clerk_id.active:
            return self.clerk_id
        clerks = self.env.ref("party_office_base.group_clerk").all_user_ids
        in_company = clerks.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        return in_company.sorted("id")[:1]

    def _form_checkers(self):
        """Return who checks the form (``res.users``), the proper person first."""
        self.ensure_one()
        return self.form_checker_id | self._clerk()
