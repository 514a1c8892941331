from odoo import fields, models


class PartyArchiveTakeBack(models.TransientModel):
    """What was counted when a file came back from loan."""

    _name = "party.archive.take.back"
    _description = "Take a File Back"

    loan_id = fields.Many2one("party.archive.loan", required=True, readonly=True)
    expected = fields.Integer(
        string="Sheets when closed", related="loan_id.file_id.sheet_count"
    )
    sheets = fields.Integer(string="Sheets counted")
    note = fields.Char(string="What was found")

    def action_take_back(self):
        """Take the file back with what was counted."""
        self.ensure_one()
        self.loan_id.action_take_back(self.sheets, self.note or "")
        return {"type": "ir.actions.act_window_close"}
