import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules.ledger import COUNTERS

KINDS = [
    ("allocate", "Allocation"),
    ("supplement", "Supplement"),
    ("reduce", "Reduction"),
    ("transfer", "Transfer"),
    ("crossing", "Crossing between funds"),
    ("withhold", "Withholding"),
    ("restore", "Release of what is withheld"),
    ("cancel", "Cancellation of estimate"),
    ("carry_over", "Carry-over to next year"),
    ("hold", "Hold"),
    ("release", "Release of a hold"),
    ("advance", "Advance"),
    ("settle", "Settlement of an advance"),
    ("return", "Return of an advance"),
    ("spend", "Spending"),
    ("reverse", "Reversal"),
]


class PartyBudgetMove(models.Model):
    """The append-only ledger of the budget lines.

    Rows are written by ``party.budget.line._book`` and by nothing else; a trigger of
    the database refuses UPDATE, DELETE and TRUNCATE. A migration that must touch old
    rows has to disable the trigger on purpose.
    """

    _name = "party.budget.move"
    _inherit = ["party.append.only.mixin"]
    _description = "Budget Ledger"
    _order = "id desc"
    _rec_name = "document_name"

    line_id = fields.Many2one(
        "party.budget.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # copies of the line: a stored related field would update rows after the insertion
    board_id = fields.Many2one(
        "party.board", required=True, readonly=True, index=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    fund_id = fields.Many2one(
        "party.fund", required=True, readonly=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "party.budget.item", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    delta_allocated = fields.Monetary(string="Allocated", readonly=True)
    delta_held = fields.Monetary(string="Held", readonly=True)
    delta_advanced = fields.Monetary(string="Advanced", readonly=True)
    delta_spent = fields.Monetary(string="Spent", readonly=True)
    res_model = fields.Char(string="Document model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document id", model_field="res_model", readonly=True
    )
    document_name = fields.Char(string="Document", readonly=True)
    account_move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    account_move_line_id = fields.Many2one(
        "account.move.line",
        string="Journal item",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Done by", required=True, readonly=True, ondelete="restrict"
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Requested by", readonly=True, ondelete="restrict"
    )
    note = fields.Char(readonly=True)

    _document_idx = models.Index("(res_model, res_id)")
    # the book of a line in its order, and the few rows that make an estimate
    _line_date_idx = models.Index("(line_id, date, id)")
    _allocated_idx = models.Index("(line_id, date) WHERE delta_allocated <> 0")

    def _message_append_only(self):
        return self.env._(
            "The budget ledger is append-only: a mistake is corrected by a new row."
        )

    def _append(self, entries):
        """Insert the rows of entries whose counters have just been moved.

        Private to ``party.budget.line._book``.
        """
        lines = {
            line.id: line
            for line in self.env["party.budget.line"].browse(
                {entry.line_id for entry in entries}
            )
        }
        items = self.env["account.move.line"].browse(
            {entry.move_line_id for entry in entries if entry.move_line_id}
        )
        move_by_item = {item.id: item.move_id.id for item in items}
        today = fields.Date.context_today(self)
        rows = [
            self._prepare_row(entry, lines[entry.line_id], move_by_item, today)
            for entry in entries
        ]
        with self._appending():
            moves = self.create(rows)
        self.env["party.budget.month"]._add(moves)
        return moves

    def _prepare_row(self, entry, line, move_by_item, today):
        model, res_id = entry.document
        return {
            "line_id": line.id,
            "board_id": line.board_id.id,
            "year": line.year,
            "fund_id": line.fund_id.id,
            "item_id": line.item_id.id,
            "company_id": line.company_id.id,
            "date": entry.day or today,
            "kind": entry.kind,
            **{f"delta_{name}": getattr(entry, name) for name in COUNTERS},
            "res_model": model or False,
            "res_id": res_id or False,
            "document_name": entry.document_name,
            "account_move_line_id": entry.move_line_id or False,
            "account_move_id": move_by_item.get(entry.move_line_id, False),
            "user_id": self.env.uid,
            "requested_by_id": entry.requester_id or False,
            "note": entry.note,
        }

    @api.model
    def _open_documents(self, lines):
        """Return which documents hold money of these lines.

        :returns: ``{line id: [(name, held, advanced, model, id)]}``, largest first
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, max(document_name), sum(delta_held),
                       sum(delta_advanced), res_model, res_id
                  FROM party_budget_move
                 WHERE line_id IN %s
              GROUP BY line_id, res_model, res_id
                HAVING sum(delta_held) <> 0 OR sum(delta_advanced) <> 0
              ORDER BY sum(delta_held) + sum(delta_advanced) DESC, 2
                """,
                tuple(lines.ids),
            )
        )
        result = {}
        for line_id, name, *holder in rows:
            result.setdefault(line_id, []).append((name or "?", *holder))
        return result

    @api.model
    def _holds_of(self, document):
        """Return ``{budget line id: held amount}`` of one document (đồng)."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, sum(delta_held)
                  FROM party_budget_move
                 WHERE res_model = %s AND res_id = %s
              GROUP BY line_id
                HAVING sum(delta_held) <> 0
              ORDER BY line_id
                """,
                document._name,
                document.id,
            )
        )
        return {line_id: int(held) for line_id, held in rows}

    def action_export_ledger(self):
        """Export the filtered list, or what is ticked in it, as a workbook.

        The list sends its filter as ``active_domain`` and the ticked rows as
        ``active_ids``; the export reads with the user's rights whatever is sent.
        """
        ids = self.env.context.get("active_ids") or []
        domain = self.env.context.get("active_domain") or []
        # the client cuts a long selection there: then the whole filter is meant
        limit = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("web.active_ids_limit", "20000")
        )
        if 0 < len(ids) < int(limit):
            domain = [("id", "in", ids)]
        run = self.env["party.report.run"].create(
            {"code": "ledger", "domain": json.dumps(domain)}
        )
        return run.action_xlsx()

    def action_open_document(self):
        """Open the document that caused this row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model or self._name,
            "res_id": self.res_id or self.id,
            "view_mode": "form",
        }
