from odoo import api, fields, models

from .party_secrecy_mixin import SECRECY


class PartySecrecyMinute(models.Model):
    """The minute of removing the content of a paper that was marked secret.

    It says what was removed and by whom, never what it said. It keeps no fingerprint of
    the files either: that would be derived from a State secret.
    """

    _name = "party.secrecy.minute"
    _description = "Minute of Removing a Secret Paper"
    _inherit = ["party.append.only.mixin", "party.form.mixin"]
    _order = "marked_at desc, id desc"

    name = fields.Char(string="Number", required=True, readonly=True)
    document_name = fields.Char(string="Number in the book", readonly=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing"), ("draft", "Draft")], readonly=True
    )
    kind_id = fields.Many2one("party.document.kind", readonly=True)
    body_id = fields.Many2one("party.issuing.body", readonly=True)
    document_date = fields.Date(string="Date of the paper", readonly=True)
    secrecy = fields.Selection(SECRECY, required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    marked_at = fields.Datetime(required=True, readonly=True)
    marked_by_id = fields.Many2one("res.users", required=True, readonly=True)
    field_count = fields.Integer(string="Fields", readonly=True, aggregator=None)
    file_count = fields.Integer(string="Files", readonly=True, aggregator=None)
    message_count = fields.Integer(string="Messages", readonly=True, aggregator=None)
    row_count = fields.Integer(string="Other rows", readonly=True, aggregator=None)
    copy_count = fields.Integer(
        string="Copies elsewhere",
        readonly=True,
        aggregator=None,
        help="The same files hang on other records too: mark those as well.",
    )
    reader_names = fields.Char(
        string="Who could read it", readonly=True, help="Units and persons."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)

    @api.model
    def _record(self, values):
        """Write a minute; ``action_mark_secret`` alone calls it.

        :param dict values: of the row, without its number
        """
        day = fields.Date.context_today(self)
        number = self.env["party.series"]._next("secrecy_minute", day)
        # nobody may write minutes; this is the one who does
        minutes = self.sudo()
        with minutes._appending():
            return minutes.create({"name": number, **values})

    def _form_values(self, report):
        values = super()._form_values(report)
        levels = {"secret": "Mật", "high": "Tối mật", "top": "Tuyệt mật"}
        directions = {"in": "đến", "out": "đi", "draft": "dự thảo"}
        values["level"] = levels.get(self.secrecy, "")
        values["direction"] = directions.get(self.direction, "")
        values["at"] = self._form_moment(self.marked_at)
        return values
