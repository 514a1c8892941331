from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..office_time import local_today


class PartyHandover(models.Model):
    """One accountant hands the accounts of a board to another, with the open work."""

    _name = "party.handover"
    _description = "Hand-over of a Board's Accounts"
    _inherit = ["party.protected.mixin", "mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    board_id = fields.Many2one("party.board", required=True, index=True)
    from_user_id = fields.Many2one("res.users", string="Handed over by", index=True)
    to_user_id = fields.Many2one(
        "res.users", string="Taken over by", required=True, index=True
    )
    date = fields.Date(
        string="From",
        required=True,
        default=lambda self: local_today(self.env),
        help="First day on which the successor follows the board.",
    )
    note = fields.Text(help="What the successor must know.")
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Handed over")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many(
        "party.handover.line", "handover_id", string="Open work", readonly=True
    )
    open_count = fields.Integer(compute="_compute_open_count")
    company_id = fields.Many2one(related="board_id.company_id")

    @api.depends("board_id", "to_user_id")
    def _compute_name(self):
        for handover in self:
            handover.name = self.env._(
                "%(board)s to %(user)s",
                board=handover.board_id.name or "",
                user=handover.to_user_id.name or "",
            )

    @api.depends("board_id", "from_user_id", "state")
    def _compute_open_count(self):
        for handover in self:
            handover.open_count = len(handover._open_work())

    @api.onchange("board_id")
    def _onchange_board_id(self):
        self.from_user_id = self.board_id.accountant_id

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"state", "line_ids"}

    def write(self, vals):
        if {"board_id", "from_user_id", "to_user_id", "date"} & vals.keys():
            for handover in self:
                if handover.state != "draft":
                    raise UserError(self.env._("This hand-over is already done."))
        return super().write(vals)

    def _open_work(self):
        """Return the work items of the board that are still in progress."""
        self.ensure_one()
        return self.env["party.work.item"].search(
            [("board_id", "=", self.board_id.id), ("state", "=", "open")]
        )

    def action_list_open_work(self):
        """Show the open work of the board."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.work.item",
            "view_mode": "list,kanban",
            "name": self.env._("Open work of %(board)s", board=self.board_id.name),
            "domain": [("id", "in", self._open_work().ids)],
        }

    def action_confirm(self):
        """Close the old assignment, open the new one and pass on what waits.

        :raises UserError: when already done, or the day lies before the old assignment
        """
        for handover in self:
            if handover.state != "draft":
                raise UserError(self.env._("This hand-over is already done."))
            handover.check_access("write")
            handover._snapshot_open_work()
            handover._change_assignment()
            # written by this action only
            handover.sudo().state = "done"
            if handover.date <= local_today(self.env):
                handover._pass_on_work()
        return True

    def _snapshot_open_work(self):
        # what was open is evidence, nobody writes it by hand
        self.sudo().line_ids = [
            fields.Command.create(
                {
                    "name": item.name,
                    "requester_id": item.requester_id.id,
                    "step": item.step,
                    "waiting_user_id": item.waiting_user_id.id,
                    "waiting_since": item.waiting_since,
                    "amount": item.amount,
                    "currency_id": item.currency_id.id,
                }
            )
            for item in self._open_work()
        ]

    def _change_assignment(self):
        assignments = self.board_id.assignment_ids
        current = assignments._filter_on(self.date).filtered(
            lambda a: a.role == "primary"
        )
        if current and current.date_from >= self.date:
            raise UserError(
                self.env._(
                    "%(user)s follows the board from %(date)s: the "
                    "hand-over must be later.",
                    user=current.user_id.name,
                    date=current.date_from,
                )
            )
        later_end = current.date_to
        current.date_to = self.date - timedelta(days=1)
        assignments._filter_on(self.date).filtered(
            lambda a: a.user_id == self.to_user_id
        ).date_to = self.date - timedelta(days=1)
        self.env["party.board.assignment"].create(
            {
                "board_id": self.board_id.id,
                "user_id": self.to_user_id.id,
                "role": "primary",
                "date_from": self.date,
                "date_to": later_end,
                "note": self.note,
                "handover_id": self.id,
            }
        )

    def _pass_on_work(self):
        """Let what waits on the predecessor for this board wait on the successor."""
        # evidence and clock are written by actions only; the right was checked above
        pending = (
            self.env["party.approval"]
            .sudo()
            .search(
                [
                    ("board_id", "=", self.board_id.id),
                    ("state", "=", "pending"),
                    ("role", "=", "assigned_accountant"),
                    ("user_id", "=", self.from_user_id.id),
                ]
            )
        )
        for approval in pending:
            approval._reassign(approval._resolve_user())
        items = (
            self.env["party.work.item"]
            .sudo()
            .search(
                [
                    ("board_id", "=", self.board_id.id),
                    ("waiting_user_id", "=", self.from_user_id.id),
                ]
            )
        )
        for item in items:
            item._document()._pass_to_accountant(self.to_user_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(handover.state != "draft" for handover in self):
            raise UserError(self.env._("A hand-over that took place is history."))


class PartyHandoverLine(models.Model):
    _name = "party.handover.line"
    _description = "Open Work at a Hand-over"
    _order = "handover_id, id"

    handover_id = fields.Many2one(
        "party.handover", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(readonly=True)
    requester_id = fields.Many2one("res.users", readonly=True)
    step = fields.Char(string="Waiting for", readonly=True)
    waiting_user_id = fields.Many2one("res.users", string="Waiting on", readonly=True)
    waiting_since = fields.Datetime(readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
