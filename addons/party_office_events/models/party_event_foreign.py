from odoo import api, fields, models

from .party_event_reception import CLASSES


class PartyEvent(models.Model):
    """The facts of a foreign delegation (circular 35/2026/TT-BTC, chapters II, III)."""

    _inherit = "party.event"

    foreign_class = fields.Selection(
        CLASSES,
        string="Class of the delegation",
        help="By the post of its head, see the annex of circular 35/2026.",
    )
    foreign_pays = fields.Selection(
        [
            ("all", "All costs in the country"),
            ("part", "All but bed and board"),
            ("none", "Courtesy meetings only"),
        ],
        string="Viet Nam pays",
        default="all",
        required=True,
    )
    foreign_heads = fields.Integer(string="Heads", default=1)
    foreign_deputies = fields.Integer(string="Deputy heads")
    foreign_members = fields.Integer(string="Members")
    foreign_nights = fields.Integer(string="Nights in rooms")
    foreign_has_breakfast = fields.Boolean(
        string="Breakfast is in the room price", default=True
    )
    foreign_food_days = fields.Integer(string="Days of food")
    foreign_food_hosts = fields.Integer(string="Own staff at daily meals")
    foreign_banquet_date = fields.Date(
        string="Day of the banquet", help="One banquet for a delegation."
    )
    foreign_banquet_hosts = fields.Integer(string="Vietnamese side at the banquet")
    foreign_flowers = fields.Boolean(string="Flowers for the head")
    foreign_gift_head = fields.Boolean(string="Gift for the head")
    foreign_gift_spouse = fields.Boolean(string="Gift for the spouse")
    foreign_gift_members = fields.Integer(
        string="Gifts for members", help="A special case that somebody must decide."
    )
    interpreter_count = fields.Integer(string="Interpreters")
    interpreting_hours = fields.Float(
        string="Hours of each", digits=(8, 2), help="A begun hour counts as an hour."
    )
    interpreting_in_booth = fields.Boolean(string="Simultaneous, in the booth")
    translation_pages_to_vi = fields.Float(
        string="Pages into Vietnamese", digits=(8, 2), help="350 words a page."
    )
    translation_pages_from_vi = fields.Float(
        string="Pages from Vietnamese", digits=(8, 2)
    )
    language_own_staff = fields.Boolean(
        string="By own staff", help="Paid at half of the rate."
    )

    @api.model
    def _estimate_facts(self):
        return super()._estimate_facts() | {
            "foreign_class",
            "foreign_pays",
            "foreign_heads",
            "foreign_deputies",
            "foreign_members",
            "foreign_nights",
            "foreign_has_breakfast",
            "foreign_food_days",
            "foreign_food_hosts",
            "foreign_banquet_date",
            "foreign_banquet_hosts",
            "foreign_flowers",
            "foreign_gift_head",
            "foreign_gift_spouse",
            "foreign_gift_members",
            "interpreter_count",
            "interpreting_hours",
            "interpreting_in_booth",
            "translation_pages_to_vi",
            "translation_pages_from_vi",
            "language_own_staff",
        }
