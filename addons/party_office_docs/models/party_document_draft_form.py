from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyDocumentDraft(models.Model):
    """The check of the form (thẩm định thể thức) by the office before the signature."""

    _inherit = "party.document.draft"

    form_fault_ids = fields.Many2many(
        "party.form.item",
        string="Faults of the form",
        readonly=True,
        copy=False,
        help="What the office found wrong the last time.",
    )
    decision_note = fields.Text(
        string="What to change",
        readonly=True,
        copy=False,
        help="What the last approver wrote; kept with the draft, not with the "
        "approvals, so that it goes with the content.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"form_fault_ids", "decision_note"}

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"decision_note"}

    def _approval_document_name(self):
        # approvals are kept for ever, the abstract of a paper may have to go
        return self._draft_label()

    def _missing_parts(self):
        missing = super()._missing_parts()
        if self.signer_id and not (self.signer_position or "").strip():
            missing.append(self.env._("position of the signer"))
        if not self.recipient_ids:
            missing.append(self.env._("recipients"))
        if self.co_body_ids & self.body_id:
            missing.append(self.env._("joint bodies other than the issuing body"))
        return missing

    def _decide(self, decision, comment="", reasons=None):
        # protected: what an approver writes may say what the paper says
        self.sudo().write({"decision_note": comment or False})
        return super()._decide(decision, "", reasons)

    def _render_return(self, returned):
        box = super()._render_return(returned)
        faults = self.sudo().form_fault_ids
        return self.env["ir.qweb"]._render(
            "party_office_docs.draft_return_box",
            {"box": box, "faults": faults, "note": self.decision_note},
        )

    def action_check_form(self, fault_ids=None, note=""):
        """Decide the check of the form: no fault passes it on, faults return it.

        :param list fault_ids: ids of ``party.form.item`` that are wrong
        :param str note: what to change, in words
        :raises UserError: it does not wait for the check of the form
        :raises AccessError: it waits on somebody else
        """
        self.ensure_one()
        self.check_access("read")
        step = self._pending_approval()
        if step.role != "form_checker":
            raise UserError(
                self.env._(
                    "It does not wait for the check of its form: %(step)s.",
                    step=step.name,
                )
            )
        known = isinstance(fault_ids or [], list) and all(
            isinstance(item, int) for item in fault_ids or []
        )
        faults = self.env["party.form.item"].browse(fault_ids if known else []).exists()
        note = note.strip() if isinstance(note, str) else ""
        if len(faults) != len(fault_ids or []):
            raise UserError(self.env._("Choose faults from the list."))
        if faults or note:
            self.action_return(
                "; ".join([*faults.mapped("name"), *filter(None, [note])])
            )
        else:
            self.action_approve()
        # protected: set by the check that was just decided
        self.sudo().write(
            {
                "form_fault_ids": [fields.Command.set(faults.ids)],
                "decision_note": note or False,
            }
        )
        return True

    def action_open_form_check(self):
        """Open the list of parts that the checker looks through."""
        self.ensure_one()
        return self._open_dialog(
            "party.document.form.check",
            self.env._("Check of the form"),
            {"default_content_hash": self.content_hash},
        )

    def _open_dialog(self, model, title, context=None):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_draft_id": self.id, **(context or {})},
        }

    def _on_submitted(self):
        # protected: the faults were of the earlier text
        self.sudo().write(
            {"form_fault_ids": [fields.Command.clear()], "decision_note": False}
        )
        return super()._on_submitted()
