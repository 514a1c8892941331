from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.search_text import LONGEST
from ..rules.secrecy_mark import ORDER
from .party_secrecy_mixin import SECRECY


class PartyDocument(models.Model):
    """The words of the files: read for the search, and looked at for a mark."""

    _inherit = "party.document"

    file_text_ids = fields.One2many(
        "party.document.file.text", "document_id", string="Text of files", readonly=True
    )
    text_state = fields.Selection(
        [("waiting", "Being read"), ("read", "Read"), ("failed", "Not read")],
        string="Words of files",
        readonly=True,
        copy=False,
        help="Whether the search knows the words of the files.",
    )
    found_mark = fields.Selection(
        SECRECY[1:],
        string="Mark in a file",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="A mark of secrecy was recognised at the head of a file, and the clerk "
        "has not decided yet.",
    )
    mark_decision_ids = fields.One2many(
        "party.document.mark.decision",
        "document_id",
        string="Decisions on marks",
        readonly=True,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "file_text_ids",
            "text_state",
            "found_mark",
            "mark_decision_ids",
        }

    def _secret_values(self):
        return {**super()._secret_values(), "text_state": None, "found_mark": None}

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.sudo().filtered("attachment_ids")._sync_file_texts()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._sync_file_texts()
        return result

    def _sync_file_texts(self):
        """Bring the words in line with the files: read new ones, forget the others."""
        # derived data: nobody writes it by hand
        documents = self.sudo().exists().filtered(lambda d: not d.is_secret)
        new = self.env["party.document.file.text"].sudo()
        changed = documents.browse()
        for document in documents:
            files, rows = document.attachment_ids, document.file_text_ids
            kept = rows.filtered(
                lambda row, files=files: (
                    row.attachment_id in files
                    and row.checksum == row.attachment_id.checksum
                )
            )
            values = [
                {
                    "document_id": document.id,
                    "attachment_id": file.id,
                    "checksum": file.checksum,
                }
                for file in files - kept.attachment_id
            ]
            if values or rows != kept or (document.text_state and not files):
                changed |= document
            (rows - kept).unlink()
            new |= new.create(values)
        new._read_at_once()
        changed._sync_text_body()

    def _sync_text_body(self):
        """Show what was read of the files, to the search and on the paper."""
        for document in self.sudo():
            rows = document.file_text_ids
            states = set(rows.mapped("state"))
            state = next((s for s in ("waiting", "failed", "read") if s in states), "")
            marks = rows.filtered(lambda row: not row.decision_id).mapped("mark")
            mark = max(filter(None, marks), key=ORDER.index, default=False)
            if mark and not document.found_mark and document.state != "received":
                document._tell_mark()
            document.write({"text_state": state or False, "found_mark": mark})
            body = " ".join(filter(None, rows.mapped("body")))[:LONGEST]
            self.env["party.document.text"]._of(document).write({"body": body})

    def _tell_mark(self):
        """Tell who registered the paper that its scan carries a mark."""
        user = self.registered_by_id or self.requester_id
        if user.active:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                summary=self.env._("A mark of secrecy was found: decide at once"),
            )

    def _check_can_register(self):
        result = super()._check_can_register()
        if self.found_mark:
            raise UserError(
                self.env._(
                    "A file of %(document)s carries a mark of secrecy. Open the paper "
                    "and decide: mark it as secret, or say why it is not.",
                    document=self.display_name,
                )
            )
        return result

    def action_open_not_secret(self):
        """Ask why the paper is not secret."""
        self.ensure_one()
        self._check_may_mark()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("It is not secret"),
            "res_model": "party.document.not.secret",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }

    def action_not_secret(self, reason):
        """Decide that the mark found in the files means nothing.

        :param str reason: kept with who and when
        :raises AccessError: neither clerk nor chief of office
        :raises UserError: no mark waits for a decision, or there is no reason
        """
        self.ensure_one()
        self._check_may_mark()
        reason = (reason or "").strip()
        if not reason or not self.found_mark:
            raise UserError(self.env._("Choose a paper with a mark and say why."))
        # nobody writes decisions by hand; the right was checked above
        document = self.sudo()
        decision = document.mark_decision_ids.create(
            {
                "document_id": document.id,
                "mark": document.found_mark,
                "reason": reason,
                "user_id": self.env.uid,
            }
        )
        rows = document.file_text_ids.filtered(lambda r: r.mark and not r.decision_id)
        rows.decision_id = decision
        document._sync_text_body()


class PartyDocumentMarkDecision(models.Model):
    """Who decided that a mark found in a file is none, and why."""

    _name = "party.document.mark.decision"
    _description = "Decision on a Mark"
    _inherit = ["party.secret.content.mixin"]
    _order = "id desc"

    document_id = fields.Many2one(
        "party.document", string="Paper", required=True, ondelete="cascade", index=True
    )
    mark = fields.Selection(SECRECY[1:], string="Mark found", required=True)
    reason = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="Decided by", required=True)
    decided_at = fields.Datetime(required=True, default=fields.Datetime.now)
