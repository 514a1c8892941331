from odoo import fields, models

WORDS = [
    ("question", "Ask the asker"),
    ("answer", "Answer"),
    ("hand_over", "Hand over"),
    ("estimate", "Name the cost"),
    ("finish", "Done"),
    ("reopen", "Not right yet"),
    ("refuse", "Refuse"),
    ("cancel", "Take back"),
    ("claim", "Make the payment claim"),
]


class PartyServiceWord(models.TransientModel):
    """Asks for the words, the person or the amount of an action on a request."""

    _name = "party.service.word"
    _description = "Word on a Service Request"

    request_id = fields.Many2one(
        "party.service.request", required=True, ondelete="cascade"
    )
    word = fields.Selection(WORDS, string="Action", required=True)
    text = fields.Text(string="Words")
    user_id = fields.Many2one(
        "res.users", string="To whom", domain=[("share", "=", False)]
    )
    currency_id = fields.Many2one(related="request_id.currency_id")
    amount = fields.Monetary(string="Cost")
    partner_id = fields.Many2one("res.partner", string="Paid to")

    def action_do(self):
        """Do it; the request checks the right to."""
        self.ensure_one()
        request, text = self.request_id, self.text or ""
        if self.word == "hand_over":
            request.action_hand_over(self.user_id.id, text)
        elif self.word == "estimate":
            request.action_estimate(self.amount)
        elif self.word == "claim":
            request.action_claim(self.partner_id.id, text)
        else:
            getattr(request, f"action_{self.word}")(text)
        return {"type": "ir.actions.act_window_close"}


class PartyServiceRequest(models.Model):
    _inherit = "party.service.request"

    def _open_word(self, word):
        self.ensure_one()
        labels = dict(
            self.env["party.service.word"]
            ._fields["word"]
            ._description_selection(self.env)
        )
        return {
            "type": "ir.actions.act_window",
            "name": labels[word],
            "res_model": "party.service.word",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "default_word": word},
        }

    def action_open_question(self):
        """Ask for the question."""
        return self._open_word("question")

    def action_open_answer(self):
        """Ask for the answer."""
        return self._open_word("answer")

    def action_open_hand_over(self):
        """Ask to whom, and why."""
        return self._open_word("hand_over")

    def action_open_estimate(self):
        """Ask for the amount."""
        return self._open_word("estimate")

    def action_open_finish(self):
        """Ask what was done."""
        return self._open_word("finish")

    def action_open_reopen(self):
        """Ask what is still wrong."""
        return self._open_word("reopen")

    def action_open_refuse(self):
        """Ask why."""
        return self._open_word("refuse")

    def action_open_claim(self):
        """Ask who is paid, by which invoice."""
        return self._open_word("claim")

    def action_open_cancel(self):
        """Ask why; a draft is taken back at once."""
        if self.state == "draft":
            return self.action_cancel()
        return self._open_word("cancel")
