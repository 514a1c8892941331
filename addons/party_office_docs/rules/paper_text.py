"""The text of a paper, typed on the screen (HTML), as blocks that can be drawn.

Only what an official paper needs is kept: paragraphs, bold, italic and underlined
words, lists, simple tables. Pure, standard library only.

>>> [block.runs[0].text for block in blocks_of("<p>Một</p><p>Hai</p>")]
['Một', 'Hai']
>>> [(block.mark, block.runs[0].text) for block in blocks_of("<ol><li>A<li>B</ol>")]
[('1.', 'A'), ('2.', 'B')]
"""

import re
from html.parser import HTMLParser

from .paper_sheet import Block, Run

BREAKERS = {"p", "div", "blockquote", "section", "article", "pre", "hr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STYLES = {
    "b": "bold",
    "strong": "bold",
    "th": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
}
SILENT = {"script", "style", "head", "title"}
ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)")
SPACES = re.compile(r"[ \t\r\n\f]+")
#: what a word processor cannot store
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def blocks_of(html):
    """Return the blocks (``tuple`` of ``Block``) of a text.

    >>> blocks_of("<p>Số <b>09</b></p>")[0].runs[1]
    Run(text='09', bold=True, italic=False, underline=False)
    >>> blocks_of("<table><tr><td>a</td><td>b</td></tr></table>")[0].rows[0][1][0].text
    'b'
    >>> blocks_of("<script>x</script> <p> </p>")
    ()
    """
    reader = _Reader()
    reader.feed(clean(html))
    reader.close()
    return tuple(reader.finish())


def clean(text):
    """Return text without what a word processor cannot store.

    >>> clean("a\\x0bb"), clean(None)
    ('ab', '')
    """
    return CONTROLS.sub("", text or "")


def text_of(blocks):
    """Return blocks as lines of plain text.

    >>> text_of(blocks_of("<p>Một <i>hai</i></p>"))
    'Một hai'
    """
    lines = []
    for block in blocks:
        if block.rows:
            for row in block.rows:
                cells = ("".join(run.text for run in cell) for cell in row)
                lines.append("\t".join(cells))
        else:
            text = "".join(run.text for run in block.runs)
            lines.append(f"{block.mark} {text}".strip())
    return "\n".join(lines)


class _Reader(HTMLParser):
    """Collects runs until a block ends; unknown tags only end nothing."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks = []
        self.runs = []
        self.styles = []
        self.aligns = []
        self.lists = []
        self.silent = 0
        self.kind, self.mark = "text", ""
        self.table = self.row = None

    # ------------------------------------------------------------------ parser
    def handle_starttag(self, tag, attrs):
        if tag in SILENT:
            self.silent += 1
        elif tag in STYLES:
            if tag == "th":
                self.runs = []
            self.styles.append(tag)
        elif tag == "br":
            self._end_block(keep=True)
        elif tag in BREAKERS or tag in HEADINGS:
            self._end_block(keep=bool(self.mark))
            self._align(attrs)
            if tag in HEADINGS:
                self.kind = "heading"
        elif tag in ("ul", "ol"):
            self._end_block()
            self.lists.append([tag, 0])
        elif tag == "li":
            self._end_block()
            self._begin_item()
        elif tag == "table" and self.table is None:
            self._end_block()
            self.table = []
        elif tag == "tr" and self.table is not None:
            self.row = []
        elif tag == "td":
            self.runs = []

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
            return
        if tag in ("td", "th") and self.row is not None:
            self.row.append(tuple(_trimmed(self.runs)))
            self.runs = []
        if tag in STYLES:
            if tag in self.styles:
                # the last one of its kind ends, whatever came in between
                last = len(self.styles) - 1 - self.styles[::-1].index(tag)
                del self.styles[last]
        elif tag in BREAKERS or tag in HEADINGS or tag == "li":
            self._end_block()
        elif tag in ("ul", "ol"):
            self._end_block()
            if self.lists:
                self.lists.pop()
        elif tag == "tr" and self.row is not None:
            if any(self.row):
                self.table.append(tuple(self.row))
            self.row = None
        elif tag == "table" and self.table is not None:
            if self.table:
                self.blocks.append(Block("table", rows=_squared(self.table)))
            self.table, self.runs = None, []

    def handle_data(self, data):
        if self.silent:
            return
        text = SPACES.sub(" ", data)
        if text:
            style = {STYLES[tag]: True for tag in self.styles}
            self.runs.append(Run(text, **style))

    # ------------------------------------------------------------------ blocks
    def _align(self, attrs):
        style = dict(attrs).get("style") or ""
        found = ALIGN.search(style)
        self.aligns = [found.group(1)] if found else []

    def _begin_item(self):
        name = self.lists[-1] if self.lists else ["ul", 0]
        name[1] += 1
        self.kind = "item"
        self.mark = f"{name[1]}." if name[0] == "ol" else "-"

    def _end_block(self, keep=False):
        """End the paragraph; inside a table it only parts two lines of a cell.

        :param bool keep: what follows has the same style
        """
        if self.row is not None:
            if self.runs:
                self.runs.append(Run(" "))
            return
        runs = _trimmed(self.runs)
        align = self.aligns[0] if self.aligns else "justify"
        if runs:
            self.blocks.append(Block(self.kind, tuple(runs), align, self.mark))
            self.mark = ""
        self.runs = []
        if not keep:
            self.kind, self.mark, self.aligns = "text", "", []

    def finish(self):
        self.row = None
        self._end_block()
        if self.table:
            self.blocks.append(Block("table", rows=_squared(self.table)))
        return self.blocks


def _trimmed(runs):
    """Return runs without spaces at the ends; neighbours of one style are joined."""
    joined = []
    for run in runs:
        style = (run.bold, run.italic, run.underline)
        if joined and style == (
            joined[-1].bold,
            joined[-1].italic,
            joined[-1].underline,
        ):
            text = SPACES.sub(" ", joined[-1].text + run.text)
            joined[-1] = Run(text, *style)
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        first = joined[0]
        joined[0] = Run(first.text.lstrip(), first.bold, first.italic, first.underline)
        last = joined[-1]
        joined[-1] = Run(last.text.rstrip(), last.bold, last.italic, last.underline)
    return joined


def _squared(rows):
    """Return rows of equal length."""
    width = max(len(row) for row in rows)
    return tuple(row + ((),) * (width - len(row)) for row in rows)
