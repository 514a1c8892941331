from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local_today

from .party_document_draft import AUTHORITIES


class PartySigningPower(models.Model):
    """Who may sign which papers of a body, and what is printed above the signature.

    The head of the unit whose papers they are signs in his own right without a row, his
    deputy in his place (K/T); everybody else needs one (Guidance 36-HD/VPTW, II.7).
    """

    _name = "party.signing.power"
    _description = "Power to Sign"
    _order = "body_id, sequence, id"
    _rec_name = "user_id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    user_id = fields.Many2one("res.users", string="Signer", required=True, index=True)
    body_id = fields.Many2one(
        "party.issuing.body", required=True, index=True, check_company=True
    )
    authority = fields.Selection(AUTHORITIES, required=True, default="self")
    position = fields.Char(
        required=True, help="Printed above the signature, e.g. CHÁNH VĂN PHÒNG."
    )
    kind_ids = fields.Many2many(
        "party.document.kind", string="Kinds of papers", help="Empty: all kinds."
    )
    basis = fields.Char(help="Decision or working regulations that give the power.")
    date_from = fields.Date(required=True, default=lambda self: local_today(self.env))
    date_to = fields.Date()
    company_id = fields.Many2one(related="body_id.company_id", store=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A power cannot end before it begins.",
    )

    @api.model
    def _of(self, draft, day):
        """Return the powers of a draft's signer for its body and kind on a day."""
        # everybody who drafts needs to know who may sign
        powers = self.sudo().search(
            [
                ("user_id", "=", draft.signer_id.id),
                ("body_id", "=", draft.body_id.id),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return powers.filtered(
            lambda power: not power.kind_ids or draft.kind_id in power.kind_ids
        )
