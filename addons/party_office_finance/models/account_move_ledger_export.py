from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class AccountMove(models.Model):
    """Which entries the ledger program already has."""

    # a concept of its own has a file of its own
    _inherit = "account.move"  # pylint: disable=consider-merging-classes-inherited

    party_exported = fields.Boolean(
        string="Exported",
        compute="_compute_party_exported",
        search="_search_party_exported",
        help="The entry was written to a file for the ledger program and has not been "
        "taken back since.",
    )

    def _compute_party_exported(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT move_id FROM party_ledger_export_log_move_rel "
                "WHERE move_id IN %s",
                tuple(self.ids) or (0,),
            )
        )
        exported = {row[0] for row in rows}
        for move in self:
            move.party_exported = move.id in exported

    @api.model
    def _search_party_exported(self, operator, value):
        if operator != "in":
            return NotImplemented
        exported = Domain(
            "id", "in", SQL("(SELECT move_id FROM party_ledger_export_log_move_rel)")
        )
        return exported if True in value else ~exported

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "posted") != "posted":
            # logs are written by nobody; they follow their entries
            self.env["party.ledger.export.log"].sudo()._take_back(self)
        return result
