from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.party_office_base.models.party_approval_mixin import OPEN_STATES
from odoo.addons.party_office_base.rules.allowance import CalculationRefused, whole_dong
from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.estimate import GIFTS, ITEM_CODES
from .party_event_estimate import exact

COMPONENTS = [
    ("conference_document", "Conference documents"),
    ("lecturer", "Lecturers"),
    ("conference_ticket", "Tickets of delegates"),
    ("conference_lodging", "Rooms of delegates"),
    ("conference_hall", "Hall and equipment"),
    ("conference_interpreting", "Interpreting at conferences"),
    ("conference_other", "Other conference cost"),
    ("conference_meal", "Food of delegates not on a state payroll"),
    ("conference_meal_topup", "Top-up of collective meals"),
    ("conference_tea", "Refreshments"),
    ("guest_drink", "Drinks for guests"),
    ("guest_meal", "Meals for guests"),
    ("guest_interpreting", "Interpreter of an ethnic language"),
    ("foreign_lodging", "Lodging of foreign guests"),
    ("foreign_breakfast", "Breakfast of foreign guests"),
    ("foreign_food", "Food of foreign guests"),
    ("foreign_banquet", "Banquet"),
    ("foreign_drink", "Courtesy meetings"),
    ("foreign_flowers", "Flowers"),
    ("foreign_gift", "Gifts"),
    ("translation", "Translation"),
    ("interpreting", "Interpreting"),
    ("foreign_other", "Other cost of the delegation"),
]
#: what the organiser may write on a computed row, and on every row after approval
ACTUALS = {"actual", "actual_quantity", "explanation", "sequence"}


