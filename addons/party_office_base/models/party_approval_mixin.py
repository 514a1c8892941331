import hashlib
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_return_reason import OTHER

OPEN_STATES = ("draft", "returned")

#: A document that adds states repeats these, so that its addon translates them.
APPROVAL_STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for approval"),
    ("returned", "Returned"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]


class PartyApprovalMixin(models.AbstractModel):
    """A document that is sent, approved step by step, and then acts.

    Each approval rests on the content that was sent: its fields are locked from then
    on, and the approver approves the content he saw or nothing.
    """

    _name = "party.approval.mixin"
    _description = "Document With Approval"
    _inherit = ["party.clock.mixin", "mail.thread", "mail.activity.mixin"]

    name = fields.Char(required=True, copy=False, default="/", readonly=True)
    board_id = fields.Many2one(
        "party.board",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user.own_board_id,
        help="The board whose budget pays.",
    )
    requester_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        APPROVAL_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
    )
    approval_ids = fields.One2many(
        "party.approval",
        "res_id",
        string="Approvals",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )
    content_hash = fields.Char(compute="_compute_content_hash")
    return_box = fields.Html(
        string="Why it came back", compute="_compute_return_box", sanitize=False
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    is_requester = fields.Boolean(compute="_compute_can_decide")

    # ------------------------------------------------------------ to implement
    @api.model
    def _approval_content_fields(self):
        """Return the names of the fields that are approved, and locked once sent."""
        return ["board_id"]

    def _approval_kind(self):
        """Return the kind (``str``) that chooses the route."""
        return ""

    def _approval_amount(self):
        """Return the amount (đồng) that chooses the route."""
        return 0.0

    def _approval_document_name(self):
        """Return the name (``str``) that its approvals keep for ever."""
        return self.display_name

    def _decision_notes(self):
        """Return ``{id: what an approver should know before he decides}``."""
        return {}

    def _check_can_submit(self):
        """Raise UserError when something is missing before the document is sent."""

    def _on_submitted(self):
        """Act when the document was sent."""

    def _on_approved(self):
        """Act after the last approval, in its transaction; UserError refuses it."""

    def _on_returned(self):
        """Act when an approver returned the document."""

    def _on_refused(self):
        """Act when an approver refused the document."""

    def _on_cancelled(self):
        """Act when the document was cancelled, for example free what it holds."""

    @api.depends("name")
    def _compute_display_name(self):
        for document in self:
            numbered = document.name and document.name != "/"
            document.display_name = document.name if numbered else self.env._("Draft")

    # ---------------------------------------------------------------- content
    @api.depends(lambda self: self._approval_content_dependencies())
    def _compute_content_hash(self):
        for document in self:
            document.content_hash = document._hash_content()

    @api.model
    def _approval_content_dependencies(self):
        names = []
        for name in self._approval_content_fields():
            names.append(name)
            field = self._fields[name]
            if field.type == "one2many":
                lines = self.env[field.comodel_name]
                names += [f"{name}.{sub}" for sub in lines._approval_content_fields()]
        return names

    def _hash_content(self):
        """Return the SHA-256 (hex) of what is approved."""
        self.ensure_one()
        # what is approved does not depend on who looks
        content = self.sudo()._content_of(self._approval_content_fields())
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _content_of(self, names):
        return {name: self._content_value(self, name) for name in names}

    @api.model
    def _content_value(self, record, name):
        field = record._fields[name]
        value = record[name]
        if field.type == "one2many":
            subfields = value._approval_content_fields()
            return [
                {sub: self._content_value(line, sub) for sub in subfields}
                for line in value.sorted("id")
            ]
        if field.relational:
            return sorted(value.ids)
        if field.type in ("float", "monetary"):
            return f"{value:.6f}"
        return str(value) if value else ""

    @api.model
    def _paper_fields(self):
        """Return the names (``list``) of the content fields that hold attachments."""
        if self._abstract:
            return []
        return [
            name
            for name in self._approval_content_fields()
            if self._fields[name].comodel_name == "ir.attachment"
        ]

    def _check_content_open(self):
        """Refuse to change content that was sent.

        :raises UserError: unless the document is a draft or was returned
        """
        for document in self:
            if document.sudo().state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(document)s was already sent: what it says "
                        "cannot be changed. Have it returned first.",
                        document=document.sudo().display_name,
                    )
                )

    @api.depends_context("uid")
    @api.depends("state", "waiting_user_id", "requester_id")
    def _compute_can_decide(self):
        for document in self:
            document.is_requester = document.requester_id == self.env.user
            document.can_decide = (
                document.state == "submitted"
                and document.is_waiting_on_me
                and not document.is_requester
            )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "state",
            "requester_id",
            "company_id",
            "approval_ids",
            "clock_entry_ids",
        }

    def write(self, vals):
        if set(self._approval_content_fields()) & vals.keys():
            self._check_content_open()
        return super().write(vals)

    def _check_requester(self):
        """Refuse what only the requester may do.

        :raises AccessError: when the user is not the requester
        """
        if self.requester_id != self.env.user and not self.env.su:
            raise AccessError(
                self.env._(
                    "Only %(user)s, who asked for it, may do this.",
                    user=self.requester_id.name,
                )
            )

    def _check_state(self, *states):
        """Refuse an action that does not fit the state.

        :raises UserError: naming the state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for document in self:
            if document.state not in states:
                raise UserError(
                    self.env._(
                        "%(document)s is in the state “%(state)s”; this "
                        "cannot be done now.",
                        document=document.display_name,
                        state=labels[document.state],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for document in self:
            if document.state != "draft" or document.sudo().approval_ids:
                raise UserError(
                    self.env._(
                        "Only a draft that was never sent can be deleted. "
                        "Cancel it instead."
                    )
                )

    def _set_state(self, state):
        """Move the documents to a state, after the caller has checked the right to."""
        # state is written by actions only, see _protected_fields
        self.sudo().write({"state": state})

    # ----------------------------------------------------------------- actions
    def action_submit(self):
        """Send the document: snapshot the route's steps and wait on the first.

        :raises UserError: wrong state, something missing, or no route
        :raises AccessError: when the user is not the requester
        """
        for document in self:
            document._check_requester()
            document._check_state(*OPEN_STATES)
            document.check_access("write")
            document._check_can_submit()
            document._snapshot_steps()
            document._set_state("submitted")
            document._on_submitted()
            document._start_next_step()
        return True

    def _snapshot_steps(self):
        amount = self._approval_amount()
        route = self.env["party.approval.route"]._find(
            self._name, self._approval_kind(), amount, self.company_id
        )
        # rows of evidence are written by these actions only
        approvals = self.env["party.approval"].sudo()
        earlier = self.sudo().approval_ids
        round_number = max(earlier.mapped("round"), default=0) + 1
        approvals.create(
            [
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "document_name": self._approval_document_name(),
                    "board_id": self.board_id.id,
                    "requester_id": self.requester_id.id,
                    "round": round_number,
                    "sequence": number,
                    "name": step.name,
                    "role": step.role,
                    "content_hash": self._hash_content(),
                    "amount": amount,
                    "currency_id": self.currency_id.id,
                    "kind": self._approval_kind(),
                }
                for number, step in enumerate(route.step_ids, 1)
            ]
        )
        self.invalidate_recordset(["approval_ids"])

    def _current_approvals(self):
        """Return the steps of the latest round, in order."""
        # evidence must be complete whoever looks
        approvals = (
            self.env["party.approval"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "=", self.id)])
        )
        latest = max(approvals.mapped("round"), default=0)
        return approvals.filtered(lambda a: a.round == latest)

    def _start_next_step(self):
        """Wait on the next person, or act when all have approved."""
        self.ensure_one()
        step = self._current_approvals().filtered(lambda a: a.state == "waiting")[:1]
        if step:
            user = step._resolve_user()
            step.write({"state": "pending", "user_id": user.id})
            self._hand_to(user, step.name)
            self._notify_waiting(user, step.name)
            return
        self._hand_to(False, "")
        self._set_state("approved")
        self._on_approved()

    def _notify_waiting(self, user, step):
        self.sudo().activity_schedule(
            "party_office_base.mail_activity_type_approval",
            user_id=user.id,
            summary=step,
        )

    def _pending_approval(self):
        """Return the step that waits for a decision.

        :raises UserError: when none does
        """
        self.ensure_one()
        step = self._current_approvals().filtered(lambda a: a.state == "pending")
        if self.state != "submitted" or not step:
            raise UserError(
                self.env._(
                    "%(document)s does not wait for a decision any more.",
                    document=self.display_name,
                )
            )
        return step

    def _decide(self, decision, comment="", reasons=None):
        """Record a decision on the waiting step, after checking the right to it.

        :param str decision: approved, returned or refused
        :param str comment: reason
        :param reasons: ``party.return.reason`` records
        """
        self.ensure_one()
        self.check_access("read")
        step = self._pending_approval()
        capacity = step._check_can_decide(self.env.user)
        if decision == "approved":
            self._check_seen(step)
        if reasons:
            # before the decision: a trigger refuses reasons that come after it
            step.reason_ids = reasons
            step.flush_recordset(["reason_ids"])
        step.write(
            {
                "state": decision,
                "decided_by_id": self.env.user.id,
                "decided_at": fields.Datetime.now(),
                "capacity": capacity,
                "comment": comment,
            }
        )
        # the activity belongs to the person who was waited on, maybe not to us
        self.sudo().activity_unlink(["party_office_base.mail_activity_type_approval"])

    def _check_seen(self, step):
        """Refuse unless the approver saw exactly what was sent.

        :raises UserError: when the content changed, or what was seen is not said
        """
        seen = self.env.context.get("approval_seen")
        if seen != step.content_hash or self._hash_content() != step.content_hash:
            raise UserError(
                self.env._(
                    "%(document)s is not what you saw: open it again "
                    "before you decide.",
                    document=self.display_name,
                )
            )

    def action_approve(self):
        """Approve the waiting step of each document.

        The context key ``approval_seen`` carries the hash of what the approver saw.

        :raises UserError: nothing waits, or the content is not what was seen
        :raises AccessError: it waits on somebody else, or the user asked for it himself
        """
        for document in self:
            document._decide("approved")
            document._start_next_step()
        return True

    def action_return(self, reason="", reason_ids=None):
        """Return the documents to their requesters for correction.

        :param str reason: in words; required unless a reason of the list says it all
        :param list reason_ids: ids of ``party.return.reason``
        """
        self._stop_approval("returned", reason, self._reasons(reason_ids))
        for document in self:
            document._hand_to(
                document.requester_id, self.env._("Correct and send again")
            )
            document._on_returned()
        return True

    def action_refuse(self, reason):
        """Refuse the documents for good.

        :param str reason: required
        """
        self._stop_approval("refused", reason)
        for document in self:
            document._hand_to(False, "")
            document._on_refused()
        return True

    @api.model
    def _reasons(self, reason_ids):
        """Return the reasons of the list that a client names.

        :raises UserError: not a list of existing reasons
        """
        reasons = self.env["party.return.reason"]
        if not reason_ids:
            return reasons
        known = isinstance(reason_ids, list) and all(
            isinstance(reason_id, int) for reason_id in reason_ids
        )
        if known:
            reasons = reasons.browse(reason_ids).exists()
        if len(reasons) != len(reason_ids):
            raise UserError(self.env._("Choose reasons from the list."))
        return reasons

    def _stop_approval(self, decision, reason, reasons=None):
        reason = reason.strip() if isinstance(reason, str) else ""
        names = reasons.mapped("name") if reasons else []
        says_it = reasons and any(r.code != OTHER for r in reasons)
        if not reason and not says_it:
            raise UserError(self.env._("Say why: the requester must know what to do."))
        for document in self:
            document._decide(decision, reason, reasons)
            document._void_waiting()
            document._set_state(decision)
            text = ". ".join(filter(None, ["; ".join(names), reason]))
            document.sudo().message_post(body=text)

    @api.depends("state")
    @api.depends_context("lang", "tz")
    def _compute_return_box(self):
        for document in self:
            # who reads the document reads why it came back
            returned = document.sudo().approval_ids.filtered(
                lambda step: step.state == "returned"
            )
            shown = document.state in OPEN_STATES and returned
            document.return_box = document._render_return(returned) if shown else False

    def _render_return(self, returned):
        """Return the last return as HTML: who, when, which reasons, what to do.

        :param returned: decided ``party.approval`` records, one at least
        """
        step = returned.sorted("round")[-1]
        day = fields.Datetime.context_timestamp(self, step.decided_at)
        head = self.env._(
            "Returned by %(user)s on %(day)s",
            user=step.decided_by_id.name,
            day=day.strftime("%d/%m/%Y %H:%M"),
        )
        if len(returned) > 1:
            head += self.env._(" (returned %(times)s times)", times=len(returned))
        tags = Markup(" ").join(
            Markup('<span class="badge text-bg-warning">{}</span>').format(reason.name)
            for reason in step.reason_ids
        )
        return Markup('<div class="fw-bold">{}</div><div>{}</div><div>{}</div>').format(
            head, tags, step.comment or ""
        )

    def _void_waiting(self):
        self._current_approvals().filtered(
            lambda a: a.state in ("waiting", "pending")
        ).write({"state": "void"})

    def action_withdraw(self):
        """Take back a sent document before the last decision; it is a draft again.

        :raises AccessError: when the user is not the requester
        """
        for document in self:
            document._check_requester()
            document._check_state("submitted")
            document._void_waiting()
            document.sudo().activity_unlink(
                ["party_office_base.mail_activity_type_approval"]
            )
            document._set_state("draft")
            document._hand_to(False, "")
        return True

    def action_cancel(self):
        """Cancel: the requester before approval; later only as the document allows.

        :raises UserError: when the state does not allow it
        """
        for document in self:
            document._check_can_cancel()
            document._void_waiting()
            document.sudo().activity_unlink(
                ["party_office_base.mail_activity_type_approval"]
            )
            document._set_state("cancelled")
            document._hand_to(False, "")
            document._on_cancelled()
        return True

    def _check_can_cancel(self):
        """Refuse a cancellation; documents widen this."""
        self._check_requester()
        self._check_state("draft", "returned", "submitted", "approved")

    def action_reset_draft(self):
        """Open a returned, refused or cancelled document again for its requester."""
        for document in self:
            document._check_requester()
            document._check_state("returned", "refused", "cancelled")
            document._set_state("draft")
            document._hand_to(False, "")
        return True

    def _check_approval_intact(self):
        """Refuse to act on a document whose content is not what was approved.

        :raises UserError: when a step is missing or the content has changed since
        """
        for document in self:
            steps = document._current_approvals()
            intact = steps and all(
                step.state == "approved"
                and step.content_hash == document._hash_content()
                for step in steps
            )
            if not intact:
                raise UserError(
                    self.env._(
                        "The approval of %(document)s does not cover what it says now.",
                        document=document.display_name,
                    )
                )

    def action_open_return(self):
        """Open the dialog that asks why the document is returned."""
        return self._open_decision("returned", self.env._("Return for correction"))

    def action_open_refuse(self):
        """Open the dialog that asks why the document is refused."""
        return self._open_decision("refused", self.env._("Refuse"))

    def _open_decision(self, decision, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "party.approval.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_ids": self.ids,
                "default_decision": decision,
            },
        }

    def _pass_to_accountant(self, user):
        # a returned claim waits on its requester, and a step on its approver: only
        # duties after approval (posting) pass on
        if self.state in ("draft", "submitted", "returned"):
            return None
        return super()._pass_to_accountant(user)

    # --------------------------------------------------------------- work list
    def _work_item_state(self):
        if self.state == "draft":
            return "draft"
        if self.state in ("refused", "cancelled"):
            return "stopped"
        return "open" if self.waiting_user_id else "done"

    def _work_item_amount(self):
        return self._approval_amount()
