import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.rules.money import AmountError, parse_dong

from .budget_workbook import EstimateWorkbook, WorkbookError


class PartyBudgetImport(models.TransientModel):
    """Read a yearly estimate (dự toán) from a workbook into a decision.

    All rows or none: with one wrong row nothing is stored, and the user's own workbook
    comes back with the reason beside each wrong row.
    """

    _name = "party.budget.import"
    _description = "Import of an Estimate"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
    )
    decision_number = fields.Char(required=True)
    decision_date = fields.Date(required=True, default=fields.Date.context_today)
    issuer = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("allocate", "Allocation"),
            ("supplement", "Supplement"),
            ("reduce", "Reduction"),
            ("withhold", "Withholding"),
            ("cancel", "Cancellation of estimate"),
        ],
        default="allocate",
        required=True,
    )
    data = fields.Binary(string="Workbook (.xlsx)", attachment=False)
    filename = fields.Char()
    state = fields.Selection(
        [("upload", "Upload"), ("wrong", "To correct")], default="upload", readonly=True
    )
    wrong_count = fields.Integer(string="Wrong rows", readonly=True)
    marked_data = fields.Binary(
        string="Your workbook with the reasons", readonly=True, attachment=False
    )
    marked_filename = fields.Char(readonly=True)

    # ---------------------------------------------------------------- template
    def action_template(self):
        """Download an empty workbook with the codes to choose from."""
        self._check_may_import()
        return self.env["party.budget.export"]._download(
            self.env._("Estimate template.xlsx"), self._visible_boards()
        )

    # ------------------------------------------------------------------ import
    def action_import(self):
        """Check the workbook and make a draft decision of it, or give it back marked.

        The draft goes the way of every decision: signed paper, approval, posting.

        :raises UserError: when the file cannot be used at all
        """
        self.ensure_one()
        self._check_may_import()
        book, rows = self._read_workbook()
        keys = self._check_rows(rows)
        wrong = [row for row in rows if row.errors]
        if wrong:
            return self._give_back(book, rows, len(wrong))
        return self._make_decision(rows, keys)._action_open()

    def _check_may_import(self):
        if not self.env.user.has_group("party_office_base.group_accountant"):
            raise AccessError(self.env._("Only accountants import estimates."))

    def _visible_boards(self):
        return self.env.user.visible_board_ids

    def _read_workbook(self):
        if not self.data:
            raise UserError(self.env._("Choose a workbook first."))
        try:
            book = EstimateWorkbook(base64.b64decode(self.data))
            return book, book.rows()
        except (WorkbookError, binascii.Error) as error:
            raise UserError(self._workbook_message(error)) from error

    def _workbook_message(self, error):
        detail = getattr(error, "detail", "")
        messages = {
            "headings": self.env._(
                "The workbook lacks these columns: %s. Download the template.", detail
            ),
            "empty": self.env._("The workbook has no rows below its headings."),
            "too_long": self.env._("The workbook has more than %s rows.", detail),
        }
        return messages.get(
            getattr(error, "reason", ""),
            self.env._("This file is not an Excel workbook (.xlsx)."),
        )

    @api.model
    def _amount_messages(self):
        return {
            "empty": self.env._("the amount is missing"),
            "not_a_number": self.env._("the amount is not a number"),
            "decimals": self.env._("the amount has a fraction of a đồng"),
            "negative": self.env._("the amount is negative"),
            "zero": self.env._("the amount is zero"),
            "too_large": self.env._("the amount is too large"),
        }

    def _check_rows(self, rows):
        """Write all reasons into the rows; return ``{row number: record ids}``.

        A constant number of queries, however many rows there are.
        """
        boards, hidden = self._boards_by_code()
        funds = {
            fund.code: fund.id
            for fund in self.env["party.fund"].search([("active", "=", True)])
        }
        items = {
            item.code: item
            for item in self.env["party.budget.item"].search([("active", "=", True)])
        }
        closed = self._closed_boards()
        amount_messages = self._amount_messages()
        first_row = {}
        keys = {}
        for row in rows:
            board = self._check_board(row, boards, hidden, closed)
            if row.fund not in funds:
                row.refuse("fund", self.env._("unknown fund “%s”", row.fund))
            item = self._check_item(row, items)
            try:
                row.amount = parse_dong(row.amount)
            except AmountError as error:
                row.refuse("amount", amount_messages[error.reason])
            key = (board, funds.get(row.fund), item)
            if all(key):
                if key in first_row:
                    row.refuse(
                        "item",
                        self.env._(
                            "board, fund and item are already in row %s", first_row[key]
                        ),
                    )
                first_row.setdefault(key, row.number)
            keys[row.number] = key
        return keys

    def _boards_by_code(self):
        visible = self._visible_boards()
        # an unknown code and a foreign board are different mistakes
        every = (
            self.env["party.board"]
            .sudo()
            .search([("company_id", "in", [self.company_id.id, False])])
        )
        by_code = {board.code: board.id for board in every if board.code}
        hidden = {board.code for board in every - visible.sudo() if board.code}
        return by_code, hidden

    def _closed_boards(self):
        closed = (
            self.env["party.budget"]
            .sudo()
            .search(
                [
                    ("year", "=", self.year),
                    ("state", "=", "closed"),
                    ("company_id", "=", self.company_id.id),
                ]
            )
        )
        return set(closed.board_id.ids)

    def _check_board(self, row, boards, hidden, closed):
        if row.board not in boards:
            row.refuse("board", self.env._("unknown board “%s”", row.board))
            return None
        if row.board in hidden:
            row.refuse("board", self.env._("board “%s” is not one of yours", row.board))
            return None
        if boards[row.board] in closed:
            row.refuse(
                "board",
                self.env._(
                    "the budget of %(year)s of “%(board)s” is closed",
                    year=self.year,
                    board=row.board,
                ),
            )
        return boards[row.board]

    def _check_item(self, row, items):
        item = items.get(row.item)
        if not item:
            row.refuse("item", self.env._("unknown budget item “%s”", row.item))
            return None
        if item.level == "item" and item.control_level == "sub_item" and item.child_ids:
            row.refuse(
                "item",
                self.env._(
                    "item %s is controlled by sub-item: split the amount", row.item
                ),
            )
        return item.id

    def _give_back(self, book, rows, wrong_count):
        name = (self.filename or "du-toan.xlsx").removesuffix(".xlsx")
        # the wizard is the user's own; these fields are read-only on the screen only
        self.write(
            {
                "state": "wrong",
                "wrong_count": wrong_count,
                "marked_data": base64.b64encode(book.marked(rows)),
                "marked_filename": f"{name} - loi.xlsx",
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import an estimate"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _make_decision(self, rows, keys):
        decision = (
            self.env["party.budget.decision"]
            .with_company(self.company_id)
            .create(
                {
                    "name": self.decision_number,
                    "date": self.decision_date,
                    "issuer": self.issuer,
                    "kind": self.kind,
                    "year": self.year,
                }
            )
        )
        lines = []
        for row in rows:
            board, fund, item = keys[row.number]
            lines.append(
                {
                    "decision_id": decision.id,
                    "board_id": board,
                    "fund_id": fund,
                    "item_id": item,
                    "amount": row.amount,
                    "note": row.note or False,
                }
            )
        self.env["party.budget.decision.line"].create(lines)
        decision.message_post(
            body=self.env._("Imported from %s", self.filename or "XLSX"),
        )
        # the workbook names all boards: it stays with those who see them all
        decision.sudo().write({"workbook": self.data, "workbook_name": self.filename})
        return decision
