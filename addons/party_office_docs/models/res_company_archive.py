from odoo import fields, models


class ResCompany(models.Model):
    """The one person who keeps the archive of the office."""

    _inherit = "res.company"

    archivist_id = fields.Many2one(
        "res.users",
        help="Takes files over, hands them out on loan, and is told when a closed file "
        "is not what was sealed. Without one: the clerk.",
    )

    def _archivist(self):
        """Return the person (``res.users``) who keeps the archive.

        Named in the settings, else the clerk who has been here longest; empty when the
        office has no clerk.
        """
        self.ensure_one()
        # who keeps the archive is no secret, the list of all users' groups is
        company = self.sudo()
        named = company.archivist_id
        if named.active:
            return named
        clerks = self.env.ref("party_office_base.group_clerk").sudo().all_user_ids
        return clerks.filtered(lambda u: u.active and company in u.company_ids).sorted(
            "id"
        )[:1]
