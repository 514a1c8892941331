from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today


class PartyEntryMixin(models.AbstractModel):
    """A document that makes its own journal entry from the standard entries."""

    _name = "party.entry.mixin"
    _description = "Document With a Standard Entry"

    # ------------------------------------------------------------------ persons
    def _accountant_in_duty(self):
        """Return the user who posts: accountant, backup, chief; never the requester.

        :raises UserError: when nobody is named
        """
        self.ensure_one()
        candidates = [
            *self.board_id._accountants_on(local_today(self.env)),
            # the office's persons are the same for whoever asks
            self.company_id.sudo().chief_accountant_id,
        ]
        for user in candidates:
            if user and user != self.requester_id:
                return user
        raise UserError(
            self.env._(
                "%(board)s has no accountant today and the office has no chief "
                "accountant: the document would wait on nobody. Assign one first.",
                board=self.board_id.sudo().name,
            )
        )

    def _why_not_accountant(self):
        """Return why the user is not an accountant of the document's board, or
        ``""``.
        """
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

    def _cashier_or_refuse(self, *others):
        """Return the cashier who hands out or takes in the money.

        The office's cashier; when he is one of the others, another of that role.

        :param others: users who may not act as cashier here (requester, poster)
        :raises UserError: when there is nobody
        """
        self.ensure_one()
        # the office's persons are the same for whoever asks
        company = self.company_id.sudo()
        group = self.env.ref("party_office_base.group_cashier").sudo()
        cashiers = (company.cashier_id & group.all_user_ids) | group.all_user_ids
        for user in company.cashier_id and cashiers:
            if user.active and company in user.company_ids and user not in others:
                return user.sudo(False)
        raise UserError(
            self.env._(
                "%(office)s has no cashier who may handle %(document)s: it would wait "
                "on nobody, and nobody pays what he asked for or posted himself. Name "
                "a cashier in the settings first.",
                office=company.name,
                document=self.display_name,
            )
        )

    # ------------------------------------------------------------------ entries
    def _entry_pairs(self, event, fund, expense=None):
        """Return ``[(debit account, credit account)]`` of an event.

        The company's own cash and payable accounts stand in for 1111 and 331.

        :raises UserError: when the standard entry or an account is missing
        """
        # settings of the company and the chart are the same for whoever acts
        company = self.company_id.sudo()
        own = {
            company._party_account("1111"): company.party_cash_account_id,
            company._party_account("331"): company.party_payable_account_id,
        }
        pairs = self.env["party.posting.rule"]._pairs(event, company, fund, expense)
        return [
            tuple(own.get(account) or account for account in pair) for pair in pairs
        ]

    def _prepare_pair_lines(self, event, fund, amount, label, partner):
        """Return the values of the journal items of an event without an expense.

        :param amount: đồng
        """
        lines = []
        for debit, credit in self._entry_pairs(event, fund):
            common = {"name": label, "partner_id": partner.id}
            lines += [
                common | {"account_id": debit.id, "debit": amount, "credit": 0.0},
                common | {"account_id": credit.id, "debit": 0.0, "credit": amount},
            ]
        return lines

    def _in_own_context(self):
        """Return the document in superuser mode, with a context of our own.

        The person in duty may lack core's accounting groups, and no key of his context
        may reach entries, numbers and books; the caller has checked his role.
        """
        context = {
            "lang": self.env.lang,
            "tz": self.env.user.tz,
            # the settings of the company are read for every user
            "allowed_company_ids": self.sudo().company_id.ids,
        }
        return self.with_env(self.env(su=True, context=context))

    def _create_standard_entry(self, values):
        """Create the journal entry of this document and post it.

        :param dict values: of ``account.move``, ``line_ids`` as a list of values
        :return: the posted ``account.move``
        """
        self.ensure_one()
        document = self._in_own_context()
        move = document.env["account.move"].create(
            {
                "move_type": "entry",
                "date": local_today(self.env),
                "company_id": document.company_id.id,
                **values,
                "line_ids": [Command.create(line) for line in values["line_ids"]],
            }
        )
        document.write({"move_id": move.id})
        move._post(soft=False)
        return move
