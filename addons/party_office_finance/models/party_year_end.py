from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules import year_end as rule

#: counters that a year end shows
FIGURES = ("allocated", "spent", "held", "advanced", "available")


class PartyYearEnd(models.Model):
    """The end of a budget year: its dates, what is carried over, what is cancelled.

    Circular 26/2026/TT-BTC, articles 15 and 19: an estimate that is not used by 31
    January is cancelled, but for what may be carried over (article 31 of decree
    73/2026). The pure rule ``rules/year_end.py`` proposes; two signed decisions act.
    """

    _name = "party.year.end"
    _description = "Year End"
    _inherit = ["party.protected.mixin", "mail.thread"]
    _order = "year desc, id desc"
    _mail_post_access = "read"

    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("open", "In progress"),
            ("computed", "Computed"),
            ("decided", "Waiting for decisions"),
            ("closed", "Year closed"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    computed_at = fields.Datetime(readonly=True, copy=False)
    step_ids = fields.One2many("party.year.end.step", "year_end_id", string="Calendar")
    line_ids = fields.One2many(
        "party.year.end.line", "year_end_id", string="Money left"
    )
    open_ids = fields.One2many(
        "party.year.end.open", "year_end_id", string="Open holds and advances"
    )
    decision_ids = fields.One2many(
        "party.budget.decision", "year_end_id", string="Decisions", readonly=True
    )
    decision_count = fields.Integer(compute="_compute_decision_count")
    overdue_count = fields.Integer(
        string="Overdue steps", compute="_compute_overdue_count"
    )
    available_total = fields.Monetary(
        string="Money left (total)", compute="_compute_totals"
    )
    carry_total = fields.Monetary(string="To carry over", compute="_compute_totals")
    cancel_total = fields.Monetary(string="To cancel", compute="_compute_totals")
    totals_box = fields.Html(string="Totals", compute="_compute_totals", sanitize=False)

    _year_unique = models.Constraint(
        "UNIQUE(company_id, year)", "The end of this year was already begun."
    )
    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter the budget year with four digits."
    )

    # ---------------------------------------------------------------- computes
    @api.depends("year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._("Year end %s", record.year or "")

    @api.depends("decision_ids")
    def _compute_decision_count(self):
        for record in self:
            record.decision_count = len(record.decision_ids)

    @api.depends("step_ids.is_overdue")
    def _compute_overdue_count(self):
        for record in self:
            record.overdue_count = len(record.step_ids.filtered("is_overdue"))

    @api.depends("line_ids.carry_amount", "line_ids.available")
    def _compute_totals(self):
        """Sum the lines that the user may see, by fund."""
        rows = self.env["party.year.end.line"]._read_group(
            [("year_end_id", "in", self.ids)],
            ["year_end_id", "fund_id"],
            ["available:sum", "carry_amount:sum", "cancel_amount:sum"],
        )
        by_record = {}
        for record, *row in rows:
            by_record.setdefault(record.id, []).append(row)
        for record in self:
            found = by_record.get(record.id, [])
            totals = [sum(row[index] for row in found) for index in (1, 2, 3)]
            record.available_total, record.carry_total, record.cancel_total = totals
            record.totals_box = found and record._render_totals(found, totals)

    def _render_totals(self, rows, totals):
        """Return an HTML table: what is left, carried over and cancelled by fund."""
        titles = (
            self.env._("Money left"),
            self.env._("To carry over"),
            self.env._("To cancel"),
        )
        head = Markup().join(
            Markup('<th class="text-end">{}</th>').format(title) for title in titles
        )
        body = Markup().join(
            self._render_row(fund.display_name, amounts) for fund, *amounts in rows
        )
        body += self._render_row(self.env._("Total"), totals, "fw-bold")
        return Markup(
            '<table class="table table-sm mb-0"><thead><tr><th>{}</th>{}</tr></thead>'
            "<tbody>{}</tbody></table>"
        ).format(self.env._("Fund"), head, body)

    def _render_row(self, name, amounts, css=""):
        cells = Markup().join(
            Markup('<td class="text-end text-nowrap">{}</td>').format(
                format_dong(amount)
            )
            for amount in amounts
        )
        return Markup('<tr class="{}"><td>{}</td>{}</tr>').format(css, name, cells)

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "computed_at",
            "company_id",
            "open_ids",
            "decision_ids",
        }

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._make_steps()
        return records

    def write(self, vals):
        if "year" in vals and any(record.year != vals["year"] for record in self):
            raise UserError(self.env._("The year of a year end is not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_before_decisions(self):
        if any(record.sudo().decision_ids for record in self):
            raise UserError(self.env._("A year end that has led to decisions is kept."))

    def _make_steps(self):
        # the dates are the regulation's: nobody enters them
        calendar = rule.calendar(self.year)
        regulations = (
            self.env["party.regulation"]
            .sudo()
            .search([("number", "in", [step.regulation for step in calendar])])
        )
        by_number = {row.number: row.id for row in regulations}
        self.env["party.year.end.step"].sudo().create(
            [
                {
                    "year_end_id": self.id,
                    "code": step.code,
                    "date": step.day,
                    "regulation_id": by_number.get(step.regulation, False),
                    "article": step.article,
                    "verified": step.is_verified,
                }
                for step in calendar
            ]
        )

    def _check_chief(self):
        """Refuse everybody but the chief accountant.

        :raises AccessError: naming whose work it is
        """
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._("The end of the year is the chief accountant's work.")
            )

    def _check_not_closed(self):
        for record in self:
            if record.state == "closed":
                raise UserError(
                    self.env._("%(record)s is closed.", record=record.display_name)
                )

    def _check_no_open_decision(self):
        """Refuse while a decision of this year end is neither posted nor stopped.

        :raises UserError: naming it
        """
        waiting = self.decision_ids.filtered(
            lambda d: d.state not in ("posted", "refused", "cancelled")
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(decisions)s must be posted or cancelled first.",
                    decisions=", ".join(waiting.mapped("display_name")),
                )
            )

    # ----------------------------------------------------------------- compute
    def action_compute(self):
        """Fill the lines: what is left on each budget line, and what to do with it.

        What the chief accountant changed with a reason is kept, as far as it is still
        there.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: closed, or a decision of this year end is still open
        """
        self._check_chief()
        for record in self:
            record._check_not_closed()
            record._check_no_open_decision()
            record._fill_lines()
            record._fill_open()
            # state is written by actions only
            record.sudo().write(
                {"state": "computed", "computed_at": fields.Datetime.now()}
            )
        return True

    def _budget_lines(self):
        """Return the budget lines of the year in this company."""
        return self.env["party.budget.line"].search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
        )

    def _fill_lines(self):
        # figures are written by this action only
        lines = self.line_ids.sudo()
        kept = {line.budget_line_id.id: line for line in lines}
        budget_lines = self._budget_lines().filtered(
            lambda line: line.available or line.held or line.advanced
        )
        late = self._late_additions(budget_lines)
        to_create = []
        for budget_line in budget_lines:
            known = kept.pop(budget_line.id, lines.browse())
            values = known._prepare(budget_line, late.get(budget_line.id, 0))
            if known:
                known.write(values)
            else:
                to_create.append({"year_end_id": self.id, **values})
        lines.create(to_create)
        lines.browse([line.id for line in kept.values()]).unlink()

    def _late_additions(self, budget_lines):
        """Return ``{budget line id: đồng}`` added after 30 September, by the ledger.

        Supplements and allocations, less what decisions undid of them. Money that was
        only moved between lines is no addition, nor is what came from last year.
        """
        if not budget_lines:
            return {}
        first_day = rule.late_from(self.year)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.line_id, sum(move.delta_allocated)
                  FROM party_budget_move move
             LEFT JOIN party_budget_decision undo
                    ON move.kind = 'reverse'
                   AND move.res_model = 'party.budget.decision'
                   AND undo.id = move.res_id
             LEFT JOIN party_budget_decision undone ON undone.id = undo.reverses_id
                 WHERE move.line_id IN %s AND move.date >= %s
                   AND (move.kind IN ('allocate', 'supplement')
                        OR (undone.kind IN ('allocate', 'supplement')
                            AND undone.date >= %s))
              GROUP BY move.line_id
                HAVING sum(move.delta_allocated) > 0
                """,
                tuple(budget_lines.ids),
                first_day,
                first_day,
            )
        )
        return {line: int(amount) for line, amount in rows}

    def _fill_open(self):
        """List which documents still hold money or have advances to settle."""
        opens = self.open_ids.sudo()
        opens.unlink()
        budget_lines = self._budget_lines().filtered(
            lambda line: line.held or line.advanced
        )
        if not budget_lines:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, res_model, res_id, max(document_name),
                       sum(delta_held), sum(delta_advanced), min(date)
                  FROM party_budget_move
                 WHERE line_id IN %s
              GROUP BY line_id, res_model, res_id
                HAVING sum(delta_held) <> 0 OR sum(delta_advanced) <> 0
              ORDER BY line_id, res_model, res_id
                """,
                tuple(budget_lines.ids),
            )
        )
        # the list is derived data: only this action writes it
        opens.create(
            [
                {
                    "year_end_id": self.id,
                    "budget_line_id": line,
                    "res_model": model,
                    "res_id": res_id,
                    "name": name,
                    "held": held,
                    "advanced": advanced,
                    "date": day,
                }
                for line, model, res_id, name, held, advanced, day in rows
            ]
        )

    # --------------------------------------------------------------- decisions
    def action_make_decisions(self):
        """Make the drafts of two decisions: carry over, and cancel.

        They are signed, sent, approved and posted like every decision.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: not computed, nothing left, or decisions are still open
        """
        self.ensure_one()
        self._check_chief()
        if self.state != "computed":
            raise UserError(
                self.env._("Compute first, so that the figures are those of today.")
            )
        self._check_no_open_decision()
        texts = {
            "carry_over": self.env._("carry-over from %(year)s", year=self.year),
            "cancel": self.env._("cancellation of %(year)s", year=self.year),
        }
        amounts = {"carry_over": "carry_amount", "cancel": "cancel_amount"}
        decisions = self.env["party.budget.decision"]
        for kind, field in amounts.items():
            lines = self.line_ids.filtered(lambda line, name=field: line[name] > 0)
            if lines:
                decisions |= self._make_decision(kind, texts[kind], lines, field)
        if not decisions:
            raise UserError(
                self.env._("No money is left: nothing to carry over or to cancel.")
            )
        # state is written by actions only
        self.sudo().state = "decided"
        return self.action_open_decisions()

    def _make_decision(self, kind, text, lines, field):
        decisions = self.env["party.budget.decision"].with_company(self.company_id)
        decision = decisions.create(
            {
                "name": decisions._provisional_number(text),
                "issuer": self.company_id.name,
                "kind": kind,
                "year": self.year,
                "basis": self.env._("Circular 26/2026/TT-BTC, article 19.3"),
            }
        )
        # which year end a decision belongs to is set by this action only
        decision.sudo().year_end_id = self.id
        self.env["party.budget.decision.line"].create(
            [
                {
                    "decision_id": decision.id,
                    "board_id": line.board_id.id,
                    "fund_id": line.fund_id.id,
                    "item_id": line.item_id.id,
                    "amount": line[field],
                    "note": line.change_reason or line._reason_text(),
                }
                for line in lines
            ]
        )
        return decision

    # ------------------------------------------------------------------- close
    def action_close_year(self):
        """Close the budgets of the year and open those of the next.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: decisions are open, or money is still held, advanced or left
        """
        self.ensure_one()
        self._check_chief()
        self._check_not_closed()
        self._check_no_open_decision()
        self._check_nothing_left()
        budgets = self.env["party.budget"].search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
        )
        budgets.action_close()
        self.env["party.budget"]._obtain(
            budgets.board_id, self.year + 1, self.company_id
        )
        # state is written by actions only
        self.sudo().state = "closed"
        self.message_post(body=self.env._("Year closed"))
        return True

    def _check_nothing_left(self):
        """Refuse while the year's lines hold, advance or leave money.

        :raises UserError: with the figures of each line
        """
        left = self._budget_lines().filtered(
            lambda line: line.available or line.held or line.advanced
        )
        if not left:
            return
        texts = [
            self.env._(
                "%(line)s: held %(held)s đ, advanced %(advanced)s đ, left "
                "%(available)s đ",
                line=line.display_name,
                held=format_dong(whole(line.held)),
                advanced=format_dong(whole(line.advanced)),
                available=format_dong(whole(line.available)),
            )
            for line in left[:20]
        ]
        if len(left) > 20:
            texts.append(self.env._("… and %s more lines", len(left) - 20))
        raise UserError(
            self.env._("%(year)s cannot be closed yet:", year=self.year)
            + "\n"
            + "\n".join(texts)
            + "\n"
            + self.env._(
                "Settle or take back what is held and advanced; carry over or cancel "
                "what is left by decision."
            )
        )

    # ----------------------------------------------------------------- opening
    def action_open_decisions(self):
        """Open the decisions of this year end."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_decision_action"
        )
        action["domain"] = [("year_end_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_open_lines(self):
        """Open the lines of this year end as a list of their own."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_year_end_line_action"
        )
        action["domain"] = [("year_end_id", "=", self.id)]
        return action
