from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.tools import local_today


class PartyClaim(models.Model):
    """What happens to a payment claim after its approval: post, pay."""

    _inherit = "party.claim"

    # ------------------------------------------------------------------ persons
    def _accountant_in_duty(self):
        """Return the user who posts: accountant, backup, chief; never the requester.

        :raises UserError: when nobody is named
        """
        self.ensure_one()
        candidates = [
            *self.board_id._accountants_on(local_today(self.env)),
            self.company_id.sudo().chief_accountant_id,
        ]
        for user in candidates:
            if user and user != self.requester_id:
                return user
        raise UserError(
            self.env._(
                "%(board)s has no accountant today and the office has no chief "
                "accountant: "
                "the claim would wait on nobody. Assign one first.",
                board=self.board_id.sudo().name,
            )
        )

    def _why_not_accountant(self):
        """Return why the user is not an accountant of this claim's board, or ``""``."""
        user = self.env.user
        if user.has_group("party_office_base.group_chief_accountant"):
            return ""
        in_duty = self.board_id._accountants_on(local_today(self.env))
        if user.has_group("party_office_base.group_accountant") and (
            user.acting_user_ids & in_duty
        ):
            return ""
        return self.env._(
            "Only the accountant of this board or the chief accountant may do this."
        )

    def _why_not_post(self):
        self.ensure_one()
        if self.requester_id == self.env.user:
            return self.env._("Nobody posts his own claim.")
        return self._why_not_accountant()

    def _why_not_pay(self):
        self.ensure_one()
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
            cashier = claim.company_id.sudo().cashier_id
            claim._hand_to(cashier, self.env._("Pay"))
        return True

    def _post_entry(self):
        """Create the entry in a context of our own and post it."""
        self.ensure_one()
        # the accountant in duty may lack core's accounting groups, and no key of his
        # context may reach the entry; the role was checked by action_post
        context = {
            "lang": self.env.lang,
            "tz": self.env.user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        claim = self.with_env(self.env(su=True, context=context))
        number = claim.env["party.series"]._next(
            "payment_voucher", claim._entry_date(), claim
        )
        claim.write({"voucher_number": number})
        move = claim.env["account.move"].create(claim._prepare_entry())
        claim.write({"move_id": move.id})
        move._post(soft=False)
        claim.write(
            {
                "state": "posted",
                "posted_by_id": self.env.uid,
                "posted_on": local_today(self.env),
            }
        )
        self.invalidate_recordset()

    def _entry_date(self):
        """Return the accounting date: today, or the last day of the claim's budget
        year.
        """
        today = local_today(self.env)
        if today.year == self.date.year:
            return today
        return fields.Date.to_date(f"{self.date.year}-12-31")

    def _prepare_entry(self):
        company = self.company_id
        journal, account = company._party_payment_accounts(self.payment_method)
        debit_lines = [line._prepare_entry_line() for line in self.line_ids]
        credit_line = {
            "name": self.description,
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "debit": 0.0,
            "credit": sum(line["debit"] for line in debit_lines),
        }
        return {
            "move_type": "entry",
            "date": self._entry_date(),
            "journal_id": journal.id,
            "company_id": company.id,
            "ref": f"{self.voucher_number} · {self.name}",
            "line_ids": [Command.create(line) for line in [*debit_lines, credit_line]],
        }

    def _on_entry_taken_back(self):
        """Follow the entry back: the claim is approved again, its hold is alive
        again.
        """
        for claim in self:
            if claim.state == "paid":
                raise UserError(
                    self.env._(
                        "%(claim)s is already paid: its entry cannot be taken back. "
                        "Post a "
                        "reversal instead.",
                        claim=claim.display_name,
                    )
                )
            if claim.state != "posted":
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
        """Confirm that the money was handed out or transferred.

        :raises AccessError: unless the user is cashier, and neither asked nor posted
        :raises UserError: wrong state
        """
        for claim in self:
            claim.check_access("read")
            claim._check_state("posted")
            reason = claim._why_not_pay()
            if reason:
                raise AccessError(reason)
            entry = claim.sudo().move_id
            reversals = entry.reversal_move_ids
            if entry.state != "posted" or "posted" in reversals.mapped("state"):
                raise UserError(
                    self.env._(
                        "%(claim)s has no valid entry: have the accountant post it "
                        "before it is paid.",
                        claim=claim.display_name,
                    )
                )
            claim._cost_settle(entry)
            # payment is stamped by this action only
            claim.sudo().write(
                {
                    "state": "paid",
                    "paid_by_id": self.env.uid,
                    "paid_on": local_today(self.env),
                }
            )
            claim._hand_to(False, "")
        return True

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
                claim._hand_to(claim.company_id.cashier_id, self.env._("Pay"))
                continue
            claim._check_state("posted")
            if claim.payment_method != "transfer":
                raise UserError(
                    self.env._("%s is not paid by transfer.", claim.display_name)
                )
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

    def action_open_entry(self):
        """Open the journal entry of this claim."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
