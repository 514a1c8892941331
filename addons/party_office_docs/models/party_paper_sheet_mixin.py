import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..paper_docx import TemplateBroken, draw_docx, fill_docx
from ..rules.paper_sheet import (
    URGENCY_MARKS,
    PaperSheet,
    authority_lines,
    blank_symbol,
    draft_mark,
    number_line,
    place_and_day,
    recipient_lines,
    title_lines,
)
from ..rules.paper_text import blocks_of, clean

#: names of the forms, of a paper and of a draft
SHEETS = ("party_office_docs.paper_sheet", "party_office_docs.paper_sheet_draft")
EMPTY = {
    "symbol": "",
    "day": None,
    "abstract": "",
    "content": "",
    "authority": "self",
    "collective": "",
    "head": "",
    "position": "",
    "signer": "",
    "addressees": (),
    "recipients": (),
    "urgency": "0",
    "circulation": "",
    "version": 0,
    "typist": "",
}


class PartyPaperSheetMixin(models.AbstractModel):
    """Something that is a paper of the Party and can be drawn as one (PDF, DOCX).

    Its model has ``kind_id``, ``body_id`` and says what stands on it.
    """

    _name = "party.paper.sheet.mixin"
    _description = "Drawn as a Paper of the Party"
    _inherit = ["party.form.mixin"]

    def _paper_facts(self):
        """Return what stands on the paper, keys of ``EMPTY``; others are left empty.

        ``recipients`` are pairs of name and copies, ``content`` is HTML, ``symbol`` is
        empty before the paper has a number, ``version`` is 0 on the final paper.
        """
        self.ensure_one()
        return {}

    def _check_can_draw(self):
        """Raise UserError when there is nothing to draw.

        :raises UserError: a secret paper, or its text is not here
        """
        for record in self:
            if "is_secret" in record and record.is_secret:
                raise UserError(
                    self.env._(
                        "A secret paper may not enter this system (Law 117/2025/QH15). "
                        "Use the secret register."
                    )
                )

    def _paper_layout(self):
        self.ensure_one()
        return self.env["party.paper.layout"]._for(self.kind_id, self.body_id)

    def _paper_sheet(self):
        """Return what stands on the paper (``PaperSheet``), in Vietnamese."""
        self.ensure_one()
        if self.env["res.lang"]._get_data(code="vi_VN"):
            self = self.with_context(lang="vi_VN")
        wording = self._paper_layout()._wording()
        # the names of bodies and kinds stand on every paper
        body, kind = self.body_id.sudo(), self.kind_id.sudo()
        facts = EMPTY | self._paper_facts()
        for name, value in facts.items():
            if isinstance(value, str):
                facts[name] = clean(value)
        title, abstract = title_lines(kind.name, facts["abstract"], wording)
        authority, position = authority_lines(
            facts["authority"] or "self",
            facts["collective"],
            facts["head"],
            facts["position"],
        )
        symbol = facts["symbol"] or blank_symbol(kind.abbreviation, body.code)
        return PaperSheet(
            motto=wording.motto,
            superior=clean(body.superior),
            body=clean(body.name),
            number=number_line(symbol, wording.number_prefix),
            place_day=place_and_day(clean(body.place), facts["day"]),
            kind=title,
            abstract=abstract,
            is_letter=not wording.shows_kind,
            addressees=tuple(map(clean, facts["addressees"])),
            blocks=blocks_of(str(facts["content"] or "")),
            authority=authority,
            position=position,
            signer=facts["signer"],
            recipients=recipient_lines(
                [(clean(name), copies) for name, copies in facts["recipients"]],
                wording.last_recipient,
            ),
            urgency=URGENCY_MARKS.get(facts["urgency"], ""),
            circulation=facts["circulation"],
            draft=draft_mark(facts["version"], wording),
            typist=facts["typist"],
            address_label=wording.address_label,
            recipients_label=wording.recipients_label,
        )

    # ---------------------------------------------------------------- drawings
    def _paper_docx(self):
        """Return the paper as DOCX (bytes), on the office's template if it has one.

        :raises UserError: nothing to draw, or the template broke
        """
        self.ensure_one()
        self._check_can_draw()
        layout, sheet = self._paper_layout(), self._paper_sheet()
        # the template is part of the layout, which everybody reads
        template = layout.sudo().with_context(bin_size=False).template
        if not template:
            return draw_docx(sheet, layout._page())
        try:
            return fill_docx(base64.b64decode(template), sheet, layout._page())
        except TemplateBroken as error:
            raise UserError(
                self.env._(
                    "The template of “%(layout)s” cannot be read.",
                    layout=layout.name,
                )
            ) from error

    def _paper_file_name(self, extension):
        """Return the name of the file, e.g. ``09-DA-TU``, without slashes."""
        self.ensure_one()
        name = self._paper_facts().get("symbol") or self.display_name or "paper"
        name = "".join("-" if c in '/\\:*?"<>|\n\r\t' else c for c in name)
        return f"{name[:80].strip() or 'paper'}.{extension}"

    def action_paper_docx(self):
        """Download the paper as a Word file."""
        self.ensure_one()
        self.check_access("read")
        self._check_can_draw()
        return {
            "type": "ir.actions.act_url",
            "url": f"/party_office/paper/{self._name}/{self.id}.docx",
            "target": "download",
        }

    def action_paper_pdf(self):
        """Print the paper as PDF."""
        self.ensure_one()
        self._check_can_draw()
        return self._paper_report().report_action(self, config=False)

    @api.model
    def _paper_report(self):
        """Return the printed form of this model (``ir.actions.report``)."""
        # which form it is does not depend on who prints
        return (
            self.env["ir.actions.report"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("report_name", "in", SHEETS),
                ],
                limit=1,
            )
            .sudo(False)
        )

    def _check_can_print(self, report):
        if report.report_name in SHEETS:
            self._check_can_draw()
        return super()._check_can_print(report)

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name in SHEETS:
            # a paper of the Party carries nothing that the guidance does not name
            values |= {
                "qr": "",
                "sheet": self._paper_sheet(),
                "page": self._paper_layout()._page(),
            }
        return values
