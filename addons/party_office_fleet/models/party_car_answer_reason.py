from odoo import fields, models

ANSWERS_WITH_REASON = [
    ("declined", "No car"),
    ("hired", "Car hired outside"),
    ("lump", "Lump sum instead of a car"),
    ("shift", "Another time"),
]


class PartyCarAnswerReason(models.Model):
    """Why a request gets no car of the office at its time: one list, so that it can be
    counted, each with an answer that is ready to send."""

    _name = "party.car.answer.reason"
    _description = "Reason of an Answer"
    _order = "answer, sequence, id"

    code = fields.Char(required=True)
    answer = fields.Selection(ANSWERS_WITH_REASON, required=True)
    name = fields.Char(string="Reason", required=True, translate=True)
    text = fields.Char(
        string="Prepared answer",
        translate=True,
        help="What the requester reads; the dispatcher may change it.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a reason with this code."
    )
