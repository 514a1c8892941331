"""Draw a paper of the Party as DOCX, or fill the office's own template."""

import io
import re
import zipfile
from copy import deepcopy

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from .rules.paper_text import text_of

FONT = "Times New Roman"
DASHES = "-----"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
#: what a template may ask for; the content needs a paragraph of its own
PLACEHOLDERS = (
    "motto",
    "superior",
    "body",
    "number",
    "place_day",
    "kind",
    "abstract",
    "addressees",
    "content",
    "authority",
    "position",
    "signer",
    "recipients",
    "urgency",
    "circulation",
    "draft",
    "typist",
)
#: a template is a page of text; a bomb is not
MAX_UNPACKED = 20 * 1024 * 1024


class TemplateBroken(Exception):
    """A template that cannot be used; ``unknown`` names its unknown placeholders."""

    def __init__(self, unknown=()):
        super().__init__(", ".join(unknown))
        self.unknown = tuple(unknown)


# ------------------------------------------------------------------- our own drawing
def draw_docx(sheet, page):
    """Return a paper as DOCX (bytes), laid out after Guidance 36-HD/VPTW.

    :param sheet: ``PaperSheet``
    :param page: ``Page``
    """
    document = Document()
    _Drawing(document, sheet, page).draw()
    return _saved(document)


def _saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


