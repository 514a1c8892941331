from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

from .party_dispatch import LIVE

TO_DO = "party_office_fleet.mail_activity_type_emergency_papers"


class PartyDispatch(models.Model):
    """An order that was approved by phone: driven first, signed by the next working
    day, and on a list until then.
    """

    _inherit = "party.dispatch"

    is_emergency = fields.Boolean(
        string="By phone", readonly=True, copy=False, index=True
    )
    phone_approved_by_id = fields.Many2one(
        "res.users", string="Approved by phone by", readonly=True, copy=False
    )
    phone_approved_at = fields.Datetime(
        string="Approved by phone at", readonly=True, copy=False
    )
    papers_due = fields.Date(
        string="Papers due", readonly=True, copy=False, index="btree_not_null"
    )
    papers_complete = fields.Boolean(
        string="Signed", compute="_compute_papers_complete", store=True
    )
    papers_overdue = fields.Boolean(
        compute="_compute_papers_overdue", search="_search_papers_overdue"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "is_emergency",
            "phone_approved_by_id",
            "phone_approved_at",
            "papers_due",
        }

    @api.depends("state", "request_ids.state")
    def _compute_papers_complete(self):
        for order in self:
            order.papers_complete = order.state == "approved" and all(
                request.state == "approved" for request in order.request_ids
            )

    @api.depends("papers_due", "papers_complete", "state")
    def _compute_papers_overdue(self):
        today = local_today(self.env)
        for order in self:
            order.papers_overdue = (
                bool(order.papers_due)
                and order.papers_due < today
                and not order.papers_complete
                and order.state in LIVE
            )

    @api.model
    def _search_papers_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("papers_due", "<", local_today(self.env)),
            ("papers_complete", "=", False),
            ("state", "in", LIVE),
        ]

    def action_open_emergency(self):
        """Open the dialog that asks who approved the order by phone."""
        self.ensure_one()
        self._check_dispatcher()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approved by phone"),
            "res_model": "party.car.emergency",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dispatch_id": self.id},
        }

    def _phone_approvers(self):
        """Return the users who may approve an order by phone, see the request."""
        self.ensure_one()
        # the settings of the office are read for whoever acts
        company = self.company_id.sudo()
        users = company.office_chief_id | company.deputy_office_chief_id
        return users - self.requester_id - self.env.user

    def action_phone(self, approved_by_id, approved_at):
        """Let a planned order be driven before it is signed.

        :param int approved_by_id: ``res.users`` who approved by phone
        :param datetime approved_at: when, UTC
        :raises AccessError: outside the role, or that person may not approve it
        :raises UserError: it was signed, has left, or misses car, driver or request
        """
        self.ensure_one()
        self._check_dispatcher()
        self.check_access("read")
        self._check_state("draft", "returned", "submitted")
        if self.is_emergency or self.progress != "planned":
            raise UserError(self.env._("This order was approved by phone already."))
        if not (self.car_id and self.driver_id and self.request_ids):
            raise UserError(self.env._("Choose a car and a driver first."))
        self._drive_by_phone(
            *self.request_ids._check_phone_call(
                self._phone_approvers(), approved_by_id, approved_at
            )
        )
        return True

    def _drive_by_phone(self, approver, approved_at):
        """Let a planned order be driven before it is signed.

        The one who is said to have approved it gets to know of it at once. Papers are
        due on the next working day.

        :param approver: ``res.users``
        :param datetime approved_at: UTC
        """
        self.ensure_one()
        self._check_title_car()
        requests = self.request_ids
        papers_due = self.env["party.holiday"]._next_working_day(
            requests._local(approved_at).date()
        )
        requests._give_answer("assigned")
        # protected: the dispatcher's action has checked the right to it
        self.sudo().write(
            {
                "is_emergency": True,
                "phone_approved_by_id": approver.id,
                "phone_approved_at": approved_at,
                "papers_due": papers_due,
            }
        )
        self._hand_to(self.driver_user_id or self.requester_id, self.env._("Drive"))
        self.message_post(
            body=self.env._(
                "%(user)s approved this trip by phone, says the dispatcher. Papers are "
                "due on %(day)s.",
                user=approver.name,
                day=papers_due.strftime("%d/%m/%Y"),
            ),
            partner_ids=approver.partner_id.ids,
        )

    # --------------------------------------------------------------------------- may
    @api.depends("is_emergency")
    def _compute_may(self):
        result = super()._compute_may()
        user = self.env.user
        dispatcher = user.has_group("party_office_base.group_dispatcher")
        for order in self.filtered("is_emergency"):
            order.can_drive = order.state in LIVE and (
                dispatcher or order.driver_user_id == user
            )
        return result

    def _check_content_open(self):
        for order in self.sudo():
            if order.is_emergency and order.progress != "planned":
                raise UserError(
                    self.env._(
                        "%(order)s has left on a phone call: what it says cannot be "
                        "changed any more.",
                        order=order.display_name,
                    )
                )
        return super()._check_content_open()

    @api.ondelete(at_uninstall=False)
    def _unlink_no_emergency(self):
        if self.filtered("is_emergency"):
            raise UserError(
                self.env._("An order by phone is evidence. Cancel it instead.")
            )

    # ------------------------------------------------------------------ papers follow
    def _hand_to(self, user, step):
        """Keep an order that was driven already with the one who has to sign it."""
        held = self.browse()
        for order in self.filtered(lambda o: o.is_emergency):
            pending = order._current_approvals().filtered(
                lambda a: a.state == "pending"
            )
            if order.state == "submitted" and pending and pending.user_id != user:
                held |= order
        return super(PartyDispatch, self - held)._hand_to(user, step)

    def _end_trip(self, odometer, moment=None):
        result = super()._end_trip(odometer, moment)
        if self.is_emergency and self.state in ("draft", "returned"):
            self._hand_to(self.requester_id, self.env._("Have the order signed"))
        return result

    def _on_approved(self):
        result = super()._on_approved()
        self.filtered(lambda o: o.progress == "done")._hand_to(False, "")
        return result

    def _on_refused(self):
        if self.filtered(lambda o: o.progress != "planned"):
            raise UserError(
                self.env._(
                    "The car has left on a phone call: return the order for its "
                    "papers; the trip cannot be undone."
                )
            )
        return super()._on_refused()

    def _decision_notes(self):
        notes = super()._decision_notes()
        for order in self:
            said = [notes.get(order.id)]
            # who signs the order decides for its requests (article 8, clause 3)
            requests = order.sudo().request_ids
            for request, findings in requests._judge().items():
                said += [request._say_finding(finding) for finding in findings]
            if order.is_emergency:
                said.append(
                    self.env._(
                        "Driven on a phone call: %(user)s approved it.",
                        user=order.phone_approved_by_id.name,
                    )
                )
            notes[order.id] = " ".join(filter(None, said))
        return notes

    @api.model
    def _cron_remind_papers(self):
        """Leave the dispatcher one to-do for each order whose papers are late."""
        for order in self.search([("papers_overdue", "=", True)]):
            dispatcher = order.company_id.dispatcher_id or order.requester_id
            if order.activity_search([TO_DO]):
                continue
            order.with_context(lang=dispatcher.lang).activity_schedule(
                TO_DO,
                user_id=dispatcher.id,
                date_deadline=order.papers_due,
                summary=order.with_context(lang=dispatcher.lang)._say_papers_missing(),
            )

    def _say_papers_missing(self):
        self.ensure_one()
        missing = [
            self.env._("order") if self.state != "approved" else "",
            *(
                request.display_name if request.name != "/" else self.env._("request")
                for request in self.request_ids
                if request.state != "approved"
            ),
        ]
        return self.env._(
            "Not signed yet: %(papers)s", papers=", ".join(filter(None, missing))
        )
