from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.form_text import long_date, short_date

#: Vietnamese on every form, whatever the user's language: it is legal wording.
FOR_EVER = "Vĩnh viễn"


def period(file):
    """Return how long a file is kept, as forms say it."""
    return FOR_EVER if file.is_permanent else f"{file.retention_years} năm"


def days(file):
    """Return from when to when the papers of a file are."""
    parts = [short_date(day) for day in (file.date_from, file.date_to) if day]
    return " – ".join(parts)


def file_lines(files):
    """Return the lines of a list of files (mục lục hồ sơ)."""
    return [
        {
            "box": file.box or "",
            "name": file.name,
            "title": file.title,
            "days": days(file),
            "period": period(file),
            "sheets": file.sheet_count or "",
            "note": file.note or "",
        }
        for file in files.sorted(lambda f: (f.year, f.name or ""))
    ]


class PartyArchiveFile(models.Model):
    """The table of contents of a file (mục lục văn bản trong hồ sơ)."""

    _inherit = "party.archive.file"

    def _check_can_print(self, report):
        result = super()._check_can_print(report)
        for file in self:
            if not (self.env.su or file.can_keep or self.env.user.reads_all_papers):
                raise AccessError(
                    self.env._("Who keeps the file prints its table of contents.")
                )
        return result

    def _form_values(self, report):
        # a table of contents is complete, whoever of the unit prints it
        file = self.sudo()
        lines = [
            {
                "symbol": document.symbol or document.name or "",
                "date": short_date(document.document_date),
                "abstract": " ".join(
                    filter(
                        None,
                        [
                            document.kind_id.with_context(lang="vi_VN").name,
                            document.abstract,
                        ],
                    )
                ),
                "author": document.sender_id.name or document.body_id.name or "",
                "note": "",
            }
            for document in file._sealed_documents()
        ]
        lines += [
            {
                "symbol": "",
                "date": "",
                "abstract": attachment.name,
                "author": "",
                "note": "Tài liệu kèm",
            }
            for attachment in file.attachment_ids.sorted("id")
        ]
        return super()._form_values(report) | {
            "day": long_date(False),
            "unit": file.board_id.name,
            "days": days(file),
            "period": period(file),
            "maker": file.maker_id.name,
            "lines": lines,
        }


class PartyArchiveHandover(models.Model):
    """Minutes and list of a hand-over (decree 30/2020/NĐ-CP, annex V): two copies."""

    _inherit = "party.archive.handover"

    def _form_values(self, report):
        # minutes name every file, whoever of the two sides prints them
        handover = self.sudo()
        files = handover.file_ids
        days_from = [f.date_from for f in files if f.date_from]
        days_to = [f.date_to for f in files if f.date_to]
        on_paper = files.filtered(lambda f: f.medium != "electronic")
        electronic = files.filtered(lambda f: f.medium != "paper")
        return super()._form_values(report) | {
            "day": long_date(
                handover.accepted_at and local(self.env, handover.accepted_at)
            ),
            "unit": handover.board_id.name,
            "giver": handover.requester_id.name,
            "giver_title": handover.requester_id.employee_id.job_title or "",
            "taker": handover.accepted_by_id.name or "",
            "taker_title": handover.accepted_by_id.employee_id.job_title or "",
            "group": handover.group_name or "",
            "condition": handover.condition or "",
            "days": " đến ".join(
                [short_date(min(days_from)), short_date(max(days_to))]
                if days_from and days_to
                else []
            ),
            "boxes": len({f.box for f in on_paper if f.box}) or "",
            "paper_count": len(on_paper),
            "sheets": sum(on_paper.mapped("sheet_count")),
            "electronic_count": len(electronic),
            "file_count": len(electronic.entry_ids.filtered("attachment_id")),
            "lines": file_lines(files),
            "given_at": handover._form_moment(handover.sent_at),
            "taken_at": handover._form_moment(handover.accepted_at),
            "copies": [
                (1, f"lưu tại đơn vị giao nộp ({handover.board_id.name})"),
                (2, "lưu tại lưu trữ cơ quan"),
            ],
        }


class PartyArchiveLoan(models.Model):
    """The slip of a loan (phiếu yêu cầu mượn hồ sơ)."""

    _inherit = "party.archive.loan"

    def _form_values(self, report):
        # number and title of the file stand on the slip
        loan = self.sudo()
        return super()._form_values(report) | {
            "day": long_date(False),
            "borrower": loan.borrower_id.name,
            "title": loan.borrower_id.employee_id.job_title or "",
            "unit": loan.board_id.name,
            "file": loan.file_id.name,
            "file_title": loan.file_id.title,
            "sheets": loan.file_id.sheet_count or "",
            "place": loan.place,
            "due": short_date(loan.due_on),
            "out_at": loan._form_moment(loan.handed_out_at),
            "out_by": loan.handed_out_by_id.name or "",
            "back_at": loan._form_moment(loan.came_back_at),
            "back_to": loan.came_back_to_id.name or "",
            "signed": loan._form_signed(loan._form_approvals()),
        }


class PartyArchiveDisposal(models.Model):
    """List of what is destroyed, and the minutes of the destruction."""

    _inherit = "party.archive.disposal"

    def _form_values(self, report):
        disposal = self.sudo()
        kinds = {"destroy": "", "keep": "Giữ lại thêm {} năm"}
        done = disposal.destroyed_at
        return super()._form_values(report) | {
            "day": long_date(False),
            "destroyed": disposal._form_moment(done),
            "council": disposal.council_ids.mapped("name"),
            "minutes_date": short_date(disposal.minutes_date),
            "decision_date": short_date(disposal.decision_date),
            "archivist": (disposal.destroyed_by_id or disposal.requester_id).name,
            "count": len(disposal.line_ids.filtered(lambda x: x.proposal == "destroy")),
            "lines": [
                {
                    "box": line.file_id.box or "",
                    "name": line.file_id.name,
                    "title": line.file_id.title,
                    "days": days(line.file_id),
                    "period": period(line.file_id),
                    "sheets": line.file_id.sheet_count or "",
                    "reason": line.reason
                    or kinds[line.proposal].format(line.more_years)
                    or "Hết thời hạn bảo quản",
                }
                for line in disposal.line_ids
            ],
        }
