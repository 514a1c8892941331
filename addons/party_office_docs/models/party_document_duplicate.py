from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules.symbol import compare_key, days_of_the_same

#: more of the same are not shown
SHOWN = 5


class PartyDocument(models.Model):
    """The same paper that comes in twice: same symbol, same sender.

    It is shown before the paper is registered; registering it anyway takes a reason.
    """

    _inherit = "party.document"

    symbol_key = fields.Char(
        compute="_compute_symbol_key",
        store=True,
        help="The symbol as it is compared: no tone marks, spaces or leading zeros.",
    )
    duplicate_ids = fields.Many2many(
        "party.document",
        compute="_compute_duplicate_ids",
        string="Same paper",
        help="Registered papers with the same symbol and sender.",
    )
    duplicate_reason = fields.Char(
        copy=False, help="Why a paper that is in the book already is registered again."
    )

    _symbol_idx = models.Index("(sender_id, symbol_key) WHERE symbol_key IS NOT NULL")

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"duplicate_reason"}

    @api.depends("symbol")
    def _compute_symbol_key(self):
        for document in self:
            document.symbol_key = compare_key(document.symbol or "") or False

    @api.depends("symbol_key", "sender_id", "document_date", "direction")
    def _compute_duplicate_ids(self):
        for document in self:
            # a form shows one paper: one query over the index
            document.duplicate_ids = document._find_duplicates(
                document.symbol,
                document.sender_id,
                document.document_date,
                document.body_id,
                document._origin,
            )

    @api.model
    def _find_duplicates(self, symbol, sender, day, body=None, but=None):
        """Return the registered papers with a symbol and sender, the first one first.

        :param str symbol: as it was typed
        :param sender: ``party.correspondent``
        :param day: date of the paper, or False
        :param body: ``party.issuing.body`` whose book it is
        :param but: papers that do not count
        """
        key = compare_key(symbol or "")
        if not (key and sender):
            return self.browse()
        domain = (
            Domain("symbol_key", "=", key)
            & Domain("sender_id", "=", sender.id)
            & Domain("direction", "=", "in")
            & Domain("state", "not in", ("received", "cancelled", "sent_back"))
        )
        if body:
            # each body keeps a book of its own: a paper may be sent to two of them
            domain &= Domain("body_id", "=", body.id)
        if but:
            domain &= Domain("id", "not in", but.ids)
        span = days_of_the_same(symbol, day or None)
        if span:
            domain &= Domain("document_date", "=", False) | Domain(
                "document_date", ">=", span[0]
            ) & Domain("document_date", "<=", span[1])
        return self.search(domain, order="registered_at, id", limit=SHOWN)

    def _check_can_register(self):
        result = super()._check_can_register()
        if self.is_secret or (self.duplicate_reason or "").strip():
            return result
        # the clerk reads every paper; the field of the form may be stale here
        first = self._find_duplicates(
            self.symbol, self.sender_id, self.document_date, self.body_id, self
        )[:1]
        if first:
            raise UserError(
                self.env._(
                    "%(symbol)s of %(sender)s was registered already as %(number)s. "
                    "Say why it is registered again, or delete this one.",
                    symbol=self.symbol,
                    sender=self.sender_id.name,
                    number=first.name,
                )
            )
        return result

    def action_open_first(self):
        """Open the paper that was registered first."""
        self.ensure_one()
        first = self.duplicate_ids[:1]
        if not first:
            raise UserError(self.env._("There is no other paper with this symbol."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": first.id,
            "views": [(False, "form")],
            "name": first.display_name,
        }
