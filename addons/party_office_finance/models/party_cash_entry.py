from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import whole


class PartyCashEntry(models.Model):
    """One row of the cashier's book (S11-H sổ quỹ tiền mặt): append-only.

    Rows are written by ``_record`` and by nothing else; a trigger of the database
    refuses UPDATE, DELETE and TRUNCATE. A mistake is corrected by a receipt or a
    voucher.
    """

    _name = "party.cash.entry"
    _inherit = ["party.append.only.mixin"]
    _description = "Cash Book"
    _order = "box_id, sequence desc"
    _rec_name = "number"

    box_id = fields.Many2one(
        "party.cash.box", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # a copy: a stored related field would update rows after the insertion
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(
        string="Order", required=True, readonly=True, aggregator=None
    )
    date = fields.Date(required=True, readonly=True, index=True)
    direction = fields.Selection(
        [("in", "In"), ("out", "Out")], required=True, readonly=True
    )
    is_opening = fields.Boolean(string="Opening balance", readonly=True)
    amount = fields.Monetary(required=True, readonly=True, aggregator=None)
    amount_in = fields.Monetary(string="In", required=True, readonly=True)
    amount_out = fields.Monetary(string="Out", required=True, readonly=True)
    balance_after = fields.Monetary(
        string="Balance", required=True, readonly=True, aggregator=None
    )
    number = fields.Char(string="Voucher", readonly=True)
    partner_name = fields.Char(string="Received from, paid to", readonly=True)
    description = fields.Char(readonly=True)
    res_model = fields.Char(string="Document model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document id", model_field="res_model", readonly=True
    )
    account_move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Done by", required=True, readonly=True, ondelete="restrict"
    )

    _order_unique = models.Constraint(
        "UNIQUE (box_id, sequence)", "Each row of the cash book has its own place."
    )
    _amounts_agree = models.Constraint(
        "CHECK (amount >= 0 AND balance_after >= 0 AND (amount > 0 OR is_opening) AND "
        "((direction = 'in' AND amount_in = amount AND amount_out = 0) OR "
        "(direction = 'out' AND amount_out = amount AND amount_in = 0)))",
        "A row of the cash book takes in or gives out, above zero.",
    )
    _document_idx = models.Index("(res_model, res_id)")
    _book_idx = models.Index("(box_id, date, sequence)")

    def _message_append_only(self):
        return self.env._(
            "The cash book is append-only: a mistake is corrected by a receipt or a "
            "voucher."
        )

    @api.model
    def _record(
        self, direction, amount, day, document, number, partner_name, description
    ):
        """Write one row of the book and move the box by it.

        The caller has checked who acts and what was approved.

        :param str direction: in or out
        :param amount: đồng, above zero
        :param date day: when the money moves; a closed day passes it on to the next
            open one
        :param document: the record that is paid or received, with ``company_id``
        :returns: the new ``party.cash.entry``
        :raises UserError: with the figures, when the box has too little
        """
        amount = whole(amount)
        day = fields.Date.to_date(day)
        if amount <= 0:
            raise UserError(self.env._("Cash moves by an amount above zero."))
        if day > local_today(self.env):
            raise UserError(self.env._("Cash does not move in the future."))
        company = document.company_id or self.env.company
        return self._write_row(
            self.env["party.cash.box"]._of(company),
            amount if direction == "in" else -amount,
            day,
            {
                "number": number or False,
                "partner_name": partner_name or False,
                "description": description or False,
                "res_model": document._name,
                "res_id": document.id,
                "account_move_id": (
                    document.move_id.id if "move_id" in document._fields else False
                ),
            },
        )

    @api.model
    def _record_opening(self, box, amount, day):
        """Write the first row of a book; called by the box's action only."""
        values = {
            "is_opening": True,
            "description": self.env._("Opening balance"),
            "res_model": box._name,
            "res_id": box.id,
        }
        return self._write_row(box, amount, day, values)

    @api.model
    def _write_row(self, box, amount, day, values):
        box = box.sudo()
        opening = bool(values.get("is_opening"))
        day, sequence, balance = box._move_balance(amount, day, opening)
        with self._appending():
            # nobody has the right to create rows: only this does. The context is the
            # book's own
            return self.with_env(self.env(su=True, context={})).create(
                {
                    "is_opening": False,
                    "account_move_id": False,
                    **values,
                    "box_id": box.id,
                    "company_id": box.company_id.id,
                    "sequence": sequence,
                    "date": day,
                    "direction": "in" if amount >= 0 else "out",
                    "amount": abs(amount),
                    "amount_in": max(amount, 0),
                    "amount_out": max(-amount, 0),
                    "balance_after": balance,
                    "user_id": self.env.uid,
                }
            )

    def action_open_document(self):
        """Open the document that moved the cash."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model or self._name,
            "res_id": self.res_id or self.id,
            "view_mode": "form",
        }
