import hashlib
import logging

from odoo import api, fields, models

from ..rules.archive import seal

_logger = logging.getLogger(__name__)

#: files looked at between two commits, and in one night
SLICE = 20
NIGHTLY = 1000


class PartyArchiveFile(models.Model):
    """Is a closed file still what was sealed? Bytes, papers and list are hashed again.

    The triggers refuse changes; this finds what passed beside them: a disk, a restored
    backup, someone with the password of the database.
    """

    _inherit = "party.archive.file"

    integrity = fields.Selection(
        [("whole", "As sealed"), ("broken", "Not what was sealed")],
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    checked_at = fields.Datetime(string="Compared at", readonly=True, copy=False)
    findings = fields.Text(string="What differs", readonly=True, copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"integrity", "checked_at", "findings"}

    def action_verify(self):
        """Compare the files with their seals now, and say what was found.

        :raises AccessError: the user keeps them not
        """
        self._check_keeper()
        self._check_integrity()
        broken = self.filtered(lambda f: f.integrity == "broken")
        if broken:
            message = self.env._(
                "Not what was sealed: %(files)s.",
                files=", ".join(broken.mapped("name")),
            )
        else:
            message = self.env._("Every paper and every byte is as sealed.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "sticky": bool(broken),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_integrity(self):
        """Compare closed files with their seals; the archivist is told what differs."""
        now = fields.Datetime.now()
        # evidence is complete whoever looks
        for file in self.sudo():
            if file.state not in ("closed", "handed"):
                continue
            findings = file._find_differences()
            was_broken = file.integrity == "broken"
            file.write(
                {
                    "integrity": "broken" if findings else "whole",
                    "checked_at": now,
                    "findings": "\n".join(findings),
                }
            )
            if findings and not was_broken:
                file._alarm()

    def _find_differences(self):
        """Return what (``list`` of text) differs from the seal; empty is well."""
        self.ensure_one()
        findings = []
        entries = self.entry_ids.sorted("sequence")
        findings += [
            self.env._("Line %s of the seal.", entry.sequence)
            for entry in entries
            if entry.digest != entry._current_digest()
        ]
        if seal(entries.mapped("digest")) != self.seal:
            findings.append(self.env._("The list of the seal."))
        return findings + self._find_changed_content(entries)

    def _find_changed_content(self, entries):
        findings = []
        sealed = {(e.document_id.id, e.attachment_id or 0): e for e in entries}
        for document, attachments in self._attachments_by_owner():
            if document:
                entry = sealed.pop((document.id, 0), None)
                current = self._prepare_paper_entry(document)
                if not entry:
                    findings.append(self.env._("Added: %s.", current["text"]))
                elif entry.sha256 != current["sha256"]:
                    findings.append(self.env._("Changed: %s.", entry.text))
            for attachment in attachments:
                owner = document.id if document else False
                entry = sealed.pop((owner, attachment.id), None)
                if not entry:
                    findings.append(self.env._("Added: %s.", attachment.name))
                    continue
                raw = attachment.raw or b""
                if hashlib.sha256(raw).hexdigest() != entry.sha256:
                    findings.append(self.env._("Changed: %s.", entry.text))
        findings += [self.env._("Missing: %s.", e.text) for e in sealed.values()]
        return findings

    def _alarm(self):
        """Tell the archivist, once, that a file is not what was sealed."""
        archivist = self.company_id._archivist()
        _logger.warning("archive file %s is not what was sealed", self.name)
        if archivist:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=archivist.id,
                summary=self.env._("Not what was sealed"),
                note=self.findings,
            )

    @api.model
    def _cron_check_integrity(self):
        """Compare the files that were not looked at for the longest time."""
        domain = [("state", "in", ("closed", "handed"))]
        todo = self.search(
            domain, order="checked_at ASC NULLS FIRST, id", limit=NIGHTLY
        )
        cron = self.env["ir.cron"]
        for start in range(0, len(todo), SLICE):
            part = todo[start : start + SLICE]
            part._check_integrity()
            cron._commit_progress(
                len(part), remaining=max(0, len(todo) - start - SLICE)
            )
            self.env.invalidate_all()
