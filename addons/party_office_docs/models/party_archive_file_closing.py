import hashlib
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

from ..rules.archive import digest, seal

#: states in which nothing more is done with a paper
FINISHED = ("done", "issued", "recalled", "cancelled")

#: decree 30/2020/NĐ-CP, article 29.4.c: sheets of files kept from 5 years are numbered
NUMBERED_FROM = 5

#: what a sealed paper of the books says
PAPER_FIELDS = (
    "direction",
    "name",
    "symbol",
    "document_date",
    "kind_id",
    "sender_id",
    "abstract",
    "signer_name",
    "registered_at",
    "instruction",
    "lead_board_id",
    "deadline",
)

UNSEALED = "party.archive.file unsealed"


class PartyArchiveFile(models.Model):
    """Closing a file: its content is complete, counted, and sealed.

    The seal is a list of every paper and every file with its SHA-256
    (``party.archive.entry``), and one hash over the list. Triggers of the database keep
    what is sealed as it is (``party_archive_guard``); every night bytes and seals are
    compared (``party_archive_check``).
    """

    _inherit = "party.archive.file"

    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    seal = fields.Char(string="Seal (SHA-256)", readonly=True, copy=False)
    entry_ids = fields.One2many(
        "party.archive.entry", "file_id", string="Sealed content", readonly=True
    )
    sealed_size = fields.Integer(string="Sealed bytes", readonly=True, copy=False)

    def _protected_fields(self):
        return super()._protected_fields() | {
            "closed_at",
            "closed_by_id",
            "seal",
            "entry_ids",
            "sealed_size",
        }

    # ------------------------------------------------------------------ action
    def action_close(self):
        """Close the files: check that they are complete, and seal what is in them.

        :raises AccessError: the user keeps them not
        :raises UserError: something is missing, or a paper is still being dealt with
        """
        self._check_keeper()
        self._check_open()
        for file in self:
            file._check_can_close()
            file._seal()
            # protected: the right to close was checked above
            file.sudo().write(
                {
                    "state": "closed",
                    "closed_at": fields.Datetime.now(),
                    "closed_by_id": self.env.uid,
                }
            )
        return True

    def _check_can_close(self):
        """Refuse to close a file that is not complete.

        :raises UserError: naming what is missing
        """
        self.ensure_one()
        missing = self._missing_for_closing()
        if missing:
            raise UserError(
                self.env._(
                    "%(file)s cannot be closed yet. Missing: %(what)s.",
                    file=self.name,
                    what="; ".join(missing),
                )
            )
        if self.date_to > local_today(self.env):
            raise UserError(self.env._("The work ends in the future."))
        # a paper that the maker may not open keeps the file open all the same
        busy = self.sudo().document_ids.filtered(lambda d: d.state not in FINISHED)
        if busy:
            raise UserError(
                self.env._(
                    "These papers are still being dealt with: %(papers)s.",
                    papers=", ".join(busy[:10].mapped("display_name")),
                )
            )

    def _missing_for_closing(self):
        """Return what (``list`` of text) a file lacks to be closed."""
        missing = []
        if not (self.title or "").strip():
            missing.append(self.env._("title"))
        if not (self.date_from and self.date_to):
            missing.append(self.env._("first and last day"))
        if not (self.is_permanent or self.retention_years):
            missing.append(self.env._("how long it is kept"))
        counted = self.is_permanent or self.retention_years >= NUMBERED_FROM
        if self.medium != "electronic" and counted and self.sheet_count <= 0:
            missing.append(self.env._("counted sheets"))
        if not (self.document_count or self.sudo().attachment_ids):
            missing.append(self.env._("papers"))
        return missing

    # -------------------------------------------------------------------- seal
    def _sealed_documents(self):
        """Return the papers of the books in the order of the table of contents."""
        self.ensure_one()
        return self.sudo().document_ids.sorted(
            lambda d: (d.document_date or d.received_on or fields.Date.today(), d.id)
        )

    def _attachments_by_owner(self):
        """Return ``[(paper or False, its ir.attachment records)]``, in order.

        A file belongs to a paper by being among its papers or by being attached to it.
        """
        self.ensure_one()
        documents = self._sealed_documents()
        # evidence is complete whoever closes; thumbnails are no papers (res_field)
        Attachment = self.env["ir.attachment"].sudo()
        attached = Attachment.search(
            [("res_model", "=", "party.document"), ("res_id", "in", documents.ids)],
            order="id",
        )
        result = []
        seen = Attachment
        for document in documents:
            own = attached.filtered(lambda a, d=document: a.res_id == d.id)
            files = (document.attachment_ids | own).sorted("id") - seen
            seen |= files
            result.append((document, files))
        others = Attachment.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        result.append(
            (False, (self.sudo().attachment_ids | others).sorted("id") - seen)
        )
        return result

    def _prepare_entries(self):
        """Return the values of the seal's lines as the content is now."""
        lines = []
        for document, attachments in self._attachments_by_owner():
            if document:
                lines.append(self._prepare_paper_entry(document))
            for attachment in attachments:
                raw = attachment.raw or b""
                lines.append(
                    {
                        "document_id": document.id if document else False,
                        "attachment_model": "ir.attachment",
                        "attachment_id": attachment.id,
                        "text": attachment.name,
                        "size": len(raw),
                        "sha256": hashlib.sha256(raw).hexdigest(),
                        "store_key": attachment.store_fname or "",
                    }
                )
        return [
            {"file_id": self.id, "sequence": number, **line}
            for number, line in enumerate(lines, 1)
        ]

    def _prepare_paper_entry(self, document):
        content = {
            name: document[name].id
            if document._fields[name].relational
            else str(document[name] or "")
            for name in PAPER_FIELDS
        }
        parts = [document.symbol or document.name, document.abstract]
        return {
            "document_id": document.id,
            "text": " – ".join(filter(None, parts))[:500],
            "sha256": digest(content),
        }

    def _seal(self):
        """Write the lines of the seal and the hash over all of them."""
        self.ensure_one()
        self.env.flush_all()
        # written by closing only, whoever keeps the file
        entries = self.env["party.archive.entry"].sudo().create(self._prepare_entries())
        self._set_seal(entries)

    def _set_seal(self, entries):
        self.sudo().write(
            {
                "seal": seal(entries.mapped("digest")),
                "sealed_size": sum(entries.mapped("size")),
            }
        )

    # --------------------------------------------------------------- exceptions
    def _is_unsealed(self):
        """Tell whether content is lawfully taken out of closed files right now."""
        return bool(self.env.cr.cache.get(UNSEALED))

    @contextmanager
    def _unsealed(self):
        """Let content be taken out of closed files inside the block.

        Only two things may: the removal of a secret, and a decided destruction. The
        caller has checked the right to.
        """
        cr = self.env.cr
        self.env.flush_all()
        # a mark that lives in the transaction: a key of the context could be forged
        cr.cache[UNSEALED] = True
        cr.execute("SELECT set_config('party_archive.unsealed', 'on', true)")
        try:
            yield
            self.env.flush_all()
        finally:
            cr.cache[UNSEALED] = False
        # after an error the transaction is rolled back, and the setting with it
        cr.execute("SELECT set_config('party_archive.unsealed', '', true)")

    def _withdraw_papers(self, documents):
        """Take papers that are marked secret out of the files, and seal what is left.

        Law 117/2025/QH15 goes before the seal. The stub keeps its number in the book.

        :param documents: ``party.document`` that lie in these files
        """
        # whoever may mark a paper need not keep the file
        files = self.sudo()
        with files._unsealed():
            gone = self.env["party.archive.entry"].sudo()
            gone = gone.search([("document_id", "in", documents.ids)])
            gone.unlink()
            documents.sudo().file_id = False
            for file in files:
                if file.state != "open":
                    file._set_seal(file.entry_ids - gone)
                file.message_post(
                    body=self.env._(
                        "A paper was taken out because it was marked secret (Law "
                        "117/2025/QH15). See the minute."
                    )
                )
