from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_approval_mixin import OPEN_STATES
from odoo.addons.party_office_base.rules.allowance import CalculationRefused, total
from odoo.addons.party_office_base.rules.money import format_dong
from odoo.addons.party_office_base.rules.rate_book import RateMissing


class PartyClaim(models.Model):
    """A claim whose amounts are computed: the requester states facts, never rates.

    A kind of calculation extends ``_calculation_facts``, ``_calculate`` and
    ``_say_refused``.
    """

    _inherit = "party.claim"

    calculation = fields.Selection(related="kind_id.calculation")
    fund_id = fields.Many2one(
        "party.fund",
        string="Paid from fund",
        compute="_compute_fund_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The fund of the computed lines.",
    )
    allowance_ids = fields.One2many(
        "party.claim.allowance", "claim_id", string="Computed amounts", readonly=True
    )
    has_unverified_rate = fields.Boolean(
        string="Rests on a rate that is not verified",
        compute="_compute_has_unverified_rate",
        store=True,
    )
    calculation_box = fields.Html(
        string="How it is computed", compute="_compute_calculation_box", sanitize=False
    )

    # --------------------------------------------------------- for each kind to extend
    @api.model
    def _calculation_facts(self):
        """Return the names (``set``) of the fields that amounts are computed from."""
        return {"kind_id", "fund_id"}

    def _calculate(self):
        """Return what the facts come to: a list of ``rules.allowance.Allowance``.

        Persons are named by ``hr.employee`` records or by text. Works on unsaved forms
        and on facts that are not complete yet: then the list is empty.

        :raises CalculationRefused, RateMissing, UserError: facts that cannot be
        """
        self.ensure_one()
        return []

    def _say_refused(self, refused):
        """Return the sentence for a ``rules.allowance.CalculationRefused``."""
        if refused.reason == "too_large":
            return self.env._("An amount is below one million billion đồng.")
        return str(refused)

    # --------------------------------------------------------------------- computes
    @api.depends("kind_id")
    def _compute_fund_id(self):
        for claim in self:
            company = claim.company_id or self.env.company
            claim.fund_id = (
                claim.fund_id
                or claim.kind_id.fund_id
                or company._party_default_fund(False)
            )

    @api.depends("allowance_ids.verified", "allowance_ids.norm_id")
    def _compute_has_unverified_rate(self):
        for claim in self:
            claim.has_unverified_rate = any(
                row.norm_id and not row.verified for row in claim.allowance_ids
            )

    @api.model
    def _calculation_dependencies(self):
        names = ["state", "allowance_ids", "company_id"]
        for name in sorted(self._calculation_facts()):
            names.append(name)
            field = self._fields[name]
            if field.type == "one2many":
                rows = self.env[field.comodel_name]
                names += [f"{name}.{sub}" for sub in rows._approval_content_fields()]
        return names

    @api.depends(lambda self: self._calculation_dependencies())
    @api.depends_context("lang")
    def _compute_calculation_box(self):
        for claim in self:
            claim.calculation_box = claim.calculation and claim._render_calculation()

    # ------------------------------------------------------------------ calculation
    def _calculate_or_refuse(self):
        """Return the allowances.

        :raises ValidationError: with a sentence that says what cannot be, and where
        """
        self.ensure_one()
        try:
            return self._calculate()
        except CalculationRefused as refused:
            raise ValidationError(self._say_refused(refused)) from refused
        except RateMissing as missing:
            sentence = self.env["party.norm"]._say_missing(missing)
            raise ValidationError(sentence) from missing

    def _rate_book(self, codes, first, last):
        """Return the norms of the claim's office, see ``party.norm._rate_book``."""
        self.ensure_one()
        norms = self.env["party.norm"].with_company(self.company_id)
        return norms._rate_book(codes, first, last)

    def _recalculate(self):
        """Replace the computed amounts and lines of drafts by what the facts say.

        :raises ValidationError: see ``_calculate_or_refuse``
        """
        for claim in self:
            if claim.state not in OPEN_STATES:
                continue
            allowances = claim._calculate_or_refuse()
            if not allowances and not claim.allowance_ids:
                continue
            # the amounts are the calculation's: no user writes them
            owner = claim._in_own_context()
            owner.line_ids.filtered("is_computed").unlink()
            owner.allowance_ids.unlink()
            owner.env["party.claim.allowance"].create(
                claim._prepare_allowances(allowances)
            )
            owner.env["party.claim.line"].create(claim._prepare_lines(allowances))
            claim.invalidate_recordset(["line_ids", "allowance_ids"])

    def _recalculate_unless_saving(self):
        """Recalculate after a row of facts changed by itself.

        While the claim itself is saved it does so once, at the end. Who forges this key
        of the context only puts it off: sending computes again.
        """
        if not self.env.context.get("party_claim_saving"):
            self._recalculate()

    def _components(self, allowances):
        """Return ``{code: party.claim.component}``.

        :raises UserError: a component that nobody defined
        """
        self._fetch_persons(allowances)
        codes = {allowance.component for allowance in allowances}
        components = self.env["party.claim.component"].search(
            [("code", "in", list(codes))]
        )
        missing = codes - set(components.mapped("code"))
        if missing:
            raise UserError(
                self.env._(
                    "The component %(codes)s of calculated claims is missing.",
                    codes=", ".join(sorted(missing)),
                )
            )
        return {component.code: component for component in components}

    @api.model
    def _fetch_persons(self, allowances):
        """Read all names at once: each person stands alone in the allowances."""
        persons = [
            allowance.person
            for allowance in allowances
            if isinstance(allowance.person, models.BaseModel)
        ]
        if persons:
            persons[0].union(*persons).mapped("name")

    def _prepare_allowances(self, allowances):
        """Return the values of the rows of ``party.claim.allowance``."""
        components = self._components(allowances)
        return [
            {
                "claim_id": self.id,
                "sequence": sequence,
                "component_id": components[allowance.component].id,
                **self._allowance_values(allowance),
            }
            for sequence, allowance in enumerate(allowances, 1)
        ]

    def _allowance_values(self, allowance):
        rate = allowance.rate
        person = allowance.person
        is_text = isinstance(person, str) or not person
        return {
            "person": (person or "") if is_text else person.name,
            "employee_id": False if is_text else person._origin.id,
            "day_from": allowance.day_from,
            "day_to": allowance.day_to,
            "quantity": float(allowance.quantity),
            "unit": rate.unit if rate else "",
            "price": float(allowance.price),
            "amount": int(allowance.amount),
            "asked": int(allowance.asked or 0),
            "remark": self._say_remark(allowance.remark),
            "norm_id": rate.key if rate else False,
            "regulation": rate.regulation if rate else "",
            "article": rate.article if rate else "",
            "rate_from": rate.date_from if rate else False,
            "verified": rate.verified if rate else False,
        }

    def _say_remark(self, remark):
        """Return the sentence for the code of a remark; a kind extends it."""
        return remark

    def _prepare_lines(self, allowances):
        """Return the values of the claim lines: one for each component."""
        # what goes on forms is Vietnamese whoever asks
        lang = "vi_VN" if self.env["res.lang"]._get_data(code="vi_VN") else None
        components = self.with_context(lang=lang)._components(allowances)
        amounts = {}
        for allowance in allowances:
            component = components[allowance.component]
            amounts[component] = amounts.get(component, 0) + int(allowance.amount)
        return [
            {
                "claim_id": self.id,
                "is_computed": True,
                "date": max(allowance.day_to for allowance in allowances),
                "name": component.name,
                "amount": amount,
                "fund_id": self.fund_id.id,
                "item_id": component.item_id.id,
                "sequence": component.sequence,
            }
            for component, amount in amounts.items()
            if amount
        ]

    # ----------------------------------------------------------------------- saving
    @api.model_create_multi
    def create(self, vals_list):
        saving = self.with_context(party_claim_saving=True)
        claims = super(PartyClaim, saving).create(vals_list).with_env(self.env)
        claims._recalculate()
        return claims

    def write(self, vals):
        if not self._calculation_facts() & vals.keys():
            return super().write(vals)
        saving = self.with_context(party_claim_saving=True)
        result = super(PartyClaim, saving).write(vals)
        self._recalculate()
        return result

    def copy_data(self, default=None):
        # the copy computes its own lines
        data = super().copy_data(default)
        for claim, values in zip(self, data, strict=True):
            if values.get("line_ids") and "line_ids" not in (default or {}):
                values["line_ids"] = [
                    command
                    for line, command in zip(
                        claim.line_ids, values["line_ids"], strict=True
                    )
                    if not line.is_computed
                ]
        return data

    @api.model
    def _approval_content_fields(self):
        facts = sorted(self._calculation_facts())
        known = super()._approval_content_fields()
        return [*known, *(name for name in facts if name not in known)]

    def _content_of(self, names):
        # the amounts of a plain claim do not rest on facts
        without = set() if self.calculation else self._calculation_facts() - {"kind_id"}
        return super()._content_of([name for name in names if name not in without])

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"allowance_ids", "has_unverified_rate"}

    def _check_can_submit(self):
        # what was made of another document was computed there
        computed = self.filtered(lambda c: c.calculation and not c.source_model)
        for claim in computed:
            # rates may have changed since it was saved
            claim._recalculate()
            if not claim.allowance_ids:
                raise UserError(
                    self.env._(
                        "Nothing is to be paid yet: fill in the facts of the claim."
                    )
                )
        return super()._check_can_submit()

    def _decision_note(self, found):
        """Name what was typed beside the calculation: no norm has looked at it."""
        note = super()._decision_note(found)
        own = self.line_ids.filtered(lambda line: not line.is_computed)
        if not (self.calculation and own):
            return note
        typed = self.env._(
            "typed beside the calculation: %(amount)s đ (%(names)s)",
            amount=format_dong(sum(own.mapped("amount"))),
            names=", ".join(own.mapped("name")),
        )
        return "; ".join(filter(None, (note, typed)))

    # ---------------------------------------------------------------------- display
    def _render_calculation(self):
        """Return an HTML table: every amount with its rate and article."""
        if self.state in OPEN_STATES:
            try:
                allowances = self._calculate_or_refuse()
            except UserError as error:
                return Markup('<div class="alert alert-warning mb-0">{}</div>').format(
                    error.args[0]
                )
            components = self._components(allowances)
            rows = self.env["party.claim.allowance"]
            for allowance in allowances:
                rows += rows.new(
                    {
                        "component_id": components[allowance.component].id,
                        **self._allowance_values(allowance),
                    }
                )
            sum_of_rows = total(allowances)
        else:
            rows = self.allowance_ids
            sum_of_rows = sum(rows.mapped("amount"))
        if not rows:
            return False
        body = Markup().join(self._render_allowance(row) for row in rows)
        return Markup(
            '<table class="table table-sm mb-0"><tbody>{}</tbody><tfoot><tr>'
            '<th>{}</th><th class="text-end text-nowrap">{} đ</th></tr></tfoot></table>'
        ).format(body, self.env._("Total"), format_dong(sum_of_rows))

    def _render_allowance(self, row):
        title = " · ".join(filter(None, (row.person, row.component_id.name)))
        badge = Markup()
        if row.norm_id and not row.verified:
            badge = Markup(' <span class="badge text-bg-warning">{}</span>').format(
                self.env._("Not verified")
            )
        return Markup(
            '<tr><td><div>{}{}</div><div class="text-muted small">{}</div></td>'
            '<td class="text-end text-nowrap">{} đ</td></tr>'
        ).format(title, badge, row.explanation, format_dong(row.amount))
