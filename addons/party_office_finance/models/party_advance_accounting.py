from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong, whole

FIGURES = ("paid", "settled", "returned", "reserved")


class PartyAdvance(models.Model):
    """What happens to an advance after its approval: paid, settled, returned."""

    _inherit = "party.advance"

    # ------------------------------------------------------------------ persons
    def _payer(self):
        """Return who pays in cash, or who prepares the transfer at the Treasury.

        :raises UserError: when the office has nobody
        """
        if self.payment_method == "cash":
            return self._cashier_or_refuse(self.requester_id)
        return self._accountant_in_duty()

    def _payment_step(self):
        """Return what an approved advance waits for."""
        if self.payment_method == "cash":
            return self.env._("Pay")
        return self.env._("Treasury Document")

    def _why_not_pay(self):
        self.ensure_one()
        if self.payment_method != "cash":
            return self.env._("A transfer is paid by a Treasury document.")
        if self.requester_id == self.env.user:
            return self.env._("Nobody pays his own advance.")
        if not self.env.user.has_group("party_office_base.group_cashier"):
            return self.env._("Only the cashier pays.")
        return ""

    # ---------------------------------------------------------------------- pay
    def action_pay(self):
        """Hand out the advances in cash: entry, voucher, budget and cash book.

        :raises AccessError: unless the user is cashier and not the requester
        :raises UserError: wrong state or year, changed since its approval, or too
            little in the box
        """
        for advance in self:
            advance.check_access("read")
            advance._check_state("approved")
            reason = advance._why_not_pay()
            if reason:
                raise AccessError(reason)
            advance._check_approval_intact()
            advance._check_year_of_payment(local_today(self.env))
            advance._pay()
        return True

    def _check_year_of_payment(self, day):
        """Refuse to advance money of a past year.

        Circular 26/2026/TT-BTC: 31 December is the last day to advance.
        """
        if self.date.year != day.year:
            raise UserError(
                self.env._(
                    "%(advance)s is of the budget of %(year)s: money of a year is "
                    "advanced in that year only. Cancel it and ask again.",
                    advance=self.display_name,
                    year=self.date.year,
                )
            )

    def _pay(self):
        self.ensure_one()
        # stamped by action_pay only, which has checked role, state and approval
        advance = self._in_own_context()
        amount = whole(advance.amount)
        number = advance.env["party.series"]._next(
            "payment_voucher", local_today(self.env), advance
        )
        journal = advance.company_id._party_payment_accounts("cash")[0]
        move = advance._create_standard_entry(
            {
                "journal_id": journal.id,
                "ref": f"{number} · {advance.name}",
                "line_ids": advance._prepare_pair_lines(
                    "advance_cash",
                    advance.fund_id,
                    amount,
                    advance.purpose,
                    advance.requester_id.partner_id,
                ),
            }
        )
        advance._book_payment(move, number)
        advance.env["party.cash.entry"]._record(
            "out",
            amount,
            move.date,
            advance,
            number,
            advance.requester_id.name,
            advance.purpose,
        )
        self.invalidate_recordset()

    def _book_payment(self, move, number):
        """Let budget, figures and clock follow the payment.

        :param move: the posted ``account.move``
        :param str number: of the voucher or of the Treasury document
        """
        amount = whole(self.amount)
        entry = self._cost_entry(
            "advance",
            self.budget_line_id,
            self.purpose,
            held=-amount,
            advanced=amount,
            day=move.date,
        )
        self.env["party.budget.line"]._book([entry])
        self._move_figures(paid=amount)
        self.write(
            {
                "move_id": move.id,
                "voucher_number": number,
                "paid_by_id": self.env.uid,
                "paid_on": move.date,
            }
        )
        self._hand_to(self.requester_id, self.env._("Settle"))

    # ----------------------------------------------------------------- transfer
    def action_make_treasury_paper(self):
        """Open a new transfer at the Treasury that pays these advances.

        :raises UserError: not approved advances by transfer, or of several funds
        """
        if {(a.state, a.payment_method) for a in self} != {("approved", "transfer")}:
            raise UserError(
                self.env._("Choose approved advances that are paid by bank transfer.")
            )
        if len(self.fund_id) != 1:
            raise UserError(
                self.env._(
                    "A Treasury paper pays from one fund: choose advances of one."
                )
            )
        by_order = self.fund_id.regime == "payment_order"
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.treasury.move",
            "view_mode": "form",
            "context": {
                "default_kind": "order_spending" if by_order else "transfer_advance",
                "default_fund_id": self.fund_id.id,
                "default_advance_ids": self.ids,
            },
        }

    def _on_treasury_paid(self, document):
        """Follow a posted transfer at the Treasury, which pays the advances.

        A document that reverses a transfer makes them wait for payment again.

        :param document: ``party.treasury.move`` being posted, in superuser mode
        :raises UserError: not as approved, or a part is already settled
        """
        for advance in self:
            if document.reversed_id:
                advance._take_back(document)
                continue
            advance._check_state("approved")
            advance._check_approval_intact()
            advance._check_year_of_payment(document.date)
            advance._book_payment(document.move_id, document.name)

    # ------------------------------------------------------------------ figures
    def _free(self):
        """Return what may still be settled or returned (đồng), read anew."""
        self.ensure_one()
        self.flush_recordset(FIGURES)
        self.invalidate_recordset([*FIGURES, "remaining"])
        return whole(self.remaining - self.reserved)

    def _move_figures(self, **deltas):
        """Change figures by one conditional UPDATE; the state follows them.

        Two transactions at once cannot both take the same rest: the later one fails
        with a serialization error, is repeated, and then gets the figures.

        :param deltas: paid, settled, returned, reserved (đồng, positive or negative)
        :raises UserError: when more would be settled or returned than was paid
        """
        self.ensure_one()
        changes = {name: whole(deltas.get(name, 0)) for name in FIGURES}
        if not any(changes.values()):
            return
        self.env.flush_all()
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_advance
                   SET paid = paid + %(paid)s, settled = settled + %(settled)s,
                       returned = returned + %(returned)s,
                       reserved = reserved + %(reserved)s
                 WHERE id = %(id)s AND paid + %(paid)s >= 0
                   AND settled + %(settled)s >= 0 AND returned + %(returned)s >= 0
                   AND reserved + %(reserved)s >= 0
                   AND settled + %(settled)s + returned + %(returned)s
                       + reserved + %(reserved)s <= paid + %(paid)s
             RETURNING paid, settled + returned
                """,
                id=self.id,
                **changes,
            )
        )
        self.invalidate_recordset([*FIGURES, "remaining"])
        if not done:
            self._refuse_figures(changes)
        paid, closed = done[0]
        self._follow_figures(paid, closed)

    def _refuse_figures(self, changes):
        asked = changes["settled"] + changes["returned"] + changes["reserved"]
        raise UserError(
            self.env._(
                "Advance %(advance)s cannot give that much:\n"
                "• Paid: %(paid)s đ\n• Settled: %(settled)s đ\n"
                "• Returned: %(returned)s đ\n• In approved claims: %(reserved)s đ\n"
                "• Asked: %(asked)s đ\n• Missing: %(missing)s đ",
                advance=self.name,
                paid=format_dong(self.paid),
                settled=format_dong(self.settled),
                returned=format_dong(self.returned),
                reserved=format_dong(self.reserved),
                asked=format_dong(asked),
                missing=format_dong(asked - (self.remaining - self.reserved)),
            )
        )

    def _follow_figures(self, paid, closed):
        """Bring the state in line: settled when nothing is owed any more."""
        if not paid:
            state = "approved"
        elif closed >= paid:
            state = "settled"
        else:
            state = "paid"
        if state == self.state:
            return
        was_settled = self.state == "settled"
        self._set_state(state)
        if state == "settled":
            self._hand_to(False, "")
        elif was_settled:
            self._hand_to(self.requester_id, self.env._("Settle"))

    # --------------------------------------------------------------- taken back
    def _on_entry_taken_back(self):
        """Refuse: the cash is out; the entry of a transfer is its Treasury document's.

        :raises UserError: naming the advance
        """
        for advance in self.filtered("paid"):
            raise UserError(
                self.env._(
                    "%(advance)s was handed out in cash: its entry cannot be taken "
                    "back. What is not needed is returned by a receipt.",
                    advance=advance.name,
                )
            )

    def _take_back(self, document):
        """Let the advance wait for its payment again.

        :param document: the ``party.treasury.move`` that reverses its payment
        :raises UserError: when a part of it is settled, returned or claimed
        """
        if self.settled or self.returned or self.reserved:
            raise UserError(
                self.env._(
                    "%(advance)s is already settled or returned in part: its payment "
                    "cannot be taken back.",
                    advance=self.name,
                )
            )
        amount = whole(self.paid)
        reason = self.env._("Payment taken back by %s", document.display_name)
        entry = self._cost_entry(
            "reverse", self.budget_line_id, reason, held=amount, advanced=-amount
        )
        self.env["party.budget.line"]._book([entry])
        self._move_figures(paid=-amount)
        self.write(
            {
                "move_id": False,
                "voucher_number": False,
                "paid_by_id": False,
                "paid_on": False,
            }
        )
        self.message_post(body=reason)
        self._hand_to(self._payer(), self._payment_step())
