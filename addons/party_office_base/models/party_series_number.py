from string import ascii_lowercase

from odoo import fields, models
from odoo.exceptions import UserError

from ..contention import take_rows


class PartySeriesNumber(models.Model):
    """A number that was given: to which document, when, by whom; used or cancelled.

    Nobody may write it: ``party.series._next`` makes it, ``_cancel`` marks it.
    """

    _name = "party.series.number"
    _description = "Given Number"
    _order = "series_id, period desc, scope, number desc, insertion desc"
    _rec_name = "text"
    _rec_names_search = ["text"]

    series_id = fields.Many2one(
        "party.series", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="series_id.company_id", store=True, index=True)
    scope = fields.Char(
        required=True, default="", readonly=True, help="A separate count, if any."
    )
    period = fields.Char(required=True, default="", readonly=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    insertion = fields.Char(
        required=True,
        default="",
        readonly=True,
        help="The letter of a number that was put in later, between two others: 15a.",
    )
    insertion_reason = fields.Char(readonly=True)
    text = fields.Char(string="As Written", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Taken By", readonly=True)
    state = fields.Selection(
        [("used", "Used"), ("cancelled", "Cancelled")],
        required=True,
        default="used",
        readonly=True,
    )
    reason = fields.Char(string="Reason of Cancelling", readonly=True)
    cancelled_by_id = fields.Many2one("res.users", readonly=True)
    cancelled_on = fields.Datetime(readonly=True)

    _number_uniq = models.Constraint(
        "UNIQUE (series_id, scope, period, number, insertion)",
        "A number is given once in a period.",
    )
    _insertion_check = models.Constraint(
        "CHECK (insertion = '' OR insertion_reason <> '')",
        "A number that is put in later needs a reason.",
    )
    _reason_check = models.Constraint(
        "CHECK (state = 'used' OR reason <> '')",
        "A cancelled number needs a reason.",
    )

    def _of(self, record):
        """The numbers that were given to a document, the last first."""
        return self.search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)],
            order="id desc",
        )

    def _neighbour(self, step):
        """Return the number before (-1) or after (1) this one in its book.

        Numbers that were put in later do not count.
        """
        self.ensure_one()
        return self.search(
            [
                ("series_id", "=", self.series_id.id),
                ("scope", "=", self.scope),
                ("period", "=", self.period),
                ("number", "=", self.number + step),
                ("insertion", "=", ""),
            ]
        )

    def _insert(self, date, record, reason, values=None):
        """Put a number in after this one, with a letter: 15a, 15b; the count goes on.

        :param date: date of the document, not before this number's nor after the next
        :param record: the document that takes the number
        :param str reason: what the book will say
        :param dict values: for ``%(kind)s`` and ``%(issuer)s`` of the template
        :return: the number as it is written, str
        :raise UserError: no reason, no letter left, or the date does not fit
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the number is put in later."))
        day = fields.Date.to_date(date)
        # superuser mode: nobody may write given numbers; the document's action may
        given = self.sudo()
        after = given._neighbour(1)
        if day < given.date or (after and day > after.date):
            raise UserError(
                self.env._(
                    "The date does not fit between %(before)s and the next number of "
                    "the book.",
                    before=given.text,
                )
            )
        # one at a time: two insertions must not take one letter
        take_rows(self.env, self._table, self.ids)
        taken = given.search(
            [
                ("series_id", "=", given.series_id.id),
                ("scope", "=", given.scope),
                ("period", "=", given.period),
                ("number", "=", given.number),
            ]
        ).mapped("insertion")
        letter = next((x for x in ascii_lowercase if x not in taken), None)
        if not letter:
            raise UserError(
                self.env._("No letter is left after %(number)s.", number=given.text)
            )
        series = given.series_id
        term = given.period if series.reset == "term" else ""
        text = series._render(given.number, day, term, values or {}, letter)
        given.create(
            {
                "series_id": series.id,
                "scope": given.scope,
                "period": given.period,
                "number": given.number,
                "insertion": letter,
                "insertion_reason": reason,
                "text": text,
                "date": day,
                "res_model": record._name,
                "res_id": record.id,
                "user_id": self.env.uid,
            }
        )
        return text

    def _cancel(self, reason):
        """Mark the numbers as cancelled; the rows stay, the numbers are not reused.

        :param str reason: what the book will say
        :raise UserError: no reason, or one of them is cancelled already
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the number is cancelled."))
        for number in self:
            if number.state == "cancelled":
                raise UserError(
                    self.env._("%(number)s is already cancelled.", number=number.text)
                )
        # superuser mode: nobody may write given numbers; the document's action may
        self.sudo().write(
            {
                "state": "cancelled",
                "reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_on": fields.Datetime.now(),
            }
        )

    def action_open_document(self):
        """Open the document that took the number, if it still exists."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            raise UserError(self.env._("This number has no document."))
        document = self.env[self.res_model].browse(self.res_id).exists()
        if not document:
            raise UserError(self.env._("The document of this number is gone."))
        return document.get_formview_action()
