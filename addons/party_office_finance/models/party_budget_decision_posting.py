from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.rules.money import format_dong

from ..rules import decision as rule
from ..rules.ledger import BudgetEntry
from .party_budget_decision import PROVISIONAL


class PartyBudgetDecision(models.Model):
    """What a decision must say, and how it is booked."""

    _inherit = "party.budget.decision"

    # ------------------------------------------------------------------ checks
    def _check_complete(self):
        """Refuse a decision that cannot be sent or posted as it is.

        :raises UserError: everything that is missing or wrong, at once
        """
        self.ensure_one()
        # the whole decision counts, whatever lines the user may see
        whole_decision = self.sudo()
        whole_decision._budgets()._check_open()
        reasons = [
            *whole_decision._paper_reasons(),
            *whole_decision._rule_reasons(),
            *whole_decision._source_reasons(),
        ]
        if not reasons:
            reasons = whole_decision._wall_reasons()
        if reasons:
            raise UserError(
                self.env._("Decision %(name)s:", name=self.name)
                + "\n"
                + "\n".join(f"• {reason}" for reason in reasons)
            )

    def _budgets(self):
        """Return the budgets of its boards and year, as far as there are any."""
        return self.env["party.budget"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "=", self.year),
                ("board_id", "in", self.line_ids.board_id.ids),
            ]
        )

    def _paper_reasons(self):
        reasons = []
        if (self.name or "").startswith(PROVISIONAL):
            reasons.append(
                self.env._("enter the number of the signed decision instead of “?”")
            )
        if not self.attachment_ids:
            reasons.append(self.env._("attach the scanned signed decision"))
        return reasons

    def _rule_reasons(self):
        texts = {
            "no_lines": self.env._("it has no lines"),
            "twice": self.env._("a board, fund and item stand in two lines"),
            "zero": self.env._("every line needs an amount"),
            "negative": self.env._("every amount must be above zero"),
            "sum": self.env._(
                "it takes from some lines what it gives to others: its lines must add "
                "up to zero"
            ),
            "fund_sum": self.env._(
                "a transfer stays inside each fund: the lines of every fund must add "
                "up to zero. Money changes its fund by a decision of the kind “crossing"
                "” only"
            ),
            "no_crossing": self.env._(
                "no money changes its fund: this is a transfer, not a crossing"
            ),
            "basis": self.env._(
                "a crossing between funds names its legal basis (căn cứ)"
            ),
        }
        codes = rule.problems(self.kind, self._rule_lines(), self.basis or "")
        return [texts[code] for code in codes]

    def _source_reasons(self):
        """Return what is wrong with the decision that this one releases or undoes."""
        if self.kind == "restore":
            return self._restore_reasons()
        if self.kind == "reverse":
            return self._reverse_reasons()
        if self.restores_id or self.reverses_id:
            return [
                self.env._("only a release or a reversal names an earlier decision")
            ]
        return []

    def _restore_reasons(self):
        source = self.restores_id
        if source.kind != "withhold" or not self._is_usable(source):
            return [self.env._("name the posted decision that withheld the money")]
        return self._beyond_reasons(source)

    def _reverse_reasons(self):
        source = self.reverses_id
        if not self._is_usable(source):
            return [self.env._("name the posted decision of this year to undo")]
        if source.kind == "reverse":
            return [
                self.env._(
                    "a reversal is not undone: enter the decision of “%s” anew",
                    source.reverses_id.name,
                )
            ]
        undone_by = source.reversal_ids.filtered(lambda d: d.state == "posted")
        if undone_by - self:
            return [
                self.env._(
                    "%(name)s was already undone by %(other)s",
                    name=source.name,
                    other=undone_by[0].name,
                )
            ]
        if not rule.same_lines(self._rule_lines(), source._rule_lines()):
            return [
                self.env._("its lines must be exactly those of “%s”", source.name),
            ]
        # what was released since is not held any more
        return self._beyond_reasons(source) if source.kind == "withhold" else []

    def _is_usable(self, source):
        return (
            source
            and source.state == "posted"
            and source.company_id == self.company_id
            and source.year == self.year
        )

    def _beyond_reasons(self, source):
        """Return the lines that ask for more than a decision still holds."""
        held = source._still_held()
        lines = {line._budget_key(): line for line in self.line_ids}
        return [
            self.env._(
                "%(board)s, fund %(fund)s, item %(item)s: “%(earlier)s” still holds "
                "%(limit)s đ, asked %(asked)s đ, missing %(missing)s đ",
                board=lines[excess.key].board_id.name,
                fund=lines[excess.key].fund_id.code,
                item=lines[excess.key].item_id.code,
                earlier=source.name,
                limit=format_dong(excess.limit),
                asked=format_dong(excess.asked),
                missing=format_dong(excess.asked - excess.limit),
            )
            for excess in rule.beyond(self._rule_lines(), held)
        ]

    def _still_held(self):
        """Return ``{(board, fund, item): đồng}`` that a withholding still holds."""
        holds = self.env["party.budget.move"]._holds_of(self)
        budget_lines = self.env["party.budget.line"].sudo().browse(holds)
        return {line._key(): holds[line.id] for line in budget_lines}

    def _wall_reasons(self):
        """Return the lines that put money where their fund may not pay."""
        if self.kind not in rule.GIVING:
            return []
        return self.line_ids.filtered(lambda line: line.amount > 0)._wall_reasons()

    # ----------------------------------------------------------------- posting
    def action_post(self):
        """Post approved decisions to the budget ledger.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: not approved, or not covered (with all figures)
        """
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._("Only the chief accountant posts decisions to the budget.")
            )
        self.check_access("read")
        for decision in self:
            decision._check_state("approved")
            decision._check_approval_intact()
            decision._check_complete()
            # state is written by this action only
            decision.sudo().write(
                {
                    "state": "posted",
                    "posted_by_id": self.env.uid,
                    "posted_at": fields.Datetime.now(),
                }
            )
            decision._hand_to(False, "")
            # last, so that the budget lines are locked for a short time only
            decision.sudo()._post_lines()
        return True

    def _post_lines(self):
        """Book each line: make its budget line when missing, then move the ledger."""
        undone = self.reverses_id.kind or ""
        effects = [
            (line, effect)
            for line, rule_line in zip(self.line_ids, self._rule_lines(), strict=True)
            for effect in rule.effects(self.kind, rule_line, undone)
        ]
        budget_lines = {}
        for shift in sorted({effect.year for _line, effect in effects}):
            budget_lines[shift] = self._obtain_budget_lines(self.year + shift)
        holder = self._holding_decision()
        entries = [
            self._prepare_entry(
                line, effect, budget_lines[effect.year][effect.key], holder
            )
            for line, effect in effects
        ]
        self.env["party.budget.line"]._book(entries)
        self.env["party.treasury.balance"]._follow_entries(entries)
        self._mark_crossing(budget_lines)
        self.line_ids.invalidate_recordset()

    def _prepare_entry(self, line, effect, budget_line, holder):
        # a hold and its release name the same document, so that the ledger says who
        # still holds what
        document = holder if effect.held else self
        note = line.note or ""
        if document != self:
            note = " · ".join(filter(None, (self.name, note)))
        return BudgetEntry(
            line_id=budget_line.id,
            kind=self.kind,
            allocated=effect.allocated,
            held=effect.held,
            document=(document._name, document.id),
            document_name=document.display_name,
            day=self.date,
            note=note,
            requester_id=self.requester_id.id,
        )

    def _holding_decision(self):
        """Return the decision that holds the money which this one holds or frees."""
        source = self.restores_id or self.reverses_id
        return source._holding_decision() if source else self

    def _obtain_budget_lines(self, year):
        """Return ``{(board, fund, item ids): party.budget.line}`` of a year, made when
        missing.
        """
        budgets = self.env["party.budget"]._obtain(
            self.line_ids.board_id, year, self.company_id
        )
        # lines have no write access for anybody: a posted decision makes them
        lines_model = self.env["party.budget.line"].sudo()
        existing = lines_model.search(
            [("budget_id", "in", [budget.id for budget in budgets.values()])]
        )
        found = {line._key(): line for line in existing}
        new_keys = {line._budget_key() for line in self.line_ids} - found.keys()
        new_keys = sorted(new_keys)
        created = lines_model.create(
            [
                {"budget_id": budgets[board].id, "fund_id": fund, "item_id": item}
                for board, fund, item in new_keys
            ]
        )
        return found | dict(zip(new_keys, created, strict=True))

    def _mark_crossing(self, budget_lines):
        """Let the budget lines of a crossing pay, or take that back with it.

        :param dict budget_lines: ``{0 or 1 (the next year): {key: budget line}}``
        """
        # nobody writes budget lines but posted decisions
        lines_model = self.env["party.budget.line"].sudo()
        if self.kind == "crossing":
            receiving = self.line_ids.filtered(
                lambda line: line.amount > 0 and line._wall_refusal()
            )
            lines = [budget_lines[0][line._budget_key()] for line in receiving]
            lines_model.concat(*lines).filtered(
                lambda line: not line.crossing_decision_id
            ).write({"crossing_decision_id": self.id})
        elif self.kind == "reverse" and self.reverses_id.kind == "crossing":
            lines_model.search(
                [("crossing_decision_id", "=", self.reverses_id.id)]
            ).write({"crossing_decision_id": False})
        elif self.kind == "carry_over":
            for line in self.line_ids:
                key = line._budget_key()
                crossing = budget_lines[0][key].crossing_decision_id
                following = budget_lines[1][key]
                if crossing and not following.crossing_decision_id:
                    following.write({"crossing_decision_id": crossing.id})

    # ------------------------------------------------------------------- undo
    def action_undo(self):
        """Make the draft of a decision that undoes this one, with its lines.

        :raises AccessError: unless the user is an accountant
        :raises UserError: not posted, a reversal itself, or undone already
        """
        self.ensure_one()
        if not self.env.user.has_group("party_office_base.group_accountant"):
            raise AccessError(self.env._("Only accountants prepare decisions."))
        self.check_access("read")
        self._check_state("posted")
        # all drafts count, also those of others
        other = self.sudo().reversal_ids.filtered(
            lambda d: d.state not in ("refused", "cancelled")
        )[:1]
        if other:
            if other.state == "posted":
                raise UserError(
                    self.env._(
                        "%(name)s was already undone by %(other)s.",
                        name=self.name,
                        other=other.name,
                    )
                )
            return other.sudo(False)._action_open()
        if self.kind == "reverse":
            raise UserError(
                self.env._("A reversal is not undone: enter the decision anew.")
            )
        draft = self.create(
            {
                "name": self._provisional_number(
                    self.env._("undoes %(name)s", name=self.name)
                ),
                "issuer": self.issuer,
                "kind": "reverse",
                "year": self.year,
                "reverses_id": self.id,
            }
        )
        draft._copy_lines(self.line_ids)
        return draft._action_open()

    def action_fill_lines(self):
        """Take over the lines of the decision that this draft releases or undoes."""
        self.ensure_one()
        source = self.reverses_id if self.kind == "reverse" else self.restores_id
        if not source:
            raise UserError(self.env._("Name the earlier decision first."))
        self.line_ids.unlink()
        if self.kind == "reverse":
            self._copy_lines(source.line_ids)
            return True
        held = source._still_held()
        lines = source.line_ids.filtered(lambda line: held.get(line._budget_key()))
        self._copy_lines(lines, held)
        return True

    def _copy_lines(self, lines, amounts=None):
        self.env["party.budget.decision.line"].create(
            [
                {
                    "decision_id": self.id,
                    "board_id": line.board_id.id,
                    "fund_id": line.fund_id.id,
                    "item_id": line.item_id.id,
                    "amount": (amounts or {}).get(line._budget_key(), line.amount),
                    "note": line.note,
                }
                for line in lines
            ]
        )

    # ------------------------------------------------------------------ opening
    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_source(self):
        """Open the decision that this one releases or undoes."""
        return (self.reverses_id or self.restores_id)._action_open()

    def action_open_reversal(self):
        """Open the decision that undoes this one."""
        open_ones = self.reversal_ids.filtered(
            lambda d: d.state not in ("refused", "cancelled")
        )
        return (open_ones or self.reversal_ids)[:1]._action_open()

    def action_open_ledger(self):
        """Open the rows of the ledger that this decision made.

        A release is booked on the decision that withheld the money: its rows too.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_move_action"
        )
        documents = self | self._holding_decision()
        action["domain"] = [
            ("res_model", "=", self._name),
            ("res_id", "in", documents.ids),
        ]
        return action
