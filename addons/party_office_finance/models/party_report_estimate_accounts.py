from datetime import date

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.estimate_account import ESTIMATE, is_regular, purse_of, single_entries
from ..rules.treasury import ORDERS

_lt = LazyTranslate(__name__)

ROOTS = ("008", "012", "013", "014", "018")
FIGURES = ("opening", "debit", "credit", "red")


class PartyReportEstimateAccounts(models.AbstractModel):
    """Accounts 008, 012, 013, 014 and 018 as of any day, derived from what happened.

    Decisions come from the budget ledger, the rest from Treasury documents. From
    1 January the estimate of the year before is on 0081, 0121 and 0131.
    """

    _name = "party.report.estimate_accounts"
    _description = "Estimate Accounts (008, 012, 013, 014, 018)"
    _inherit = ["party.report.treasury"]

    _report_title = _lt("Estimate accounts (008, 012, 013, 014, 018)")
    _report_options = {"day": None, "since": None, "boards": None, "funds": None}

    def _report(self, options):
        self._check_reads_treasury()
        first = date(options.day.year, 1, 1)
        since = max(options.since or first, first)
        figures = {}
        funds = self._purses()
        for row in [*self._decisions(options, since), *self._papers(options, since)]:
            self._count(figures, funds, options.day.year, *row)
        return Report(
            title=self.env._("Estimate accounts (008, 012, 013, 014, 018)"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=since.strftime("%d/%m/%Y"),
                    day=options.day.strftime("%d/%m/%Y"),
                )
            ],
            columns=[
                Column("account", self.env._("Account"), width=10),
                Column("name", self.env._("Name"), width=44),
                Column("opening", self.env._("Opening balance"), "money"),
                Column("debit", self.env._("Debit"), "money"),
                Column("credit", self.env._("Credit"), "money"),
                Column("red", self.env._("Of which red entries"), "money"),
                Column("closing", self.env._("Closing balance"), "money"),
            ],
            rows=list(self._rows(figures)),
            notes=[
                self.env._(
                    "Single-entry accounts: decisions debit, withdrawals credit, what "
                    "goes back is a red entry on the same side."
                ),
                self.env._(
                    "Cash withdrawn from a payment order counts as used on the day of "
                    "the withdrawal."
                ),
            ],
            signatures=[self.env._("Prepared by"), self.env._("Chief accountant")],
            form_code="S101-H",
        )

    def _purses(self):
        """Return ``{fund id: (purse, regular)}``."""
        return {
            fund.id: (
                purse_of(fund.regime, fund.income_code),
                is_regular(fund.income_code),
            )
            for fund in self._all_funds()
        }

    def _decisions(self, options, since):
        """Return rows (fund, year, kind, order kind, before, period, red)."""
        return self.env.execute_query(
            SQL(
                """
                SELECT fund_id, year, %(kind)s, '',
                       COALESCE(sum(amount) FILTER (WHERE day < %(since)s), 0),
                       COALESCE(sum(amount) FILTER (
                           WHERE day >= %(since)s AND amount > 0), 0),
                       COALESCE(sum(amount) FILTER (
                           WHERE day >= %(since)s AND amount < 0), 0)
                  FROM (SELECT move.board_id, move.fund_id, move.year,
                               move.delta_allocated AS amount,
                               -- an estimate given before its year starts with it
                               GREATEST(move.date, make_date(move.year, 1, 1)) AS day
                          FROM party_budget_move move
                         WHERE move.company_id = %(company)s
                           AND move.year IN %(years)s
                           AND move.delta_allocated <> 0) decision
                 WHERE day <= %(day)s AND %(scope)s
              GROUP BY fund_id, year
                """,
                kind=ESTIMATE,
                since=since,
                day=options.day,
                company=self.env.company.id,
                years=(options.day.year, options.day.year - 1),
                scope=self._scope("decision", options),
            )
        )

    def _papers(self, options, since):
        """Return rows (fund, year, kind, order kind, before, period, red)."""
        return self.env.execute_query(
            SQL(
                """
                SELECT fund_id, year, kind, order_kind,
                       COALESCE(sum(amount) FILTER (WHERE date < %(since)s), 0),
                       COALESCE(sum(amount) FILTER (
                           WHERE date >= %(since)s AND NOT is_reversal), 0),
                       COALESCE(sum(amount) FILTER (
                           WHERE date >= %(since)s AND is_reversal), 0)
                  FROM (%(lines)s) paper
                 WHERE company_id = %(company)s AND year IN %(years)s
                   AND date <= %(day)s AND %(scope)s
              GROUP BY fund_id, year, kind, order_kind
                """,
                since=since,
                lines=self._posted_lines(),
                company=self.env.company.id,
                years=(options.day.year, options.day.year - 1),
                day=options.day,
                scope=self._scope("paper", options),
            )
        )

    def _count(self, figures, funds, calendar, fund, year, kind, order, *amounts):
        """Add one row of facts to ``{account: {figure: đồng}}``."""
        purse, regular = funds[fund]
        before, *period = (int(amount) for amount in amounts)
        arguments = (kind, purse, regular, year < calendar)
        order = ORDERS.get(order, "")
        for entry in single_entries(*arguments, before, order):
            sign = 1 if entry.side == "debit" else -1
            self._add(figures, entry.account, "opening", sign * entry.amount)
        for amount in period:
            for entry in single_entries(*arguments, amount, order):
                self._add(figures, entry.account, entry.side, entry.amount)
                self._add(figures, entry.account, "red", min(entry.amount, 0))

    def _add(self, figures, account, name, amount):
        row = figures.setdefault(account, dict.fromkeys(FIGURES, 0))
        row[name] += amount

    def _rows(self, figures):
        """Yield the accounts in order; an account above is the sum of those below."""
        # the chart is the same for whoever reads
        chart = self.env["party.chart.account"].sudo()
        accounts = chart.search(
            [
                ("regime", "=", self.env.company.sudo().party_accounting_regime),
                ("off_balance", "=", True),
            ],
            order="code",
        ).filtered(lambda row: row.code[:3] in ROOTS)
        for account in accounts:
            below = [
                row for code, row in figures.items() if code.startswith(account.code)
            ]
            cells = {name: sum(row[name] for row in below) for name in FIGURES}
            if account.level > 1 and not any(cells.values()):
                continue
            yield Row(
                {
                    "account": account.code,
                    "name": account.name,
                    **cells,
                    "closing": cells["opening"] + cells["debit"] - cells["credit"],
                },
                level=4 - account.level if account.child_ids else 0,
            )
