from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import whole


class PartyClaim(models.Model):
    """What happens to a payment claim after its approval: post, pay."""

    _inherit = "party.claim"

    # ------------------------------------------------------------------ persons
    def _why_not_post(self):
        self.ensure_one()
        if self.requester_id == self.env.user:
            return self.env._("Nobody posts his own claim.")
        return self._why_not_accountant()

    def _why_not_pay(self):
        self.ensure_one()
        if self.payment_method != "cash":
            return self.env._("A transfer is paid by a Treasury document.")
        if not self.env.user.has_group("party_office_base.group_cashier"):
            return self.env._("Only the cashier pays.")
        if self.env.user in self.requester_id | self.posted_by_id:
            return self.env._("Who asked or posted does not pay as well.")
        return ""

    # --------------------------------------------------------------------- post
    def action_post(self):
        """Make and post the journal entry; the hold becomes spending.

        :raises AccessError: unless the user is the board's accountant on this day or
            the chief accountant, and not the requester
        :raises UserError: wrong state, accounts missing, or budget short
        """
        for claim in self:
            claim.check_access("read")
            claim._check_state("approved")
            reason = claim._why_not_post()
            if reason:
                raise AccessError(reason)
            claim._check_approval_intact()
            claim._post_entry()
        return True

    def _post_entry(self):
        """Make the entry and hand the claim to the cashier; settled without a payment
        when the advance covers it all.
        """
        self.ensure_one()
        # stamped by action_post only, which has checked role, state and approval
        claim = self._in_own_context()
        due = whole(claim.amount_due)
        payer = due and claim._payer_or_refuse(self.env.user)
        if due:
            cash = claim.payment_method == "cash"
            number = claim.env["party.series"]._next(
                "payment_voucher" if cash else "transfer_voucher",
                claim._entry_date(),
                claim,
            )
            claim.write({"voucher_number": number})
        claim._create_standard_entry(claim._prepare_entry())
        today = local_today(self.env)
        claim.write(
            {
                "state": "posted" if due else "paid",
                "posted_by_id": self.env.uid,
                "posted_on": today,
                # nothing is handed out: the claim is settled by its entry
                "paid_on": False if due else today,
            }
        )
        claim._hand_to(payer, claim._payment_step() if due else "")
        self.invalidate_recordset()

    def _payer_or_refuse(self, poster):
        """Return who pays, or prepares the payment, of a claim that is posted.

        :param poster: ``res.users`` who posts; he does not hand out cash as well
        :raises UserError: when there is nobody
        """
        self.ensure_one()
        if self.payment_method == "cash":
            return self._cashier_or_refuse(self.requester_id, poster)
        return self._accountant_in_duty()

    def _payment_step(self):
        """Return what a posted claim waits for."""
        self.ensure_one()
        if self.payment_method == "cash":
            return self.env._("Pay")
        return self.env._("Treasury Document")

    def _entry_date(self):
        """Return the accounting date: today, or the last day of the claim's budget
        year.
        """
        today = local_today(self.env)
        if today.year == self.date.year:
            return today
        return fields.Date.to_date(f"{self.date.year}-12-31")

    def _prepare_entry(self):
        journal = self.company_id._party_payment_accounts(self.payment_method)[0]
        number = self.voucher_number
        return {
            "date": self._entry_date(),
            "journal_id": journal.id,
            "ref": f"{number} · {self.name}" if number else self.name,
            "line_ids": [
                *(line._prepare_entry_line() for line in self.line_ids),
                *self._prepare_counterparts(),
            ],
        }

    def _prepare_counterparts(self):
        """Return the items beside the expenses, one for each account, fund and side.

        Only the expenses name a board: what is owed or received is the office's.

        :raises UserError: when a standard entry does not debit the expense
        """
        paid, others = {}, {}
        pairs_of = {}
        for line in self.line_ids:
            expense = line._expense_account()
            for event, amount in line._entry_parts():
                key = event, line.fund_id, expense
                if key not in pairs_of:
                    pairs_of[key] = self._entry_pairs(*key)
                    self._check_one_expense(event, pairs_of[key], expense)
                for debit, credit in pairs_of[key]:
                    # a debit stands behind its own credit: who reads the entry as
                    # pairs finds them side by side
                    totals = paid if debit == expense else others
                    sides = [("debit", debit)] if debit != expense else []
                    for side, account in [("credit", credit), *sides]:
                        partner = self._counterpart_partner(event, account)
                        target = line.fund_id, account, side, partner
                        totals[target] = totals.get(target, 0) + amount
        return [
            {
                "name": self.description,
                "account_id": account.id,
                "partner_id": partner.id,
                "debit": amount if side == "debit" else 0.0,
                "credit": amount if side == "credit" else 0.0,
            }
            for (_fund, account, side, partner), amount in [
                *paid.items(),
                *others.items(),
            ]
        ]

    def _counterpart_partner(self, event, account):
        """Return whose account is moved: the debtor's of an advance, else the
        payee's.
        """
        if event == "advance_settlement" and account.account_type == "asset_receivable":
            return self.requester_id.partner_id
        return self.partner_id

    def _check_one_expense(self, event, pairs, expense):
        if [debit for debit, _credit in pairs].count(expense) != 1 or any(
            credit == expense for _debit, credit in pairs
        ):
            rules = self.env["party.posting.rule"]
            events = dict(rules._fields["event"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The standard entry “%(event)s” must debit the expense exactly "
                    "once. Ask the chief accountant to correct it.",
                    event=events[event],
                )
            )

    def _on_entry_taken_back(self):
        """Follow the entry back: the claim is approved again, its hold is alive
        again.
        """
        for claim in self:
            if claim.state == "paid" and claim.voucher_number:
                raise UserError(
                    self.env._(
                        "%(claim)s is already paid: its entry cannot be taken back. "
                        "Post a "
                        "reversal instead.",
                        claim=claim.display_name,
                    )
                )
            if claim.state not in ("posted", "paid"):
                continue
            reason = self.env._("Entry %s was taken back", claim.move_id.display_name)
            claim._cancel_voucher_number(reason)
            claim.write(
                {
                    "state": "approved",
                    "move_id": False,
                    "voucher_number": False,
                    "posted_by_id": False,
                    "posted_on": False,
                    "paid_on": False,
                }
            )
            claim.message_post(body=reason)
            claim._hand_to(claim._accountant_in_duty(), self.env._("Post"))

    def _cancel_voucher_number(self, reason):
        """Keep the voucher's number in its book, with the reason why it is void."""
        self.ensure_one()
        # numbers are kept by the series only
        numbers = self.env["party.series.number"].sudo()._of(self)
        numbers.filtered(lambda n: n.text == self.voucher_number)._cancel(reason)

    # ---------------------------------------------------------------------- pay
    def action_pay(self):
        """Confirm that the money was handed out in cash.

        :raises AccessError: unless the user is cashier, and neither asked nor posted
        :raises UserError: wrong state
        """
        for claim in self:
            claim.check_access("read")
            claim._check_state("posted")
            reason = claim._why_not_pay()
            if reason:
                raise AccessError(reason)
            claim._check_approval_intact()
            claim._check_entry_stands()
            claim._cost_settle(claim.sudo().move_id)
            # payment is stamped by this action only
            claim.sudo().write(
                {
                    "state": "paid",
                    "paid_by_id": self.env.uid,
                    "paid_on": local_today(self.env),
                }
            )
            claim._hand_to(False, "")
            claim._record_cash()
        return True

    def action_make_treasury_paper(self):
        """Open a new transfer at the Treasury that pays these claims.

        :raises UserError: not posted claims to be paid by transfer, or of several funds
        """
        funds = self.line_ids.fund_id
        if {(c.state, c.payment_method) for c in self} != {("posted", "transfer")}:
            raise UserError(
                self.env._("Choose posted claims that are paid by bank transfer.")
            )
        if len(funds) != 1:
            raise UserError(
                self.env._("A Treasury paper pays from one fund: choose claims of one.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.treasury.move",
            "view_mode": "form",
            "context": {
                "default_kind": "transfer_actual",
                "default_fund_id": funds.id,
                "default_claim_ids": self.ids,
            },
        }

    def _check_entry_stands(self):
        """Refuse to pay what the books do not say.

        :raises UserError: the entry is not posted, or was reversed
        """
        self.ensure_one()
        # the cashier has no right to read entries
        entry = self.sudo().move_id
        reversals = entry.reversal_move_ids
        if entry.state != "posted" or "posted" in reversals.mapped("state"):
            raise UserError(
                self.env._(
                    "%(claim)s has no valid entry: have the accountant post it "
                    "before it is paid.",
                    claim=self.display_name,
                )
            )

    def _on_treasury_paid(self, move):
        """Follow a posted transfer at the Treasury, which pays the claims.

        Who posted the transfer has paid, on the day of its paper. A document that
        reverses a transfer makes the claims wait for payment again.

        :param move: ``party.treasury.move`` being posted, in superuser mode
        :raises AccessError: when the user asked for or posted one of the claims
        :raises UserError: when one is not posted, or not to be paid by transfer
        """
        for claim in self:
            if move.reversed_id:
                claim._check_state("paid")
                claim.write({"state": "posted", "paid_by_id": False, "paid_on": False})
                claim._hand_to(claim._accountant_in_duty(), claim._payment_step())
                continue
            claim._check_state("posted")
            if claim.payment_method != "transfer":
                raise UserError(
                    self.env._("%s is not paid by transfer.", claim.display_name)
                )
            claim._check_entry_stands()
            if self.env.user in claim.requester_id | claim.posted_by_id:
                raise AccessError(
                    self.env._("Who asked or posted does not pay as well.")
                )
            claim._cost_settle(claim.move_id)
            claim.write(
                {
                    "state": "paid",
                    "paid_by_id": self.env.uid,
                    "paid_on": move.date,
                }
            )
            claim._hand_to(False, "")

    def _record_cash(self):
        # the cash book is written by the cashier's actions only
        claim = self._in_own_context()
        claim.env["party.cash.entry"]._record(
            "out",
            whole(claim.amount_due),
            local_today(self.env),
            claim,
            claim.voucher_number,
            claim.payee_name or claim.partner_id.name or claim.requester_id.name,
            claim.description,
        )

    def action_open_entry(self):
        """Open the journal entry of this claim."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
