import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL
from odoo.tools.misc import split_every

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import whole

from ..rules.entry_pairs import EntryLine, entry_pairs
from .ledger_workbook import LedgerWorkbook

#: entries read at once: memory does not grow with the period
CHUNK = 500
LINE_FIELDS = (
    "move_id",
    "name",
    "account_id",
    "balance",
    "debit",
    "credit",
    "partner_id",
    "board_id",
    "party_fund_id",
    "party_item_id",
    "party_claim_line_id",
)


class PartyLedgerExport(models.TransientModel):
    """Writes posted entries to an XLSX file for a ledger program (MISA Mimosa style).

    An office may keep its statutory books there. The file holds the entries that the
    user may see as a whole, each split into pairs of a debit and a credit account.
    """

    _name = "party.ledger.export"
    _description = "Export to the Ledger Program"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: local_today(self.env).replace(day=1),
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: local_today(self.env)
    )
    fund_ids = fields.Many2many(
        "party.fund",
        string="Funds",
        help="Only entries that name one of these funds, each as a whole. Empty: all.",
    )
    choice = fields.Selection(
        [
            ("new", "Only what is not exported yet"),
            ("all", "Everything, also what is exported already"),
        ],
        string="Entries",
        default="new",
        required=True,
    )
    layout = fields.Selection(
        [("flat", "One sheet"), ("by_voucher", "One sheet for each kind of voucher")],
        default="flat",
        required=True,
    )
    confirm_again = fields.Boolean(
        string="I know: the ledger program may then have them twice"
    )
    entry_count = fields.Integer(string="Entries found", compute="_compute_counts")
    exported_count = fields.Integer(
        string="Exported already", compute="_compute_counts"
    )
    taken_back_count = fields.Integer(
        string="Taken back since", compute="_compute_counts"
    )

    @api.depends("date_from", "date_to", "fund_ids")
    def _compute_counts(self):
        moves = self.env["account.move"]
        for wizard in self:
            period = wizard._period_domain()
            posted = period & Domain("state", "=", "posted")
            wizard.entry_count = moves.search_count(posted)
            wizard.exported_count = moves.search_count(
                posted & Domain("party_exported", "=", True)
            )
            taken_back = SQL(
                "(SELECT move_id FROM party_ledger_export_log_taken_back_rel)"
            )
            wizard.taken_back_count = moves.search_count(
                period
                & Domain("state", "!=", "posted")
                & Domain("id", "in", taken_back)
            )

    # ----------------------------------------------------------------- entries
    def _period_domain(self):
        """Return the domain of the entries asked for that the user sees as a whole."""
        self.ensure_one()
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ]
        )
        if self.fund_ids:
            domain &= Domain("line_ids.party_fund_id", "in", self.fund_ids.ids)
        user = self.env.user
        if not user.sees_all_boards:
            # an entry that also charges a foreign board would come out torn
            visible = user.visible_board_ids.ids
            domain &= Domain("board_ids", "!=", False) & Domain(
                "board_ids", "not any", [("id", "not in", visible)]
            )
        return domain

    def _find_entries(self):
        domain = self._period_domain() & Domain("state", "=", "posted")
        if self.choice == "new":
            domain &= Domain("party_exported", "=", False)
        return self.env["account.move"].search(domain, order="date, name, id")

    # ------------------------------------------------------------------ action
    def action_export(self):
        """Write the file and its log; open the log, from where it is downloaded.

        :raises AccessError: unless the user is an accountant
        :raises UserError: nothing to export, no columns, or a second export that was
            not confirmed
        """
        self.ensure_one()
        if not self.env.user.has_group("party_office_base.group_accountant"):
            raise AccessError(
                self.env._("Only accountants export to the ledger program.")
            )
        if self.choice == "all" and self.exported_count and not self.confirm_again:
            raise UserError(
                self.env._(
                    "%s of these entries are exported already. Confirm that you want "
                    "them again, or export only what is new.",
                    self.exported_count,
                )
            )
        moves = self._find_entries()
        if not moves:
            raise UserError(
                self.env._(
                    "There is nothing to export: no posted entry of your boards in "
                    "this period that is not exported yet."
                )
            )
        log = self._write_log(moves, *self._write_file(moves))
        return {
            "type": "ir.actions.act_window",
            "res_model": log._name,
            "res_id": log.id,
            "view_mode": "form",
        }

    def _write_file(self, moves):
        """Return ``(bytes, workbook)``."""
        columns = [
            (column.header, column.source, column.constant or "", column.width)
            for column in self.env["party.ledger.export.column"].search([])
        ]
        if not {"debit_account", "credit_account", "amount"} <= {c[1] for c in columns}:
            raise UserError(
                self.env._(
                    "The file needs at least the columns debit account, credit account "
                    "and amount. Ask the chief accountant to complete them."
                )
            )
        report = self._in_vietnamese()
        one_sheet = report.env._("Vouchers")
        with LedgerWorkbook(columns) as workbook:
            for row in report._rows(moves.with_env(report.env)):
                by_voucher = self.layout == "by_voucher"
                workbook.add(row["voucher_kind"] if by_voucher else one_sheet, row)
            content = workbook.finish(
                report.env._("Sums by account"),
                (
                    report.env._("Account"),
                    report.env._("Debit"),
                    report.env._("Credit"),
                    report.env._("Total"),
                ),
            )
        return content, workbook

    def _in_vietnamese(self):
        """Return the wizard in Vietnamese, the language of the file, if installed."""
        installed = dict(self.env["res.lang"].get_installed())
        return self.with_context(lang="vi_VN") if "vi_VN" in installed else self

    def _write_log(self, moves, content, workbook):
        name = f"so-cai-{self.date_from:%Y%m%d}-{self.date_to:%Y%m%d}.xlsx"
        # nobody writes a log by hand: the export makes it
        return (
            self.env["party.ledger.export.log"]
            .sudo()
            .create(
                {
                    "name": name,
                    "user_id": self.env.uid,
                    "exported_at": fields.Datetime.now(),
                    "company_id": self.company_id.id,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                    "fund_ids": [Command.set(self.fund_ids.ids)],
                    "board_ids": [Command.set(moves.board_ids.ids)],
                    "entry_count": len(moves),
                    "row_count": workbook.row_count,
                    "amount": workbook.amount,
                    "checksum": workbook.checksum,
                    "file": base64.b64encode(content),
                    "move_ids": [Command.set(moves.ids)],
                }
            )
            .sudo(False)
        )

    # -------------------------------------------------------------------- rows
    def _rows(self, moves):
        """Yield the rows of the entries, read in chunks as the user."""
        for ids in split_every(CHUNK, moves.ids):
            chunk = moves.browse(ids)
            lines = self.env["account.move.line"].search_fetch(
                [("move_id", "in", chunk.ids)], LINE_FIELDS, order="move_id, id"
            )
            by_move = lines.grouped("move_id")
            for move in chunk:
                yield from self._rows_of(move, by_move.get(move, lines.browse()))
            lines.invalidate_recordset(flush=False)

    def _rows_of(self, move, lines):
        pairs = entry_pairs(
            [
                EntryLine(line, whole(line.balance), line.debit < 0 or line.credit < 0)
                for line in lines
            ]
        )
        claim = lines.party_claim_line_id.claim_id
        common = {
            "accounting_date": move.date,
            "voucher_date": claim.posted_on if len(claim) == 1 else move.date,
            "voucher_number": (len(claim) == 1 and claim.voucher_number) or move.name,
            "voucher_kind": self._voucher_kind(move, lines),
            "entry_number": move.name,
            "claim_number": ", ".join(claim.mapped("name")),
            "description": ", ".join(claim.mapped("description")) or move.ref,
            "chapter": self.company_id.party_budget_chapter,
            "category": self.company_id.party_budget_category,
        }
        for pair in pairs:
            yield common | self._pair_values(pair, lines)

    def _pair_values(self, pair, lines):
        """Return what differs from row to row of one entry."""
        sides = pair.debit | pair.credit
        fund = self._dimension(sides, lines, "party_fund_id")
        item = self._dimension(sides, lines, "party_item_id")
        board = self._dimension(sides, lines, "board_id")
        partner = self._dimension(sides, lines, "partner_id")
        is_sub_item = item.level == "sub_item"
        named = sides.filtered("party_item_id")[:1] or pair.debit
        return {
            "line_description": named.name,
            "debit_account": pair.debit.account_id.code,
            "credit_account": pair.credit.account_id.code,
            "amount": pair.amount,
            "fund_code": fund.code,
            "allotment": self._allotment(fund),
            "item_code": item.parent_id.code if is_sub_item else item.code,
            "sub_item_code": item.code if is_sub_item else "",
            # the name of a board is public inside the office
            "board_code": board.sudo().code,
            "board_name": board.sudo().name,
            "partner_code": partner.ref,
            "partner_name": partner.name,
            "invoice_number": sides.party_claim_line_id[:1].invoice_number,
        }

    def _dimension(self, sides, lines, name):
        """Return what one side of a pair names, or else the whole entry, if only one.

        The counterpart of an expense names no fund; a companion entry (Dr 3371, Cr
        511) belongs to the fund of its voucher.
        """
        own = sides.mapped(name)
        if own:
            return own[:1]
        of_entry = lines.mapped(name)
        return of_entry if len(of_entry) == 1 else of_entry[:0]

    def _voucher_kind(self, move, lines):
        """Return which kind of voucher an entry is, by its journal and its cash."""
        cash = sum(
            line.balance
            for line in lines
            if line.account_id.account_type == "asset_cash"
        )
        if move.journal_id.type == "cash" and cash:
            if cash < 0:
                return self.env._("Payment vouchers")
            return self.env._("Receipts")
        if move.journal_id.type == "bank":
            return self.env._("Bank and Treasury vouchers")
        return self.env._("Other vouchers")

    def _allotment(self, fund):
        """Return how the money of a fund is given (cấp phát)."""
        return {
            "estimate": self.env._("Estimate"),
            "payment_order": self.env._("Payment order"),
            "party": self.env._("Other"),
        }.get(fund.regime, "")
