from odoo import fields, models


class PartyDocumentFormCheck(models.TransientModel):
    """The list of parts that the checker of the form looks through."""

    _name = "party.document.form.check"
    _description = "Check of the Form"

    draft_id = fields.Many2one("party.document.draft", required=True)
    content_hash = fields.Char(required=True)
    fault_ids = fields.Many2many("party.form.item", string="What is wrong")
    note = fields.Text(string="What to change")

    def action_confirm(self):
        """Pass the draft on, or return it with the faults; the draft checks who may."""
        self.ensure_one()
        draft = self.draft_id.with_context(approval_seen=self.content_hash)
        draft.action_check_form(self.fault_ids.ids, self.note or "")
        return {"type": "ir.actions.act_window_close"}
