from odoo import fields, models


class PartyIssuingBody(models.Model):
    """How those who sign for the body are called."""

    _inherit = "party.issuing.body"

    collective = fields.Char(
        string="Signs for (T/M)",
        help="In whose name its papers are signed, e.g. Ban Thường vụ.",
    )
    head_title = fields.Char(
        string="Title of the head",
        help="Whom a deputy signs for (K/T), e.g. Trưởng Ban.",
    )
