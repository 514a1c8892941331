from odoo import api, fields, models
from odoo.fields import Domain


class PartyWaitingMixin(models.AbstractModel):
    """Something that waits on one named person, since a moment."""

    _name = "party.waiting.mixin"
    _description = "Waiting On a Person"

    waiting_user_id = fields.Many2one(
        "res.users",
        string="Waiting on",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    waiting_since = fields.Datetime(readonly=True, copy=False)
    waiting_days = fields.Float(
        string="Days waiting", compute="_compute_waiting_days", digits=(16, 1)
    )
    is_waiting_on_me = fields.Boolean(
        string="Waits on me",
        compute="_compute_is_waiting_on_me",
        search="_search_is_waiting_on_me",
    )

    @api.depends("waiting_since")
    def _compute_waiting_days(self):
        now = fields.Datetime.now()
        for record in self:
            since = record.waiting_since
            record.waiting_days = (now - since).total_seconds() / 86400 if since else 0

    @api.depends_context("uid")
    @api.depends("waiting_user_id")
    def _compute_is_waiting_on_me(self):
        acting = self.env.user.acting_user_ids
        for record in self:
            record.is_waiting_on_me = (
                bool(record.waiting_user_id) and record.waiting_user_id in acting
            )

    @api.model
    def _search_is_waiting_on_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("waiting_user_id", "in", self.env.user.acting_user_ids.ids)
