from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from .party_dispatch import LIVE

MARK = "party.dispatch changing"


class PartyDispatch(models.Model):
    """How an order is changed after it was planned: always with a reason, which stays.

    The actions are in ``party_dispatch_swap.py`` and its neighbours.
    """

    _inherit = "party.dispatch"

    change_ids = fields.One2many(
        "party.dispatch.change", "dispatch_id", string="Changes", readonly=True
    )
    replaces_id = fields.Many2one(
        "party.dispatch",
        string="Instead of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The order whose trip ended by a breakdown.",
    )
    replaced_by_ids = fields.One2many(
        "party.dispatch", "replaces_id", string="Replaced by", readonly=True
    )
    is_changed = fields.Boolean(
        string="Changed after it was signed", compute="_compute_is_changed"
    )
    former_request_ids = fields.Many2many(
        "party.car.request",
        "party_dispatch_former_request_rel",
        "dispatch_id",
        "request_id",
        string="Requests until the breakdown",
        readonly=True,
        copy=False,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "change_ids",
            "replaces_id",
            "replaced_by_ids",
            "former_request_ids",
        }

    @api.depends("change_ids")
    def _compute_is_changed(self):
        for order in self:
            order.is_changed = any(order.change_ids.mapped("was_signed"))

    def _served_requests(self):
        """Return the requests this order drove for: after a breakdown they are on the
        order that took over, and still bear their share of this one."""
        return self.request_ids | self.former_request_ids

    # ---------------------------------------------------------------------- changing
    @contextmanager
    def _changing(self):
        """Let what was sent be changed inside the block; private to the actions that
        leave a row of evidence."""
        # a mark of this cursor: a key of the context could be forged
        marks = self.env.cr.cache
        before = marks.get(MARK, frozenset())
        marks[MARK] = before | set(self.ids)
        try:
            yield
        finally:
            marks[MARK] = before

    def _is_changing(self):
        return self.id in self.env.cr.cache.get(MARK, ())

    def _check_content_open(self):
        others = self.filtered(lambda order: not order._is_changing())
        return super(PartyDispatch, others)._check_content_open()

    def _check_approval_intact(self):
        """The approval covers an order as signed, or as its last change left it."""
        unchanged = self.browse()
        for order in self:
            # evidence is complete whoever looks
            last = order.sudo().change_ids.sorted("id")[-1:]
            if not last.was_signed or last.content_hash != order._hash_content():
                unchanged |= order
        return super(PartyDispatch, unchanged)._check_approval_intact()

    def _check_can_change(self, reason, *progress):
        """Refuse a change without right, reason or a living order.

        :param str reason: in words
        :param progress: what the trip may be
        :return: the reason, stripped
        :raises AccessError: no dispatcher
        :raises UserError: no reason, or the order has ended
        """
        self._check_dispatcher()
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why: the change is kept with its reason."))
        self.check_access("write")
        self._check_state(*LIVE)
        labels = dict(self._fields["progress"]._description_selection(self.env))
        for order in self:
            if order.progress not in progress:
                raise UserError(
                    self.env._(
                        "%(order)s: “%(progress)s”; this cannot be done now.",
                        order=order.display_name,
                        progress=labels[order.progress],
                    )
                )
            if order.state == "submitted":
                raise UserError(
                    self.env._(
                        "%(order)s waits for the signature: take it back first, what "
                        "is signed must be what was read.",
                        order=order.display_name,
                    )
                )
        return reason

    def action_open_change(self):
        """Open the dialog that asks what changes, and why."""
        self.ensure_one()
        self._check_dispatcher()
        running = self.progress == "running"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the order"),
            "res_model": "party.dispatch.change.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_dispatch_id": self.id,
                "default_kind": "breakdown" if running else "swap",
            },
        }

    def _say_plan(self):
        """Return in one line who drives what and when."""
        self.ensure_one()
        time = self.env["party.car.request"]._say_time(self.start, self.stop)
        names = (self.car_id.plate, self.driver_id.name, time)
        return " · ".join(filter(None, names))

    def _log_change(self, kind, reason, before, other=None):
        """Add the row of evidence of one order and tell whom it concerns."""
        self.ensure_one()
        changes = self.env["party.dispatch.change"]
        with changes._appending():
            # rows are written by these actions only
            changes.sudo().create(
                {
                    "dispatch_id": self.id,
                    "kind": kind,
                    "reason": reason,
                    "before": before,
                    "after": self._say_plan(),
                    "other_dispatch_id": other.id if other else False,
                    "user_id": self.env.uid,
                    "content_hash": self._hash_content(),
                    "was_signed": self.state == "approved",
                }
            )
        self.invalidate_recordset(["change_ids"])
        self._tell_change(kind, reason, before)

    def _tell_change(self, kind, reason, before):
        """Tell driver, requesters and who signed what has changed."""
        field = self.env["party.dispatch.change"]._fields["kind"]
        label = dict(field._description_selection(self.env))[kind]
        text = self.env._(
            "%(change)s: %(before)s → %(after)s. %(reason)s",
            change=label,
            before=before,
            after=self._say_plan(),
            reason=reason,
        )
        order = self.sudo()  # who is told need not be readable for the dispatcher
        people = order.driver_id.user_id
        if order.state == "approved":
            signed = order._current_approvals().filtered("decided_by_id")
            people |= signed.decided_by_id
        order.message_post(
            body=text,
            partner_ids=(people - self.env.user).partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
        self.request_ids._notify_requester(text)
