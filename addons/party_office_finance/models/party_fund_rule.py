from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

from ..rules import fund_wall
from ..rules.distribution import single_board


class PartyFundRule(models.Model):
    """Which funds may pay for an item or a kind of claim (quy chế chi tiêu nội bộ).

    One set of rules for all boards, so that autonomous money is spent by one rule. The
    decree on autonomy 75/2026/NĐ-CP leaves Party bodies to rules of their own (article
    1.2.a): what ships follows its articles 6, 7 and 10 and has to be confirmed by the
    office. The logic is the pure rule ``rules/fund_wall.py``.
    """

    _name = "party.fund.rule"
    _description = "Fund Rule"
    _inherit = ["party.official.mixin", "party.verified.mixin", "mail.thread"]
    _order = "item_code, kind_id, date_from desc, id"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    name = fields.Char(required=True, translate=True)
    item_id = fields.Many2one(
        "party.budget.item",
        string="Budget item",
        index="btree_not_null",
        ondelete="restrict",
        help="Holds for this item and everything below it, unless a nearer item has a "
        "rule of its own.",
    )
    item_code = fields.Char(related="item_id.code", store=True)
    kind_id = fields.Many2one(
        "party.claim.kind",
        string="Kind of claim",
        index="btree_not_null",
        ondelete="restrict",
    )
    fund_ids = fields.Many2many(
        "party.fund", string="Funds that may pay", required=True
    )
    date_from = fields.Date(string="In force from")
    date_to = fields.Date(string="In force to", help="The last day.", tracking=True)
    regulation_id = fields.Many2one(
        "party.regulation", index="btree_not_null", ondelete="restrict"
    )
    article = fields.Char()
    note = fields.Char(translate=True)
    active = fields.Boolean(default=True)

    _about_something = models.Constraint(
        "CHECK (item_id IS NOT NULL OR kind_id IS NOT NULL)",
        "Name a budget item or a kind of claim.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The last day lies before the first one."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (COALESCE(item_id, 0) WITH =, COALESCE(kind_id, 0) WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "There is already a rule for this item and kind in that time: close it by "
        "date first.",
    )

    @api.constrains("fund_ids")
    def _check_has_funds(self):
        for row in self:
            if not row.fund_ids:
                raise ValidationError(
                    self.env._("%s: name at least one fund that may pay.", row.name)
                )

    # ------------------------------------------------------------------- cache
    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        # an INSERT is sent at once, an UPDATE is not: a rule that was closed must be
        # out of the way of the one that follows it
        self.flush_recordset()
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _all_rules(self):
        """Return all rules as plain ``FundRule``: few, and read for each line."""
        # the rules hold for everybody, also for who may not read them
        return tuple(
            fund_wall.FundRule(
                number=row.id,
                funds=frozenset(row.fund_ids.ids),
                item=row.item_id.id or None,
                kind=row.kind_id.id or None,
                date_from=row.date_from or None,
                date_to=row.date_to or None,
            )
            for row in self.sudo().search([])
        )

    # ------------------------------------------------------------------- check
    @api.model
    def _verdict(self, fund, item, kind=None, day=None):
        """Return what the rules say, see ``rules/fund_wall.py``."""
        day = fields.Date.to_date(day) or fields.Date.context_today(self)
        chain = tuple(
            int(part)
            for part in reversed((item.sudo().parent_path or "").split("/"))
            if part
        ) or (item.id,)
        # whether a fund may pay does not depend on who asks
        fund, kind = fund.sudo(), kind and kind.sudo()
        return fund_wall.verdict(
            fund.id,
            fund.regime == "estimate",
            [row for row in self._all_rules() if row.is_on(day)],
            chain,
            (kind and kind.id) or None,
            (kind and kind.fund_id.id) or None,
        )

    @api.model
    def _refusal(self, fund, item, kind=None, day=None):
        """Return why a fund may not pay, or ``""``: which may, and by which rule."""
        verdict = self._verdict(fund, item, kind, day)
        if verdict.is_allowed:
            return ""
        # the text names public codes only
        rows = self.sudo().browse(verdict.rules)
        if not rows:
            return self.env._(
                "%(fund)s cannot pay for %(item)s: money by payment order and the "
                "Party's own money pay only where a rule or the kind of the claim "
                "names them.",
                fund=fund.sudo().display_name,
                item=item.sudo().display_name,
            )
        allowed = self.env["party.fund"].sudo().browse(verdict.funds)
        allowed = allowed.sorted(lambda row: (row.sequence, row.code))
        return self.env._(
            "%(fund)s cannot pay for %(item)s. Funds that may: %(funds)s. Rule: "
            "%(rules)s.",
            fund=fund.sudo().display_name,
            item=item.sudo().display_name,
            funds=", ".join(allowed.mapped("display_name")) or self.env._("none"),
            rules="; ".join(row._reference() for row in rows),
        )

    def _reference(self):
        """Return how the rule is quoted: title, number of the regulation, article."""
        self.ensure_one()
        parts = [self.name]
        if self.regulation_id:
            parts.append(self.regulation_id.number)
        if self.article:
            parts.append(self.env._("article %s", self.article))
        if self.needs_check:
            parts.append(self.env._("not verified"))
        return ", ".join(parts)

    @api.model
    def _way_out(self):
        return self.env._(
            "Choose a fund that may pay, or ask for a numbered decision of the kind "
            "“crossing between funds”, which names its legal basis."
        )

    @api.model
    def _check(self, fund, item, kind=None, day=None, budget_line=None):
        """Refuse when a fund may not pay for an item.

        :param kind: ``party.claim.kind`` of the claim
        :param day: date of the document; empty: today
        :param budget_line: the line that pays; one that a crossing made may pay
        :raises UserError: naming the funds that may pay, the rule and the way out
        """
        if budget_line and budget_line.sudo().crossing_decision_id:
            return
        reason = self._refusal(fund, item, kind, day)
        if reason:
            raise UserError("\n".join((reason, self._way_out())))

    @api.model
    def _check_entry_lines(self, move_lines):
        """Refuse journal items whose fund may not pay; all of them at once.

        Reversals give money back and pass.

        :param move_lines: ``account.move.line`` on controlled accounts
        :raises UserError: naming the funds that may pay, the rules and the way out
        """
        reasons = []
        for line in move_lines.filtered(lambda line: line.balance > 0):
            reason = self._refusal(
                line.party_fund_id,
                line.party_item_id,
                # the claim may be outside the scope of who posts
                line.party_claim_line_id.sudo().claim_id.kind_id,
                line.move_id.date,
            )
            # only a refusal looks for the budget line
            if reason and not self._entry_budget_line(line).crossing_decision_id:
                reasons.append(f"{line._party_label()}: {reason}")
        if reasons:
            raise UserError("\n".join([*dict.fromkeys(reasons), self._way_out()]))

    @api.model
    def _entry_budget_line(self, line):
        """Return the budget line that a journal item would take from."""
        fixed = line.party_claim_line_id.sudo().budget_line_id
        if fixed:
            return fixed
        boards = self.env["party.board"]._by_analytic_account()
        board = self.env["party.board"].browse(
            single_board(line.analytic_distribution, boards)[0]
        )
        return self.env["party.budget.line"]._find(
            board,
            line.move_id.date.year,
            line.party_fund_id,
            line.party_item_id,
            line.move_id.company_id,
        )

    @api.model
    def _allowed_funds(self, item, kind=None, day=None):
        """Return the funds that may pay for an item (``party.fund``)."""
        # which funds exist is public
        funds = self.env["party.fund"].sudo().search([("active", "=", True)])
        return funds.sudo(False).filtered(
            lambda fund: self._verdict(fund, item, kind, day).is_allowed
        )
