from odoo import fields, models

CATEGORIES = [("meeting", "Conference or meeting"), ("reception", "Reception")]


class PartyEventKind(models.Model):
    """Kind of conference, meeting or reception."""

    _name = "party.event.kind"
    _description = "Kind of Conference"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(CATEGORIES, required=True, default="meeting")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_foreign = fields.Boolean(string="Foreign guests")
    is_online = fields.Boolean(string="Held online")

    _name_unique = models.Constraint("UNIQUE (name)", "This kind exists already.")
