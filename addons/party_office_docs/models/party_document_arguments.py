from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

#: characters of an instruction or a reason; a paper of its own says more
MAX_TEXT = 5000
#: days that the longest deadline lies ahead: a committee term
MAX_DAYS = 5 * 366


class PartyDocument(models.Model):
    """What clients send to the actions of a paper, checked before it is used."""

    _inherit = "party.document"

    @api.model
    def _boards_of(self, ids):
        """Return the boards that a client names.

        :raises UserError: not a list of active boards
        """
        return self._records_of("party.board", ids)

    @api.model
    def _user_of(self, user_id):
        """Return the one active user that a client names.

        :raises UserError: there is no such person
        """
        user = self._records_of("res.users", [user_id])
        if user.share:
            raise UserError(self.env._("Choose from the list."))
        return user

    @api.model
    def _records_of(self, model_name, ids):
        records = self.env[model_name]
        if not ids:
            return records.sudo()
        if not isinstance(ids, list) or not all(
            isinstance(i, int) and not isinstance(i, bool) and 0 < i < 2**31
            for i in ids
        ):
            raise UserError(self.env._("Choose from the list."))
        # names of units and persons are the directory of the office
        records = records.sudo().browse(set(ids)).exists().filtered("active")
        if len(records) != len(set(ids)):
            raise UserError(self.env._("Choose from the list."))
        return records

    @api.model
    def _text_of(self, text):
        """Return a text without blanks around it; ``""`` for anything else.

        :raises UserError: too long
        """
        text = text.strip() if isinstance(text, str) else ""
        if len(text) > MAX_TEXT:
            raise UserError(
                self.env._("Write at most %(count)s characters.", count=MAX_TEXT)
            )
        return text

    @api.model
    def _reason_of(self, reason):
        """Return a reason.

        :raises UserError: there is none
        """
        reason = self._text_of(reason)
        if not reason:
            raise UserError(self.env._("Say why."))
        return reason

    @api.model
    def _deadline_of(self, day):
        """Return a deadline (``date``) that a client names.

        :raises UserError: no date, in the past, or years away
        """
        try:
            deadline = fields.Date.to_date(day)
        except (TypeError, ValueError):
            deadline = None
        if not deadline:
            raise UserError(self.env._("Enter a date as deadline."))
        today = local_today(self.env)
        if deadline < today:
            raise UserError(self.env._("The deadline has passed already."))
        if (deadline - today).days > MAX_DAYS:
            raise UserError(
                self.env._("The deadline is more than five years away: check the year.")
            )
        return deadline
