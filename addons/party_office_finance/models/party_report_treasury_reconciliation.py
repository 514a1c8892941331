from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.money import format_dong
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.treasury import ORDERS, counter_deltas

_lt = LazyTranslate(__name__)

FIGURES = (
    "carried",
    "given",
    "adjusted",
    "advance",
    "actual",
    "repaid",
    "spent",
    "unpaid",
)
SHOWN = (
    "carried",
    "given",
    "adjusted",
    "total",
    "advance",
    "actual",
    "repaid",
    "remaining",
    "spent",
    "difference",
    "unpaid",
)
MAX_NAMES = 20


class PartyReportTreasuryReconciliation(models.AbstractModel):
    """Reconciliation with the Treasury (đối chiếu dự toán, tình hình sử dụng kinh phí).

    Forms 30 and 31 of decree 347/2025 (before: 01 and 02-SDKP), next to our own books.
    For money by payment order the orders received stand for the estimate given.
    """

    _name = "party.report.treasury_reconciliation"
    _description = "Reconciliation With the Treasury"
    _inherit = ["party.report.treasury"]

    _report_title = _lt("Reconciliation of the estimate with the Treasury")

    def _report(self, options):
        self._check_reads_treasury()
        self.env["party.claim"].flush_model()
        self.env["party.claim.line"].flush_model()
        figures = {}
        regimes = self._regimes()
        self._count_ledger(figures, options, regimes)
        self._count_papers(figures, options, regimes)
        claims = self._count_unpaid(figures, options)
        titles = (
            self.env._("Carried over"),
            self.env._("Given in the year"),
            self.env._("Adjusted"),
            self.env._("Estimate in all"),
            self.env._("Advance"),
            self.env._("Actual spending"),
            self.env._("Repaid"),
            self.env._("Remaining at the Treasury"),
            self.env._("Spent in our books"),
            self.env._("Difference"),
            self.env._("Posted, not yet paid at the Treasury"),
        )
        return Report(
            title=self.env._("Reconciliation of the estimate with the Treasury"),
            subtitles=[
                self.env._(
                    "Budget year %(year)s, until %(day)s",
                    year=options.year,
                    day=options.day.strftime("%d/%m/%Y"),
                )
            ],
            columns=[
                Column("item", self.env._("Item"), width=8),
                Column("name", self.env._("Content"), width=36),
                *(
                    Column(key, title, "money", total=True)
                    for key, title in zip(SHOWN, titles, strict=True)
                ),
            ],
            rows=list(self._rows(figures, options)),
            notes=self._notes(figures, claims),
            signatures=[
                self.env._("Prepared by"),
                self.env._("Chief accountant"),
                self.env._("Account holder"),
                self.env._("State Treasury"),
            ],
            form_code=self.env._("Forms 30, 31, decree 347/2025/NĐ-CP"),
        )

    def _regimes(self):
        return {fund.id: fund.regime for fund in self._all_funds()}

    def _row_of(self, figures, fund, item):
        return figures.setdefault((fund, item), dict.fromkeys(FIGURES, 0))

    def _count_ledger(self, figures, options, regimes):
        """Add what our own decisions and books say."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.fund_id, move.item_id,
                       -- what goes to the next year is no money from the last one
                       CASE WHEN move.kind = 'carry_over' AND move.delta_allocated < 0
                            THEN 'carried_out' ELSE move.kind END,
                       sum(move.delta_allocated), sum(move.delta_spent)
                  FROM party_budget_move move
                 WHERE move.company_id = %(company)s AND move.year = %(year)s
                   AND move.date <= %(day)s AND %(scope)s
              GROUP BY 1, 2, 3
                """,
                company=self.env.company.id,
                year=options.year,
                day=options.day,
                scope=self._scope("move", options),
            )
        )
        columns = {"carry_over": "carried", "allocate": "given"}
        for fund, item, kind, allocated, spent in rows:
            row = self._row_of(figures, fund, item)
            row["spent"] += int(spent)
            # the Treasury knows the orders it has paid, not what boards may spend
            if regimes[fund] != "payment_order":
                row[columns.get(kind, "adjusted")] += int(allocated)

    def _count_papers(self, figures, options, regimes):
        """Add what the Treasury has paid, by our papers."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT fund_id, item_id, kind, order_kind, sum(amount)
                  FROM (%(lines)s) paper
                 WHERE company_id = %(company)s AND year = %(year)s
                   AND date <= %(day)s AND %(scope)s
              GROUP BY fund_id, item_id, kind, order_kind
                """,
                lines=self._posted_lines(),
                company=self.env.company.id,
                year=options.year,
                day=options.day,
                scope=self._scope("paper", options),
            )
        )
        for fund, item, kind, order, amount in rows:
            deltas = counter_deltas(
                regimes[fund], kind, int(amount), ORDERS.get(order, "")
            )
            row = self._row_of(figures, fund, item)
            row["given"] += deltas.allocated
            row["advance"] += deltas.advance
            row["actual"] += deltas.actual
            row["repaid"] += deltas.repaid

    def _count_unpaid(self, figures, options):
        """Add claims to be paid by transfer that no posted paper has paid by the day.

        :returns: ``{claim name: đồng}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT claim.fund_id, claim.item_id, claim.name, sum(claim.amount)
                  FROM (SELECT line.fund_id, line.item_id, claim.name,
                               claim.board_id, claim.id,
                               -- what an advance covers was paid with the advance
                               line.amount - line.advance_amount AS amount
                          FROM party_claim_line line
                          JOIN party_claim claim ON claim.id = line.claim_id
                         WHERE claim.company_id = %(company)s
                           AND claim.payment_method = 'transfer'
                           AND claim.state IN ('posted', 'paid')
                           AND claim.posted_on <= %(day)s
                           AND date_part('year', claim.date) = %(year)s) claim
                 WHERE %(scope)s
                   AND COALESCE((
                       SELECT sum(paper.amount) FROM (%(lines)s) paper
                        WHERE paper.claim_id = claim.id AND paper.date <= %(day)s
                   ), 0) = 0
              GROUP BY claim.fund_id, claim.item_id, claim.name
                HAVING sum(claim.amount) > 0
              ORDER BY claim.name
                """,
                lines=self._posted_lines(),
                company=self.env.company.id,
                year=options.year,
                day=options.day,
                scope=self._scope("claim", options),
            )
        )
        claims = {}
        for fund, item, name, amount in rows:
            self._row_of(figures, fund, item)["unpaid"] += int(amount)
            claims[name] = claims.get(name, 0) + int(amount)
        return claims

    def _rows(self, figures, options):
        """Yield for each fund its sums, then its items."""
        # codes and names of items and funds are public data
        items = (
            self.env["party.budget.item"]
            .sudo()
            .browse({item for _fund, item in figures})
        )
        given = {
            key
            for key, row in figures.items()
            if row["carried"] or row["given"] or row["adjusted"]
        }
        funds = self.env["party.fund"].sudo().browse({fund for fund, _item in figures})
        for fund in funds.sorted(lambda f: (f.sequence, f.code)):
            by_item = {}
            for (fund_id, item), row in figures.items():
                if fund_id == fund.id and any(row.values()):
                    shown = self._shown_item(items.browse(item), fund, given, options)
                    sums = by_item.setdefault(shown, dict.fromkeys(FIGURES, 0))
                    for name in FIGURES:
                        sums[name] += row[name]
            if not by_item:
                continue
            sums = {
                name: sum(row[name] for row in by_item.values()) for name in FIGURES
            }
            yield Row(
                {"item": fund.code, "name": fund.name, **self._derive(sums)}, level=1
            )
            for item in sorted(by_item, key=lambda i: i.code):
                cells = self._derive(by_item[item])
                yield Row(
                    {"item": item.code, "name": item.name, **cells},
                    link=(item._name, item.id),
                )

    def _shown_item(self, item, fund, given, options):
        """Return the item under which a figure stands: where the estimate was given.

        :param set given: (fund id, item id) that the estimate names
        """
        parent = item.parent_id
        if not parent or item.level != "sub_item":
            return item
        by_parent = (fund.id, item.id) not in given and (fund.id, parent.id) in given
        return parent if by_parent or options.level == "item" else item

    def _derive(self, figures):
        total = figures["carried"] + figures["given"] + figures["adjusted"]
        drawn = figures["advance"] + figures["actual"]
        return figures | {
            "total": total,
            "remaining": total - drawn,
            "difference": drawn - figures["spent"],
        }

    def _notes(self, figures, claims):
        """Return what explains the differences."""
        advance = sum(row["advance"] for row in figures.values())
        notes = [
            self.env._(
                "Difference: drawn at the Treasury (advance and actual) less spent in "
                "our books. Cash withdrawn and not yet spent makes it positive, claims "
                "not yet paid at the Treasury make it negative."
            )
        ]
        if advance:
            notes.append(
                self.env._(
                    "Advances not yet settled with the Treasury: %s đ.",
                    format_dong(advance),
                )
            )
        if claims:
            names = list(claims)
            more = len(names) - MAX_NAMES
            notes.append(
                self.env._(
                    "Claims posted but not yet paid at the Treasury: %(count)s, "
                    "%(amount)s đ (%(names)s%(more)s).",
                    count=len(names),
                    amount=format_dong(sum(claims.values())),
                    names=", ".join(names[:MAX_NAMES]),
                    more=self.env._(" and %s more", more) if more > 0 else "",
                )
            )
        return notes
