from odoo import api, fields, models
from odoo.fields import Domain

from ..rules.search_text import LONGEST, fold, query_parts


class PartyDocument(models.Model):
    """Search for the words of a paper and of its files."""

    _inherit = "party.document"
    _rec_names_search = ["search_text"]

    text_ids = fields.One2many("party.document.text", "document_id", readonly=True)
    search_text = fields.Char(
        string="Words in the paper",
        compute="_compute_search_text",
        search="_search_search_text",
        help="Words of number, symbol, sender, abstract, note and of the files, with "
        "or without tone marks. All words must be there; words in quotes stand "
        "together.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"text_ids"}

    def _compute_search_text(self):
        self.search_text = False

    @api.model
    def _search_search_text(self, operator, value):
        if operator in ("not ilike", "not like", "!=", "not in"):
            return NotImplemented
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        return Domain.OR(self._text_domain(str(text or "")) for text in values)

    @api.model
    def _text_domain(self, text):
        parts = query_parts(text.strip("%"))
        if not parts:
            # signs only: there is no such word
            return Domain.FALSE if text.strip() else Domain.TRUE
        texts = self.env["party.document.text"]
        texts.flush_model(["document_id", "head", "body"])
        return Domain("id", "in", texts._matching(parts))

    # -------------------------------------------------------------- the words
    @api.model
    def _text_fields(self):
        """Return the names (``list``) of the fields whose words are found."""
        return ["name", "symbol", "abstract", "sender_id", "signer_name", "note"]

    def _text_head(self):
        """Return the words of the register."""
        self.ensure_one()
        values = [
            self[name].display_name if self._fields[name].relational else self[name]
            for name in self._text_fields()
        ]
        return fold(" ".join(value for value in values if value))[:LONGEST]

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        # derived data: nobody writes it by hand
        self.env["party.document.text"].sudo().create(
            [
                {"document_id": document.id, "head": document._text_head()}
                for document in documents.sudo()
                if not document.is_secret
            ]
        )
        return documents

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & set(self._text_fields()):
            self._sync_text_head()
        return result

    def _sync_text_head(self):
        """Bring the words of the register in line with the papers."""
        for text in self.env["party.document.text"]._of(self):
            head = text.document_id._text_head()
            if head != text.head:
                text.head = head
