from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import MAX_AMOUNT, format_dong, whole

FIGURES = ("balance", "last_number", "last_day", "closed_until", "is_opened")


class PartyCashBox(models.Model):
    """The cash box of an office (quỹ tiền mặt), kept by its cashier.

    One row for each company. Its balance changes only together with a row of the cash
    book, by one conditional UPDATE; the database refuses a balance below zero.
    """

    _name = "party.cash.box"
    _description = "Cash Box"
    _inherit = ["party.protected.mixin"]
    _order = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    balance = fields.Monetary(
        string="In the box", required=True, default=0, readonly=True
    )
    last_number = fields.Integer(
        string="Entries", required=True, default=0, readonly=True, aggregator=None
    )
    last_day = fields.Date(string="Last entry on", readonly=True)
    closed_until = fields.Date(
        readonly=True, help="No entry is dated on this day or before."
    )
    is_opened = fields.Boolean(string="Has an opening balance", readonly=True)
    entry_ids = fields.One2many("party.cash.entry", "box_id", string="Cash book")

    _company_unique = models.Constraint(
        "UNIQUE (company_id)", "An office has one cash box."
    )
    _not_negative = models.Constraint(
        "CHECK (balance >= 0)", "The cash box cannot give more than is in it."
    )

    @api.depends("company_id")
    def _compute_display_name(self):
        for box in self:
            office = box.company_id.name
            box.display_name = self.env._("Cash of %(office)s", office=office)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {*FIGURES, "company_id", "entry_ids"}

    @api.model
    def _of(self, company):
        """Return the cash box of a company, made when it has none yet."""
        # the box is written by the server only
        boxes = self.sudo()
        return boxes.search([("company_id", "=", company.id)]) or boxes.create(
            {"company_id": company.id}
        )

    @api.model
    def _create_missing(self):
        """Give every company its box; called when the addon is installed."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        for company in companies:
            self._of(company)

    # ----------------------------------------------------------------- the book
    def _move_balance(self, amount, day, opening=False):
        """Change the balance; return ``(day, number, balance)`` of the new entry.

        A closed day takes no entry: the next open day does. The book never goes back
        before its last entry either, so that its running balance is true.

        :param int amount: đồng, negative when money goes out
        :param date day: when the money moves
        :raises UserError: with the figures, when the box has too little
        """
        self.ensure_one()
        self.env.flush_all()
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_cash_box
                   SET balance = balance + %(amount)s,
                       last_number = last_number + 1,
                       last_day = GREATEST(%(day)s::date, last_day, closed_until + 1),
                       is_opened = is_opened OR %(opening)s,
                       write_uid = %(user)s,
                       write_date = (now() AT TIME ZONE 'UTC')
                 WHERE id = %(id)s AND balance + %(amount)s >= 0
             RETURNING last_day, last_number, balance
                """,
                id=self.id,
                amount=amount,
                day=day,
                opening=opening,
                user=self.env.uid,
            )
        )
        self.invalidate_recordset(FIGURES)
        if not done:
            self._refuse(-amount)
        return done[0]

    def _refuse(self, asked):
        raise UserError(
            self.env._(
                "The cash box has too little:\n• In the box: %(balance)s đ\n"
                "• Asked: %(asked)s đ\n• Missing: %(missing)s đ\n\n"
                "What you can do: withdraw cash from the Treasury first, or have it "
                "paid by transfer.",
                balance=format_dong(self.balance),
                asked=format_dong(asked),
                missing=format_dong(asked - self.balance),
            )
        )

    def _set_closed_until(self, before, after, balance=None):
        """Close or reopen days; fails when the box has moved meanwhile.

        :param date before: what ``closed_until`` is now, or False
        :param date after: what it becomes, or False
        :param int balance: what the box must hold (đồng), when a day is closed
        :returns: whether it was done
        """
        self.ensure_one()
        self.env.flush_all()
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_cash_box SET closed_until = %(after)s
                 WHERE id = %(id)s AND closed_until IS NOT DISTINCT FROM %(before)s
                   AND (%(balance)s::numeric IS NULL OR balance = %(balance)s::numeric)
             RETURNING id
                """,
                id=self.id,
                before=before or None,
                after=after or None,
                balance=balance,
            )
        )
        self.invalidate_recordset(FIGURES)
        return bool(done)

    # ------------------------------------------------------------------ opening
    def action_opening_balance(self, amount, day=False):
        """Enter what is in the box when the book begins, once.

        :param amount: đồng
        :param day: first day of the book, today when not given
        :raises AccessError: unless the user is the chief accountant
        :raises UserError: the book has begun already, or the amount is below zero
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._("Only the chief accountant enters the opening balance.")
            )
        amount = whole(amount or 0)
        day = fields.Date.to_date(day) or local_today(self.env)
        if amount < 0:
            raise UserError(self.env._("A cash box does not begin below zero."))
        if amount >= MAX_AMOUNT:
            raise UserError(
                self.env._("Amounts are whole đồng, below one million billion.")
            )
        if day > local_today(self.env):
            raise UserError(self.env._("The cash book does not begin in the future."))
        # the cash book is written by actions only
        box = self.sudo()
        if box.is_opened or box.last_number:
            raise UserError(
                self.env._(
                    "The cash book of %(office)s has begun already: an opening balance "
                    "is entered once, before everything else.",
                    office=box.company_id.name,
                )
            )
        box.env["party.cash.entry"]._record_opening(box, amount, day)
        return True

    def action_open_opening(self):
        """Open the dialog that asks for the opening balance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opening balance"),
            "res_model": "party.cash.opening",
            "view_mode": "form",
            "target": "new",
            "context": {"default_box_id": self.id},
        }

    def action_open_book(self):
        """Open the cash book of this box."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_cash_entry_action"
        )
        action["domain"] = [("box_id", "=", self.id)]
        return action

    def action_close_day(self):
        """Open the count of the day that is to be closed now."""
        self.ensure_one()
        day = self.env["party.cash.day"]._current(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.cash.day",
            "res_id": day.id,
            "view_mode": "form",
        }

    def _next_open_day(self):
        """Return the day (``date``) on which the next entry would be dated."""
        self.ensure_one()
        days = [local_today(self.env), self.last_day]
        if self.closed_until:
            days.append(self.closed_until + timedelta(days=1))
        return max(day for day in days if day)
