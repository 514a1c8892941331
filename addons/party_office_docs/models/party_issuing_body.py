from odoo import fields, models


class PartyIssuingBody(models.Model):
    """A body that issues papers under its own name and keeps its own books.

    A provincial Party committee, its office, a board, a steering committee, a congress.
    """

    _name = "party.issuing.body"
    _description = "Issuing Body"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="As printed at the top left of its papers.")
    code = fields.Char(
        string="Suffix", required=True, help="As written in the number, e.g. TU, VPTU."
    )
    superior = fields.Char(
        string="Superior body", help="Printed above the name, e.g. TỈNH ỦY …"
    )
    place = fields.Char(help="Place of issue, printed before the date.")
    board_id = fields.Many2one(
        "party.board",
        string="Unit",
        required=True,
        index=True,
        ondelete="restrict",
        help="Whose papers these are; it reads all of them.",
    )
    receives = fields.Boolean(
        string="Keeps a book of incoming papers",
        default=True,
    )
    is_congress = fields.Boolean(
        string="Congress",
        help="All kinds share one series from the opening to the closing "
        "(Guidance 36-HD/VPTW, II.1.3).",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (company_id, code)", "Two bodies may not share a suffix."
    )

    def _book(self, kind):
        """Return the name (``str``) of the book that numbers a kind of paper."""
        self.ensure_one()
        return self.code if self.is_congress else f"{self.code}/{kind.code}"
