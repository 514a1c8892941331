from odoo import fields, models
from odoo.tools import SQL

#: papers that are named one by one
FEW = 2000


class PartyDocumentText(models.Model):
    """The words of a paper and of its files, as the search compares them.

    One row per paper. The database keeps the words as ``tsvector`` with an index, so a
    search among 165,000 papers reads the hits only.
    """

    _name = "party.document.text"
    _description = "Text of a Paper"
    _inherit = ["party.secret.content.mixin"]
    _rec_name = "document_id"

    document_id = fields.Many2one(
        "party.document", string="Paper", required=True, ondelete="cascade"
    )
    head = fields.Text(
        string="Words of the register", help="Lower case, without tone marks."
    )
    body = fields.Text(
        string="Words of the files", help="Lower case, without tone marks."
    )

    _document_unique = models.UniqueIndex("(document_id)")

    def init(self):
        """Create the column of words and its index."""
        result = super().init()
        self.env.cr.execute(
            """
            ALTER TABLE party_document_text ADD COLUMN IF NOT EXISTS words tsvector
                GENERATED ALWAYS AS (to_tsvector('simple'::regconfig,
                    coalesce(head, '') || ' ' || coalesce(body, ''))) STORED;
            CREATE INDEX IF NOT EXISTS party_document_text_words_idx
                ON party_document_text USING gin (words) WITH (fastupdate = off);
            """
        )
        return result

    def _of(self, documents):
        """Return the rows of some papers, in superuser mode: derived data."""
        return self.sudo().search([("document_id", "in", documents.ids)])

    def _matching(self, parts):
        """Return the papers that contain all phrases, to search ``id`` in.

        Few are named by their ids: the planner cannot know how rare words are together,
        and would walk through the whole book for them. Of words that stand in many
        papers the first page is found soon on that walk.

        :param parts: phrases of folded words
        :return: list of ids, or SQL
        """
        query = SQL(" && ").join(
            SQL("phraseto_tsquery('simple', %s)", part) for part in parts
        )
        found = SQL(
            "SELECT document_id FROM party_document_text WHERE words @@ (%s)", query
        )
        rows = self.env.execute_query(SQL("%s LIMIT %s", found, FEW + 1))
        return [row[0] for row in rows] if len(rows) <= FEW else SQL("(%s)", found)
