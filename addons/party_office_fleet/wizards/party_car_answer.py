from odoo import api, fields, models

from ..models.party_car_answer_reason import ANSWERS_WITH_REASON


class PartyCarAnswer(models.TransientModel):
    """Asks for the reason of an answer other than a car of the office."""

    _name = "party.car.answer"
    _description = "Answer to a Car Request"

    request_id = fields.Many2one("party.car.request", required=True, ondelete="cascade")
    answer = fields.Selection(ANSWERS_WITH_REASON, required=True)
    reason_id = fields.Many2one(
        "party.car.answer.reason",
        string="Reason",
        required=True,
        domain="[('answer', '=', answer)]",
        ondelete="cascade",
    )
    note = fields.Char(
        string="What the requester reads",
        compute="_compute_note",
        store=True,
        readonly=False,
    )
    supplier = fields.Char(string="Hired from")
    currency_id = fields.Many2one(related="request_id.currency_id")
    amount = fields.Monetary(string="Price")
    start = fields.Datetime(string="Leave")
    stop = fields.Datetime(string="Back")

    @api.depends("reason_id")
    def _compute_note(self):
        for wizard in self:
            wizard.note = wizard.reason_id.text or wizard.reason_id.name

    def action_answer(self):
        """Give the answer; the request checks the right to."""
        self.ensure_one()
        request, reason, note = self.request_id, self.reason_id.id, self.note or ""
        if self.answer == "declined":
            request.action_decline(reason, note)
        elif self.answer == "hired":
            request.action_hire(reason, note, self.supplier or "", self.amount)
        elif self.answer == "lump":
            request.action_lump(reason, note)
        else:
            request.action_shift(self.start, self.stop, reason, note)
        return {"type": "ir.actions.act_window_close"}
