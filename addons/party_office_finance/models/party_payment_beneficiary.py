from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyPaymentBeneficiary(models.Model):
    """A person who gets money by a transfer: account and amount, as listed."""

    _name = "party.payment.beneficiary"
    _description = "Person on a Payment List"
    _inherit = ["party.protected.mixin"]
    _order = "batch_id, id"

    batch_id = fields.Many2one(
        "party.payment.batch", required=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "party.payment.batch.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="batch_id.company_id")
    currency_id = fields.Many2one(related="batch_id.company_id.currency_id")
    board_id = fields.Many2one(related="line_id.board_id")
    document_number = fields.Char(related="line_id.number", string="Document")
    content = fields.Char(related="line_id.content")
    partner_id = fields.Many2one("res.partner", string="Contact", ondelete="restrict")
    name = fields.Char(string="Person", required=True)
    amount = fields.Monetary(required=True)
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        ondelete="restrict",
        domain="[('partner_id', '=', partner_id)]",
    )
    # copies: what was signed stays what was signed
    acc_number = fields.Char(string="Account number", readonly=True)
    bank_name = fields.Char(string="Bank", readonly=True)
    holder = fields.Char(string="Account holder", readonly=True)
    is_trusted = fields.Boolean(
        string="Trusted",
        readonly=True,
        help="Somebody has confirmed that this account is the person's own.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Every person gets an amount above zero."
    )

    @api.model
    def _protected_fields(self):
        # only the account is chosen by hand
        return super()._protected_fields() | set(self._fields) - {
            "id",
            "bank_account_id",
        }

    def write(self, vals):
        if not self.env.su and "bank_account_id" in vals:
            self._check_account(vals["bank_account_id"])
        result = super().write(vals)
        if not self.env.su and "bank_account_id" in vals:
            self._snapshot()
        return result

    def _check_account(self, account_id):
        """Refuse another's account, and any change after the list was made.

        :raises AccessError: not the author of the list
        :raises UserError: not a draft, or the account is not the person's own
        """
        self.batch_id._check_can_edit("draft")
        account = self.env["res.partner.bank"].browse(account_id or [])
        for person in self:
            # see _payable_accounts
            if account and account.sudo().partner_id != person.sudo().partner_id:
                raise UserError(
                    self.env._("This is not an account of %s.", person.name)
                )

    def _snapshot(self):
        """Copy what the accounts say now."""
        # see _payable_accounts
        for person in self.sudo():
            person.write(person._account_values())

    def _account_values(self):
        account = self.bank_account_id
        if not account.active:
            account = account.browse()
        return {
            "acc_number": account.acc_number or False,
            "bank_name": account.bank_id.name or False,
            "holder": account.acc_holder_name or account.partner_id.name or False,
            "is_trusted": account.allow_out_payment,
        }

    def _is_changed(self):
        """Tell whether the account says something else than the list."""
        return any(
            self[name] != value for name, value in self._account_values().items()
        )

    # --------------------------------------------------------------- sentences
    def _say_missing(self):
        """Return a sentence (``list``) for each person without a bank account."""
        return [
            self.env._(
                "%(person)s (%(document)s) has no bank account: enter it on his "
                "contact, or have the document paid in cash.",
                person=person.name,
                document=person.document_number,
            )
            if not person.acc_number
            else self.env._(
                "The account of %(person)s (%(document)s) names no bank.",
                person=person.name,
                document=person.document_number,
            )
            for person in self
            if not person.acc_number or not person.bank_name
        ]

    def _say_doubts(self):
        """Return a sentence (``list``) for each account that is to be looked at."""
        sentences = []
        untrusted = self.filtered(
            lambda person: person.acc_number and not person.is_trusted
        )
        if untrusted:
            sentences.append(
                self.env._(
                    "Nobody has confirmed these accounts: %s.",
                    ", ".join(
                        # a person may stand on several documents
                        dict.fromkeys(
                            f"{person.name} ({person.acc_number})"
                            for person in untrusted
                        )
                    ),
                )
            )
        changed = self.filtered(
            lambda person: person.batch_id.made_on and person._is_changed()
        )
        if changed:
            sentences.append(
                self.env._(
                    "These accounts were changed after the list was made: %s.",
                    ", ".join(changed.mapped("name")),
                )
            )
        return sentences

    def action_refresh(self):
        """Take the person's accounts anew, after one was entered.

        :raises AccessError: not the author of the list
        :raises UserError: the list is made
        """
        self.batch_id._check_can_edit("draft")
        for person in self.sudo():
            shares = person.line_id._document()._payable_shares()
            accounts = {share.partner: share.accounts for share in shares}
            account = accounts.get(person.partner_id, person.bank_account_id)[:1]
            person.write({"bank_account_id": account.id})
            person._snapshot()
        return True
