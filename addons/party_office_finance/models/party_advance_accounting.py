from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.tools import local_today

from ..rules.money import format_dong, whole

FIGURES = ("paid", "settled", "returned", "reserved")


class PartyAdvance(models.Model):
    """What happens to an advance after its approval: paid, settled, returned."""

    _inherit = "party.advance"

    # ------------------------------------------------------------------ persons
    def _payer(self):
        """Return who pays: the cashier, or by transfer the accountant in duty.

        :raises UserError: when the office has nobody
        """
        if self.payment_method == "cash":
            return self._cashier_or_refuse(self.requester_id)
        return self._accountant_in_duty()

    def _why_not_pay(self):
        self.ensure_one()
        if self.requester_id == self.env.user:
            return self.env._("Nobody pays his own advance.")
        if self.payment_method == "transfer":
            return self._why_not_accountant()
        if not self.env.user.has_group("party_office_base.group_cashier"):
            return self.env._("Only the cashier pays.")
        return ""

    # ---------------------------------------------------------------------- pay
    def action_pay(self):
        """Pay the advances: entry, voucher, budget and, in cash, the cash book.

        :raises AccessError: unless the user is cashier (cash) or the board's accountant
            (transfer), and not the requester
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
            advance._check_year_of_payment()
            advance._pay()
        return True

    def _check_year_of_payment(self):
        """Refuse to advance money of a past year.

        Circular 26/2026/TT-BTC: 31 December is the last day to advance.
        """
        today = local_today(self.env)
        if self.date.year != today.year:
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
        advance.write({"voucher_number": number})
        company = advance.company_id
        journal = company._party_payment_accounts(advance.payment_method)[0]
        move = advance._create_standard_entry(
            {
                "journal_id": journal.id,
                "ref": f"{number} · {advance.name}",
                "line_ids": advance._prepare_pair_lines(
                    f"advance_{advance.payment_method}",
                    advance.fund_id,
                    amount,
                    advance.purpose,
                    advance.requester_id.partner_id,
                ),
            }
        )
        entry = advance._cost_entry(
            "advance",
            advance.budget_line_id,
            advance.purpose,
            held=-amount,
            advanced=amount,
            day=move.date,
        )
        advance.env["party.budget.line"]._book([entry])
        advance._move_figures(paid=amount)
        advance.write({"paid_by_id": self.env.uid, "paid_on": move.date})
        advance._hand_to(advance.requester_id, self.env._("Settle"))
        if advance.payment_method == "cash":
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
        """Follow the entry back: an advance by transfer is approved again.

        :raises UserError: when cash was handed out, or a part is already settled
        """
        for advance in self:
            if advance.payment_method == "cash" and advance.paid:
                raise UserError(
                    self.env._(
                        "%(advance)s was handed out in cash: its entry cannot be taken "
                        "back. What is not needed is returned by a receipt.",
                        advance=advance.name,
                    )
                )
            if not advance.paid:
                continue
            if advance.settled or advance.returned or advance.reserved:
                raise UserError(
                    self.env._(
                        "%(advance)s is already settled or returned in part: its entry "
                        "cannot be taken back.",
                        advance=advance.name,
                    )
                )
            advance._take_back()

    def _take_back(self):
        amount = whole(self.paid)
        reason = self.env._("Entry %s was taken back", self.move_id.display_name)
        entry = self._cost_entry(
            "reverse", self.budget_line_id, reason, held=amount, advanced=-amount
        )
        self.env["party.budget.line"]._book([entry])
        self._move_figures(paid=-amount)
        # numbers are kept by the series only
        numbers = self.env["party.series.number"].sudo()._of(self)
        numbers.filtered(lambda n: n.text == self.voucher_number)._cancel(reason)
        self.write(
            {
                "move_id": False,
                "voucher_number": False,
                "paid_by_id": False,
                "paid_on": False,
            }
        )
        self.message_post(body=reason)
        self._hand_to(self._payer(), self.env._("Pay"))
