from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.office_time import local_today

from .party_document_incoming import CLERK

#: the longest loan; who needs a file longer asks again
LONGEST = 180
REMIND_BEFORE = 3


class PartyArchiveLoan(models.Model):
    """A file on loan (phiếu yêu cầu mượn hồ sơ): asked for, allowed, handed out, back.

    ``state`` is the permission of the chief of office, ``progress`` the file itself.
    The database keeps a file from being with two borrowers at once.
    """

    _name = "party.archive.loan"
    _description = "Loan of a File"
    _inherit = ["party.approval.mixin", "party.form.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "file_id.name", "file_id.title"]

    state = fields.Selection(APPROVAL_STATES)
    progress = fields.Selection(
        [
            ("asked", "Not handed out"),
            ("out", "With the borrower"),
            ("back", "Back in the archive"),
            ("lost", "Not returned"),
        ],
        required=True,
        readonly=True,
        default="asked",
        copy=False,
        index=True,
        tracking=True,
    )
    board_id = fields.Many2one(string="Unit", help="The borrower's unit.")
    file_id = fields.Many2one(
        "party.archive.file",
        string="Archive file",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'handed')]",
    )
    file_title = fields.Char(related="file_id.title", related_sudo=False)
    place = fields.Char(compute="_compute_place", compute_sudo=True)
    borrower_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    purpose = fields.Char(required=True)
    due_on = fields.Date(string="Back until", required=True)
    handed_out_at = fields.Datetime(readonly=True, copy=False)
    handed_out_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    came_back_at = fields.Datetime(readonly=True, copy=False)
    came_back_to_id = fields.Many2one(
        "res.users", string="Checked by", readonly=True, copy=False
    )
    sheets_back = fields.Integer(
        string="Sheets counted", readonly=True, copy=False, aggregator=None
    )
    return_note = fields.Char(string="Found on return", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    _one_borrower = models.UniqueIndex(
        "(file_id) WHERE progress IN ('out', 'lost')",
        "This file is on loan already.",
    )
    _due_possible = models.Constraint(
        "CHECK (due_on BETWEEN '2000-01-01' AND '2100-12-31')",
        "Enter the day on which the file comes back.",
    )
    _out_allowed = models.Constraint(
        "CHECK (progress = 'asked'"
        " OR (state = 'approved' AND handed_out_at IS NOT NULL))",
        "A file is handed out after the loan was allowed.",
    )

    # ---------------------------------------------------------------- computes
    @api.depends("file_id")
    def _compute_place(self):
        for loan in self:
            file = loan.file_id
            loan.place = " / ".join(filter(None, [file.store, file.shelf, file.box]))

    @api.depends("progress", "due_on")
    def _compute_is_overdue(self):
        today = local_today(self.env)
        for loan in self:
            loan.is_overdue = bool(
                loan.progress == "out" and loan.due_on and loan.due_on < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("progress", "=", "out"), ("due_on", "<", local_today(self.env))]

    # ---------------------------------------------------------------- approval
    @api.model
    def _approval_content_fields(self):
        return ["board_id", "file_id", "borrower_id", "purpose", "due_on"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "progress",
            "handed_out_at",
            "handed_out_by_id",
            "came_back_at",
            "came_back_to_id",
            "sheets_back",
            "return_note",
        }

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        loans._check_borrower()
        return loans

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"borrower_id", "file_id"}:
            self._check_borrower()
        return result

    def _check_borrower(self):
        """Refuse to ask for somebody else, or for a file out of one's sight.

        The clerk enters the slip of who comes to the archive.

        :raises AccessError: neither the borrower nor the clerk
        """
        if self.env.su:
            return
        self.file_id.check_access("read")
        for loan in self:
            if loan.borrower_id != self.env.user and not self.env.user.has_group(CLERK):
                raise AccessError(
                    self.env._(
                        "Everybody borrows for himself; the clerk enters others."
                    )
                )

    def _check_can_submit(self):
        result = super()._check_can_submit()
        today = local_today(self.env)
        if not (self.purpose or "").strip():
            raise UserError(self.env._("Say what the file is needed for."))
        if not today <= self.due_on <= today + timedelta(days=LONGEST):
            raise UserError(
                self.env._(
                    "The file comes back between today and %s days from now.", LONGEST
                )
            )
        chief = self.company_id.sudo().office_chief_id
        if self.borrower_id == chief and self.requester_id != chief:
            raise UserError(
                self.env._(
                    "%(user)s decides on loans: he asks for his own himself.",
                    user=chief.name,
                )
            )
        self._check_file_available()
        return result

    def _check_file_available(self):
        """Refuse a file that is not in the archive, or with somebody else.

        :raises UserError: naming the borrower's unit
        """
        # where a file is at this moment is told to whoever asks for it
        file = self.file_id.sudo()
        if file.state != "handed":
            raise UserError(
                self.env._("%(file)s is not in the archive.", file=file.name)
            )
        other = file.loan_ids.filtered(
            lambda loan: loan.progress in ("out", "lost") and loan != self
        )[:1]
        if other:
            raise UserError(
                self.env._(
                    "%(file)s is on loan to %(unit)s until %(day)s.",
                    file=file.name,
                    unit=other.board_id.name,
                    day=other.due_on.strftime("%d/%m/%Y"),
                )
            )

    def _on_submitted(self):
        result = super()._on_submitted()
        # the number is part of the slip; it is taken with the first sending
        if self.name == "/":
            self.sudo().name = self.env["party.series"]._next(
                "archive_loan", fields.Date.context_today(self), self
            )
        return result

    def _on_approved(self):
        result = super()._on_approved()
        archivist = self.company_id._archivist()
        if not archivist:
            raise UserError(self.env._("Name the archivist in the settings first."))
        self._hand_to(archivist, self.env._("Hand the file out"))
        return result

    def action_cancel(self):
        for loan in self:
            if loan.progress != "asked":
                raise UserError(self.env._("The file was handed out: take it back."))
        return super().action_cancel()

    # ---------------------------------------------------------------- the file
    def _check_archivist(self):
        """Refuse what only the archivist does, never on his own loan.

        :raises AccessError: not the clerk, or the borrower
        """
        if self.env.su:
            return
        for loan in self:
            if not self.env.user.has_group(CLERK):
                raise AccessError(self.env._("The archivist hands files out."))
            if loan.borrower_id == self.env.user:
                raise AccessError(
                    self.env._("Nobody hands files out to himself, or checks them.")
                )

    def _check_progress(self, *wanted):
        """Refuse an action that does not fit where the file is.

        :raises UserError: naming where it is
        """
        labels = dict(self._fields["progress"]._description_selection(self.env))
        for loan in self:
            if loan.state != "approved" or loan.progress not in wanted:
                raise UserError(
                    self.env._(
                        "%(loan)s: the file is “%(where)s”; this cannot be done now.",
                        loan=loan.display_name,
                        where=labels[loan.progress],
                    )
                )

    def action_hand_out(self):
        """Hand the file to the borrower: it now waits on him to bring it back.

        :raises AccessError: not the archivist
        :raises UserError: not allowed yet, or the file is with somebody else
        """
        self._check_archivist()
        self._check_progress("asked")
        for loan in self:
            loan._check_file_available()
            # protected: right and state were checked above
            loan.sudo().write(
                {
                    "progress": "out",
                    "handed_out_at": fields.Datetime.now(),
                    "handed_out_by_id": self.env.uid,
                }
            )
            loan.sudo().file_id.borrower_id = loan.borrower_id
            loan._hand_to(loan.borrower_id, self.env._("Bring the file back"))
        return True

    def action_take_back(self, sheets=None, note=""):
        """Take the file back after its sheets were counted.

        :param int sheets: sheets counted
        :param str note: what was found; needed when sheets are missing
        :raises UserError: the count differs and nothing explains it
        """
        self.ensure_one()
        self._check_archivist()
        self._check_progress("out", "lost")
        if isinstance(sheets, bool) or not isinstance(sheets, int) or sheets < 0:
            raise UserError(self.env._("Count the sheets of the file first."))
        note = note.strip() if isinstance(note, str) else ""
        expected = self.file_id.sudo().sheet_count
        if sheets != expected and not note:
            raise UserError(
                self.env._(
                    "The file has %(expected)s sheets, %(counted)s were counted: write "
                    "down what was found.",
                    expected=expected,
                    counted=sheets,
                )
            )
        # protected: right and state were checked above
        self.sudo().write(
            {
                "progress": "back",
                "came_back_at": fields.Datetime.now(),
                "came_back_to_id": self.env.uid,
                "sheets_back": sheets,
                "return_note": note,
            }
        )
        self.sudo().file_id.borrower_id = False
        self._hand_to(False, "")
        # the reminder belongs to the borrower
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_open_take_back(self):
        """Open the dialog that asks for the counted sheets."""
        self.ensure_one()
        self._check_progress("out", "lost")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take the file back"),
            "res_model": "party.archive.take.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_loan_id": self.id},
        }

    def action_mark_lost(self, reason=""):
        """Record that the borrower cannot return the file.

        :param str reason: required
        """
        self._check_archivist()
        self._check_progress("out")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say what happened to the file."))
        for loan in self:
            # protected: right and state were checked above
            loan.sudo().write({"progress": "lost", "return_note": reason.strip()})
        return True

    # --------------------------------------------------------------- reminders
    @api.model
    def _cron_remind(self):
        """Remind borrowers three days before the file is due, and once it is overdue.

        Each loan has one to-do at most; it is written again when it becomes overdue.
        """
        today = local_today(self.env)
        due = self.search(
            [
                ("progress", "=", "out"),
                ("due_on", "<=", today + timedelta(days=REMIND_BEFORE)),
            ]
        )
        for loan in due:
            loan._remind(today)

    def _remind(self, today):
        self.ensure_one()
        file = self.file_id.name
        day = self.due_on.strftime("%d/%m/%Y")
        # in the language of who reads it
        loan = self.with_context(lang=self.borrower_id.lang)
        if self.due_on < today:
            text = loan.env._("File %(file)s was due on %(day)s", file=file, day=day)
        else:
            text = loan.env._("Bring file %(file)s back by %(day)s", file=file, day=day)
        todo = self.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref("mail.mail_activity_data_todo")
        )[:1]
        if not todo:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.due_on,
                user_id=self.borrower_id.id,
                summary=text,
            )
        elif todo.summary != text:
            todo.summary = text

    # --------------------------------------------------------------- work list
    def _work_item_state(self):
        self.ensure_one()
        if self.state in ("draft", "returned"):
            return "draft" if self.state == "draft" else "open"
        if self.state in ("refused", "cancelled"):
            return "stopped"
        return "done" if self.progress == "back" else "open"

    def _work_item_summary(self):
        return self.purpose or ""


class PartyArchiveFile(models.Model):
    _inherit = "party.archive.file"

    loan_ids = fields.One2many("party.archive.loan", "file_id", string="Loans")
    borrower_id = fields.Many2one(
        "res.users",
        string="On loan to",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"loan_ids", "borrower_id"}

    def action_borrow(self):
        """Open a loan slip for this file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.archive.loan",
            "view_mode": "form",
            "context": {"default_file_id": self.id},
        }
