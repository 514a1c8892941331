from odoo import api, models

from odoo.addons.party_office_base.rules.money import whole

from ..rules.payout import split_due


class PartyClaim(models.Model):
    """How payment lists and the cashier's screen see a claim; posting many at once."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.payable.mixin"]

    _payable_state = "posted"
    _payable_voucher_report = "party_office_finance.claim_payment_voucher_report"
    _payable_paper_field = "claim_ids"

    def _payable_amount(self):
        return whole(self.amount_due)

    def _payable_content(self):
        return self.description or ""

    def _payable_receiver(self):
        self.ensure_one()
        return (
            self.payee_name or self.partner_id.name or super()._payable_receiver() or ""
        )

    def _payable_is_paid(self):
        return self.state == "paid"

    def _payable_fund(self):
        return self.line_ids.fund_id

    def _payable_fingerprint(self):
        # a claim that is taken back and posted anew is another payment
        return f"{super()._payable_fingerprint()}:{self.sudo().move_id.id}"

    @api.model
    def _payable_search_fields(self):
        return [
            *super()._payable_search_fields(),
            "description",
            "payee_name",
            "partner_id.name",
        ]

    def _has_payee(self):
        # the persons of a journey get their money themselves
        return super()._has_payee() or bool(self.sudo().allowance_ids.employee_id)

    def _payable_shares(self):
        """Return who gets the money: the payee, else the persons of the calculation."""
        self.ensure_one()
        # the persons and amounts of a claim are for who may read the claim
        claim = self.sudo()
        due = claim._payable_amount()
        if claim.partner_id:
            return [self._payable_share(due, claim.partner_id)]
        persons = {}
        for row in claim.allowance_ids.filtered("employee_id"):
            before = persons.get(row.employee_id, 0)
            persons[row.employee_id] = before + whole(row.amount)
        owner = claim._payable_owner()
        shares = split_due(list(persons.items()), whole(claim.amount_total), due, owner)
        nobody = self.env["res.partner"]
        return [
            self._payable_share(amount, nobody, person)
            if person._name == "hr.employee"
            else self._payable_share(amount, person)
            for person, amount in shares
        ]

    def _payable_owner(self):
        """Return the requester: his employee, or his contact when he is none."""
        user = self.requester_id
        employees = user.employee_ids.filtered(
            lambda employee: employee.company_id == self.company_id
        )
        return employees[:1] or user.partner_id

    # -------------------------------------------------------------------- post
    def action_post_many(self):
        """Post each of the claims that can be posted; say why the others cannot.

        Each claim passes by its own checks and rights; what fails leaves no trace.

        :returns: the dialog that tells what became of them
        """
        outcomes = self.env["party.payment.outcome"]._run(
            self, lambda claim: claim.action_post()
        )
        return outcomes._open(self.env._("Posting of claims"))
