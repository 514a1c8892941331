from datetime import date
from uuid import uuid4

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)

CHUNK = 2000
FIGURES = (
    "opening_debit",
    "opening_credit",
    "debit",
    "credit",
    "year_debit",
    "year_credit",
    "closing_debit",
    "closing_credit",
)


class PartyReportBooks(models.AbstractModel):
    """The books of the whole office: only for who answers for all boards."""

    _name = "party.report.books"
    _description = "Books of the Office"
    _inherit = ["party.report.provider"]

    def _check_reads_books(self):
        """Refuse who does not answer for the books.

        :raises AccessError: unless the user is chief accountant or chief of office
        """
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("party_office_base.group_chief_accountant")
            or user.has_group("party_office_base.group_office_chief")
        ):
            raise AccessError(
                self.env._(
                    "The books of the whole office are for the chief accountant and "
                    "the chief of office."
                )
            )
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()
        self.env["account.account"].flush_model()

    def _period(self, options):
        """Return the first day of the period and of its year (dates)."""
        first = date(options.day.year, 1, 1)
        return options.since or first, first

    def _account_columns(self):
        """Return SQL of the code and the name of an account."""
        # the code of an account belongs to the main company of the office
        return SQL(
            "account.code_store ->> %s AS code, "
            "COALESCE(account.name ->> %s, account.name ->> 'en_US') AS name",
            str(self.env.company.root_id.id),
            self.env.lang or "en_US",
        )

    def _subtitle(self, options):
        return self.env._(
            "From %(since)s to %(day)s",
            since=self._period(options)[0].strftime("%d/%m/%Y"),
            day=options.day.strftime("%d/%m/%Y"),
        )


class PartyReportTrialBalance(models.AbstractModel):
    """Trial balance (Bảng cân đối số phát sinh, S05-H)."""

    _name = "party.report.trial_balance"
    _description = "Trial Balance (S05-H)"
    _inherit = ["party.report.books"]

    _report_title = _lt("Trial balance")
    _report_groups = (
        "party_office_base.group_chief_accountant",
        "party_office_base.group_office_chief",
    )
    _report_options = {"day": None, "since": None}

    def _report(self, options):
        self._check_reads_books()
        titles = (
            self.env._("Opening debit"),
            self.env._("Opening credit"),
            self.env._("Debit of the period"),
            self.env._("Credit of the period"),
            self.env._("Debit since 1 January"),
            self.env._("Credit since 1 January"),
            self.env._("Closing debit"),
            self.env._("Closing credit"),
        )
        return Report(
            title=self.env._("Trial balance"),
            subtitles=[self._subtitle(options)],
            columns=[
                Column("account", self.env._("Account"), width=10),
                Column("name", self.env._("Name"), width=40),
                *(
                    Column(key, title, "money", total=True)
                    for key, title in zip(FIGURES, titles, strict=True)
                ),
            ],
            rows=list(self._rows(self._figures(options))),
            notes=[
                self.env._(
                    "An account stands with its net balance: accounts 131 and 331 may "
                    "hide debts of the other side."
                )
            ],
            signatures=[
                self.env._("Prepared by"),
                self.env._("Chief accountant"),
                self.env._("Account holder"),
            ],
            form_code="S05-H",
        )

    def _figures(self, options):
        """Return rows (account id, code, name, opening, debit, credit, year's …)."""
        since, first = self._period(options)
        return self.env.execute_query(
            SQL(
                """
                SELECT account.id, %(account)s, figures.opening,
                       figures.debit, figures.credit,
                       figures.year_debit, figures.year_credit
                  FROM (SELECT item.account_id,
                               COALESCE(sum(item.balance) FILTER (
                                   WHERE item.date < %(since)s), 0) AS opening,
                               COALESCE(sum(item.debit) FILTER (
                                   WHERE item.date >= %(since)s), 0) AS debit,
                               COALESCE(sum(item.credit) FILTER (
                                   WHERE item.date >= %(since)s), 0) AS credit,
                               COALESCE(sum(item.debit) FILTER (
                                   WHERE item.date >= %(first)s), 0) AS year_debit,
                               COALESCE(sum(item.credit) FILTER (
                                   WHERE item.date >= %(first)s), 0) AS year_credit
                          FROM account_move_line item
                         WHERE item.company_id = %(company)s
                           AND item.parent_state = 'posted'
                           AND item.date <= %(day)s
                           AND item.account_id IS NOT NULL
                      GROUP BY item.account_id) figures
                  JOIN account_account account ON account.id = figures.account_id
              ORDER BY code, account.id
                """,
                account=self._account_columns(),
                since=since,
                first=first,
                day=options.day,
                company=self.env.company.id,
            )
        )

    def _rows(self, figures):
        """Yield the accounts, each group of them under its account of three digits."""
        # the chart is the same for whoever reads
        chart = self.env["party.chart.account"].sudo()
        names = {
            row.code: row.name
            for row in chart.search_fetch(
                [
                    ("regime", "=", self.env.company.sudo().party_accounting_regime),
                    ("level", "=", 1),
                ],
                ["code", "name"],
            )
        }
        groups = {}
        for account, code, name, *amounts in figures:
            cells = self._cells(*(int(amount) for amount in amounts))
            if any(cells.values()):
                row = Row(
                    {"account": code, "name": name, **cells},
                    link=("account.account", account),
                )
                groups.setdefault((code or "")[:3], []).append(row)
        for prefix, rows in groups.items():
            if prefix in names and [row.cells["account"] for row in rows] != [prefix]:
                sums = {key: sum(row.cells[key] for row in rows) for key in FIGURES}
                yield Row({"account": prefix, "name": names[prefix], **sums}, level=1)
            yield from rows

    def _cells(self, opening, debit, credit, year_debit, year_credit):
        closing = opening + debit - credit
        return {
            "opening_debit": max(opening, 0),
            "opening_credit": max(-opening, 0),
            "debit": debit,
            "credit": credit,
            "year_debit": year_debit,
            "year_credit": year_credit,
            "closing_debit": max(closing, 0),
            "closing_credit": max(-closing, 0),
        }


