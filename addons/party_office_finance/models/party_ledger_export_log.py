from odoo import api, fields, models
from odoo.tools import SQL


class PartyLedgerExportLog(models.Model):
    """What was exported to the ledger program, by whom and when, with the file.

    Nobody writes it: the export makes it. Who lost one of its boards loses the file.
    """

    _name = "party.ledger.export.log"
    _description = "Export to the Ledger Program"
    _order = "id desc"

    name = fields.Char(string="File name", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Exported by",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    exported_at = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    fund_ids = fields.Many2many("party.fund", string="Funds", readonly=True)
    board_ids = fields.Many2many(
        "party.board",
        string="Boards",
        readonly=True,
        help="The boards of its entries: they decide who may open the file.",
    )
    entry_count = fields.Integer(string="Entries", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    amount = fields.Monetary(
        string="Sum", readonly=True, help="Sum of the amounts of all rows."
    )
    checksum = fields.Char(
        readonly=True,
        help="SHA-256 of the content of all rows: the same entries give the same "
        "checksum.",
    )
    file = fields.Binary(attachment=True, readonly=True)
    move_ids = fields.Many2many(
        "account.move",
        "party_ledger_export_log_move_rel",
        "log_id",
        "move_id",
        string="Journal entries",
        readonly=True,
    )
    taken_back_move_ids = fields.Many2many(
        "account.move",
        "party_ledger_export_log_taken_back_rel",
        "log_id",
        "move_id",
        string="Taken back since",
        readonly=True,
        help="Entries that are in the file and were reset to draft or cancelled later: "
        "delete them in the ledger program.",
    )
    taken_back_count = fields.Integer(
        compute="_compute_taken_back_count", string="Taken back"
    )

    def _compute_taken_back_count(self):
        counts = dict(
            self.env.execute_query(
                SQL(
                    "SELECT log_id, count(*) FROM "
                    "party_ledger_export_log_taken_back_rel "
                    "WHERE log_id IN %s GROUP BY log_id",
                    tuple(self.ids) or (0,),
                )
            )
        )
        for log in self:
            log.taken_back_count = counts.get(log.id, 0)

    @api.model
    def _take_back(self, moves):
        """Note that exported entries are not posted any more.

        They count as not exported again, so that their next posting is not missed.
        """
        if not moves.ids:
            return
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM party_ledger_export_log_move_rel WHERE move_id IN %s "
                "RETURNING log_id, move_id",
                tuple(moves.ids),
            )
        )
        if not rows:
            return
        self.env.cr.execute_values(
            "INSERT INTO party_ledger_export_log_taken_back_rel (log_id, move_id) "
            "VALUES %s ON CONFLICT DO NOTHING",
            rows,
        )
        self.browse({row[0] for row in rows}).invalidate_recordset()
        moves.invalidate_recordset(["party_exported"])

    def action_open_entries(self):
        """Open the entries of the file."""
        self.ensure_one()
        return self._entries_action(self.move_ids)

    def action_open_taken_back(self):
        """Open the entries that were taken back since."""
        self.ensure_one()
        return self._entries_action(self.taken_back_move_ids)

    def _entries_action(self, moves):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", moves.ids)],
        }
