"""A unit with a file, papers in it, and what is attached to them."""

from odoo import Command, fields

from .common import DocsCase


class ArchiveCase(DocsCase):
    """``file`` of board A, made by ``staff_a``, kept for 10 years; no paper in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.archivist_id = cls.user["clerk"]
        cls.retention = cls.env["party.retention"].create(
            {"name": "Thử 10 năm", "years": 10}
        )
        cls.file = cls._new_file()

    @classmethod
    def _new_file(cls, key="staff_a", **values):
        return (
            cls.env["party.archive.file"]
            .with_user(cls.user[key])
            .create(
                {
                    "title": "Hội nghị sơ kết sáu tháng đầu năm 2026",
                    "board_id": cls.board_a.id,
                    "year": 2026,
                    "date_from": "2026-01-05",
                    "date_to": "2026-06-10",
                    "sheet_count": 12,
                    "retention_id": cls.retention.id,
                    **values,
                }
            )
        )

    @classmethod
    def _done(cls, content=b"noi dung", **values):
        """Return a paper of board A that is dealt with and closed, with one scan."""
        paper = cls._directed(**values)
        paper.attachment_ids = [
            Command.create(
                {
                    "name": "scan.pdf",
                    "raw": content,
                    "res_model": "party.document",
                    "res_id": paper.id,
                }
            )
        ]
        paper.sudo().write({"state": "done", "closed_at": fields.Datetime.now()})
        paper._hand_to(False, "")
        return paper

    @classmethod
    def _closed(cls, **values):
        """Return a closed file of board A with one paper."""
        file = cls._new_file(**values)
        cls._done().with_user(cls.user["staff_a"])._put_into_file(file)
        file.action_close()
        return file

    @classmethod
    def _archived(cls, **values):
        """Return a file that the archivist took over."""
        file = cls._closed(**values)
        file.action_hand_over()
        handover = file.handover_id
        handover.action_send()
        handover.with_user(cls.user["clerk"]).action_accept()
        return file
