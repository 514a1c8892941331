from odoo import fields, models

SOURCES = [
    ("accounting_date", "Accounting date"),
    ("voucher_date", "Date of the voucher"),
    ("voucher_number", "Number of the voucher"),
    ("voucher_kind", "Kind of voucher"),
    ("entry_number", "Number of the journal entry"),
    ("claim_number", "Number of the claim"),
    ("description", "Description of the voucher"),
    ("line_description", "Description of the line"),
    ("debit_account", "Debit account"),
    ("credit_account", "Credit account"),
    ("amount", "Amount"),
    ("fund_code", "Fund"),
    ("allotment", "Way the money is given"),
    ("chapter", "Chapter"),
    ("category", "Category"),
    ("item_code", "Item"),
    ("sub_item_code", "Sub-item"),
    ("board_code", "Board, code"),
    ("board_name", "Board, name"),
    ("partner_code", "Partner, code"),
    ("partner_name", "Partner, name"),
    ("invoice_number", "Invoice number"),
    ("constant", "Always the same text"),
]


class PartyLedgerExportColumn(models.Model):
    """One column of the file for the ledger program: its heading and what it holds.

    Programs and their versions expect different headings; the office adapts them
    here, without a programmer.
    """

    _name = "party.ledger.export.column"
    _description = "Column of the Ledger Export"
    _order = "sequence, id"
    _rec_name = "header"

    sequence = fields.Integer(default=10)
    header = fields.Char(
        required=True, help="Written as it stands here, in every language."
    )
    source = fields.Selection(SOURCES, string="Content", required=True)
    constant = fields.Char(
        string="Text", help="What the column holds when it is always the same text."
    )
    width = fields.Integer(string="Width in characters", default=14)
    verified = fields.Boolean(
        help="Set when the heading was checked against the template of the program in "
        "use."
    )
    note = fields.Char()
    active = fields.Boolean(default=True)

    _width_plausible = models.Constraint(
        "CHECK (width BETWEEN 1 AND 200)",
        "A column is between 1 and 200 characters wide.",
    )
