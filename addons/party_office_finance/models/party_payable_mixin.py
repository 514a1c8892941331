from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import whole

#: What the code on a form begins with: PARTY:<model>:<number>.
CODE = "PARTY"


@dataclass(frozen=True)
class Share:
    """One person's part of a payment: partner, name, đồng, his bank accounts.

    ``accounts`` are ``res.partner.bank``, the one to be used first.
    """

    partner: models.BaseModel
    name: str
    amount: int
    accounts: models.BaseModel


class PartyPayableMixin(models.AbstractModel):
    """A document that is paid: alone, or in a payment list with others.

    The document keeps its own action that pays it (``action_pay`` in cash,
    ``action_make_treasury_paper`` by transfer) with all its checks; lists and the
    cashier's screen call that and nothing else.
    """

    _name = "party.payable.mixin"
    _description = "Document That Is Paid"

    #: the state in which it waits for payment
    _payable_state = None
    #: xmlid of the report that prints its voucher
    _payable_voucher_report = None
    #: the field of a Treasury document that names such documents
    _payable_paper_field = None

    payment_list = fields.Char(
        string="On payment list", compute="_compute_payment_list"
    )

    def _compute_payment_list(self):
        # a document is on one list, whoever made that; its number tells nothing else
        lines = (
            self.env["party.payment.batch.line"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("is_live", "=", True),
                ]
            )
        )
        batch_by_id = {line.res_id: line.batch_id for line in lines}
        for document in self:
            batch = batch_by_id.get(document.id)
            document.payment_list = batch and batch.display_name

    # ------------------------------------------------------------ to implement
    def _payable_amount(self):
        """Return what is to be paid, in whole đồng."""
        raise NotImplementedError

    def _payable_content(self):
        """Return in one line what the payment is for."""
        raise NotImplementedError

    def _payable_is_paid(self):
        """Tell whether the money was handed out or transferred."""
        raise NotImplementedError

    def _payable_fund(self):
        """Return the funds (``party.fund``) that pay."""
        raise NotImplementedError

    def _payable_shares(self):
        """Return a ``Share`` for each person who gets money by transfer."""
        raise NotImplementedError

    @api.model
    def _payable_search_fields(self):
        """Return the fields in which the cashier's words are looked for."""
        return ["name", "voucher_number", "requester_id.name"]

    def action_make_treasury_paper(self):
        """Return the action that begins a Treasury document which pays these.

        :raises UserError: when such documents are not paid by the Treasury
        """
        raise UserError(
            self.env._(
                "%s cannot be paid by a Treasury document.",
                ", ".join(self.mapped("display_name")),
            )
        )

    # ------------------------------------------------------------------ common
    def _payable_receiver(self):
        """Return the name of who takes the cash."""
        self.ensure_one()
        return self.requester_id.name

    def _payable_fingerprint(self):
        """Return what changes when something else is to be paid (``str``)."""
        self.ensure_one()
        # what is paid does not depend on who looks
        document = self.sudo()
        return f"{document._hash_content()}:{document._payable_amount()}"

    def _payable_outcome(self, fingerprint):
        """Return ``paid``, ``waiting`` or ``changed`` since the fingerprint."""
        self.ensure_one()
        if self._payable_fingerprint() != fingerprint:
            return "changed"
        if self._payable_is_paid():
            return "paid"
        return "waiting" if self.state == self._payable_state else "changed"

    def _payable_purse(self):
        """Return what must be the same for all documents of one list."""
        self.ensure_one()
        if self.payment_method == "cash":
            return (self.company_id.id, "cash")
        # one Treasury document pays all: one model, one fund, one year
        return (
            self.company_id.id,
            self._name,
            tuple(self.sudo()._payable_fund().ids),
            self.date.year,
        )

    def _why_not_payable(self):
        """Return why the user may not put this document on a payment list, or ``""``.

        A document that is on a list already is told by its list.
        """
        self.ensure_one()
        reason = self._why_not_accountant()
        if reason:
            return reason
        if self.state != self._payable_state:
            return self.env._("it does not wait for payment.")
        if self._payable_amount() <= 0:
            return self.env._("nothing is to be paid.")
        if self.payment_method == "cash":
            return ""
        if len(self.sudo()._payable_fund()) != 1:
            return self.env._(
                "its lines are of several funds: a Treasury document pays from one."
            )
        paper = self._payable_paper()
        if paper and paper != self._payable_line().batch_id.treasury_id:
            return self.env._("%s already pays it.", paper.display_name)
        return ""

    def _payable_paper(self):
        """Return the Treasury document that is being prepared to pay this one."""
        self.ensure_one()
        # a colleague may have begun it
        papers = self.env["party.treasury.move"].sudo()
        if self._payable_paper_field not in papers._fields:
            return papers
        return papers.search(
            [
                (self._payable_paper_field, "in", self.ids),
                ("reversed_id", "=", False),
                ("state", "in", ("draft", "submitted", "returned", "approved")),
            ],
            limit=1,
        )

    def _payable_line(self):
        """Return the line of the payment list that waits to pay this document."""
        self.ensure_one()
        # a document is on one list, whoever made that
        return (
            self.env["party.payment.batch.line"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("is_live", "=", True),
                ],
                limit=1,
            )
        )

    @api.model
    def _payable_accounts(self, partner, employee=None):
        """Return the bank accounts of a person, the one to be used first.

        An employee's accounts for wages go before others, trusted ones before those
        that nobody has confirmed.
        """
        # who pays needs the number of the account, and has no right to the file
        accounts = partner.sudo().bank_ids
        if employee:
            accounts = employee.sudo().bank_account_ids | accounts
        return accounts.filtered("active").sorted(
            lambda account: not account.allow_out_payment
        )

    @api.model
    def _payable_share(self, amount, partner, employee=None):
        """Return the ``Share`` of a person (đồng)."""
        if employee:
            # the name and the contact of a colleague are no secret
            employee = employee.sudo()
            partner = partner or employee.work_contact_id
            partner = partner or employee.user_id.partner_id
        name = (employee and employee.name) or partner.name or ""
        accounts = self._payable_accounts(partner, employee)
        return Share(partner, name, whole(amount), accounts)

    # ----------------------------------------------------------------- actions
    def action_make_payment_batch(self):
        """Put these documents on payment lists and open them.

        :raises AccessError: unless the user is the accountant of their boards
        :raises UserError: naming each document that cannot be paid, and why
        """
        return self.env["party.payment.batch"]._make(self)._open()

    def _print_voucher(self):
        """Return the action that prints the vouchers, or False when there is none."""
        report = self._payable_voucher_report and self.env.ref(
            self._payable_voucher_report, raise_if_not_found=False
        )
        if not report:
            return False
        return report.report_action(self.ids, config=False)
