from odoo import models

from odoo.addons.party_office_base.rules.report import Column

LEVELS = ("group", "item", "sub_item")


class PartyReportProvider(models.AbstractModel):
    """What the reports of the books share."""

    _inherit = "party.report.provider"

    def _lines_domain(self, options, with_year=True):
        """Return the domain of the budget lines that options ask for."""
        domain = [("company_id", "=", self.env.company.id)]
        if with_year:
            domain.append(("year", "=", options.year))
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        if options.fund_ids:
            domain.append(("fund_id", "in", list(options.fund_ids)))
        return domain

    def _lines_of(self, domain):
        """Return the budget lines in their order: board, fund, item."""
        return self.env["party.budget.line"].search_fetch(
            domain, ["board_id", "fund_id", "item_id", "year", "budget_id"]
        )

    def _board_name(self, line):
        # the name of a board is public inside the office
        return line.board_id.sudo().name or ""

    def _line_name(self, line):
        """Return fund and item of a line in words."""
        return f"{line.fund_id.code} · {line.item_id.display_name}"

    def _kinds(self):
        """Return ``{kind: label}`` of the ledger's rows."""
        field = self.env["party.budget.move"]._fields["kind"]
        return dict(field._description_selection(self.env))

    def _counter_columns(self):
        """Return the four counters as columns, with totals."""
        titles = {
            "allocated": self.env._("Allocated"),
            "held": self.env._("Held"),
            "advanced": self.env._("Advanced"),
            "spent": self.env._("Spent"),
        }
        return [
            Column(key, title, "money", 17, total=True, minor=key == "advanced")
            for key, title in titles.items()
        ]
