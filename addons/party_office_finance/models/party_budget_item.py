from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class PartyBudgetItem(models.Model):
    """An entry of the State budget code list (mục lục ngân sách: mục, tiểu mục).

    Source: circular 324/2016 and its amendments.
    """

    _name = "party.budget.item"
    _description = "Budget Item"
    _order = "code, id"
    _parent_store = True
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    level = fields.Selection(
        [("group", "Group"), ("item", "Item"), ("sub_item", "Sub-item")],
        required=True,
        default="sub_item",
    )
    parent_id = fields.Many2one(
        "party.budget.item", string="Belongs to", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("party.budget.item", "parent_id", string="Sub-items")
    control_level = fields.Selection(
        [
            ("item", "Item: its sub-items may share one budget line"),
            ("sub_item", "Sub-item: each sub-item needs its own budget line"),
        ],
        default="item",
        help="Where the budget is watched. With the first choice a sub-item that has "
        "no budget line of its own takes from the line of its item.",
    )
    verified = fields.Boolean(
        help="Set when the chief accountant has checked the code against the text in "
        "force."
    )
    note = fields.Char()
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a budget item with this code."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.code} {item.name}" if item.code else item.name

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A budget item cannot belong to itself or to its own sub-item."
                )
            )

    def _control_chain(self):
        """Return the items whose budget line may pay for this one, the nearest
        first.
        """
        self.ensure_one()
        chain = item = self
        while item.parent_id and item.parent_id.control_level == "item":
            item = item.parent_id
            chain += item
        return chain

    @api.model
    def _by_code(self, code):
        """Return the budget item with a code.

        :raises UserError: when there is none
        """
        # codes are public data
        record = self.sudo().search([("code", "=", code)], limit=1)
        if not record:
            raise UserError(
                self.env._("There is no budget item with the code %s.", code)
            )
        return record
