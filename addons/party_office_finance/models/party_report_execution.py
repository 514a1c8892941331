from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import (
    Column,
    Report,
    Row,
    totals,
    with_shares,
)
from odoo.addons.party_office_base.rules.report_text import share_text

from ..rules.ledger import COUNTERS, Counters
from ..rules.progress import year_elapsed
from .party_report_provider import LEVELS

_lt = LazyTranslate(__name__)

#: kinds of the ledger that have a column of their own; the rest is adjustment
GIVEN = {"allocate": "given", "carry_over": "carried", "supplement": "supplement"}
ORIGINS = (*GIVEN.values(), "adjusted")


class PartyReportExecution(models.AbstractModel):
    """Execution of the estimate by board, fund and item, as of a day.

    ``allocated = withheld + held + advanced + spent + available``: what a decision
    withholds stands apart from what papers hold.
    """

    _name = "party.report.execution"
    _inherit = "party.report.provider"
    _description = "Execution of the Estimate"

    _report_title = _lt("Execution of the budget estimate")
    _report_options = {
        "day": None,
        "year": None,
        "boards": None,
        "funds": None,
        "level": "sub_item",
        "detailed": False,
    }

    def _report(self, options):
        elapsed = year_elapsed(options.year, options.day)
        columns = self._columns(options)
        return Report(
            title=self.env._("Execution of the budget estimate"),
            subtitles=[
                self.env._("Budget year: %s", options.year),
                self.env._(
                    "As of %(date)s · share of the year elapsed: %(share)s %%",
                    date=self._day_text(options.day),
                    share=share_text(elapsed),
                ),
            ],
            columns=columns,
            rows=self._rows(options, columns),
            signatures=self._signatures(),
        )

    def _columns(self, options):
        origins = {
            "given": self.env._("Allocated at the beginning"),
            "carried": self.env._("Carried over"),
            "supplement": self.env._("Supplement"),
            "adjusted": self.env._("Adjusted"),
        }
        return [
            Column("content", self.env._("Content"), width=44),
            Column("code", self.env._("Item code"), width=9, minor=True),
            *(
                Column(key, origins[key], "money", 17, total=True, minor=True)
                for key in ORIGINS
                if options.detailed
            ),
            Column("allocated", self.env._("Allocated"), "money", 17, total=True),
            Column(
                "withheld", self.env._("Withheld"), "money", 16, total=True, minor=True
            ),
            Column(
                "held",
                self.env._("Held by papers"),
                "money",
                16,
                total=True,
                minor=True,
            ),
            Column(
                "advanced", self.env._("Advanced"), "money", 16, total=True, minor=True
            ),
            Column("spent", self.env._("Spent"), "money", 17, total=True),
            Column("available", self.env._("Available"), "money", 17, total=True),
            Column(
                "used_share",
                self.env._("Used (%)"),
                "share",
                9,
                ratio=(("withheld", "held", "advanced", "spent"), "allocated"),
            ),
        ]

    def _rows(self, options, columns):
        """Return rows in the order board, fund, item, each board and fund with its sum
        first.
        """
        rows = []
        for board, funds in self._tree(options).items():
            fund_rows = []
            for fund, items in funds.items():
                data = [self._item_row(columns, item, part) for item, part in items]
                fund_rows.append((fund, data))
            everything = [row for _fund, data in fund_rows for row in data]
            budget = funds[fund_rows[0][0]][0][1]["line"].budget_id
            rows.append(
                self._sum_row(
                    columns, board, everything, 2, ("party.budget", budget.id)
                )
            )
            for fund, data in fund_rows:
                rows.append(self._sum_row(columns, fund, data, 1))
                rows += data
        return rows

    def _tree(self, options):
        """Return ``{board name: {fund name: [(item, figures)]}}``, sorted by code."""
        domain = self._lines_domain(options)
        lines_model = self.env["party.budget.line"]
        figures = lines_model._figures_as_of(options.day, domain)
        withheld = lines_model._withheld_as_of(options.day, domain)
        origins = (
            lines_model._allocations_as_of(options.day, domain)
            if options.detailed
            else {}
        )
        tree = {}
        for line in self._lines_of(domain):
            counters = figures.get(line.id, Counters())
            if counters == Counters():
                continue
            item = self._item_at(line.item_id, options.level)
            fund = tree.setdefault(self._board_name(line), {}).setdefault(
                line.fund_id.display_name, {}
            )
            part = fund.setdefault(item, {"line": line, "lines": 0})
            part["lines"] += 1
            for key, amount in self._amounts(
                counters, withheld.get(line.id, 0), origins.get(line.id, {})
            ).items():
                part[key] = part.get(key, 0) + amount
        return {
            board: {
                fund: sorted(items.items(), key=lambda pair: pair[0].code)
                for fund, items in funds.items()
            }
            for board, funds in tree.items()
        }

    def _amounts(self, counters, withheld, kinds):
        amounts = {name: getattr(counters, name) for name in COUNTERS}
        amounts |= {
            "held": counters.held - withheld,
            "withheld": withheld,
            "available": counters.available,
        }
        for kind, amount in kinds.items():
            key = GIVEN.get(kind, "adjusted")
            amounts[key] = amounts.get(key, 0) + amount
        return amounts

    def _item_at(self, item, level):
        """Return the item itself, or the one above it that stands on a level."""
        wanted = LEVELS.index(level)
        while item.parent_id and LEVELS.index(item.level) > wanted:
            item = item.parent_id
        return item

    def _item_row(self, columns, item, part):
        cells = with_shares(columns, part) | {"content": item.name, "code": item.code}
        # several lines under one item: there is no one record to open
        link = ("party.budget.line", part["line"].id) if part["lines"] == 1 else None
        return Row(cells, link=link)

    def _sum_row(self, columns, name, rows, level, link=None):
        cells = with_shares(columns, totals(columns, rows)) | {"content": name}
        return Row(cells, level=level, link=link)
