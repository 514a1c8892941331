from odoo import fields, models

from ..models.party_document_opinion import ANSWERS


class PartyDocumentOpinionAsk(models.TransientModel):
    """Asks which units give their opinion, and until when."""

    _name = "party.document.opinion.ask"
    _description = "Ask for Opinions"

    draft_id = fields.Many2one("party.document.draft", required=True)
    board_ids = fields.Many2many("party.board", string="Units", required=True)
    deadline = fields.Date(required=True)

    def action_confirm(self):
        """Ask; the draft checks who may."""
        self.ensure_one()
        self.draft_id.action_ask_opinions(self.board_ids.ids, self.deadline)
        return {"type": "ir.actions.act_window_close"}


class PartyDocumentOpinionAnswer(models.TransientModel):
    """An opinion in words."""

    _name = "party.document.opinion.answer"
    _description = "Give an Opinion"

    opinion_id = fields.Many2one(
        "party.document.opinion", string="Asked about", required=True
    )
    answer = fields.Selection(ANSWERS, required=True, default="changes")
    text = fields.Text(string="Opinion")
    attachment_ids = fields.Many2many("ir.attachment", string="Papers")

    def action_confirm(self):
        """Answer; the opinion checks who may. What was typed here does not stay."""
        self.ensure_one()
        self.opinion_id.action_answer(
            self.answer, self.text or "", self.attachment_ids.ids
        )
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
