from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date, formatLang

from ..rules.norm import NormRow, find_breach, pick
from ..rules.rate_book import NormType, RateBook
from .party_official_mixin import LAYER_SELECTION


class PartyNorm(models.Model):
    """One value of a norm, in one layer, for one rank and area, between two dates.

    The innermost layer that has a value wins and may not pass the layer above; the
    rule itself is ``rules/norm.py``.
    """

    _name = "party.norm"
    _inherit = ["party.official.mixin", "party.verified.mixin", "mail.thread"]
    _description = "Norm"
    _order = "type_id, date_from desc, layer, rank_id, area_id, id"

    type_id = fields.Many2one(
        "party.norm.type", string="Norm", required=True, index=True, ondelete="restrict"
    )
    code = fields.Char(related="type_id.code")
    category = fields.Selection(related="type_id.category", store=True)
    unit = fields.Char(related="type_id.unit")
    bound = fields.Selection(related="type_id.bound")
    explanation = fields.Text(related="type_id.explanation")
    # not money: a norm can be litres, kilometres, a percentage
    value = fields.Float(digits=(16, 3), required=True, tracking=True)
    layer = fields.Selection(
        LAYER_SELECTION,
        required=True,
        default="internal",
        help="The innermost layer that has a value wins. It may not pass the layer "
        "above: the national text, then the province's, then the internal rules.",
    )
    rank_id = fields.Many2one(
        "party.norm.rank",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: every rank.",
    )
    area_id = fields.Many2one(
        "party.norm.area",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: every area.",
    )
    date_from = fields.Date(string="From", required=True, index=True)
    date_to = fields.Date(string="To", tracking=True, help="The last day.")
    regulation_id = fields.Many2one(
        "party.regulation", required=True, index=True, ondelete="restrict"
    )
    article = fields.Char(help="Article, clause and point the value is taken from.")
    verified = fields.Boolean(tracking=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="Empty: for all offices.",
    )
    in_force_today = fields.Boolean(
        string="In Force", compute="_compute_in_force_today", search="_search_in_force"
    )
    applies_today = fields.Boolean(
        compute="_compute_applies_today",
        search="_search_applies_today",
        help="Today this row gives the value for its rank and area: it is in force, "
        "and no layer below it has a value of its own.",
    )
    value_text = fields.Char(string="Value and Unit", compute="_compute_value_text")
    ceiling_note = fields.Char(
        compute="_compute_ceiling_note",
        help="Said when the layer above has become stricter than this row.",
    )

    # Dates of one type, layer, rank, area and office never overlap. int4range makes
    # plain keys usable in gist without an extension; COALESCE makes empty keys equal.
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(type_id, type_id, '[]') WITH &&,
            int4range(
                CASE layer WHEN 'national' THEN 1 WHEN 'province' THEN 2 ELSE 3 END,
                CASE layer WHEN 'national' THEN 1 WHEN 'province' THEN 2 ELSE 3 END,
                '[]'
            ) WITH &&,
            int4range(COALESCE(rank_id, 0), COALESCE(rank_id, 0), '[]') WITH &&,
            int4range(COALESCE(area_id, 0), COALESCE(area_id, 0), '[]') WITH &&,
            int4range(COALESCE(company_id, 0), COALESCE(company_id, 0), '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "Two values of one norm, layer, rank and area may not overlap in time: "
        "close the old row the day before the new one starts.",
    )
    _date_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day may not be before the first.",
    )
    _value_check = models.Constraint(
        "CHECK (value >= 0)", "A norm may not be negative."
    )

    # ---- computes

    @api.depends("type_id", "rank_id", "area_id", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for norm in self:
            parts = [
                norm.type_id.name,
                norm.rank_id.name,
                norm.area_id.name,
                norm._format_value(norm.value),
            ]
            norm.display_name = " · ".join(filter(None, parts))

    @api.depends("value", "type_id.unit")
    @api.depends_context("lang")
    def _compute_value_text(self):
        for norm in self:
            parts = [norm._format_value(norm.value), norm.unit]
            norm.value_text = " ".join(filter(None, parts))

    @api.depends("layer")
    def _compute_company_id(self):
        for norm in self:
            if norm.layer == "national":
                norm.company_id = False
            elif not norm.company_id:
                norm.company_id = self.env.company

    @api.depends("date_from", "date_to")
    def _compute_in_force_today(self):
        today = fields.Date.context_today(self)
        for norm in self:
            norm.in_force_today = bool(
                norm.date_from
                and norm.date_from <= today
                and (not norm.date_to or norm.date_to >= today)
            )

    @api.model
    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._in_force_domain(fields.Date.context_today(self))
        return self._boolean_domain(domain, value)

    @api.depends("type_id", "layer", "rank_id", "area_id", "date_from", "date_to")
    def _compute_applies_today(self):
        applying_ids = self._applying_ids(self.type_id)
        for norm in self:
            norm.applies_today = norm._origin.id in applying_ids

    @api.model
    def _search_applies_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("id", "in", list(self._applying_ids()))
        return self._boolean_domain(domain, value)

    @api.depends("value", "layer", "type_id", "rank_id", "area_id", "date_from")
    @api.depends_context("lang")
    def _compute_ceiling_note(self):
        for norm in self:
            norm.ceiling_note = norm._breach_text()

    # ---- constrains

    @api.constrains(
        "type_id", "value", "layer", "rank_id", "area_id", "date_from", "date_to"
    )
    def _check_ceiling(self):
        """A row may not pass the layer above on any day they share.

        Only the row that is saved is judged: a national or provincial text that has
        become stricter must be recordable, and binds the rows below when they are
        used (they then carry ``ceiling_note``).
        """
        for norm in self:
            text = norm._breach_text()
            if text:
                raise ValidationError(text)

    # ---- business

    @api.model
    def _get(self, code, date, rank=None, area=None):
        """The norm that applies, and what it rests on.

        :param str code: code of a ``party.norm.type``, e.g. "lodging_lump"
        :param date: the day of the work, date or its ISO string
        :param str rank: code of a ``party.norm.rank``, or None
        :param str area: code of a ``party.norm.area``, or None
        :return: ``rules.norm.NormResult``: ``value`` (Decimal, in ``unit``), layer,
            regulation (its number), article, date_from, verified, ceiling and its
            source, ``key`` (id of the row) and ``explanation`` (one paragraph)
        :raise UserError: no such norm, rank or area, or no value for them that day
        """
        day = fields.Date.to_date(date)
        norm_type = self._by_code("party.norm.type", code)
        rank_row = self._by_code("party.norm.rank", rank)
        area_row = self._by_code("party.norm.area", area)
        rows = self.search(
            Domain("type_id", "=", norm_type.id)
            & self._in_force_domain(day)
            & Domain("company_id", "in", (False, self.env.company.id))
        )
        result = pick(
            [row._to_rule() for row in rows],
            day,
            rank_row._codes(),
            area_row._codes(),
            norm_type.bound,
        )
        if result is None:
            raise UserError(self._missing_text(norm_type, day, rank_row, area_row))
        result = replace(result, code=code, unit=norm_type.unit)
        return replace(result, explanation=self._explain(result))

    @api.model
    def _missing_text(self, norm_type, day, rank_row, area_row):
        return self.env._(
            "No norm '%(name)s' for rank %(rank)s in area %(area)s on "
            "%(date)s. Add it under Configuration > Norms.",
            name=norm_type.name,
            rank=rank_row.name or self.env._("any"),
            area=area_row.name or self.env._("any"),
            date=format_date(self.env, day),
        )

    @api.model
    def _say_missing(self, missing):
        """The sentence for a ``rules.rate_book.RateMissing``."""
        return self._missing_text(
            self._by_code("party.norm.type", missing.code),
            missing.day,
            self._by_code("party.norm.rank", missing.rank),
            self._by_code("party.norm.area", missing.area),
        )

    @api.model
    def _rate_book(self, codes, date_from, date_to):
        """The norms that a calculation needs, in a number of queries that depends
        neither on days nor on persons.

        :param codes: codes of ``party.norm.type``
        :param date date_from: the first day that is asked for
        :param date date_to: the last day
        :return: ``rules.rate_book.RateBook``
        """
        archived = self.with_context(active_test=False).env
        types = archived["party.norm.type"].search([("code", "in", list(codes))])
        rows = self.search(
            Domain("type_id", "in", types.ids)
            & Domain("date_from", "<=", date_to)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", date_from))
            & Domain("company_id", "in", (False, self.env.company.id))
        ).grouped("type_id")
        ranks = archived["party.norm.rank"].search(Domain.TRUE)
        areas = archived["party.norm.area"].search(Domain.TRUE)
        return RateBook(
            [
                NormType(
                    norm_type.code,
                    norm_type.unit or "",
                    norm_type.bound,
                    tuple(row._to_rule() for row in rows.get(norm_type, ())),
                )
                for norm_type in types
            ],
            {rank.code: rank._codes() for rank in ranks},
            {area.code: area._codes() for area in areas},
        )

    @api.model
    def _explain(self, result):
        """One paragraph that says where a value comes from.

        :param result: ``rules.norm.NormResult`` with its ``code``
        :return: str in the user's language
        """
        layers = dict(self._fields["layer"]._description_selection(self.env))
        parts = [
            self.env._(
                "%(name)s: %(value)s %(unit)s, %(citation)s, since %(date)s "
                "(%(layer)s).",
                name=self._by_code("party.norm.type", result.code).name,
                value=self._format_value(result.value),
                unit=result.unit,
                citation=", ".join(filter(None, (result.regulation, result.article))),
                date=format_date(self.env, result.date_from),
                layer=layers[result.layer],
            )
        ]
        if result.exceeds:
            parts.append(
                self.env._(
                    "The row states %(stated)s; the limit %(ceiling)s of %(citation)s "
                    "(%(layer)s) is used.",
                    stated=self._format_value(result.stated),
                    ceiling=self._format_value(result.ceiling),
                    citation=result.ceiling_source,
                    layer=layers[result.ceiling_layer],
                )
            )
        if not result.verified:
            parts.append(self.env._("Not verified."))
        return " ".join(parts)

    # ---- helpers

    @api.model
    def _by_code(self, model, code):
        """The record with this code; empty for no code.

        :raise UserError: there is none
        """
        Model = self.env[model].with_context(active_test=False)
        record = Model.search([("code", "=", code)], limit=1) if code else Model
        if code and not record:
            raise UserError(
                self.env._(
                    "Unknown code '%(code)s' (%(model)s).",
                    code=code,
                    model=self.env["ir.model"]._get(model).name,
                )
            )
        return record

    @api.model
    def _in_force_domain(self, day):
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    @api.model
    def _boolean_domain(self, domain, values):
        """``domain`` for {True}, its opposite for {False}, all for both."""
        parts = []
        if True in values:
            parts.append(domain)
        if False in values:
            parts.append(~domain)
        return Domain.OR(parts)

    def _to_rule(self):
        """The row as the rule knows it."""
        self.ensure_one()
        return NormRow(
            layer=self.layer,
            value=Decimal(str(round(self.value, 3))),
            date_from=self.date_from,
            date_to=self.date_to or None,
            rank=self.rank_id.code or None,
            area=self.area_id.code or None,
            regulation=self.regulation_id.number or "",
            article=self.article or "",
            verified=not self.needs_check,
            own=bool(self.company_id),
            key=self.id,
        )

    @api.model
    def _applying_ids(self, types=None):
        """Ids of the rows that give the value for their own case, of all types or
        of these."""
        today = fields.Date.context_today(self)
        domain = self._in_force_domain(today)
        if types is not None:
            domain &= Domain("type_id", "in", types.ids)
        norms = self.search(domain)
        applying = set()
        for norm_type, rows in norms.grouped("type_id").items():
            candidates = [row._to_rule() for row in rows]
            for row in rows:
                result = pick(
                    candidates,
                    today,
                    row.rank_id._codes(),
                    row.area_id._codes(),
                    norm_type.bound,
                )
                if result.key == row.id:
                    applying.add(row.id)
        return applying

    def _breach_text(self):
        """What to say when the row passes the layer above; empty when it does not."""
        self.ensure_one()
        if self.layer == "national" or not (self.type_id and self.date_from):
            return ""
        others = self.search(
            [
                ("type_id", "=", self.type_id.id),
                ("layer", "in", ("national", "province")),
                ("company_id", "in", (False, self.company_id.id)),
                ("id", "!=", self._origin.id),
            ]
        )
        breach = find_breach(
            self._to_rule(),
            [row._to_rule() for row in others],
            self.rank_id._codes(),
            self.area_id._codes(),
            self.bound,
        )
        if not breach:
            return ""
        day, limit = breach
        return self.env._(
            "%(name)s: %(value)s of %(regulation)s passes the limit %(limit)s of "
            "%(limit_regulation)s (%(article)s) from %(date)s.",
            name=self.type_id.name,
            value=self._format_value(self.value),
            regulation=self.regulation_id.number or "",
            limit=self._format_value(limit.value),
            limit_regulation=limit.regulation,
            article=limit.article,
            date=format_date(self.env, day),
        )

    @api.model
    def _format_value(self, value):
        """A value without needless decimals, in the user's language."""
        text = f"{value:.3f}".rstrip("0")
        return formatLang(self.env, float(value), digits=len(text.split(".")[1]))
