from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_approval_mixin import (
    APPROVAL_STATES,
    OPEN_STATES,
)

#: what a statement reckons from; a change reckons it again
FACTS = {"opening", "closing", "pay_over"}


class PartyFuelStatement(models.Model):
    """The fuel of one car and one driver in a month: what the norm allows for the
    orders driven, what was filled, what is paid and which board carries it.

    Paid are at most ``norm + closing - opening`` litres, see ``rules/fuel.py`` of base.
    """

    _name = "party.fuel.statement"
    _description = "Monthly Fuel Statement"
    _inherit = [
        "party.paper.mixin",
        "party.approval.mixin",
        "party.cost.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
    ]
    _order = "month desc, car_id, id desc"
    _rec_names_search = ["name", "car_id.plate", "driver_id.name"]

    state = fields.Selection(APPROVAL_STATES)
    car_id = fields.Many2one(
        "party.car", required=True, index=True, ondelete="restrict", tracking=True
    )
    driver_id = fields.Many2one(
        "party.driver", required=True, index=True, ondelete="restrict", tracking=True
    )
    month = fields.Date(
        required=True,
        index=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=1),
        help="Any day of it.",
    )
    dispatch_ids = fields.One2many(
        "party.dispatch", "statement_id", string="Orders", readonly=True
    )
    fill_ids = fields.One2many(
        "party.fuel.fill", "statement_id", string="Fills", readonly=True
    )
    line_ids = fields.One2many(
        "party.fuel.statement.line", "statement_id", string="Trips", readonly=True
    )
    share_ids = fields.One2many(
        "party.fuel.statement.share",
        "statement_id",
        string="Shares of the boards",
        readonly=True,
    )
    attachment_ids = fields.Many2many(string="Invoices and log book")

    opening = fields.Float(
        string="In the tank at the start (l)",
        digits=(8, 2),
        help="Measured; what the statement before measured at its end.",
    )
    closing = fields.Float(
        string="In the tank at the end (l)", digits=(8, 2), help="Measured."
    )
    over_reason = fields.Char(
        string="Why more than the norm", help="The driver's explanation."
    )
    pay_over = fields.Boolean(
        string="Pay what is over the norm",
        help="Only with a reason, and only if the chief of office approves it.",
    )
    pay_to = fields.Selection(
        [("driver", "The driver, who paid"), ("station", "The petrol station")],
        string="Who is paid",
        required=True,
        default="driver",
    )
    partner_id = fields.Many2one("res.partner", string="Seller of the fuel")

    odometer_start = fields.Integer(
        string="Odometer at the start (km)", readonly=True, copy=False, aggregator=None
    )
    odometer_end = fields.Integer(
        string="Odometer at the end (km)", readonly=True, copy=False, aggregator=None
    )
    km = fields.Float(string="Km driven", digits=(10, 1), readonly=True, copy=False)
    norm_litres = fields.Float(
        string="By norm (l)", digits=(10, 3), readonly=True, copy=False
    )
    filled_litres = fields.Float(
        string="Filled (l)", digits=(10, 3), readonly=True, copy=False
    )
    burnt_litres = fields.Float(
        string="Burnt (l)", digits=(10, 3), readonly=True, copy=False
    )
    limit_litres = fields.Float(
        string="At most paid (l)",
        digits=(10, 3),
        readonly=True,
        copy=False,
        help="By norm, plus what is in the tank at the end, minus what was in it at "
        "the start.",
    )
    over_litres = fields.Float(
        string="Over the norm (l)",
        digits=(10, 3),
        readonly=True,
        copy=False,
        help="Below zero: saved.",
    )
    filled_amount = fields.Monetary(string="Invoices", readonly=True, copy=False)
    paid_amount = fields.Monetary(
        string="To be paid", readonly=True, copy=False, tracking=True
    )
    can_dispatch = fields.Boolean(compute="_compute_can_dispatch")

    _levels_possible = models.Constraint(
        "CHECK (opening >= 0 AND closing >= 0)",
        "A tank does not hold less than nothing.",
    )
    _one_open = models.UniqueIndex(
        "(car_id, driver_id, month) WHERE state IN ('draft', 'submitted', 'returned')",
        "There is already an open statement of this car, driver and month.",
    )

    # ------------------------------------------------------------------------ content
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "dispatch_ids",
            "fill_ids",
            "line_ids",
            "share_ids",
            "odometer_start",
            "odometer_end",
            "km",
            "norm_litres",
            "filled_litres",
            "burnt_litres",
            "limit_litres",
            "over_litres",
            "filled_amount",
            "paid_amount",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "car_id",
            "driver_id",
            "month",
            "opening",
            "closing",
            "over_reason",
            "pay_over",
            "pay_to",
            "partner_id",
            "line_ids",
            "fill_ids",
            "share_ids",
            "attachment_ids",
        ]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"opening", "closing"}

    @api.depends("name", "car_id", "month")
    def _compute_display_name(self):
        for statement in self:
            name = statement.name if statement.name != "/" else ""
            month = statement.month and statement.month.strftime("%m/%Y")
            statement.display_name = " · ".join(
                filter(None, (name, statement.car_id.plate, month))
            )

    def _work_item_summary(self):
        return " · ".join(filter(None, (self.car_id.plate, self.driver_id.name)))

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_dispatch(self):
        may = self.env.user.has_group("party_office_base.group_dispatcher")
        for statement in self:
            statement.can_dispatch = may

    def _last_day(self):
        """Return the last day (``date``) of the month."""
        self.ensure_one()
        return self.month + relativedelta(months=1, days=-1)

    # --------------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        self._check_dispatcher()
        for vals in vals_list:
            self._begin_month(vals)
        statements = super().create(vals_list)
        for statement, vals in zip(statements, vals_list, strict=True):
            if "opening" not in vals:
                statement.opening = statement._before().closing
        statements._collect()
        return statements

    def write(self, vals):
        self._begin_month(vals)
        result = super().write(vals)
        if {"car_id", "driver_id", "month"} & vals.keys():
            self._collect()
        elif FACTS & vals.keys():
            self._settle()
        return result

    @api.model
    def _begin_month(self, vals):
        if vals.get("month"):
            vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._begin_month(values)
        return values

    @api.ondelete(at_uninstall=False)
    def _unlink_with_rows(self):
        self.sudo().line_ids.unlink()
        self.sudo().share_ids.unlink()

    # --------------------------------------------------------------------------- may
    def _check_dispatcher(self):
        self.env["party.car.request"]._check_dispatcher()

    def _check_requester(self):
        # statements belong to the desk, not to who drafted them
        self._check_dispatcher()

    def _check_can_cancel(self):
        self._check_dispatcher()
        self._check_state("draft", "returned", "submitted", "approved")
        for statement in self:
            if statement.sudo()._cost_claims():
                raise UserError(
                    self.env._(
                        "%(statement)s is paid by claims: have them cancelled first.",
                        statement=statement.display_name,
                    )
                )

    # ----------------------------------------------------------------------- approval
    def _approval_kind(self):
        # what is over the norm is the chief's to allow, never the deputy's
        return "over" if self.pay_over and self.over_litres > 0 else ""

    def _approval_amount(self):
        return self.paid_amount

    def _check_can_submit(self):
        for statement in self:
            if not (statement.line_ids or statement.fill_ids):
                raise UserError(
                    self.env._(
                        "Neither trips nor fills of this car and driver are open in "
                        "this month."
                    )
                )
            if not statement.closing:
                raise UserError(
                    self.env._("Enter what was measured in the tank at the end.")
                )
            statement._use_or_refuse()
            if statement.over_litres > 0 and not (statement.over_reason or "").strip():
                raise UserError(
                    self.env._("More was burnt than the norm allows: say why.")
                )
            if statement.pay_to == "station" and not statement.partner_id:
                raise UserError(self.env._("Name the petrol station that is paid."))
        return super()._check_can_submit()

    def action_submit(self):
        """Collect once more, number and send the statements.

        :raises AccessError: no dispatcher
        :raises UserError: not measured, no reason for what is over, wrong state
        """
        self._check_dispatcher()
        self._check_state(*OPEN_STATES)
        self._collect()
        for statement in self:
            if statement.name == "/":
                # numbers are given by the series only
                series = self.env["party.series"].sudo()
                number = series._next(
                    "fuel_statement", statement._last_day(), statement
                )
                statement.sudo().name = number
        return super().action_submit()

    def _on_approved(self):
        result = super()._on_approved()
        for statement in self:
            # the real amount takes the place of what each order holds
            statement.sudo().dispatch_ids._cost_settle()
            statement._cost_hold()
        return result

    def _on_refused(self):
        self._let_go()
        return super()._on_refused()

    def _on_cancelled(self):
        # one document at a time, see action_cancel
        self._cost_release(self.env._("The fuel statement was cancelled"))
        orders = self.sudo().dispatch_ids
        self._let_go()
        steps = self._current_approvals()
        if steps and all(step.state == "approved" for step in steps):
            # what the approval settled: the orders hold their estimate again
            orders._cost_hold()
        return super()._on_cancelled()

    def _let_go(self):
        """Free orders and fills for another statement."""
        # before another statement of the month comes, which the index would refuse
        self.flush_recordset(["state"])
        # set by the actions of the statement only; its rows keep what they said
        statements = self.sudo()
        statements.dispatch_ids.write({"statement_id": False})
        fills = statements.fill_ids
        fills.write({"statement_id": False, "paid_litres": 0, "paid_amount": 0})
