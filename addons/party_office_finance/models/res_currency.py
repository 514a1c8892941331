from odoo import models
from odoo.tools import get_lang

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words


class ResCurrency(models.Model):
    """Amounts of đồng in Vietnamese words, wherever core writes them."""

    _inherit = "res.currency"

    def amount_to_text(self, amount):
        """Return the amount in words; in Vietnamese as on a voucher."""
        self.ensure_one()
        if self.name == "VND" and get_lang(self.env).iso_code == "vi":
            return amount_in_words(round(amount))
        return super().amount_to_text(amount)
