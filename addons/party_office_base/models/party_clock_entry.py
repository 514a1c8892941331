from odoo import api, fields, models


class PartyClockEntry(models.Model):
    """Who held a document from when to when; written only by the clock."""

    _name = "party.clock.entry"
    _description = "Time a Document Waited on a Person"
    _order = "date_from desc, id desc"
    _rec_name = "step"

    res_model = fields.Char(string="Document model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", required=True, readonly=True
    )
    board_id = fields.Many2one("party.board", index=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Held by", required=True, index=True, readonly=True
    )
    step = fields.Char(readonly=True)
    # steps are named in the words of who hands over; states are the same for all
    state = fields.Char(string="State of the document", readonly=True)
    date_from = fields.Datetime(string="Since", required=True, readonly=True)
    date_to = fields.Datetime(string="Until", readonly=True)
    hours = fields.Float(
        compute="_compute_hours",
        store=True,
        aggregator="avg",
        help="Hours the document stayed with this person; empty while it still does.",
    )

    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("date_from", "date_to")
    def _compute_hours(self):
        for entry in self:
            if entry.date_from and entry.date_to:
                entry.hours = (entry.date_to - entry.date_from).total_seconds() / 3600
            else:
                entry.hours = False
