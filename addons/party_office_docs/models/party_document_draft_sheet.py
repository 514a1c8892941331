from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty

#: words of Guidance 36-HD/VPTW, printed as they are in every language
CIRCULATION_TEXTS = {
    "internal": "Lưu hành nội bộ",
    "after_reading": "Đọc xong xin trả lại",
    "after_meeting": "Xong hội nghị xin trả lại",
}
TO, INFO, FILE = "to", "info", "file"


class PartyDocumentDraft(models.Model):
    """A draft, drawn as the paper that it becomes."""

    _name = "party.document.draft"
    _inherit = ["party.document.draft", "party.paper.sheet.mixin"]

    on_behalf_of = fields.Char(
        string="On behalf of",
        compute="_compute_on_behalf_of",
        store=True,
        readonly=False,
        help="Stands behind T/M, K/T or T/L: Ban Thường vụ, Trưởng Ban …",
    )
    typist_mark = fields.Char(
        string="Typist's mark", help="Below the recipients, e.g. NTA-15b."
    )

    @api.depends("authority", "body_id")
    def _compute_on_behalf_of(self):
        for draft in self:
            # how the body's signers are called stands on all its papers
            body = draft.body_id.sudo()
            titles = {"tm": body.collective, "kt": body.head_title}
            draft.on_behalf_of = titles.get(draft.authority) or (
                body.collective if draft.authority == "tl" else False
            )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "on_behalf_of"]

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"on_behalf_of", "typist_mark"}

    def _paper_facts(self):
        self.ensure_one()
        # a paper that was issued has number and date, and is a draft no more
        paper = self.document_id.sudo()
        lines = self.sudo().recipient_ids
        return {
            "symbol": paper.symbol or paper.name or "",
            "day": paper.document_date or None,
            "abstract": self.title or "",
            "content": "" if is_html_empty(self.content) else self.content,
            "authority": self.authority,
            "collective": self.on_behalf_of or "",
            "head": self.on_behalf_of or "",
            "position": self.signer_position or "",
            "signer": paper.signer_name or self.signer_name or "",
            **lines._paper_lines(self.kind_id.sudo()),
            "urgency": self.urgency,
            "circulation": CIRCULATION_TEXTS.get(self.circulation, ""),
            "version": 0 if paper else self._draft_version(),
            "typist": self.typist_mark or "",
        }

    def _draft_version(self):
        """Return which draft this is: one more than what was sent, the sent one once
        it is signed.
        """
        sent = self.env["party.document.version"].search_count(
            [("draft_id", "=", self.id)]
        )
        return max(sent, 1) if self.state in ("submitted", "approved") else sent + 1


class PartyDocumentRecipient(models.Model):
    """Where a recipient stands on the paper."""

    _inherit = "party.document.recipient"

    def _paper_lines(self, kind):
        """Return ``addressees`` and ``recipients`` of ``PaperSheet``.

        Letters and submissions name those who shall act at the top (Kính gửi); they
        then stand below as "Như trên".

        :param kind: ``party.document.kind``
        """
        acting = self.filtered(lambda line: line.role == TO)
        others = self - acting
        if kind.code not in ("cong_van", "to_trinh", "giay_moi"):
            ordered = acting + others.filtered(lambda line: line.role == INFO)
            below = [(line.label, line.copies) for line in ordered]
            tops = []
        else:
            names = acting.mapped("label")
            tops = names if len(names) < 2 else [f"- {name}," for name in names]
            below = [("Như trên", 0)] if acting else []
            informed = others.filtered(lambda line: line.role == INFO)
            below += [(line.label, line.copies) for line in informed]
        kept = [
            line.label if line.label.lower().startswith("lưu") else f"Lưu {line.label}"
            for line in others
            if line.role == FILE
        ]
        if tops and len(tops) > 1:
            tops[-1] = f"{tops[-1][:-1]}."
        return {
            "addressees": tuple(tops),
            "recipients": [*below, *((name, 0) for name in kept)],
        }


class PartyDocument(models.Model):
    """An issued paper, drawn from the draft that was signed."""

    _name = "party.document"
    _inherit = ["party.document", "party.paper.sheet.mixin"]

    has_sheet = fields.Boolean(
        compute="_compute_has_sheet", help="Its text was written here."
    )

    @api.depends_context("uid")
    @api.depends("direction", "state", "draft_ids")
    def _compute_has_sheet(self):
        # who reads the issued paper reads the text that became it
        texts = self.env["party.document.draft"].sudo()
        ids = self.filtered(lambda paper: paper.direction == "out").ids
        found = texts.search(
            Domain("document_id", "in", ids) & Domain("content", "!=", False)
        )
        written = found.filtered(lambda draft: not is_html_empty(draft.content))
        for paper in self:
            paper.has_sheet = paper._origin.id in written.document_id.ids

    def _check_can_draw(self):
        result = super()._check_can_draw()
        for paper in self:
            if not paper.has_sheet:
                raise UserError(
                    self.env._(
                        "The text of %(paper)s was not written here: open its file.",
                        paper=paper.display_name,
                    )
                )
        return result

    def _paper_facts(self):
        self.ensure_one()
        # who reads the issued paper reads the text that became it
        return self.sudo().draft_ids[:1]._paper_facts()

    def _attach_print(self):
        """Keep what was written here as the file of the paper, printed with its number.

        Called when the paper is issued; a scan with the signature needs no print.
        """
        for paper in self:
            paper.invalidate_recordset(["has_sheet"])
            if paper.attachment_ids or not paper.has_sheet:
                continue
            report = paper._paper_report()
            pdf, _kind = report._render_party_pdf(report, paper.ids)
            paper.attachment_ids = [
                Command.create(
                    {
                        "name": paper._paper_file_name("pdf"),
                        "raw": pdf,
                        "mimetype": "application/pdf",
                        "res_model": paper._name,
                        "res_id": paper.id,
                    }
                )
            ]
