import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..contention import take_rows

TEMPLATE_KEYS = ("number", "year", "month", "term", "kind", "issuer")
TEMPLATE_FIELD = re.compile(
    r"%%|%\((?:number)\)0?\d?d|%\((?:year|month)\)(?:0?\d?d|s)|"
    r"%\((?:term|kind|issuer)\)s"
)


class PartySeries(models.Model):
    """A numbering without gaps, the way statutory books ask for it.

    The counter is one row, raised in the transaction of the document that takes the
    number: if the document is rolled back, so is the number. Every number stays in
    ``party.series.number`` with its document, a cancelled one with its reason.
    """

    _name = "party.series"
    _inherit = ["mail.thread"]
    _description = "Numbering Series"
    _order = "code"
    _check_company_auto = True

    code = fields.Char(required=True, help="What the documents call it.")
    name = fields.Char(required=True, translate=True)
    prefix = fields.Char(
        string="Template",
        required=True,
        default="%(number)05d/%(year)s",
        tracking=True,
        help="How the number is written. Known: %(number)d or %(number)05d, %(year)s, "
        "%(month)02d, %(term)s, %(kind)s, %(issuer)s; %% is a percent sign.",
    )
    reset = fields.Selection(
        [("year", "Every year"), ("term", "Every committee term"), ("never", "Never")],
        string="Starts Again",
        required=True,
        default="year",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)
    counter_ids = fields.One2many("party.series.counter", "series_id", readonly=True)
    number_ids = fields.One2many("party.series.number", "series_id", readonly=True)
    number_count = fields.Integer(compute="_compute_number_count", string="Numbers")
    example = fields.Char(compute="_compute_example")

    _code_company_uniq = models.Constraint(
        "UNIQUE (code, company_id)", "An office has one series for each code."
    )

    @api.depends("number_ids")
    def _compute_number_count(self):
        counts = dict(
            self.env["party.series.number"]._read_group(
                [("series_id", "in", self.ids)], ["series_id"], ["__count"]
            )
        )
        for series in self:
            series.number_count = counts.get(series, 0)

    @api.depends("prefix")
    def _compute_example(self):
        today = fields.Date.context_today(self)
        for series in self:
            try:
                series.example = series._render(1, today, "2025–2030", {})
            except ValidationError:
                series.example = False

    @api.constrains("prefix")
    def _check_prefix(self):
        for series in self:
            series._render(1, fields.Date.context_today(series), "", {})

    @api.constrains("reset", "company_id")
    def _check_unused(self):
        """The period a number belongs to is part of the book once one was given."""
        for series in self:
            # superuser mode: numbers may be out of the user's sight
            if series.sudo().number_ids:
                raise ValidationError(
                    self.env._(
                        "Series %(name)s has given numbers: make a new one instead.",
                        name=series.name,
                    )
                )

    def action_open_numbers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_base.party_series_number_action"
        )
        action["domain"] = [("series_id", "=", self.id)]
        return action

    @api.model
    def _next(self, code, date, record=None, scope="", values=None):
        """Take the next number of a series, for a document.

        Call it late in the transaction: the counter row stays locked until it ends.
        Two transactions at once never get the same number: the later one fails with
        a serialization error, which the HTTP layer repeats (a cron or a script must
        repeat it itself, see ``odoo.service.model.retrying``).

        :param str code: code of the series, in the company of ``record`` (or the
            current one)
        :param date: date of the document, date or ISO string: decides the period
        :param record: the document that takes the number
        :param str scope: a separate count inside the series, e.g. "BTCTU/KH" for one
            issuer and kind (the kind, not its abbreviation: two kinds share "QĐ")
        :param dict values: for ``%(kind)s`` and ``%(issuer)s`` of the template
        :return: the number as it is written, str
        :raise UserError: no such series, or no committee term on that day
        """
        company = self.env.company
        if record and "company_id" in record._fields and record.company_id:
            company = record.company_id
        # superuser mode: nobody may write counters and numbers; only this does
        series = self.sudo().search(
            [("code", "=", code), ("company_id", "=", company.id)], limit=1
        )
        if not series:
            raise UserError(
                self.env._(
                    "No numbering series '%(code)s' for %(company)s. Add it under "
                    "Configuration > Numbering.",
                    code=code,
                    company=company.name,
                )
            )
        day = fields.Date.to_date(date)
        term = (
            self.env["party.term"].sudo()._at(day, company).name
            if series.reset == "term" or "%(term)s" in series.prefix
            else ""
        )
        period = {"year": str(day.year), "term": term, "never": ""}[series.reset]
        number = series._raise_counter(scope, period)
        text = series._render(number, day, term, values or {})
        self.env["party.series.number"].sudo().create(
            {
                "series_id": series.id,
                "scope": scope,
                "period": period,
                "number": number,
                "text": text,
                "date": day,
                "res_model": record._name if record else False,
                "res_id": record.id if record else False,
                "user_id": self.env.uid,
            }
        )
        return text

    def _gaps(self):
        """Numbers that are missing from the books; an empty list is as it should be.

        :return: list of (series, scope, period, number)
        """
        self.env["party.series.number"].flush_model()
        self.env["party.series.counter"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT counter.series_id, counter.scope, counter.period, missing.number
                  FROM party_series_counter counter
                 CROSS JOIN LATERAL (
                       SELECT generate_series(
                           counter.first_number, counter.last_number
                       )
                       EXCEPT
                       SELECT given.number
                         FROM party_series_number given
                        WHERE given.series_id = counter.series_id
                          AND given.scope = counter.scope
                          AND given.period = counter.period
                 ) missing(number)
                 WHERE counter.series_id = ANY(%s)
                 ORDER BY 1, 2, 3, 4
                """,
                self.ids,
            )
        )
        return [(self.browse(row[0]), *row[1:]) for row in rows]

    def _start_at(self, number, period, scope=""):
        """Begin a book in the middle: numbers below were given on paper.

        :param int number: the first number this system gives
        :param str period: "2026", the name of a term, or "" (never starts again)
        :raise UserError: the book has begun already
        """
        self.ensure_one()
        # superuser mode: nobody may write counters; this one is checked
        Counter = self.env["party.series.counter"].sudo()
        key = {"series_id": self.id, "scope": scope, "period": period}
        if Counter.search_count([(name, "=", key[name]) for name in key], limit=1):
            raise UserError(self.env._("This book has already begun."))
        self.check_access("write")
        Counter.create({**key, "first_number": number, "last_number": number - 1})

    def _raise_counter(self, scope, period):
        """Raise the counter by one and return it; the row stays locked."""
        self.ensure_one()
        take_rows(self.env, self._table, self.ids)
        ((number,),) = self.env.execute_query(
            SQL(
                """
                INSERT INTO party_series_counter AS counter
                       (series_id, scope, period, first_number, last_number)
                VALUES (%s, %s, %s, 1, 1)
                    ON CONFLICT (series_id, scope, period)
                    DO UPDATE SET last_number = counter.last_number + 1
                RETURNING last_number
                """,
                self.id,
                scope,
                period,
            )
        )
        self.env["party.series.counter"].invalidate_model(["last_number"])
        return number

    def _render(self, number, day, term, values, letter=""):
        """The number as the template writes it.

        :param int number: the count
        :param datetime.date day: date of the document
        :param str term: name of the committee term
        :param dict values: kind and issuer
        :param str letter: of a number that is put in later, e.g. 15a
        :raise ValidationError: the template has anything but the known fields
        """
        self.ensure_one()
        template = self.prefix or ""
        rest = TEMPLATE_FIELD.sub("", template)
        found = TEMPLATE_FIELD.findall(template)
        if "%" in rest or not any("number" in field for field in found):
            raise ValidationError(
                self.env._(
                    "The template '%(template)s' needs %%(number)d, and may only use: "
                    "%(keys)s.",
                    template=template,
                    keys=", ".join(TEMPLATE_KEYS),
                )
            )
        known = {
            "number": number,
            "year": day.year,
            "month": day.month,
            "term": term,
            "kind": values.get("kind", ""),
            "issuer": values.get("issuer", ""),
        }
        if letter:
            template = TEMPLATE_FIELD.sub(
                lambda found: found[0] + letter * ("number" in found[0]), template
            )
        return template % known


class PartySeriesCounter(models.Model):
    """The last number of one book: a series, a scope in it, a period."""

    _name = "party.series.counter"
    _description = "Numbering Counter"
    _order = "series_id, scope, period"
    _rec_name = "period"

    series_id = fields.Many2one(
        "party.series", required=True, index=True, ondelete="restrict"
    )
    scope = fields.Char(required=True, default="")
    period = fields.Char(required=True, default="")
    first_number = fields.Integer(required=True, default=1)
    last_number = fields.Integer(required=True, default=0)

    # INSERT … ON CONFLICT needs it
    _book_uniq = models.Constraint(
        "UNIQUE (series_id, scope, period)", "A book has one counter."
    )
