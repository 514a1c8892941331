from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local_today

from ..rules.car_care import OVERDUE, next_due, stage, to_tell

TO_DO = "party_office_fleet.mail_activity_type_car_care"


class PartyCarCare(models.Model):
    """One inspection, insurance, road fee or maintenance of a car, and the next one.

    The last one of each kind (``is_current``) says until when the car has it.
    """

    _name = "party.car.care"
    _description = "Car Care"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "party.protected.mixin",
        "party.plausible.mixin",
    ]
    _order = "date desc, id desc"

    car_id = fields.Many2one(
        "party.car", required=True, index=True, ondelete="cascade", tracking=True
    )
    kind_id = fields.Many2one(
        "party.car.care.kind", required=True, index=True, ondelete="restrict"
    )
    date = fields.Date(
        string="Done on", required=True, default=fields.Date.context_today
    )
    odometer = fields.Integer(string="Odometer (km)", aggregator=None)
    date_due = fields.Date(
        string="Valid until",
        compute="_compute_due",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        help="The last day on which it holds, as the certificate says.",
    )
    km_due = fields.Integer(
        string="Due at (km)",
        compute="_compute_due",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        aggregator=None,
    )
    reference = fields.Char(
        string="Certificate", help="Number of the certificate or of the policy."
    )
    supplier = fields.Char(string="Done by")
    amount = fields.Monetary(string="Cost")
    note = fields.Char()
    attachment_ids = fields.Many2many("ir.attachment", string="Papers", copy=False)
    company_id = fields.Many2one(related="car_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    is_current = fields.Boolean(
        string="The last one", readonly=True, copy=False, index=True
    )
    status = fields.Selection(
        [
            ("valid", "Valid"),
            ("soon", "Due soon"),
            ("overdue", "Overdue"),
            ("replaced", "Replaced"),
        ],
        compute="_compute_status",
        search="_search_status",
    )
    reminded = fields.Selection(
        [
            ("30", "30 days before"),
            ("7", "7 days before"),
            ("1", "1 day before"),
            ("0", "Overdue"),
        ],
        string="Last reminder",
        readonly=True,
        copy=False,
    )

    _km_possible = models.Constraint(
        "CHECK (odometer >= 0 AND km_due >= 0 AND amount >= 0)",
        "Odometer and cost are not below zero.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"is_current", "reminded"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"odometer", "km_due", "amount"}

    @api.depends("kind_id", "date", "odometer")
    def _compute_due(self):
        for care in self:
            kind = care.kind_id
            done = care.date or fields.Date.context_today(care)
            care.date_due, care.km_due = next_due(
                done, care.odometer, kind.months, kind.km
            )

    @api.depends("car_id", "kind_id")
    def _compute_display_name(self):
        for care in self:
            care.display_name = " · ".join(
                filter(None, (care.kind_id.name, care.car_id.plate))
            )

    @api.constrains("date", "date_due")
    def _check_days(self):
        for care in self:
            if care.date > local_today(self.env):
                raise ValidationError(
                    self.env._(
                        "Enter what was done: %(day)s is still to come.",
                        day=care.date.strftime("%d/%m/%Y"),
                    )
                )
            if care.date_due and care.date_due < care.date:
                raise ValidationError(
                    self.env._("It cannot have run out before it was done.")
                )

    # --------------------------------------------------------------------- the last one
    @api.model_create_multi
    def create(self, vals_list):
        cares = super().create(vals_list)
        cares._mark_current(cares.car_id)
        return cares

    def write(self, vals):
        cars = self.car_id
        result = super().write(vals)
        if {"car_id", "kind_id", "date", "date_due", "km_due"} & vals.keys():
            self._mark_current(cars | self.car_id)
        return result

    def unlink(self):
        cars = self.car_id
        result = super().unlink()
        self._mark_current(cars)
        return result

    @api.model
    def _mark_current(self, cars):
        """Mark the last care of each kind of some cars; it is told of anew."""
        # the mark and its to-dos are derived: nobody writes them by hand
        cares = self.sudo().search(
            [("car_id", "in", cars.ids)], order="date desc, id desc"
        )
        last = cares.browse()
        for same in cares.grouped(lambda c: (c.car_id, c.kind_id)).values():
            last |= same[:1]
        for care in cares:
            if care.is_current != (care in last):
                care.is_current = care in last
        (cares - last).activity_unlink([TO_DO])
        for care in last:
            told = int(care.reminded) if care.reminded else None
            now = care._stage()
            if told is not None and (now is None or now > told):
                # it was put off: told anew when it comes near again
                care.reminded = False
                care.activity_unlink([TO_DO])

    def _stage(self):
        """Return how near it is, see ``rules.car_care.stage``."""
        self.ensure_one()
        today = local_today(self.env)
        odometer = self.car_id.known_odometer
        return stage(self.date_due, self.km_due, today, odometer)

    @api.depends("is_current", "date_due", "km_due", "car_id")
    def _compute_status(self):
        for care in self:
            if not care.is_current:
                care.status = "replaced"
                continue
            # the odometer follows from orders that not everybody reads
            now = care.sudo()._stage()
            care.status = (
                "valid" if now is None else "overdue" if now == OVERDUE else "soon"
            )

    @api.model
    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self.search([("is_current", "=", True)])
        ids = current.filtered(lambda care: care.status in value).ids
        domain = Domain("id", "in", ids)
        if "replaced" in value:
            domain |= Domain("is_current", "=", False)
        return domain

    # ------------------------------------------------------------------------ reminders
    @api.model
    def _cron_remind(self):
        """Tell the dispatcher 30, 7 and 1 days before something runs out, and once it
        has: each once.
        """
        cares = self.search([("is_current", "=", True), ("car_id.active", "=", True)])
        for care in cares:
            told = int(care.reminded) if care.reminded else None
            now = to_tell(care._stage(), told)
            dispatcher = care.company_id.dispatcher_id
            if now is not None and dispatcher.active:
                care._remind(now, dispatcher)

    def _remind(self, now, user):
        """Replace the to-do by one that says how near it is."""
        self.ensure_one()
        self.activity_unlink([TO_DO])
        # the to-do is read by him, not by the cron
        care = self.with_context(lang=user.lang)
        care.activity_schedule(
            TO_DO,
            date_deadline=self.date_due or fields.Date.context_today(self),
            user_id=user.id,
            summary=care._reminder_text(now),
        )
        self.write({"reminded": str(now)})

    def _reminder_text(self, now):
        due = " / ".join(
            filter(
                None,
                (
                    self.date_due and self.date_due.strftime("%d/%m/%Y"),
                    self.km_due and f"{self.km_due:,} km".replace(",", "."),
                ),
            )
        )
        if now == OVERDUE:
            return self.env._(
                "%(care)s: overdue since %(due)s", care=self.display_name, due=due
            )
        return self.env._("%(care)s: due on %(due)s", care=self.display_name, due=due)
