from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local, local_today

from .party_document_incoming import CLERK


class PartyDocumentDraft(models.Model):
    """Who may sign, and the signature: by a tap, or on paper with a scan of it."""

    _inherit = "party.document.draft"

    signed_at = fields.Datetime(string="Signed", readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_capacity = fields.Selection(
        [
            ("self", "In person"),
            ("kt", "K/T"),
            ("tl", "T/L"),
            ("paper", "On paper, entered by the clerk"),
        ],
        string="How it was signed",
        readonly=True,
        copy=False,
    )
    signed_scan_ids = fields.Many2many(
        "ir.attachment",
        "party_document_draft_scan_rel",
        "draft_id",
        "attachment_id",
        string="Scan of the signed paper",
        readonly=True,
        copy=False,
    )
    pending_role = fields.Char(compute="_compute_pending_role")
    can_enter_signature = fields.Boolean(compute="_compute_pending_role")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "signed_at",
            "signed_by_id",
            "signed_capacity",
            "signed_scan_ids",
        }

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"signed_scan_ids"}

    @api.model
    def _paper_fields(self):
        # the scan is the evidence of the signature: it is neither replaced nor deleted
        if self._abstract:
            return super()._paper_fields()
        return [*super()._paper_fields(), "signed_scan_ids"]

    @api.depends("state", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_pending_role(self):
        is_clerk = self.env.user.has_group(CLERK)
        for draft in self:
            # who reads the draft sees what it waits for
            pending = draft.sudo().approval_ids.filtered(lambda a: a.state == "pending")
            draft.pending_role = pending[:1].role
            draft.can_enter_signature = is_clerk and draft.pending_role == "signer"

    # ------------------------------------------------------------------- power
    @api.onchange("signer_id", "body_id", "kind_id")
    def _onchange_authority(self):
        """Propose the authority that the signer has for this kind of paper."""
        if self.signer_id and self.body_id:
            powers = self.env["party.signing.power"]._of(self, local_today(self.env))
            natural = self._natural_authority()
            self.authority = powers[:1].authority or natural or "self"

    def _natural_authority(self):
        """Return ``self`` for the head of the body's unit, ``kt`` for his deputy."""
        self.ensure_one()
        unit = self.body_id.board_id.sudo()
        if not self.signer_id:
            return False
        if self.signer_id == unit.head_id:
            return "self"
        return "kt" if self.signer_id == unit.deputy_head_id else False

    def _signer_position(self):
        self.ensure_one()
        if not self.signer_id or not self.body_id:
            return False
        powers = self.env["party.signing.power"]._of(self, local_today(self.env))
        fitting = powers.filtered(lambda power: power.authority == self.authority)
        given = (fitting or powers)[:1].position
        return given or self._natural_position() or self.signer_position

    def _natural_position(self):
        """Return the title (``str``) of the head of the body, or of his deputy."""
        self.ensure_one()
        head = (self.body_id.head_title or "").upper()
        if not head or self.authority != self._natural_authority():
            return False
        return f"PHÓ {head}" if self.authority == "kt" else head

    def _check_signing_power(self):
        """Refuse a signer who may not sign this paper in this way.

        :raises UserError: Guidance 36-HD/VPTW, II.7
        """
        for draft in self:
            powers = self.env["party.signing.power"]._of(draft, local_today(self.env))
            if draft.authority in powers.mapped("authority"):
                continue
            if draft.authority == draft._natural_authority():
                continue
            raise UserError(
                self.env._(
                    "%(signer)s has no power to sign a paper of this kind for %(body)s "
                    "in this way. See Configuration > Papers > Powers to sign.",
                    signer=draft.signer_id.name,
                    body=draft.body_id.name,
                )
            )

    def _check_can_submit(self):
        result = super()._check_can_submit()
        for draft in self:
            draft._check_signing_power()
            if draft.signer_id == draft.requester_id:
                raise UserError(
                    self.env._(
                        "Who drafts a paper does not sign it in this system: let "
                        "somebody else draft it, or enter the signed paper."
                    )
                )
        return result

    # --------------------------------------------------------------- signature
    def _on_approved(self):
        for draft in self:
            step = draft._current_approvals()[-1:]
            clerk = draft.body_id.sudo()._clerk()
            if not clerk:
                raise UserError(self.env._("Name the clerk of the office first."))
            # set by the action that signed
            draft.sudo().write(
                {
                    "signed_at": draft.signed_at or step.decided_at,
                    "signed_by_id": (
                        draft.signer_id
                        if step.capacity == "paper"
                        else step.decided_by_id
                    ).id,
                    "signed_capacity": step.capacity,
                }
            )
            draft._hand_to(clerk, self.env._("Give the number and issue"))
        return super()._on_approved()

    def _on_submitted(self):
        # an earlier signature covered another text
        self.sudo().write(
            {
                "signed_at": False,
                "signed_by_id": False,
                "signed_capacity": False,
                "signed_scan_ids": [fields.Command.clear()],
            }
        )
        return super()._on_submitted()

    def action_enter_signature(self, attachment_ids, signed_on=None):
        """Record that the paper was signed by hand; the scan is the evidence.

        :param list attachment_ids: the scan, uploaded by the clerk
        :param signed_on: day of the signature, default today
        :raises AccessError: not the clerk, or somebody else's file
        :raises UserError: it does not wait for the signature, no scan, a day to come
        """
        self.ensure_one()
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Only the clerk keeps the books."))
        self.check_access("read")
        self._check_not_secret()
        step = self._pending_approval()
        if step.role != "signer":
            raise UserError(
                self.env._(
                    "It does not wait for the signature yet: %(step)s.", step=step.name
                )
            )
        day = fields.Date.to_date(signed_on) or local_today(self.env)
        # superuser mode: the clerk need not see the versions
        sent_at = self.sudo().version_ids.sorted("number")[-1:].sent_at
        sent_on = local(self.env, sent_at).date()
        if not sent_on <= day <= local_today(self.env):
            raise UserError(
                self.env._("It was signed after it was sent, and not after today.")
            )
        scans = self._take_own_files(attachment_ids, self)
        if not scans:
            raise UserError(self.env._("Attach the scan of the signed paper."))
        # the clerk enters what the signer did on paper: he may not write the draft
        draft = self.sudo()
        draft.write(
            {
                "signed_scan_ids": [fields.Command.set(scans.ids)],
                "signed_at": fields.Datetime.now(),
            }
        )
        step.write(
            {
                "state": "approved",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "capacity": "paper",
                "comment": fields.Date.to_string(day),
            }
        )
        draft.activity_unlink(["party_office_base.mail_activity_type_approval"])
        self._start_next_step()
        return True

    def action_open_signature(self):
        """Open the dialog for the scan of the signed paper."""
        self.ensure_one()
        return self._open_dialog(
            "party.document.signature", self.env._("Signed on paper")
        )

    @api.model
    def _take_own_files(self, attachment_ids, owner):
        """Return files that the user uploaded just now, tied to a record.

        :param list attachment_ids: ids as a client sends them
        :param owner: the record that they belong to from now on
        :raises AccessError: somebody else's file, or one of another record
        """
        known = isinstance(attachment_ids, list) and all(
            isinstance(file_id, int) for file_id in attachment_ids
        )
        # compared with the user right here
        files = self.env["ir.attachment"].sudo().browse(attachment_ids if known else [])
        files = files.exists()
        for file in files:
            model = self.env.get(file.res_model or "")
            fresh = not file.res_id or (model is not None and model._transient)
            if file.create_uid != self.env.user or not fresh:
                raise AccessError(self.env._("Upload the file here."))
        files.write({"res_model": owner._name, "res_id": owner.id})
        return files
