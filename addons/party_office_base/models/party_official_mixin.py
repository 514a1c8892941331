from odoo import api, fields, models
from odoo.exceptions import UserError

LAYER_SELECTION = [
    ("national", "National"),
    ("province", "Province"),
    ("internal", "Internal rules"),
]


class PartyOfficialMixin(models.AbstractModel):
    """Rows that come with the software are the law's, not the office's.

    A row that a module's data file brought (it has an xmlid of a module) is official:
    a user may close it by date and confirm that he checked it, nothing else. An
    office that needs another value adds its own row, in its own layer. Superuser
    mode (data files, migrations) is free.
    """

    _name = "party.official.mixin"
    _description = "Official Row"

    is_official = fields.Boolean(
        string="Official",
        compute="_compute_is_official",
        compute_sudo=True,
        help="It came with the software. It can be closed by date, not changed.",
    )

    @api.model
    def _official_editable_fields(self):
        """Fields a user may write on an official row.

        :return: set of field names
        """
        return {"date_to", "message_follower_ids", "activity_ids", "message_ids"}

    def _compute_is_official(self):
        rows = self.env["ir.model.data"].search_fetch(
            [
                ("model", "=", self._name),
                ("res_id", "in", self._origin.ids),
                # what a user imported or exported is his own
                ("module", "not in", ("__import__", "__export__", "__custom__")),
            ],
            ["res_id"],
        )
        official_ids = set(rows.mapped("res_id"))
        for row in self:
            row.is_official = row._origin.id in official_ids

    def write(self, vals):
        if not self.env.su and set(vals) - self._official_editable_fields():
            self._check_not_official()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        if not self.env.su:
            self._check_not_official()

    def _check_not_official(self):
        """:raise UserError: one of the rows is official"""
        official = self.filtered("is_official")[:1]
        if official:
            raise UserError(
                self.env._(
                    "%(name)s is an official row: close it by date and add your own.",
                    name=official.display_name,
                )
            )