class PartyReportGeneralJournal(models.AbstractModel):
    """General journal (Sổ nhật ký chung, S04-H), row by row from the server."""

    _name = "party.report.general_journal"
    _description = "General Journal (S04-H)"
    _inherit = ["party.report.books"]

    _report_title = _lt("General journal")
    _report_groups = (
        "party_office_base.group_chief_accountant",
        "party_office_base.group_office_chief",
    )
    _report_options = {"day": None, "since": None}

    def _report(self, options):
        self._check_reads_books()
        return Report(
            title=self.env._("General journal"),
            subtitles=[self._subtitle(options)],
            columns=[
                Column("date", self.env._("Date"), "date", width=12),
                Column("voucher", self.env._("Voucher"), width=18),
                Column("reference", self.env._("Reference"), width=22),
                Column("description", self.env._("Description"), width=44),
                Column("account", self.env._("Account"), width=10),
                Column("debit", self.env._("Debit"), "money", total=True),
                Column("credit", self.env._("Credit"), "money", total=True),
            ],
            rows=self._rows(options),
            signatures=[
                self.env._("Prepared by"),
                self.env._("Chief accountant"),
                self.env._("Account holder"),
            ],
            form_code="S04-H",
        )

    def _rows(self, options):
        """Yield the journal in order, a chunk at a time from a cursor of the server."""
        cursor = SQL.identifier(f"party_journal_{uuid4().hex}")
        self.env.cr.execute(
            SQL(
                """
                DECLARE %(cursor)s NO SCROLL CURSOR FOR
                SELECT item.date, move.name, move.ref, item.name,
                       account.code_store ->> %(root)s, item.debit, item.credit, move.id
                  FROM account_move_line item
                  JOIN account_move move ON move.id = item.move_id
                  JOIN account_account account ON account.id = item.account_id
                 WHERE item.company_id = %(company)s
                   AND item.parent_state = 'posted'
                   AND item.date BETWEEN %(since)s AND %(day)s
              ORDER BY item.date, item.move_id, item.id
                """,
                cursor=cursor,
                root=str(self.env.company.root_id.id),
                company=self.env.company.id,
                since=self._period(options)[0],
                day=options.day,
            )
        )
        fetch = SQL("FETCH %s FROM %s", CHUNK, cursor)
        while chunk := self.env.execute_query(fetch):
            for day, voucher, reference, text, account, debit, credit, move in chunk:
                yield Row(
                    {
                        "date": day,
                        "voucher": voucher,
                        "reference": reference or "",
                        "description": text or "",
                        "account": account,
                        "debit": int(debit),
                        "credit": int(credit),
                    },
                    link=("account.move", move),
                )
        # a reader who stops early leaves it to the end of the transaction
        self.env.cr.execute(SQL("CLOSE %s", cursor))
