from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row, totals

_lt = LazyTranslate(__name__)

#: upper border of each bucket in days; None is open
BUCKETS = {"to_30": 30, "to_60": 60, "to_90": 90, "over_90": None}


class PartyReportHoldsByAge(models.AbstractModel):
    """What holds money and since when, and on whom the document waits."""

    _name = "party.report.holds_by_age"
    _inherit = "party.report.provider"
    _description = "Holds by Age"

    _report_title = _lt("Holds by age")
    _report_groups = READERS
    _report_options = {"day": None, "year": None, "boards": None, "funds": None}

    def _report(self, options):
        columns = self._columns()
        return Report(
            title=self.env._("Holds by age"),
            subtitles=[
                self.env._("Budget year: %s", options.year),
                self.env._("As of %s", self._day_text(options.day)),
            ],
            columns=columns,
            rows=self._rows(options, columns),
            signatures=self._signatures(),
        )

    def _columns(self):
        titles = {
            "to_30": self.env._("Up to 30 days"),
            "to_60": self.env._("31–60 days"),
            "to_90": self.env._("61–90 days"),
            "over_90": self.env._("Over 90 days"),
        }
        return [
            Column("content", self.env._("Document"), width=26),
            Column("line", self.env._("Budget line"), width=38, minor=True),
            Column("since", self.env._("Held since"), "date", 13, minor=True),
            Column("days", self.env._("Days"), "number", 7),
            Column("waiting", self.env._("Waiting on"), width=20),
            Column("held", self.env._("Held"), "money", 17, total=True),
            *(
                Column(key, title, "money", 16, total=True, minor=True)
                for key, title in titles.items()
            ),
        ]

    def _rows(self, options, columns):
        """Return the holds by board, the oldest first."""
        holds = self._holds(options)
        lines = self._lines_of([("id", "in", list({hold[0] for hold in holds}))])
        waiting = self._waiting_on(holds)
        boards = {}
        for line in lines:
            boards.setdefault(self._board_name(line), []).append(line)
        rows = []
        for board, own_lines in boards.items():
            by_id = {line.id: line for line in own_lines}
            data = [
                self._hold_row(by_id[hold[0]], hold, waiting, options.day)
                for hold in holds
                if hold[0] in by_id
            ]
            rows.append(Row(totals(columns, data) | {"content": board}, level=1))
            rows += data
        return rows

    def _hold_row(self, line, hold, waiting, day):
        _line, model, res_id, name, amount, since = hold
        days = (day - since).days
        bucket = next(
            key for key, border in BUCKETS.items() if border is None or days <= border
        )
        return Row(
            {
                "content": name or "?",
                "line": self._line_name(line),
                "since": since,
                "days": days,
                "waiting": waiting.get((model, res_id), ""),
                "held": amount,
                bucket: amount,
            },
            link=(model, res_id) if model else ("party.budget.line", line.id),
        )

    def _holds(self, options):
        """Return ``(line, model, id, name, amount, since)`` of each hold, oldest first.

        A document that gave everything back and holds again counts from the later day:
        ``since`` is the first day after which its hold was never nothing.
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH book AS (
                    SELECT id, date, line_id, COALESCE(res_model, '') AS model,
                           COALESCE(res_id, 0) AS document, document_name, delta_held
                      FROM party_budget_move
                     WHERE delta_held <> 0 AND date <= %(day)s
                       AND line_id IN %(lines)s
                ), still_open AS (
                    SELECT line_id, model, document
                      FROM book
                  GROUP BY line_id, model, document
                    HAVING sum(delta_held) <> 0
                ), running AS (
                    SELECT book.*, sum(delta_held) OVER (
                               PARTITION BY line_id, model, document
                               ORDER BY date, id) AS held
                      FROM book JOIN still_open USING (line_id, model, document)
                ), periods AS (
                    SELECT *, sum((held = delta_held)::int) OVER (
                               PARTITION BY line_id, model, document
                               ORDER BY date, id) AS period
                      FROM running
                ), holds AS (
                    SELECT line_id, model, document, period,
                           max(document_name) AS name,
                           sum(delta_held) AS amount, min(date) AS since
                      FROM periods
                  GROUP BY line_id, model, document, period
                )
                SELECT line_id, model, document, name, amount, since
                  FROM holds
                 WHERE amount <> 0
              ORDER BY since, line_id, name
                """,
                day=options.day,
                lines=self.env["party.budget.line"]._lines_query(
                    self._lines_domain(options)
                ),
            )
        )
        return [
            (line, model, res_id, name, whole(amount), since)
            for line, model, res_id, name, amount, since in rows
        ]

    def _waiting_on(self, holds):
        """Return ``{(model, id): name}`` of the persons whom the documents wait on.

        One query for each model of documents.
        """
        ids = {}
        for _line, model, res_id, *_rest in holds:
            if model in self.env and "waiting_user_id" in self.env[model]._fields:
                ids.setdefault(model, set()).add(res_id)
        result = {}
        for model, documents in ids.items():
            # a hold on a board of the reader: on whom it waits is no secret to him
            records = (
                self.env[model]
                .sudo()
                .search_fetch(
                    [("id", "in", list(documents)), ("waiting_user_id", "!=", False)],
                    ["waiting_user_id"],
                )
            )
            for record in records:
                result[model, record.id] = record.waiting_user_id.name
        return result
