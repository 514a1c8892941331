from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import MAX_AMOUNT, whole

from ..rules.advance import share_advance

#: States in which the shares of the advance are fixed.
FIXED = ("approved", "posted", "paid")


class PartyClaim(models.Model):
    """A payment claim that settles an advance: only the excess is held and paid."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.link.mixin"]

    advance_id = fields.Many2one(
        "party.advance",
        string="Settles advance",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The advance whose papers these are: what it covers is not paid again.",
    )
    advance_applied = fields.Monetary(
        string="Covered by the advance",
        compute="_compute_advance_applied",
        help="The smaller of the claim and what is left of the advance.",
    )
    amount_due = fields.Monetary(
        string="To be paid",
        compute="_compute_advance_applied",
        help="Total − covered by the advance.",
    )
    due_words = fields.Char(
        string="To be paid, in words", compute="_compute_advance_applied"
    )
    amount_hold = fields.Monetary(
        string="Held on the budget",
        compute="_compute_amount_hold",
        store=True,
        help="What the budget must still give: total − what was already advanced from "
        "the same budget line.",
    )

    # ---------------------------------------------------------------- computes
    @api.depends(
        "state",
        "amount_total",
        "advance_id",
        "advance_id.remaining",
        "advance_id.reserved",
        "line_ids.amount",
        "line_ids.fund_id",
        "line_ids.item_id",
        "line_ids.advance_amount",
    )
    def _compute_advance_applied(self):
        for claim in self:
            applied = sum(claim._advance_shares().values())
            claim.advance_applied = applied
            claim.amount_due = claim.amount_total - applied
            # an amount that no line may have is still typed into an unsaved form
            plausible = abs(claim.amount_due) < MAX_AMOUNT
            claim.due_words = plausible and amount_in_words(round(claim.amount_due))

    @api.depends(
        "line_ids.amount",
        "line_ids.advance_amount",
        "line_ids.budget_line_id",
        "advance_id.budget_line_id",
    )
    def _compute_amount_hold(self):
        for claim in self:
            claim.amount_hold = sum(line._amount_hold() for line in claim.line_ids)

    def _advance_shares(self):
        """Return ``{claim line: đồng that the advance pays}``.

        Fixed from the approval on; before, what it would be now.
        """
        self.ensure_one()
        lines = self.line_ids
        if not self.advance_id:
            return dict.fromkeys(lines, 0)
        # superuser mode: which advance may be named is checked where it is set, and
        # an approver need not see the advance itself
        if self.state in FIXED:
            return {line: line.sudo().advance_amount for line in lines}
        if not self.id and not self.advance_id._origin.has_access("read"):
            # an unsaved form may name any advance, by many ways
            return dict.fromkeys(lines, 0)
        advance = self.advance_id.sudo()
        free = advance.remaining - advance.reserved if advance.state == "paid" else 0
        covered = lines.filtered(lambda line: line.fund_id == advance.fund_id)
        shares = share_advance(
            free,
            [
                (line.amount, line._find_budget_line() == advance.budget_line_id)
                for line in covered
            ],
        )
        return dict.fromkeys(lines, 0) | dict(zip(covered, shares, strict=True))

    def _asked_of_budget(self):
        """Return ``{claim line: đồng that its budget line must still give}``."""
        self.ensure_one()
        own = self.advance_id.sudo().budget_line_id
        shares = self._advance_shares()
        if not own:
            return {line: line.amount for line in self.line_ids}
        return {
            line: line.amount - (shares[line] if line._find_budget_line() == own else 0)
            for line in self.line_ids
        }

    # -------------------------------------------------------------- protection
    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "advance_id"]

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "advance_id"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "advance_applied",
            "amount_due",
            "amount_hold",
        }

    @api.constrains("advance_id", "board_id", "requester_id")
    def _check_advance_fits(self):
        for claim in self:
            # superuser mode: the constraint also runs for who does not see the advance
            advance = claim.advance_id.sudo()
            if advance and (
                advance.board_id != claim.board_id
                or advance.requester_id != claim.requester_id
                or advance.company_id != claim.company_id
            ):
                raise ValidationError(
                    self.env._(
                        "A claim settles only an advance of its own requester and "
                        "board."
                    )
                )

    def _check_advance_open(self):
        """Refuse to settle an advance of which nothing is left, or of another fund.

        :raises UserError: not paid, or all of it is settled, returned or claimed; or
            no line is paid by its fund
        """
        self.ensure_one()
        advance = self.advance_id.sudo()
        if not advance:
            return
        funds = self.line_ids.fund_id
        if funds and advance.fund_id not in funds:
            raise UserError(
                self.env._(
                    "Advance %(advance)s was given from fund %(fund)s, the claim is "
                    "paid from %(others)s: money of one fund does not settle another. "
                    "Correct the fund of the lines, or claim it without the advance.",
                    advance=advance.name,
                    fund=advance.fund_id.code,
                    others=", ".join(funds.mapped("code")),
                )
            )
        if advance.state != "paid" or advance._free() <= 0:
            raise UserError(
                self.env._(
                    "Nothing is left to settle of advance %(advance)s: take it off the "
                    "claim.",
                    advance=advance.name,
                )
            )

    def _check_can_submit(self):
        result = super()._check_can_submit()
        self._check_advance_open()
        return result

    # ---------------------------------------------------------------- approval
    def _fix_advance_shares(self):
        """Fix, at approval, what the advance pays of each line, and reserve it.

        The budget lines of the claim lines are already fixed.
        """
        self.ensure_one()
        # the shares and the reservation are written by the approval only
        claim = self.sudo()
        advance = claim.advance_id
        if not advance:
            return
        claim._check_advance_open()
        # lines of another fund are not covered: each fund pays its own
        claim.line_ids.write({"advance_amount": 0})
        lines = claim.line_ids.filtered(lambda line: line.fund_id == advance.fund_id)
        shares = share_advance(
            advance._free(),
            [
                (whole(line.amount), line.budget_line_id == advance.budget_line_id)
                for line in lines
            ],
        )
        for line, share in zip(lines, shares, strict=True):
            line.write({"advance_amount": share})
        self.invalidate_recordset()

    def _reserve_advance(self, sign=1):
        """Reserve what this claim takes from its advance, or (-1) set it free."""
        self.ensure_one()
        # see _fix_advance_shares
        claim = self.sudo()
        amount = whole(sum(claim.line_ids.mapped("advance_amount")))
        if amount:
            claim.advance_id._move_figures(reserved=sign * amount)

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._reserve_advance(-1)
        # see _fix_advance_shares
        self.sudo().line_ids.write({"advance_amount": 0})
        return result