class _Drawing:
    """One paper, drawn from top to bottom."""

    def __init__(self, document, sheet, page):
        self.document = document
        self.sheet = sheet
        self.page = page

    def draw(self):
        self._prepare()
        self._head()
        self._title()
        self._addressees()
        for block in self.sheet.blocks:
            self._block(block)
        self._end()

    # -------------------------------------------------------------------- page
    def _prepare(self):
        page, section = self.page, self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        section.header_distance = Mm(10)
        self.width = 210 - page.left - page.right
        style = self.document.styles["Normal"]
        style.font.name = FONT
        style.font.size = Pt(page.text_size)
        # names of fonts are kept for each script
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        self._page_numbers(section)

    def _page_numbers(self, section):
        """The number stands at the top of every page but the first."""
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            if kind:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            else:
                part = OxmlElement("w:instrText")
                part.text = text
            run._r.append(part)

    def _columns(self, left):
        """Return the two cells of a table without rules, as wide as the page."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for cell, width in zip(
            table.rows[0].cells, (left, self.width - left), strict=True
        ):
            cell.width = Mm(width)
        return table.rows[0].cells

    # -------------------------------------------------------------------- head
    def _head(self):
        sheet, size = self.sheet, self.page.head_size
        left, right = self._columns(self.width * 0.45)
        lines = [
            (sheet.superior.upper(), False),
            (sheet.body.upper(), True),
            ("*", False),
        ]
        for text, bold in lines:
            if text:
                self._line(left, text, size, bold=bold)
        self._line(left, sheet.number, size)
        if sheet.is_letter and sheet.abstract:
            self._line(left, sheet.abstract, 12, italic=True)
        for text, bold in (
            (sheet.urgency, True),
            (sheet.circulation, True),
            (sheet.draft, False),
        ):
            if text:
                boxed = text == sheet.urgency
                self._line(left, text, 12, bold=bold, italic=not bold, boxed=boxed)
        motto = self._line(right, sheet.motto, self.page.motto_size, bold=True)
        _rule_below(motto)
        # the date stands on the height of the number
        for _number in range(2 if sheet.superior else 1):
            self._line(right, "", 7 if sheet.superior else 10)
        self._line(right, sheet.place_day, size, italic=True)

    def _next(self, where):
        """Return the next empty paragraph; a new cell has one already."""
        if where is not self.document:
            first = where.paragraphs[0]
            if len(where.paragraphs) == 1 and not first.runs:
                return first
        return where.add_paragraph()

    def _line(self, where, text, size, bold=False, italic=False, boxed=False):
        """Add a centred line to a cell or the document; returns its paragraph."""
        paragraph = self._next(where)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        if boxed:
            border = OxmlElement("w:bdr")
            for name, value in (
                ("val", "single"),
                ("sz", "8"),
                ("space", "4"),
                ("color", "auto"),
            ):
                border.set(qn(f"w:{name}"), value)
            run._r.get_or_add_rPr().append(border)
            paragraph.paragraph_format.space_before = Pt(6)
        return paragraph

    def _title(self):
        sheet, page = self.sheet, self.page
        if sheet.is_letter:
            self.document.add_paragraph()
            return
        kind = self._line(self.document, sheet.kind, page.kind_size, bold=True)
        kind.paragraph_format.space_before = Pt(14)
        if sheet.abstract:
            self._line(self.document, sheet.abstract, page.abstract_size, bold=True)
        dashes = self._line(self.document, DASHES, page.text_size)
        dashes.paragraph_format.space_after = Pt(page.after)

    def _addressees(self):
        sheet = self.sheet
        if not sheet.addressees:
            return
        if len(sheet.addressees) == 1:
            text = f"{sheet.address_label} {sheet.addressees[0]}"
            line = self._line(self.document, text, self.page.text_size)
            line.paragraph_format.space_after = Pt(self.page.after)
            return
        left, right = self._columns(self.width * 0.35)
        paragraph = left.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(sheet.address_label)
        for number, text in enumerate(sheet.addressees):
            line = right.paragraphs[0] if not number else right.add_paragraph()
            line.add_run(text)
        self.document.add_paragraph()

    # -------------------------------------------------------------------- text
    def _block(self, block):
        if block.kind == "table":
            _add_table(self.document, block, self.page)
        else:
            write_block(self.document.add_paragraph(), block, self.page)

    def _end(self):
        sheet, size = self.sheet, self.page.recipient_size
        left, right = self._columns(self.width * 0.5)
        paragraph = left.paragraphs[0]
        run = paragraph.add_run(sheet.recipients_label.rstrip(":"))
        run.underline = True
        paragraph.add_run(":" if sheet.recipients_label.endswith(":") else "")
        for text in sheet.recipients:
            left.add_paragraph().add_run(text).font.size = Pt(size)
        if sheet.typist:
            line = left.add_paragraph()
            line.paragraph_format.space_before = Pt(6)
            line.add_run(sheet.typist).font.size = Pt(size - 1)
        paragraph = right.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(sheet.authority).bold = True
        lines = [(sheet.position, False), *[("", False)] * 4, (sheet.signer, True)]
        for text, bold in lines:
            line = right.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(text).bold = bold
        for cell in (left, right):
            for line in cell.paragraphs:
                # signature and list of recipients are never torn apart
                line.paragraph_format.keep_with_next = True


def write_block(paragraph, block, page):
    """Write a paragraph of the text into an empty paragraph."""
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN[block.align]
    form.space_after = Pt(page.after)
    form.line_spacing = page.line_height
    if block.align in ("left", "justify"):
        form.first_line_indent = Mm(page.indent)
    if block.kind == "heading":
        form.keep_with_next = True
    if block.mark:
        paragraph.add_run(f"{block.mark} ")
    _write_runs(paragraph, block.runs, block.kind == "heading")
    for run in paragraph.runs:
        run.font.size = Pt(page.text_size)


def _write_runs(paragraph, runs, bold=False):
    for piece in runs:
        run = paragraph.add_run(piece.text)
        run.bold = bold or piece.bold
        run.italic, run.underline = piece.italic, piece.underline


def _add_table(document, block, page):
    """Add a table with rules; returns it."""
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, runs in zip(row.cells, cells, strict=True):
            _write_runs(cell.paragraphs[0], runs)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(page.text_size - 1)
    return table


def _rule_below(paragraph):
    """Rule a line below the words, as long as they are."""
    for run in paragraph.runs:
        run.underline = True


# ------------------------------------------------------------- the office's template
def check_template(data):
    """Refuse what is no usable DOCX template.

    :param bytes data: the file
    :raises TemplateBroken: no DOCX, macros, or placeholders nobody knows
    """
    document = _opened(data)
    found = set()
    for paragraph in _paragraphs(document):
        found.update(PLACEHOLDER.findall(paragraph.text))
    unknown = sorted(found - set(PLACEHOLDERS))
    if unknown or not found:
        raise TemplateBroken(unknown)


def fill_docx(data, sheet, page):
    """Return a template with the paper's text in its places (bytes).

    ``{{number}}`` and the like are replaced by plain text; ``{{content}}`` must stand
    alone in a paragraph, which the text of the paper takes.

    :raises TemplateBroken: see ``check_template``
    """
    document = _opened(data)
    values = _values(sheet)
    for paragraph in list(_paragraphs(document)):
        if PLACEHOLDER.search(paragraph.text) is None:
            continue
        if paragraph.text.strip().replace(" ", "") == "{{content}}":
            _put_content(paragraph, sheet.blocks, page)
        else:
            _put_text(paragraph, values)
    return _saved(document)


def _opened(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise TemplateBroken
        if "word/document.xml" not in names or "word/vbaProject.bin" in names:
            raise TemplateBroken
        return Document(io.BytesIO(data))
    except TemplateBroken:
        raise
    # a broken file breaks anywhere inside the library
    except Exception as error:
        raise TemplateBroken from error


def _paragraphs(document):
    """Yield all paragraphs, in tables, heads and feet too."""
    parts = [document.element.body]
    for section in document.sections:
        heads = (
            section.header,
            section.footer,
            section.first_page_header,
            section.first_page_footer,
        )
        # asking a head that is not there would make one
        parts += [head._element for head in heads if not head.is_linked_to_previous]
    for part in parts:
        for element in list(part.iter(qn("w:p"))):
            yield Paragraph(element, document._body)


def _values(sheet):
    values = {name: getattr(sheet, name, "") for name in PLACEHOLDERS}
    values["superior"] = sheet.superior.upper()
    values["body"] = sheet.body.upper()
    values["recipients"] = "\n".join(sheet.recipients)
    values["addressees"] = "\n".join(sheet.addressees)
    values["content"] = text_of(sheet.blocks)
    return values


def _put_text(paragraph, values):
    """Replace the placeholders; a word processor may have cut them into runs."""
    runs = paragraph.runs
    text = "".join(run.text for run in runs)
    if PLACEHOLDER.search(text) is None:
        return
    for run in runs:
        if PLACEHOLDER.search(run.text):
            run.text = PLACEHOLDER.sub(lambda m: values.get(m[1], ""), run.text)
    text = "".join(run.text for run in runs)
    if "{{" in text and PLACEHOLDER.search(text):
        # the style of the first run is kept for the whole line
        runs[0].text = PLACEHOLDER.sub(lambda m: values.get(m[1], ""), text)
        for run in runs[1:]:
            run.text = ""


def _put_content(paragraph, blocks, page):
    """Put the text where the paragraph stands."""
    anchor = paragraph._p
    blank = deepcopy(anchor)
    for run in blank.findall(qn("w:r")):
        blank.remove(run)
    for block in blocks:
        lines = text_of([block]).split("\n") if block.kind == "table" else [None]
        for line in lines:
            element = deepcopy(blank)
            anchor.addprevious(element)
            fresh = Paragraph(element, paragraph._parent)
            if line is None:
                write_block(fresh, block, page)
            else:
                fresh.add_run(line)
    anchor.getparent().remove(anchor)
