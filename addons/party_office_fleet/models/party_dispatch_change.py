from odoo import fields, models


class PartyDispatchChange(models.Model):
    """What was changed on an order after it was planned, by whom and why.

    A signed order is not signed again because its car broke down; this row is the
    evidence instead: it carries the hash of what the order says since then.
    """

    _name = "party.dispatch.change"
    _description = "Change of a Dispatch Order"
    _inherit = ["party.append.only.mixin"]
    _order = "id desc"

    dispatch_id = fields.Many2one(
        "party.dispatch", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("swap", "Other car or driver"),
            ("move", "Other time"),
            ("extend", "Longer"),
            ("early", "Back earlier"),
            ("join", "Request added"),
            ("split", "Request taken off"),
            ("breakdown", "Breakdown"),
        ],
        required=True,
    )
    reason = fields.Char(required=True)
    before = fields.Char()
    after = fields.Char()
    other_dispatch_id = fields.Many2one(
        "party.dispatch", string="Other order", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Changed by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    moment = fields.Datetime(
        string="Changed", required=True, default=lambda self: fields.Datetime.now()
    )
    content_hash = fields.Char(help="Of what the order says since then.")
    was_signed = fields.Boolean(help="The order was signed when it was changed.")
