import re
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import midnight, zone
from odoo.addons.party_office_base.rules.report import Report, Row

READERS = (
    "party_office_base.group_clerk",
    "party_office_base.group_office_chief",
)
#: what comes from the register of numbers, before what comes from the paper
NUMBER_COLUMNS = (
    "book.scope",
    "book.period",
    "book.number",
    "book.text",
    "book.date",
    "book.state",
    "book.reason",
    "book.insertion_reason",
    "book.before",
    "book.tail",
    "paper.id",
    "paper.secrecy",
)


class PartyReportPaperBook(models.AbstractModel):
    """What the books of papers share: every number that was given, in its order.

    A book is drawn from the register of numbers, so that nothing can be left out: a
    cancelled number stands there with its reason, a number that is missing is named.
    Of a secret paper only number, kind and date are known.
    """

    _name = "party.report.paper_book"
    _inherit = "party.report.provider"
    _description = "Book of Papers"

    _report_groups = READERS
    _series_code = ""
    _direction = ""

    # ------------------------------------------------------------- the report
    def _report(self, options):
        return Report(
            title=self.env._(self._report_title),
            subtitles=self._subtitles(options),
            columns=self._columns(),
            rows=self._rows(options),
            notes=self._notes(options),
            signatures=self._signatures(),
        )

    def _columns(self):
        """Return the columns of the statutory table."""
        raise NotImplementedError

    def _cells(self, given, values, names):
        """Return the cells of a paper.

        :param dict given: columns of the number
        :param tuple values: what ``_paper_columns`` selected
        :param dict names: see ``_names``
        """
        raise NotImplementedError

    def _paper_columns(self):
        """Return the columns (list of ``SQL``) of a paper, alias ``paper``."""
        raise NotImplementedError

    def _signatures(self):
        return []

    def _notes(self, options):
        return []

    def _subtitles(self, options):
        bodies = self._bodies(options)
        return [
            *([", ".join(bodies.mapped("name"))] if bodies else []),
            self._period_text(options),
        ]

    def _period_text(self, options):
        if options.since == options.day:
            return self.env._("On %(day)s", day=self._day_text(options.day))
        return self.env._(
            "From %(since)s to %(day)s",
            since=self._day_text(options.since),
            day=self._day_text(options.day),
        )

    def _bodies(self, options):
        """Return the bodies whose books are asked for; none means all."""
        bodies = self.env["party.issuing.body"].with_context(active_test=False)
        return bodies.search([("id", "in", options.body_ids)])

    def _names(self):
        """Return words for ids, read once: ``{"boards", "kinds", "bodies"}``."""
        # names of boards, kinds and bodies are public inside the office
        boards = self.env["party.board"].sudo().with_context(active_test=False)
        kinds = self.env["party.document.kind"].sudo().with_context(active_test=False)
        bodies = self.env["party.issuing.body"].sudo().with_context(active_test=False)
        company = [("company_id", "=", self.env.company.id)]
        return {
            "boards": {board.id: board.name for board in boards.search([])},
            "kinds": {kind.id: kind.name for kind in kinds.search([])},
            "kind_codes": {kind.code: kind.name for kind in kinds.search([])},
            "bodies": {body.code: body.name for body in bodies.search(company)},
        }

    # ------------------------------------------------------------------- rows
    def _rows(self, options):
        """Yield a heading for each book when there are several, its numbers, and a line
        for each run of numbers that is missing.
        """
        names = self._names()
        many = self._has_many(options)
        book = None
        for row in self._stream(self._query(options)):
            given = dict(
                zip(
                    (name.split(".")[1] for name in NUMBER_COLUMNS[:10]),
                    row[:10],
                    strict=True,
                )
            )
            paper_id, secrecy = row[10:12]
            if many and book != (given["scope"], given["period"]):
                book = given["scope"], given["period"]
                yield Row({self._first_key(): self._heading(given, names)}, level=2)
            if given["number"] - given["before"] > 1:
                yield Row(self._gap(given["before"] + 1, given["number"] - 1), level=1)
            cells = self._cells(given, row[len(NUMBER_COLUMNS) :], names)
            if secrecy and secrecy != "none":
                cells = self._stub(cells)
            yield Row(
                {**cells, "note": self._note(given, cells, paper_id, secrecy)},
                link=("party.document", paper_id) if paper_id else None,
            )
            if given["tail"] > 0:
                last = given["number"] + given["tail"]
                yield Row(self._gap(given["number"] + 1, last), level=1)

    def _first_key(self):
        return self._columns()[0].key

    def _heading(self, given, names):
        """Return what a book is called, e.g. "Văn phòng · Báo cáo · 2025–2030"."""
        body, _slash, kind = given["scope"].partition("/")
        parts = [
            names["bodies"].get(body, body),
            names["kind_codes"].get(kind, kind),
            given["period"],
        ]
        return " · ".join(filter(None, parts))

    def _gap(self, first, last):
        """Return the cells of a run of numbers that is missing."""
        if first == last:
            text = self.env._("Number %(number)s is missing.", number=first)
        else:
            text = self.env._(
                "Numbers %(first)s to %(last)s are missing.", first=first, last=last
            )
        return {"abstract": text}

    def _stub(self, cells):
        """Return what may be said of a secret paper: number, kind, date."""
        return {key: value for key, value in cells.items() if key in self._stub_keys()}

    def _stub_keys(self):
        return {"name", "kind", "date"}

    def _note(self, given, cells, paper_id, secrecy):
        if given["state"] == "cancelled":
            return self.env._("Number cancelled: %(reason)s", reason=given["reason"])
        if not paper_id:
            return self.env._("The paper of this number is not here.")
        if secrecy != "none":
            return self.env._("In the secret register")
        if given["insertion_reason"]:
            return self.env._(
                "Number put in later: %(reason)s", reason=given["insertion_reason"]
            )
        return cells.get("note") or ""

    # ------------------------------------------------------------------ query
    def _scope_condition(self, options):
        """Return the condition (``SQL``) on the book of a number, alias ``given``."""
        if not options.body_ids:
            return SQL("TRUE")
        codes = self._bodies(options).mapped("code")
        return SQL("split_part(given.scope, '/', 1) = ANY(%s)", codes)

    def _day_condition(self, options):
        return SQL("book.date BETWEEN %s AND %s", options.since, options.day)

    def _has_many(self, options):
        """Tell whether the rows come from several books."""
        query = SQL(
            "SELECT count(*) FROM (SELECT DISTINCT book.scope, book.period"
            " FROM %s WHERE %s LIMIT 2) AS books",
            self._numbers(options),
            self._day_condition(options),
        )
        self.env.flush_all()
        return self.env.execute_query(query)[0][0] > 1

    def _numbers(self, options):
        """Return the numbers of the books, each with the one ``before`` it; ``tail``
        counts what is missing behind the last one.

        Inserted numbers (15a) share the count of the number they follow.
        """
        return SQL(
            """(
            SELECT given.*,
                   COALESCE(
                       lag(given.number, 1, counter.first_number - 1) OVER page,
                       given.number - 1
                   ) AS before,
                   CASE WHEN lead(given.id) OVER page IS NULL
                        THEN COALESCE(counter.last_number, 0) - given.number
                        ELSE 0
                   END AS tail
              FROM party_series_number given
              JOIN party_series series ON series.id = given.series_id
         LEFT JOIN party_series_counter counter
                ON counter.series_id = given.series_id
               AND counter.scope = given.scope
               AND counter.period = given.period
             WHERE series.code = %s AND series.company_id = %s AND %s
            WINDOW page AS (
                   PARTITION BY given.series_id, given.scope, given.period
                   ORDER BY given.number, given.insertion
            )
            ) AS book""",
            self._series_code,
            self.env.company.id,
            self._scope_condition(options),
        )

    def _query(self, options):
        # the reader's own rules decide which papers are named
        allowed = self.env["party.document"]._search(
            [("direction", "=", self._direction)]
        )
        return SQL(
            """
            SELECT %s, %s
              FROM %s
         LEFT JOIN party_document paper
                ON book.res_model = 'party.document' AND paper.id = book.res_id
               AND paper.id IN %s
             WHERE %s
          ORDER BY book.scope, book.period, book.number, book.insertion
            """,
            SQL(", ").join(SQL.identifier(*name.split(".")) for name in NUMBER_COLUMNS),
            SQL(", ").join(self._paper_columns()),
            self._numbers(options),
            allowed.subselect(),
            self._day_condition(options),
        )

    # ------------------------------------------------------------------ tools
    def _local_day(self, column):
        """Return a stored moment as a day at the office (``SQL``)."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", column, str(zone(self.env))
        )

    def _moments(self, options):
        """Return the moments (UTC) of the period, end excluded."""
        return (
            midnight(self.env, options.since),
            midnight(self.env, options.day + timedelta(days=1)),
        )

    def _kind_text(self, kind, abstract):
        """Return kind and abstract as the books write them: "Công văn: V/v …".

        An abstract that begins with its kind ("Tờ trình về …") names it already.
        """
        words, known = (abstract or "").casefold(), (kind or "").casefold()
        if known and re.match(rf"\s*{re.escape(known)}\b", words):
            return abstract.strip()
        return ": ".join(filter(None, [kind, abstract]))
