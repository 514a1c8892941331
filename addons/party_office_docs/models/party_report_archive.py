from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_archive_forms import days

_lt = LazyTranslate(__name__)

READERS = (
    "party_office_base.group_board_head",
    "party_office_base.group_clerk",
    "party_office_base.group_office_chief",
)


class PartyReportArchive(models.AbstractModel):
    """Shared by the reports of the archive: scope is that of the files themselves."""

    _name = "party.report.archive.helper"
    _inherit = "party.report.provider"
    _description = "Report of the Archive"

    _report_groups = READERS
    _report_options = {"day": None, "boards": None}

    def _scope(self, options):
        """Return the domain of the boards that the reader chose."""
        boards = options.board_ids
        return [("board_id", "in", boards)] if boards else []

    def _as_of(self, options):
        return [self.env._("As of %(day)s", day=self._day_text(options.day))]

    def _signatures(self):
        return [self.env._("PREPARED BY"), self.env._("CHIEF OF OFFICE")]


class PartyReportArchiveDue(models.AbstractModel):
    """Files that are due for hand-over, the longest overdue first."""

    _name = "party.report.archive_due"
    _inherit = "party.report.archive.helper"
    _description = "Files Due for Hand-Over"

    _report_title = _lt("Archive: files due for hand-over")

    def _report(self, options):
        states = dict(
            self.env["party.archive.file"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        files = self.env["party.archive.file"].search_fetch(
            [
                ("state", "in", ("open", "closed")),
                ("handover_due", "<=", options.day),
                *self._scope(options),
            ],
            ["name", "title", "board_id", "maker_id", "date_to", "handover_due"],
            order="handover_due, id",
        )
        return Report(
            title=self.env._("Archive: files due for hand-over"),
            subtitles=self._as_of(options),
            columns=[
                Column("name", self.env._("File number"), width=16),
                Column("title", self.env._("Title"), width=44),
                Column("board", self.env._("Unit"), width=26),
                Column("maker", self.env._("Made by"), width=20, minor=True),
                Column("ended", self.env._("Work ended"), "date", 12, minor=True),
                Column("due", self.env._("Hand over until"), "date", 12),
                Column("late", self.env._("Days late"), "number", 9),
                Column("state", self.env._("State"), width=14),
            ],
            rows=[
                Row(
                    {
                        "name": file.name,
                        "title": file.title,
                        "board": file.board_id.name,
                        "maker": file.maker_id.name,
                        "ended": file.date_to,
                        "due": file.handover_due,
                        "late": (options.day - file.handover_due).days,
                        "state": states[file.state],
                    },
                    link=(file._name, file.id),
                )
                for file in files
            ],
            notes=[
                self.env._(
                    "Within one year after the work ended, of construction within "
                    "three months after the settlement (decree 30/2020/NĐ-CP, "
                    "article 30)."
                )
            ],
            signatures=self._signatures(),
        )


class PartyReportArchiveLoan(models.AbstractModel):
    """Files on loan, those that should be back first."""

    _name = "party.report.archive_loan"
    _inherit = "party.report.archive.helper"
    _description = "Files on Loan"

    _report_title = _lt("Archive: files on loan")

    def _report(self, options):
        loans = self.env["party.archive.loan"].search(
            [("progress", "in", ("out", "lost")), *self._scope(options)],
            order="due_on, id",
        )
        return Report(
            title=self.env._("Archive: files on loan"),
            subtitles=self._as_of(options),
            columns=[
                Column("name", self.env._("Slip"), width=14),
                Column("file", self.env._("File number"), width=16),
                Column("title", self.env._("Title"), width=40, minor=True),
                Column("borrower", self.env._("Borrower"), width=20),
                Column("board", self.env._("Unit"), width=26),
                Column("out", self.env._("Handed out on"), "date", 12, minor=True),
                Column("due", self.env._("Back until"), "date", 12),
                Column("late", self.env._("Days late"), "number", 9),
            ],
            rows=[
                Row(
                    {
                        "name": loan.name,
                        "file": loan.file_id.sudo().name,
                        # the title is for readers of the file
                        "title": loan.file_id.title
                        if loan.file_id.has_access("read")
                        else "",
                        "borrower": loan.borrower_id.name,
                        "board": loan.board_id.name,
                        "out": self._local_day(loan.handed_out_at),
                        "due": loan.due_on,
                        "late": max(0, (options.day - loan.due_on).days),
                    },
                    link=(loan._name, loan.id),
                )
                for loan in loans
            ],
            signatures=self._signatures(),
        )

    def _local_day(self, moment):
        return local(self.env, moment).date() if moment else None


class PartyReportArchiveList(models.AbstractModel):
    """The inventory of the archive (mục lục hồ sơ), as it is kept."""

    _name = "party.report.archive_list"
    _inherit = "party.report.archive.helper"
    _description = "Inventory of the Archive"

    _report_title = _lt("Archive: inventory of files")

    def _report(self, options):
        return Report(
            title=self.env._("Archive: inventory of files"),
            subtitles=self._as_of(options),
            columns=[
                Column("box", self.env._("Box"), width=8),
                Column("name", self.env._("File number"), width=16),
                Column("title", self.env._("Title"), width=48),
                Column("days", self.env._("Time of the papers"), width=22),
                Column("period", self.env._("Retention"), width=12),
                Column("sheets", self.env._("Sheets"), "number", 8, total=True),
                Column("place", self.env._("Place"), width=18, minor=True),
                Column("note", self.env._("Note"), width=16, minor=True),
            ],
            rows=self._rows(options),
            signatures=self._signatures(),
        )

    def _rows(self, options):
        """Yield the files, some hundred in memory at a time."""
        File = self.env["party.archive.file"]
        ids = File._search(
            [
                ("state", "=", "handed"),
                ("archived_on", "<=", options.day),
                *self._scope(options),
            ],
            order="board_id, year, name, id",
        )
        files = File.browse(list(ids))
        for start in range(0, len(files), 500):
            part = File.browse(files.ids[start : start + 500])
            for file in part:
                yield Row(
                    {
                        "box": file.box or "",
                        "name": file.name,
                        "title": file.title,
                        "days": days(file),
                        "period": file._period_text(),
                        "sheets": file.sheet_count,
                        "place": " / ".join(filter(None, [file.store, file.shelf])),
                        "note": file.note or "",
                    },
                    link=(file._name, file.id),
                )
            part.invalidate_recordset()
