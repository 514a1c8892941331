from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules.cash import DENOMINATIONS, agrees, difference

CASHIER = "party_office_base.group_cashier"


class PartyCashDay(models.Model):
    """A day of the cash book: counted note by note, then closed.

    The day is closed only when the count agrees with the book; from then on no entry is
    dated on it or before it.
    """

    _name = "party.cash.day"
    _description = "Close of a Cash Day"
    _inherit = ["party.protected.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "date"

    box_id = fields.Many2one(
        "party.cash.box",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["party.cash.box"]._of(self.env.company),
    )
    company_id = fields.Many2one(
        related="box_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True, default=lambda self: local_today(self.env), tracking=True
    )
    state = fields.Selection(
        [("open", "Being counted"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
    )
    opening = fields.Monetary(string="Opening balance", compute="_compute_book")
    total_in = fields.Monetary(string="In", compute="_compute_book")
    total_out = fields.Monetary(string="Out", compute="_compute_book")
    closing = fields.Monetary(string="Balance of the book", compute="_compute_book")
    count_ids = fields.One2many(
        "party.cash.count",
        "day_id",
        copy=False,
        default=lambda self: [
            Command.create({"denomination": value}) for value in DENOMINATIONS
        ],
    )
    counted = fields.Monetary(compute="_compute_counted", store=True)
    gap = fields.Monetary(
        string="Difference", compute="_compute_gap", help="Counted − book."
    )
    checker_id = fields.Many2one(
        "res.users",
        string="Count checked by",
        help="The accountant who is responsible for the count and signs the minutes.",
    )
    note = fields.Char(help="Conclusion after the count.")
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    can_close = fields.Boolean(compute="_compute_can_act")
    can_reopen = fields.Boolean(compute="_compute_can_act")

    _day_unique = models.Constraint(
        "UNIQUE (box_id, date)", "This day of the cash box is already being counted."
    )

    # ---------------------------------------------------------------- computes
    @api.depends("box_id", "date")
    def _compute_display_name(self):
        for day in self:
            date = day.date and day.date.strftime("%d/%m/%Y")
            day.display_name = self.env._("Cash count of %(day)s", day=date or "")

    @api.depends("box_id.balance", "date")
    def _compute_book(self):
        figures = self._book_figures()
        for day in self:
            opening, total_in, total_out = figures.get(
                (day.box_id.id, day.date), (0, 0, 0)
            )
            day.opening = opening
            day.total_in = total_in
            day.total_out = total_out
            day.closing = opening + total_in - total_out

    def _book_figures(self):
        """Return ``{(box, date): (opening, in, out)}`` of these days, in one query."""
        keys = {(day.box_id.id, day.date) for day in self if day.box_id.id and day.date}
        if not keys:
            return {}
        self.env["party.cash.entry"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT day.box_id, day.date,
                       COALESCE((SELECT before.balance_after
                                   FROM party_cash_entry before
                                  WHERE before.box_id = day.box_id
                                    AND before.date < day.date
                               ORDER BY before.date DESC, before.sequence DESC
                                  LIMIT 1), 0),
                       COALESCE(sum(entry.amount_in), 0),
                       COALESCE(sum(entry.amount_out), 0)
                  FROM (VALUES %s) AS day(box_id, date)
             LEFT JOIN party_cash_entry entry
                    ON entry.box_id = day.box_id AND entry.date = day.date
              GROUP BY day.box_id, day.date
                """,
                SQL(", ").join(SQL("(%s, %s::date)", *key) for key in sorted(keys)),
            )
        )
        return {(box, date): tuple(sums) for box, date, *sums in rows}

    @api.depends("count_ids.denomination", "count_ids.quantity")
    def _compute_counted(self):
        for day in self:
            day.counted = sum(c.denomination * c.quantity for c in day.count_ids)

    @api.depends("counted", "closing")
    def _compute_gap(self):
        for day in self:
            day.gap = day.counted - day.closing

    @api.depends_context("uid")
    @api.depends("state", "box_id.closed_until", "date")
    def _compute_can_act(self):
        cashier = self.env.user.has_group(CASHIER)
        chief = self.env.user.has_group("party_office_base.group_chief_accountant")
        for day in self:
            day.can_close = day.state == "open" and cashier
            day.can_reopen = (
                chief and day.state == "closed" and day.box_id.closed_until == day.date
            )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "box_id",
            "company_id",
            "state",
            "counted",
            "closed_by_id",
            "closed_at",
        }

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._check_open_for_count()
        return days

    def write(self, vals):
        self._check_open_for_count()
        return super().write(vals)

    def _check_open_for_count(self):
        """Refuse to change a closed day, and a count by anybody but the cashier.

        :raises AccessError: not the cashier
        :raises UserError: the day is closed
        """
        if self.env.su:
            return
        if not self.env.user.has_group(CASHIER):
            raise AccessError(self.env._("Only the cashier counts the cash."))
        for day in self:
            if day.state != "open":
                raise UserError(self.env._("%(day)s is closed.", day=day.display_name))

    # ----------------------------------------------------------------- actions
    @api.model
    def _current(self, box):
        """Return the day that is to be counted now: today's, made when missing.

        When today is closed already, that closed day.
        """
        today = local_today(self.env)
        found = self.search([("box_id", "=", box.id), ("date", "=", today)], limit=1)
        if found or not self.env.user.has_group(CASHIER):
            return found or self.search([("box_id", "=", box.id)], limit=1)
        # the box is set by the server only; who may count was checked
        return self.sudo().create({"box_id": box.id, "date": today}).sudo(False)

    def action_close(self):
        """Close the days: what was counted is what the book says.

        :raises AccessError: unless the user is cashier
        :raises UserError: wrong state or day, or the count differs, with the difference
        """
        for day in self:
            day.check_access("read")
            if day.state != "open":
                raise UserError(self.env._("%(day)s is closed.", day=day.display_name))
            day._check_open_for_count()
            day._check_may_end()
            day._check_count()
            # the box is moved by actions only
            box = day.box_id.sudo()
            if not box._set_closed_until(
                box.closed_until, day.date, whole(day.closing)
            ):
                raise UserError(
                    self.env._("The cash box has moved meanwhile: count it again.")
                )
            # stamped by this action only
            day.sudo().write(
                {
                    "state": "closed",
                    "closed_by_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                }
            )
        return True

    def _check_may_end(self):
        """Refuse to close a day that is over or not yet there."""
        box = self.box_id
        if self.date > local_today(self.env):
            raise UserError(self.env._("A day to come cannot be closed."))
        if box.closed_until and box.closed_until >= self.date:
            raise UserError(
                self.env._(
                    "The cash book is already closed until %(day)s.",
                    day=box.closed_until.strftime("%d/%m/%Y"),
                )
            )
        if box.last_day and box.last_day > self.date:
            raise UserError(
                self.env._(
                    "The cash has moved since, on %(day)s: count and close that day.",
                    day=box.last_day.strftime("%d/%m/%Y"),
                )
            )

    def _check_count(self):
        """Refuse a count that differs from the book, with the figures."""
        self.invalidate_recordset(["opening", "total_in", "total_out", "closing"])
        book, counted = whole(self.closing), whole(self.counted)
        if agrees(book, counted):
            return
        surplus, shortage = difference(book, counted)
        kind = (
            self.env._("• More than the book: %s đ", format_dong(surplus))
            if surplus
            else self.env._("• Less than the book: %s đ", format_dong(shortage))
        )
        raise UserError(
            self.env._(
                "The count does not agree with the cash book:\n"
                "• Book: %(book)s đ\n• Counted: %(counted)s đ\n%(kind)s\n\n"
                "What you can do: count again; look for money that was handed out or "
                "received but not confirmed here; else tell the chief accountant, who "
                "books the difference by a receipt or a voucher.",
                book=format_dong(self.closing),
                counted=format_dong(self.counted),
                kind=kind,
            )
        )

    def action_reopen(self):
        """Open the last closed day again.

        :raises AccessError: unless the user is the chief accountant
        :raises UserError: not closed, or a later day is closed
        """
        for day in self:
            day.check_access("read")
            if not self.env.user.has_group("party_office_base.group_chief_accountant"):
                raise AccessError(
                    self.env._("Only the chief accountant opens a day again.")
                )
            # the box is moved by actions only
            box = day.box_id.sudo()
            if day.state != "closed" or box.closed_until != day.date:
                raise UserError(
                    self.env._("Only the day that was closed last can be opened again.")
                )
            earlier = self.sudo().search(
                [
                    ("box_id", "=", box.id),
                    ("state", "=", "closed"),
                    ("date", "<", day.date),
                ],
                order="date desc",
                limit=1,
            )
            if not box._set_closed_until(day.date, earlier.date):
                raise UserError(
                    self.env._("The cash box has moved meanwhile: try again.")
                )
            # stamped by this action only
            day.sudo().write(
                {"state": "open", "closed_by_id": False, "closed_at": False}
            )
        return True


class PartyCashCount(models.Model):
    """How many notes of one denomination were counted."""

    _name = "party.cash.count"
    _description = "Notes Counted"
    _order = "day_id, denomination desc"
    _rec_name = "denomination"

    day_id = fields.Many2one(
        "party.cash.day", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="day_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    denomination = fields.Monetary(required=True, aggregator=None)
    quantity = fields.Integer(string="Notes", aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True)

    _one_line_each = models.Constraint(
        "UNIQUE (day_id, denomination)", "Each note is counted on one line."
    )
    _not_negative = models.Constraint(
        "CHECK (quantity >= 0 AND quantity < 1000000)",
        "The number of notes is not negative and below one million.",
    )

    @api.depends("denomination", "quantity")
    def _compute_amount(self):
        for line in self:
            line.amount = line.denomination * line.quantity

    @api.constrains("denomination")
    def _check_denomination(self):
        for line in self:
            if whole(line.denomination) not in DENOMINATIONS:
                raise UserError(
                    self.env._(
                        "There is no note of %s đ.", format_dong(line.denomination)
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.day_id._check_open_for_count()
        return lines

    def write(self, vals):
        self.day_id._check_open_for_count()
        result = super().write(vals)
        if "day_id" in vals:
            self.day_id._check_open_for_count()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self.day_id._check_open_for_count()