class PartyEventCost(models.Model):
    """One row of the bill: what was planned, what it really cost (đồng).

    Rows of the norms are computed from the facts of the event; hall, printing and the
    like are entered by hand. After the approval only the actual cost is written; a row
    that is added then has no estimate.
    """

    _name = "party.event.cost"
    _description = "Cost of a Conference or Reception"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "event_id, courtesy_id nulls first, sequence, id"

    event_id = fields.Many2one(
        "party.event", required=True, index=True, ondelete="cascade"
    )
    courtesy_id = fields.Many2one(
        "party.event.courtesy",
        string="Courtesy meeting",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    board_id = fields.Many2one(
        "party.board",
        string="Paid by",
        compute="_compute_board_id",
        store=True,
        precompute=True,
        index=True,
    )
    component = fields.Selection(COMPONENTS, required=True, string="Cost")
    name = fields.Char(string="What it is for")
    person = fields.Char(readonly=True, string="For whom")
    item_code = fields.Char(
        string="Budget item",
        compute="_compute_item_code",
        store=True,
        precompute=True,
    )
    quantity = fields.Float(string="Planned quantity", digits=(12, 2), default=1)
    unit = fields.Char()
    price = fields.Monetary()
    planned = fields.Monetary(
        compute="_compute_planned", store=True, precompute=True, aggregator="sum"
    )
    norm_amount = fields.Monetary(
        string="By the norm", readonly=True, help="What the norms allow (đồng)."
    )
    regulation = fields.Char(readonly=True)
    article = fields.Char(readonly=True)
    verified = fields.Boolean(readonly=True, default=True)
    basis = fields.Char(compute="_compute_basis")
    is_computed = fields.Boolean(string="By a norm", readonly=True)
    is_extra = fields.Boolean(
        string="Not in the estimate",
        readonly=True,
        help="It was added after the estimate was approved.",
    )
    actual_quantity = fields.Float(digits=(12, 2))
    actual = fields.Monetary(
        compute="_compute_actual",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="sum",
    )
    difference = fields.Monetary(
        string="Above the estimate", compute="_compute_difference"
    )
    explanation = fields.Char(help="Why it cost more than was planned.")

    _amounts_possible = models.Constraint(
        "CHECK (planned >= 0 AND planned < 1e15 AND actual >= 0 AND actual < 1e15"
        " AND price >= 0 AND quantity >= 0 AND actual_quantity >= 0)",
        "An amount is not negative and below one million billion đồng.",
    )

    @api.model
    def _approval_content_fields(self):
        return ["component", "name", "board_id", "quantity", "price", "planned"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "board_id",
            "item_code",
            "courtesy_id",
            "company_id",
            "person",
            "planned",
            "norm_amount",
            "regulation",
            "article",
            "verified",
            "is_computed",
            "is_extra",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            "quantity",
            "price",
            "actual_quantity",
            "actual",
            "sequence",
        }

    # ---------------------------------------------------------------------- computes
    @api.depends("courtesy_id.board_id", "event_id.board_id")
    def _compute_board_id(self):
        for row in self:
            row.board_id = row.courtesy_id.board_id or row.event_id.board_id

    @api.depends("component")
    def _compute_item_code(self):
        for row in self:
            row.item_code = ITEM_CODES.get(row.component)

    @api.depends("quantity", "price", "norm_amount", "is_computed", "is_extra")
    def _compute_planned(self):
        for row in self:
            if row.is_extra:
                row.planned = 0
            elif row.is_computed:
                row.planned = row.norm_amount
            else:
                row.planned = row._product(row.quantity)

    def _product(self, quantity):
        """Return quantity × price in whole đồng.

        :raises ValidationError: more than any amount may be
        """
        try:
            return float(whole_dong(exact(quantity) * exact(self.price)))
        except CalculationRefused as refused:
            raise ValidationError(
                self.env._("An amount is below one million billion đồng.")
            ) from refused

    @api.depends("actual_quantity", "price", "is_computed")
    def _compute_actual(self):
        for row in self:
            if row.is_computed:
                row.actual = row._product(row.actual_quantity)

    @api.depends("planned", "actual")
    def _compute_difference(self):
        for row in self:
            row.difference = row.actual - row.planned

    @api.depends("regulation", "article")
    def _compute_basis(self):
        for row in self:
            row.basis = ", ".join(filter(None, (row.article, row.regulation)))

    @api.depends("name", "component")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["component"]._description_selection(self.env))
        for row in self:
            row.display_name = row.name or labels.get(row.component, "")

    # ----------------------------------------------------------------------- checks
    @api.constrains("component", "is_computed", "event_id")
    def _check_component(self):
        for row in self.filtered(lambda row: not row.is_computed):
            calculation = row.event_id._estimate_calculation()
            if row.component in GIFTS and calculation in ("guest", "conference"):
                raise ValidationError(
                    self.env._(
                        "No gifts are bought for guests from the country (circular "
                        "35/2026, article 4.2.b)."
                    )
                )
            if row.component not in row.event_id._free_components():
                raise ValidationError(
                    self.env._(
                        "%(cost)s follows from the facts and the norms, or does not "
                        "belong to an event of this kind: it is not entered by hand.",
                        cost=dict(
                            self._fields["component"]._description_selection(self.env)
                        )[row.component],
                    )
                )

    @api.constrains("actual", "actual_quantity", "price")
    def _check_norm(self):
        for row in self.filtered("is_computed"):
            most = row._product(row.actual_quantity)
            if row.currency_id.compare_amounts(row.actual, most) > 0:
                raise ValidationError(
                    self.env._(
                        "%(cost)s: the norm pays %(most)s đ at most for this quantity "
                        "(%(basis)s).",
                        cost=row.display_name,
                        most=format_dong(most),
                        basis=row.basis,
                    )
                )

    @api.constrains("price", "actual")
    def _check_whole(self):
        for row in self:
            if row.price % 1 or row.actual % 1:
                raise ValidationError(
                    self.env._("Amounts are whole đồng: %s", row.display_name)
                )

    def _check_may_edit(self):
        """Refuse who does not organise, and what is settled or being decided.

        :raises UserError: in words
        """
        for event in self.event_id:
            event._check_organiser()
            event._check_actuals_open()

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_protected(vals)
        rows = super().create(vals_list)
        rows._check_may_edit()
        late = rows.filtered(lambda row: row.event_id.state not in OPEN_STATES)
        if late:
            # what was added after the approval has no part in the estimate
            late.sudo().write({"is_extra": True})
        return rows

    def write(self, vals):
        if not self.env.su:
            self._check_may_edit()
            if vals.get("event_id"):
                raise AccessError(self.env._("A cost stays with its event."))
            for row in self:
                fixed = row.is_computed or (
                    row.event_id.state not in OPEN_STATES and not row.is_extra
                )
                if fixed and vals.keys() - ACTUALS:
                    raise UserError(
                        self.env._(
                            "%(cost)s stands in the estimate: only what it really cost "
                            "is entered.",
                            cost=row.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        if self.env.su:
            return
        self._check_may_edit()
        for row in self:
            is_open = row.event_id.state in OPEN_STATES
            if row.is_computed or not (is_open or row.is_extra):
                raise UserError(
                    self.env._(
                        "%(cost)s stands in the estimate and stays.",
                        cost=row.display_name,
                    )
                )
