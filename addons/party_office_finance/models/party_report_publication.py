import calendar
from datetime import date

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import (
    Column,
    Report,
    Row,
    totals,
    with_shares,
)

from ..rules.ledger import Counters

_lt = LazyTranslate(__name__)

READERS = (
    "party_office_base.group_accountant",
    "party_office_base.group_office_chief",
)
#: papers of a year are put right until 31/1 of the next (circular 26/2026, article 19)
SETTLED = (1, 31)


class PartyReportPublication(models.AbstractModel):
    """Tables that a unit publishes (circular 26/2026, article 27).

    Form 74: the estimate as given, with supplements and reductions; form 75: execution
    after 3, 6, 9 and 12 months; form 76: settlement, spending until 31 January after
    the year against the estimate of 31 December (what is cancelled later does not
    count).
    The circular's appendix with the forms was not at hand: the columns follow the
    article, their wording is to be compared.
    """

    _name = "party.report.publication"
    _inherit = "party.report.provider"
    _description = "Publication Tables"

    _report_title = _lt("Publication tables")
    _report_groups = READERS
    _report_options = {
        "form": "75",
        "months": "3",
        "year": None,
        "boards": None,
        "level": "item",
    }

    def _report(self, options):
        columns = self._columns(options)
        return Report(
            title=self._title(options),
            subtitles=self._subtitles(options),
            columns=columns,
            rows=self._rows(options, columns),
            notes=self._notes(),
            signatures=[self.env._("HEAD OF THE UNIT")],
            form_code=self.env._("Form No. %s", options.form),
            landscape=options.form == "75",
        )

    def _title(self, options):
        titles = {
            "74": self.env._("Publication of the budget estimate"),
            "75": self.env._("Publication of the execution of the budget estimate"),
            "76": self.env._("Publication of the budget settlement"),
        }
        return titles[options.form]

    def _subtitles(self, options):
        if options.form == "75":
            period = self.env._(
                "%(months)s months of %(year)s",
                months=f"{options.months:02d}",
                year=options.year,
            )
        else:
            period = self.env._("Budget year: %s", options.year)
        return [
            period,
            self.env._(
                "(Circular 26/2026/TT-BTC, article 27; form %s of appendix I)",
                options.form,
            ),
        ]

    def _notes(self):
        notes = [self.env._("Columns and wording were not compared with the form yet.")]
        if not self.env.user.sees_all_boards:
            notes.append(self.env._("Only the boards that you follow are counted."))
        return notes

    def _columns(self, options):
        number = Column("number", self.env._("No."), width=7)
        content = Column("content", self.env._("Content"), width=52)
        given = Column(
            "allocated", self.env._("Estimate given"), "money", 20, total=True
        )
        if options.form == "74":
            return [content, number, given]
        if options.form == "76":
            spent = Column(
                "spent", self.env._("Settled amount"), "money", 20, total=True
            )
            return [content, number, given, spent, self._share("allocated")]
        return [
            content,
            number,
            given,
            Column(
                "spent", self.env._("Executed in the period"), "money", 20, total=True
            ),
            self._share("allocated"),
            Column(
                "before",
                self.env._("Same period of the year before"),
                "money",
                20,
                total=True,
                minor=True,
            ),
            Column(
                "compared",
                self.env._("Against the year before (%)"),
                "share",
                14,
                ratio=(("spent",), "before"),
                minor=True,
            ),
        ]

    def _share(self, whole):
        title = self.env._("Against the estimate (%)")
        return Column("share", title, "share", 14, ratio=(("spent",), whole))

    def _last_days(self, options, year):
        """Return the days as of which estimate and spending of a year are taken."""
        if options.form == "75":
            last = calendar.monthrange(year, options.months)[1]
            return (date(year, options.months, last),) * 2
        return date(year, 12, 31), date(year + 1, *SETTLED)

    def _rows(self, options, columns):
        """Return rows by purse, fund and item: I, 1, and items without a number."""
        this_year = self._sums(options, options.year)
        before = self._sums(options, options.year - 1) if options.form == "75" else {}
        purses = {}
        for fund, item in sorted(
            this_year.keys() | before.keys(),
            key=lambda key: (key[0].sequence, key[0].code, key[1].code),
        ):
            cells = this_year.get((fund, item), {"allocated": 0, "spent": 0}) | {
                "before": before.get((fund, item), {}).get("spent", 0),
                "content": f"{item.code} {item.name}",
            }
            funds = purses.setdefault(fund.regime, {})
            funds.setdefault(fund, []).append(Row(with_shares(columns, cells)))
        labels = {
            "estimate": self.env._("State budget by estimate"),
            "payment_order": self.env._("State budget by payment order"),
            "party": self.env._("Other money: the Party's own"),
        }
        rows = []
        used = [regime for regime in labels if regime in purses]
        for number, regime in zip(("I", "II", "III"), used, strict=False):
            funds = purses[regime]
            data = [row for of_fund in funds.values() for row in of_fund]
            rows.append(self._sum_row(columns, labels[regime], number, data, 2))
            for place, (fund, of_fund) in enumerate(funds.items(), 1):
                name = f"{fund.name} ({fund.code})"
                rows.append(self._sum_row(columns, name, str(place), of_fund, 1))
                rows += of_fund
        return rows

    def _sum_row(self, columns, name, number, rows, level):
        cells = with_shares(columns, totals(columns, rows))
        return Row(cells | {"content": name, "number": number}, level=level)

    def _sums(self, options, year):
        """Return ``{(fund, item): {"allocated", "spent"}}`` of a budget year."""
        domain = [
            ("year", "=", year),
            *self._lines_domain(options, with_year=False),
        ]
        given, spent = (
            self.env["party.budget.line"]._figures_as_of(day, domain)
            for day in self._last_days(options, year)
        )
        execution = self.env["party.report.execution"]
        sums = {}
        for line in self._lines_of(domain):
            if line.id not in spent:
                continue
            key = line.fund_id, execution._item_at(line.item_id, options.level)
            cell = sums.setdefault(key, {"allocated": 0, "spent": 0})
            cell["allocated"] += given.get(line.id, Counters()).allocated
            cell["spent"] += spent[line.id].spent
        return sums
