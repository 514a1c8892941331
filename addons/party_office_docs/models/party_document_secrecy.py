from odoo import api, models


class PartyDocument(models.Model):
    """A secret paper is at most a line with number, kind and date."""

    _name = "party.document"
    # the gate is the outermost: nothing is logged about a secret paper
    _inherit = ["party.secrecy.mixin", "party.document"]

    _secret_is_stub = models.Constraint(
        "CHECK (secrecy = 'none' OR (abstract IS NULL AND symbol IS NULL"
        " AND sender_id IS NULL AND signer_name IS NULL AND instruction IS NULL"
        " AND note IS NULL AND director_id IS NULL AND lead_board_id IS NULL"
        " AND state IN ('received', 'secret')))",
        "A secret paper keeps number, kind and date only.",
    )

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {
            "abstract",
            "symbol",
            "sender_id",
            "signer_name",
            "attachment_ids",
            "instruction",
            "note",
        }
