from odoo import models

from odoo.addons.party_office_base.rules.money import whole

from ..rules.ledger import BudgetEntry


class PartyCostMixin(models.AbstractModel):
    """Make every document that costs money hold, free and spend budget.

    Base declares ``_cost_lines``, ``_cost_hold``, ``_cost_release`` and
    ``_cost_settle`` as no-ops; with this addon they move the budget ledger.
    """

    _inherit = "party.cost.mixin"

    def _cost_company(self):
        """Return the company whose budget pays."""
        return self["company_id"] if "company_id" in self._fields else self.env.company

    def _cost_allocation(self):
        """Return what this document costs as ``[(budget line, amount đồng, note)]``.

        :raises UserError: when a board has no budget line for what it asks, or the
            fund may not pay for it
        """
        self.ensure_one()
        company, day = self._cost_company(), self._cost_date()
        wall = self.env["party.fund.rule"]
        result = []
        # what a claim holds already is not held a second time
        claimed = self._boards_holding()
        for cost in self._cost_lines():
            if cost.board in claimed:
                continue
            item = self.env["party.budget.item"]._by_code(cost.item_code)
            funds = self._cost_funds(cost.fund_code, company)
            if not cost.fund_code:
                allowed = wall._allowed_funds(item, day=day)
                funds = funds.filtered(lambda fund, may=allowed: fund in may) or funds
            line = self.env["party.budget.line"]._find_in_funds(
                cost.board, day.year, funds, item, company
            )
            wall._check(line.fund_id, item, day=day, budget_line=line)
            result.append((line, whole(cost.amount), cost.explanation))
        return result

    def _cost_to_hold(self):
        """Return what of ``_cost_allocation`` the document holds itself."""
        self.ensure_one()
        return self._cost_allocation()

    def _cost_funds(self, code, company):
        """Return the funds that may pay, in order: the one named, or all of them."""
        funds = self.env["party.fund"]
        if code:
            return funds._by_code(code)
        # which funds exist is public; the office's usual fund comes first
        return company._party_default_fund(False) | (
            funds.sudo().search([("active", "=", True)]).sudo(False)
        )

    def _cost_entry(self, kind, line, note="", **deltas):
        """Return one ``BudgetEntry`` of this document."""
        self.ensure_one()
        requester = self["requester_id"] if "requester_id" in self._fields else None
        return BudgetEntry(
            line_id=line.id,
            kind=kind,
            document=(self._name, self.id),
            document_name=self.display_name,
            note=note or "",
            requester_id=requester.id if requester else 0,
            **deltas,
        )

    def _cost_held(self):
        """Return ``{budget line id: đồng}`` that this document holds now."""
        self.ensure_one()
        # the ledger is read for the document, whoever acts on it
        return self.env["party.budget.move"].sudo()._holds_of(self)

    def _cost_hold(self):
        """Hold the budget that these documents cost.

        A document that already holds money is held anew: only the difference moves.

        :raises UserError: with all figures, when a line is short
        """
        entries = []
        for document in self:
            held = document._cost_held()
            entries += document._release_entries(held, "")
            entries += [
                document._cost_entry("hold", line, note, held=amount)
                for line, amount, note in document._cost_to_hold()
            ]
        self.env["party.budget.line"]._book(entries)
        return super()._cost_hold()

    def _release_entries(self, held, reason):
        lines = self.env["party.budget.line"]
        return [
            self._cost_entry("release", lines.browse(line), reason, held=-amount)
            for line, amount in held.items()
        ]

    def _cost_release(self, reason):
        """Give back what these documents still hold.

        :param str reason: why, kept in the ledger
        """
        entries = []
        for document in self:
            entries += document._release_entries(document._cost_held(), reason)
        self.env["party.budget.line"]._book(entries)
        return super()._cost_release(reason)

    def _cost_settle(self, move=None):
        """Give back what is still held once the cost was paid by other documents.

        Spending itself is booked where the journal entry is posted.

        :param move: ``account.move`` that settles, named in the ledger
        """
        reason = (
            self.env._("Settled by %s", move.name) if move else self.env._("Settled")
        )
        entries = []
        for document in self:
            entries += document._release_entries(document._cost_held(), reason)
        self.env["party.budget.line"]._book(entries)
        return super()._cost_settle(move)
