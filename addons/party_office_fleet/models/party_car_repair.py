from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_is_zero

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.rules.cost import CostLine
from odoo.addons.party_office_base.rules.money import format_dong, whole

#: budget item of a repair by the use of the car (mục 6900)
ITEM_OF_USE = {"title": "6901", "common": "6902", "special": "6903"}


class PartyCarRepair(models.Model):
    """A repair request (phiếu đề nghị sửa chữa): fault, quotes, approval.

    The driver or the dispatcher reports the fault; the dispatcher collects quotes and
    sends it; acceptance (``party_car_repair_acceptance.py``) ends it.
    """

    _name = "party.car.repair"
    _description = "Repair of a Car"
    _inherit = [
        "party.paper.mixin",
        "party.approval.mixin",
        "party.cost.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "car_id.plate", "fault"]

    state = fields.Selection(APPROVAL_STATES)
    car_id = fields.Many2one(
        "party.car", required=True, index=True, ondelete="restrict", tracking=True
    )
    date = fields.Date(
        string="Reported on", required=True, default=fields.Date.context_today
    )
    odometer = fields.Integer(string="Odometer (km)", aggregator=None)
    fault = fields.Text(
        required=True, help="What does not work, since when, what was found."
    )
    quote_ids = fields.One2many("party.car.repair.quote", "repair_id", string="Quotes")
    quote_note = fields.Char(
        string="Why fewer quotes",
        help="Required when there are fewer quotes than the internal rule asks for.",
    )
    quotes_wanted = fields.Integer(compute="_compute_quotes_wanted")
    quote_id = fields.Many2one(
        "party.car.repair.quote",
        string="Chosen quote",
        compute="_compute_quote",
        store=True,
    )
    amount = fields.Monetary(compute="_compute_quote", store=True, tracking=True)
    approver_note = fields.Text(
        string="Before you decide", compute="_compute_approver_note"
    )
    absence_ids = fields.One2many(
        "party.car.absence", "repair_id", string="In the workshop"
    )

    _odometer_possible = models.Constraint(
        "CHECK (odometer >= 0)", "The odometer is not below zero."
    )

    # ------------------------------------------------------------------------ content
    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "car_id",
            "date",
            "odometer",
            "fault",
            "quote_ids",
            "quote_note",
            "attachment_ids",
        ]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"odometer"}

    def _approval_amount(self):
        return self.amount

    @api.depends("quote_ids.is_chosen", "quote_ids.amount")
    def _compute_quote(self):
        for repair in self:
            repair.quote_id = repair.quote_ids.filtered("is_chosen")[:1]
            repair.amount = repair.quote_id.amount

    def _compute_quotes_wanted(self):
        for repair in self:
            # a setting of the office is read for whoever asks
            repair.quotes_wanted = repair.company_id.sudo().car_repair_quotes

    @api.depends("name", "car_id")
    def _compute_display_name(self):
        for repair in self:
            name = repair.name if repair.name != "/" else self.env._("Draft")
            repair.display_name = " · ".join(filter(None, (name, repair.car_id.plate)))

    def _work_item_summary(self):
        return " · ".join(
            filter(None, (self.car_id.plate, (self.fault or "").split("\n")[0][:80]))
        )

    def _work_item_state(self):
        # what a driver reported is work of the dispatcher, though it is a draft
        if self.state == "draft" and self.waiting_user_id:
            return "open"
        return super()._work_item_state()

    # ----------------------------------------------------------------------- who may
    @api.model_create_multi
    def create(self, vals_list):
        user = self.env.user
        if not self.env.su and not (
            user.has_group("party_office_base.group_driver")
            or user.has_group("party_office_base.group_dispatcher")
        ):
            raise AccessError(
                self.env._(
                    "A driver or the dispatcher reports what has to be repaired."
                )
            )
        return super().create(vals_list)

    def _check_dispatcher(self):
        self.env["party.car.request"]._check_dispatcher()

    def _check_requester(self):
        # a repair belongs to the desk, which goes on with what a driver reports
        self._check_dispatcher()

    # ----------------------------------------------------------------------- approval
    def action_report(self):
        """Let what the driver wrote wait on the dispatcher, who collects quotes.

        :raises UserError: nobody dispatches, or it was sent already
        """
        for repair in self:
            repair.check_access("write")
            repair._check_state("draft", "returned")
            # a setting of the office is read for whoever reports
            dispatcher = repair.company_id.sudo().dispatcher_id
            if not dispatcher:
                raise UserError(
                    self.env._("Name the car dispatcher in the settings of the office.")
                )
            repair._hand_to(dispatcher, self.env._("Collect quotes"))
        return True

    def _check_can_submit(self):
        for repair in self:
            if not repair.quote_id or float_is_zero(
                repair.amount, precision_rounding=repair.currency_id.rounding
            ):
                raise UserError(self.env._("Choose one of the quotes first."))
            missing = repair.quotes_wanted - len(repair.quote_ids)
            if missing > 0 and not (repair.quote_note or "").strip():
                raise UserError(
                    self.env._(
                        "The internal rule asks for %(wanted)d quotes, there are "
                        "%(found)d: say why.",
                        wanted=repair.quotes_wanted,
                        found=len(repair.quote_ids),
                    )
                )
        return super()._check_can_submit()

    def _on_approved(self):
        for repair in self:
            if repair.name == "/":
                # the number is given by the approval, as on paper
                repair.sudo().name = self.env["party.series"]._next(
                    "car_repair", repair.date, repair
                )
            repair._hand_to(
                repair.company_id.sudo().dispatcher_id or repair.requester_id,
                self.env._("Have it repaired and accept it"),
            )
        self._cost_hold()
        return super()._on_approved()

    def _check_can_cancel(self):
        self._check_requester()
        self._check_state("draft", "returned", "submitted", "approved")

    def _on_cancelled(self):
        self._cost_release(self.env._("The repair was cancelled"))
        return super()._on_cancelled()

    def _decision_notes(self):
        """Say what an approver should know: dearer quote, few quotes, end of life."""
        notes = super()._decision_notes()
        for repair in self:
            lines = [notes.get(repair.id, ""), *repair._quote_notes()]
            # the price of a car is told to who decides on its repair
            lines.append(repair.car_id.sudo()._repair_signal(repair.amount))
            notes[repair.id] = "\n".join(filter(None, lines))
        return notes

    @api.depends("quote_ids", "amount", "quote_note", "car_id", "state")
    def _compute_approver_note(self):
        notes = self._decision_notes()
        for repair in self:
            repair.approver_note = notes.get(repair.id)

    def _quote_notes(self):
        self.ensure_one()
        lines = []
        cheapest = min(self.quote_ids.mapped("amount"), default=0)
        if self.amount > cheapest:
            lines.append(
                self.env._(
                    "The chosen quote is %(more)s đ above the lowest one.",
                    more=format_dong(whole(self.amount - cheapest)),
                )
            )
        if len(self.quote_ids) < self.quotes_wanted:
            lines.append(
                self.env._(
                    "%(found)d of %(wanted)d quotes: %(why)s",
                    found=len(self.quote_ids),
                    wanted=self.quotes_wanted,
                    why=self.quote_note or "",
                )
            )
        return lines

    # --------------------------------------------------------------------------- cost
    def _cost_amount(self):
        """Return what the repair costs (đồng): the quote, then the invoice."""
        self.ensure_one()
        return self.amount

    def _cost_lines(self):
        self.ensure_one()
        amount = whole(self._cost_amount())
        if not amount:
            return []
        return [
            CostLine(
                self.board_id,
                ITEM_OF_USE[self.car_id.use],
                amount,
                self.env._("Repair of %(plate)s", plate=self.car_id.plate),
            )
        ]
