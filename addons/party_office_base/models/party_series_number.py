from odoo import fields, models
from odoo.exceptions import UserError


class PartySeriesNumber(models.Model):
    """A number that was given: to which document, when, by whom; used or cancelled.

    Nobody may write it: ``party.series._next`` makes it, ``_cancel`` marks it.
    """

    _name = "party.series.number"
    _description = "Given Number"
    _order = "series_id, period desc, scope, number desc"
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
        "UNIQUE (series_id, scope, period, number)",
        "A number is given once in a period.",
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
