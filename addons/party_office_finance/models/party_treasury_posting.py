from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules.treasury import CASH_WITHDRAWALS, counter_deltas, uses_up

#: The standard entry of each kind; settling and approving move no money.
EVENT_BY_KIND = {
    "cash_advance": "cash_withdrawal",
    "cash_actual": "cash_withdrawal",
    "transfer_actual": "treasury_payment",
    "transfer_advance": "advance_transfer",
    "repay_advance": "budget_repayment",
    "repay_actual": "budget_repayment",
    "order_actual": "order_received",
    "order_advance": "order_received",
    "order_spending": "treasury_payment",
}


class PartyTreasuryMove(models.Model):
    """What happens to a Treasury document after its approval: post, reverse."""

    _inherit = "party.treasury.move"

    # --------------------------------------------------------------------- persons
    def _why_not_accountant(self):
        """Return why the user does not keep the books of this document, or ``""``."""
        self.ensure_one()
        user = self.env.user
        if user.has_group("party_office_base.group_chief_accountant"):
            return ""
        follows = self.sudo().board_ids <= user.visible_board_ids.sudo()
        if user.has_group("party_office_base.group_accountant") and follows:
            return ""
        return self.env._(
            "Only the accountant of all its boards or the chief accountant may do this."
        )

    def _why_not_post(self):
        self.ensure_one()
        if self.env.user in self._barred_from_paying():
            return self.env._(
                "Who asked for or posted a claim does not pay it as well."
            )
        return self._why_not_accountant()

    def _barred_from_paying(self):
        """Return the users who may not post: they asked for the money, or posted it."""
        claims = self.sudo().claim_ids
        return claims.requester_id | claims.posted_by_id

    def _who_posts(self):
        """Return the user who is to post: chief accountant, else the author."""
        self.ensure_one()
        company = self.company_id.sudo()
        barred = self._barred_from_paying()
        candidates = [
            company.chief_accountant_id,
            self.requester_id,
            *self.board_ids.accountant_id,
            company.chief_accountant_id,
        ]
        return next(
            (user for user in candidates if user and user not in barred),
            company.chief_accountant_id or self.requester_id,
        )

    def _on_approved(self):
        result = super()._on_approved()
        self._hand_to(self._who_posts(), self.env._("Post"))
        return result

    # ------------------------------------------------------------------------ post
    def action_post(self):
        """Post the documents: counters of the estimate, entry, claims paid.

        :raises AccessError: unless the user keeps the books of all their boards
        :raises UserError: wrong state, estimate short, or contents not valid any more
        """
        for document in self:
            document.check_access("read")
            document._check_state("approved")
            reason = document._why_not_post()
            if reason:
                raise AccessError(reason)
            document._check_approval_intact()
            document._post_document()
        return True

    def _post_document(self):
        """Post one document in a context of our own."""
        self.ensure_one()
        # the rights were checked by action_post, and no key of the user's context may
        # reach the entry or the counters
        context = {
            "lang": self.env.lang,
            "tz": self.env.user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        document = self.with_env(self.env(su=True, context=context))
        if document.date > local_today(document.env):
            raise UserError(self.env._("A paper of a later day cannot be posted yet."))
        document._check_contents()
        document._post_entry()
        document._on_paid()
        document._move_origins()
        document.env["party.treasury.balance"]._move(document._balance_changes())
        document.write(
            {
                "state": "posted",
                "posted_by_id": self.env.uid,
                "posted_at": fields.Datetime.now(),
            }
        )
        document._hand_to(False, "")
        if document.kind in CASH_WITHDRAWALS:
            document._on_cash_withdrawn()
        elif document.move_id and document.kind in ("repay_advance", "repay_actual"):
            document._on_cash_repaid()
        self.invalidate_recordset()

    def _on_paid(self):
        """Tell the documents that this one pays, or whose payment it takes back."""
        self.claim_ids._on_treasury_paid(self)

    def _on_cash_withdrawn(self):
        """Follow a posted withdrawal of cash; the cash box extends this.

        A document with ``reversed_id`` takes the withdrawal back.
        """

    def _on_cash_repaid(self):
        """Follow a posted repayment to the budget; the cash box extends this.

        A document with ``reversed_id`` takes the repayment back.
        """

    def _sign(self):
        return -1 if self.reversed_id else 1

    def _balance_changes(self):
        """Return ``{(company id, year, fund id): Deltas}`` of this document."""
        self.ensure_one()
        amount = self._sign() * whole(self.amount)
        deltas = counter_deltas(
            self.fund_id.regime, self.kind, amount, self._order_kind()
        )
        return {(self.company_id.id, self.year, self.fund_id.id): deltas}

    # --------------------------------------------------------------------- origins
    def _origin_amounts(self):
        """Return ``{document used up: amount}`` (đồng, signed)."""
        self.ensure_one()
        if not uses_up(self.kind, self._order_kind()):
            return {}
        amounts = {}
        for line in self.line_ids:
            origin = line.origin_id or self.order_id
            if origin:
                before = amounts.get(origin, 0)
                amounts[origin] = before + self._sign() * whole(line.amount)
        return amounts

    def _move_origins(self):
        """Settle the advances and orders that this document rests on.

        :raises UserError: with the figures, when one would be settled for more than
            its amount
        """
        amounts = self._origin_amounts()
        if not amounts:
            return
        self.flush_model(["amount", "settled_amount"])
        values = SQL(", ").join(
            SQL("(%s, %s::numeric)", origin.id, amounts[origin])
            for origin in sorted(amounts, key=lambda document: document.id)
        )
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_treasury_move AS document
                   SET settled_amount = document.settled_amount + delta.amount
                  FROM (VALUES %s) AS delta(id, amount)
                 WHERE document.id = delta.id
                   AND document.settled_amount + delta.amount
                       BETWEEN 0 AND document.amount
             RETURNING document.id
                """,
                values,
            )
        )
        origins = self.browse(origin.id for origin in amounts)
        origins.invalidate_recordset(["settled_amount"])
        origins.modified(["settled_amount"])
        refused = origins - self.browse(row[0] for row in done)
        if refused:
            origin = refused[0]
            left = origin.amount - origin.settled_amount
            if not origin.board_ids <= self.env.user.visible_board_ids.sudo():
                # the figures of a paper of several boards are for who sees them all
                raise UserError(
                    self.env._(
                        "%(document)s has less open than the %(asked)s đ asked.",
                        document=origin.display_name,
                        asked=format_dong(amounts[origin]),
                    )
                )
            raise UserError(
                self.env._(
                    "%(document)s: %(amount)s đ, settled %(settled)s đ, open %(left)s "
                    "đ, asked %(asked)s đ.",
                    document=origin.display_name,
                    amount=format_dong(origin.amount),
                    settled=format_dong(origin.settled_amount),
                    left=format_dong(left),
                    asked=format_dong(amounts[origin]),
                )
            )

    # ----------------------------------------------------------------------- entry
    def _post_entry(self):
        """Make and post the entry by the standard entries; none when no money moves."""
        event = self._entry_event()
        if not event:
            return
        if self.reversed_id:
            # the payables of the claims are open again
            self.reversed_id.move_id.line_ids.remove_move_reconcile()
        pairs = self.env["party.posting.rule"]._pairs(
            event, self.company_id, self.fund_id
        )
        lines = [
            Command.create(values)
            for line in self.line_ids
            for pair in pairs
            for values in line._prepare_entry_lines(pair, bool(self.reversed_id))
        ]
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": self.date,
                "journal_id": self._journal().id,
                "company_id": self.company_id.id,
                "ref": " · ".join(filter(None, [self.name, self.paper_number])),
                "reversed_entry_id": self.reversed_id.move_id.id,
                "line_ids": lines,
            }
        )
        self.write({"move_id": move.id})
        move._post(soft=False)
        if self.claim_ids and not self.reversed_id:
            self._match_claims()

    def _entry_event(self):
        """Return the event whose standard entry is made, or None."""
        return EVENT_BY_KIND.get(self.kind)

    def _journal(self):
        """Return the journal: the bank for the Party's own money, else the Treasury.

        :raises UserError: when the settings name none
        """
        company = self.company_id
        journal = (
            company.party_bank_journal_id
            if self.fund_id.regime == "party"
            else company.party_treasury_journal_id
        )
        if not journal:
            raise UserError(
                self.env._(
                    "The journals of the Treasury and the bank are not set. Ask the "
                    "chief accountant to complete the settings."
                )
            )
        return journal

    @api.model
    def _check_entries_stand(self, moves, state):
        """Refuse to take back or to reverse by hand what the Treasury has paid.

        The counters of the estimate would not follow.

        :param moves: ``account.move`` whose state changes
        :param str state: what it becomes
        :raises UserError: naming the Treasury document
        """
        # who keeps the books may not see the document of another board
        documents = self.sudo()
        if state == "posted":
            own = documents.search([("move_id", "in", moves.ids)]).move_id
            touched = (moves - own).sudo().reversed_entry_id
        else:
            touched = moves.filtered(lambda move: move.state == "posted")
        document = touched and documents.search(
            [("move_id", "in", touched.ids)], limit=1
        )
        if document:
            raise UserError(
                self.env._(
                    "This entry belongs to the Treasury document %(document)s: only a "
                    "document that reverses it takes it back.",
                    document=document.display_name,
                )
            )

    def _match_claims(self):
        """Match what was paid with the payables that the claims had posted."""
        for claim in self.claim_ids:
            paid = self.move_id.line_ids.filtered(
                lambda item, claim=claim: item.name == claim.name
            )
            items = (paid | claim.move_id.line_ids).filtered(
                lambda item: item.account_id.account_type == "liability_payable"
            )
            for account in items.account_id:
                items.filtered(
                    lambda item, account=account: item.account_id == account
                ).reconcile()

    # --------------------------------------------------------------------- reverse
    def action_reverse(self):
        """Begin the document that reverses this one, and open it.

        :raises AccessError: unless the user keeps the books of all its boards
        :raises UserError: not posted, reversed already, or settled
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("posted")
        reason = self._why_not_accountant()
        if reason:
            raise AccessError(reason)
        # what it reverses is written by this action only; the author is the user
        origin = self.sudo()
        reversal = origin.create(
            {
                "kind": origin.kind,
                "date": local_today(self.env),
                "year": origin.year,
                "fund_id": origin.fund_id.id,
                "company_id": origin.company_id.id,
                "partner_id": origin.partner_id.id,
                "contract": origin.contract,
                "order_id": origin.order_id.id,
                "description": self.env._("Reversal of %s", origin.name),
                "reversed_id": origin.id,
                "claim_ids": [Command.set(origin.claim_ids.ids)],
            }
        )
        reversal._check_reversed()
        return self._open(reversal)

    def action_settle(self):
        """Begin the settlement of an advance, and open it.

        :raises UserError: when it is not an open advance
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_settle:
            raise UserError(self.env._("This is not an open advance of your boards."))
        settlement = self.create(
            {
                "kind": "settle_advance",
                "year": self.year,
                "fund_id": self.fund_id.id,
                "description": self.env._("Settlement of %s", self.name),
                "line_ids": [
                    Command.create(
                        {
                            "board_id": line.board_id.id,
                            "item_id": line.item_id.id,
                            "amount": line.amount,
                            "origin_id": self.id,
                        }
                    )
                    for line in self.line_ids
                ],
            }
        )
        return self._open(settlement)

    def _open(self, document):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": document.id,
            "view_mode": "form",
        }

    def action_open_entry(self):
        """Open the journal entry of this document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }


class PartyTreasuryLine(models.Model):
    _inherit = "party.treasury.move.line"

    def _prepare_entry_lines(self, pair, is_reversal):
        """Return the values of the two journal items of a standard entry.

        :param tuple pair: (debit account, credit account)
        :param bool is_reversal: swap the sides
        """
        self.ensure_one()
        debit, credit = pair[::-1] if is_reversal else pair
        document = self.treasury_id
        label = self.claim_id.name or self.note or document.description or document.name
        result = []
        for account, side in ((debit, "debit"), (credit, "credit")):
            values = {
                "name": label,
                "account_id": account.id,
                "partner_id": (self.claim_id.partner_id or document.partner_id).id,
                side: self.amount,
                "party_fund_id": document.fund_id.id,
                "party_item_id": self.item_id.id,
            }
            # money itself belongs to no board; who draws it does
            if account.account_type != "asset_cash":
                analytic = self.board_id.analytic_account_id
                values["analytic_distribution"] = {str(analytic.id): 100}
            result.append(values)
        return result
