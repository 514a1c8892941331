from odoo import api, fields, models

from ..file_text import AT_ONCE_SECONDS, read_file
from ..rules.search_text import LONGEST, fold
from ..rules.secrecy_mark import mark_in_text
from .party_secrecy_mixin import SECRECY

#: files that one saving reads before the clerk goes on
AT_ONCE_FILES = 5
#: files that one run of the queue looks at
SLICE = 20

REASONS = [
    ("empty", "The file is empty"),
    ("kind", "This kind of file is not read"),
    ("broken", "The file is damaged"),
    ("locked", "The file is locked with a password"),
    ("large", "The file or a page is too large"),
    ("pages", "Only the first pages were read"),
    ("time", "Reading took too long"),
    ("blank", "There are no words in it"),
    ("library", "The program that reads it is not installed"),
    ("data", "The recognition of Vietnamese is not installed"),
]


class PartyDocumentFileText(models.Model):
    """The words of one file of a paper, or why they were not read."""

    _name = "party.document.file.text"
    _description = "Text of a File"
    _inherit = ["party.secret.content.mixin"]
    _rec_name = "attachment_id"

    document_id = fields.Many2one(
        "party.document", string="Paper", required=True, ondelete="cascade", index=True
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", required=True, ondelete="cascade", index=True
    )
    checksum = fields.Char(help="Of the content that was read.")
    state = fields.Selection(
        [("waiting", "Waiting to be read"), ("read", "Read"), ("failed", "Not read")],
        required=True,
        default="waiting",
    )
    reason = fields.Selection(REASONS)
    body = fields.Text(string="Words", help="Lower case, without tone marks.")
    mark = fields.Selection(SECRECY[1:], string="Mark found")
    decision_id = fields.Many2one(
        "party.document.mark.decision",
        ondelete="set null",
        index="btree_not_null",
    )

    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    def _read_at_once(self):
        """Read the small files with a text of their own; the others wait."""
        for row in self[:AT_ONCE_FILES]:
            content = row.attachment_id.raw or b""
            found = read_file(content, scans=False, seconds=AT_ONCE_SECONDS)
            if found.reason != "scan":
                row._keep(found)
        if self.filtered(lambda row: row.state == "waiting"):
            cron = self.env.ref(
                "party_office_docs.ir_cron_file_text", raise_if_not_found=False
            )
            if cron:
                cron._trigger()

    def _keep(self, found):
        """Keep what was found in the file (``FileText``)."""
        self.ensure_one()
        self.write(
            {
                "state": "read" if found.text.strip() else "failed",
                "reason": found.reason or False,
                "body": fold(found.text)[:LONGEST],
                "mark": mark_in_text(found.text) or False,
            }
        )

    @api.model
    def _cron_read(self):
        """Read the files that wait, scans too, one after the other."""
        cron = self.env["ir.cron"]
        waiting = [("state", "=", "waiting")]
        ids = self.search(waiting, order="id", limit=SLICE).ids
        for row in self.browse(ids):
            row = row.exists()
            if not row:
                continue
            checksum = row.checksum
            content = row.attachment_id.raw or b""
            # nothing is locked, and no snapshot grows old, while the scan is read
            cron._commit_progress(remaining=self.search_count(waiting))
            found = read_file(content)
            row._keep_later(found, checksum)
            if not cron._commit_progress(1):
                break

    def _keep_later(self, found, checksum):
        """Keep what was found unless the file changed or went away meanwhile."""
        self.env.invalidate_all()
        row = self.exists()
        if row and row.state == "waiting" and row.checksum == checksum:
            row._keep(found)
            row.document_id._sync_text_body()
