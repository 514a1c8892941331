from odoo import api, fields, models


class PartyCorrespondent(models.Model):
    """An organisation that sends papers to us or receives ours.

    The clerk adds one by typing its name.
    """

    _name = "party.correspondent"
    _description = "Correspondent"
    _order = "name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    name_key = fields.Char(compute="_compute_name_key", store=True)
    code = fields.Char(
        string="Suffix",
        help="What stands behind the slash in the numbers of its papers, e.g. UBND: "
        "the sender is known from it.",
    )
    email = fields.Char(string="E-mail")
    parent_id = fields.Many2one(
        "party.correspondent", string="Superior body", index="btree_not_null"
    )
    board_id = fields.Many2one(
        "party.board",
        string="Own board",
        index="btree_not_null",
        help="When it is one of the boards that the office serves.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name_key)", "There is already a correspondent with this name."
    )
    _named = models.Constraint(
        "CHECK (trim(name) <> '')", "A correspondent has a name."
    )

    @api.depends("name")
    def _compute_name_key(self):
        for correspondent in self:
            correspondent.name_key = self._key(correspondent.name)

    @api.model
    def _key(self, name):
        """Return a name as it is compared: spaces and capitals do not matter."""
        return " ".join((name or "").split()).casefold()

    @api.model
    def name_create(self, name):
        """Return the correspondent of this name; a new one only when there is none."""
        known = self.with_context(active_test=False).search(
            [
                ("name_key", "=", self._key(name)),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        if known:
            return known.id, known.display_name
        return super().name_create(" ".join((name or "").split()))
