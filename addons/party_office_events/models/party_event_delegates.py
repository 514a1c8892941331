from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local

from ..rules import seating

#: what the code on an invitation begins with
CODE = "PARTY:party.event.delegate:"
#: attendance is taken from so long before the beginning
EARLY_HOURS = 12


class PartyEvent(models.Model):
    """Who is invited to a conference, who sits where and who came."""

    _inherit = "party.event"

    delegate_ids = fields.One2many(
        "party.event.delegate", "event_id", string="List of delegates", copy=True
    )
    attendance_user_ids = fields.Many2many(
        "res.users",
        "party_event_attendance_user_rel",
        string="Take attendance",
        help="Beside the organiser, for example a clerk at the door.",
    )
    listed_count = fields.Integer(string="Listed", compute="_compute_delegate_counts")
    listed_delegate_count = fields.Integer(
        string="Delegates listed", compute="_compute_delegate_counts"
    )
    unsalaried_listed_count = fields.Integer(
        string="Not on the state payroll", compute="_compute_delegate_counts"
    )
    coming_count = fields.Integer(string="Coming", compute="_compute_delegate_counts")
    excused_count = fields.Integer(string="Excused", compute="_compute_delegate_counts")
    attended_count = fields.Integer(
        string="Attended", compute="_compute_delegate_counts"
    )
    late_count = fields.Integer(string="Came late", compute="_compute_delegate_counts")
    takes_attendance = fields.Boolean(compute="_compute_takes_attendance")

    @api.depends(
        "delegate_ids.kind",
        "delegate_ids.is_salaried",
        "delegate_ids.answer",
        "delegate_ids.attended_at",
        "delegate_ids.is_late",
    )
    def _compute_delegate_counts(self):
        for event in self:
            everybody = event.delegate_ids
            invited = everybody.filtered(lambda d: d.kind in ("delegate", "guest"))
            event.listed_count = len(everybody)
            event.listed_delegate_count = len(invited)
            event.unsalaried_listed_count = len(
                invited.filtered(lambda d: not d.is_salaried)
            )
            event.coming_count = len(
                everybody.filtered(lambda d: d.answer in ("yes", "substitute"))
            )
            event.excused_count = len(everybody.filtered(lambda d: d.answer == "no"))
            event.attended_count = len(everybody.filtered("attended_at"))
            event.late_count = len(everybody.filtered("is_late"))

    @api.depends("attendance_user_ids", "delegate_ids.user_id")
    def _compute_readers(self):
        # who takes part or stands at the door reads the conference
        result = super()._compute_readers()
        for event in self:
            event.reader_user_ids |= (
                event.attendance_user_ids | event.delegate_ids.user_id
            )
        return result

    # ------------------------------------------------------------------------ the list
    def action_add_delegates(self):
        """Open the wizard that adds boards, persons or a pasted list."""
        self.ensure_one()
        self._check_organiser()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add delegates"),
            "res_model": "party.event.delegate.add",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    def action_open_delegates(self):
        """Open the list of delegates."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "party_office_events.party_event_delegate_action"
        )
        return action | {
            "domain": [("event_id", "=", self.id)],
            "context": {"default_event_id": self.id},
        }

    def action_take_count(self):
        """Take the number of delegates of the plan from the list.

        :raises UserError: the plan is signed, or the user does not organise it
        """
        self._check_organiser()
        for event in self:
            event.delegate_count = event.listed_delegate_count
        return True

    def action_seat(self):
        """Give seats in the order of the list, row by row from the stage.

        Who is excused or serves gets none.
        :raises UserError: the user does not organise it
        """
        self._check_organiser()
        for event in self:
            seated = event.delegate_ids.filtered(
                lambda d: d.answer != "no" and d.kind != "service"
            )
            (event.delegate_ids - seated).filtered("seat").seat = False
            names = seating.seats(len(seated), event._seats_per_row())
            for delegate, name in zip(seated, names, strict=True):
                if delegate.seat != name:
                    delegate.seat = name
        return True

    def _seats_per_row(self):
        """Return how many seats a row of the largest room has."""
        self.ensure_one()
        # rooms are the office's directory
        rooms = (
            self.sudo().booking_ids.filtered(lambda b: b.state != "released").room_id
        )
        return rooms.sorted("capacity")[-1:].seats_per_row or 10

    # ---------------------------------------------------------------------- attendance
    @api.depends_context("uid")
    @api.depends("organiser_id", "attendance_user_ids")
    def _compute_takes_attendance(self):
        for event in self:
            event.takes_attendance = event._takes_attendance()

    def _takes_attendance(self):
        """Tell whether the user records who came: organiser, or named for it."""
        self.ensure_one()
        return (
            self._is_organiser()
            or bool(self.env.user.acting_user_ids & self.attendance_user_ids)
            or (
                self.env.user.has_group("party_office_base.group_clerk")
                and self.has_access("read")
            )
        )

    def _check_takes_attendance(self):
        """:raises UserError: the user records no attendance, or it is not the time"""
        for event in self:
            event.check_access("read")
            if not event._takes_attendance():
                raise UserError(
                    self.env._(
                        "%(person)s names who takes attendance.",
                        person=event.sudo().organiser_id.name,
                    )
                )
            if event.progress not in ("planned", "held") or event.state in (
                "refused",
                "cancelled",
            ):
                raise UserError(self.env._("This is no plan that is still open."))
            opens = fields.Datetime.subtract(event.start, hours=EARLY_HOURS)
            if fields.Datetime.now() < opens:
                raise UserError(
                    self.env._(
                        "Attendance is taken from %(moment)s on.",
                        moment=f"{local(self.env, opens):%H:%M %d/%m/%Y}",
                    )
                )

    def action_open_attendance(self):
        """Open the page on which attendance is taken."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "party-attendance",
            "name": self.env._("Attendance"),
            "params": {"event_id": self.id},
            "context": {"active_id": self.id},
        }

    def get_attendance(self):
        """Return the page of attendance: one request for all that it shows.

        :return: dict of plain values; rows are in the order of the list
        """
        self.ensure_one()
        self.check_access("read")
        rows = [
            {
                "id": delegate.id,
                "name": delegate.name,
                "title": ", ".join(filter(None, (delegate.job_title, delegate.unit))),
                "seat": delegate.seat or "",
                "answer": delegate.answer or "",
                "substitute": delegate.substitute_name or "",
                "at": (
                    f"{local(self.env, delegate.attended_at):%H:%M}"
                    if delegate.attended_at
                    else ""
                ),
                "late": delegate.is_late,
            }
            for delegate in self.delegate_ids
        ]
        return {
            "title": self.title,
            "when": f"{local(self.env, self.start):%H:%M %d/%m/%Y}",
            "where": self._where(),
            "may": self._takes_attendance(),
            "rows": rows,
            "attended": self.attended_count,
            "late": self.late_count,
            "excused": self.excused_count,
        }

    def attend(self, delegate_id, came=True):
        """Record a tap on the list; returns the page as it is then.

        :param int delegate_id: of this conference
        :param bool came: False takes a slip back
        :raises UserError: not of this conference, or the user takes no attendance
        """
        delegate = self._delegate(delegate_id)
        if came:
            delegate.action_attend()
        else:
            delegate.action_not_attended()
        return self.get_attendance()

    def attend_code(self, code):
        """Record a scanned code; returns the page and who it was.

        :param str code: as printed on the invitation
        :raises UserError: it names nobody here, or the user takes no attendance
        """
        self.ensure_one()
        self._check_takes_attendance()
        code = str(code or "").strip()
        code = code[len(CODE) :] if code.upper().startswith(CODE.upper()) else code
        # the code is hidden from who might print one; the right was checked
        delegate = (
            self.env["party.event.delegate"]
            .sudo()
            .search([("event_id", "=", self.id), ("code", "=", code.upper())], limit=1)
            .sudo(False)
        )
        if not code or not delegate:
            raise UserError(self.env._("This invitation is not for this conference."))
        again = bool(delegate.attended_at)
        delegate._attend("qr")
        return self.get_attendance() | {"found": delegate.id, "again": again}

    def attend_substitute(self, delegate_id, name, title=""):
        """Record who came instead of a delegate; returns the page."""
        self._delegate(delegate_id).action_substitute(name, title)
        return self.get_attendance()

    def _delegate(self, delegate_id):
        self.ensure_one()
        delegate = self.delegate_ids.filtered(lambda d: d.id == delegate_id)
        if not delegate:
            raise UserError(self.env._("This person is not on the list."))
        return delegate

    # ------------------------------------------------------------------------ printing
    def _print(self, xmlid, docs):
        return self.env.ref(f"party_office_events.{xmlid}").report_action(
            docs, config=False
        )

    def action_print_invitations(self):
        """Print the invitations of all who are invited, one page each."""
        self.ensure_one()
        invited = self.delegate_ids.filtered(lambda d: d.kind != "service")
        if not invited:
            raise UserError(self.env._("Nobody is on the list yet."))
        return self._print("party_event_invitation_report", invited)

    def action_print_attendance(self):
        """Print the list of delegates with room to sign."""
        return self._print("party_event_attendance_report", self)

    def action_print_seats(self):
        """Print the plan of seats."""
        return self._print("party_event_seats_report", self)

    def action_print_agenda(self):
        """Print the programme."""
        return self._print("party_event_agenda_report", self)
