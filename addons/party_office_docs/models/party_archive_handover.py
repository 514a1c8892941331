from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_document_incoming import CLERK


class PartyArchiveHandover(models.Model):
    """Hand-over of closed files to the archive (giao nhận hồ sơ, tài liệu).

    Decree 30/2020/NĐ-CP, article 30: within a year after the work ended, with a list of
    the files and minutes, two copies of each. The archivist checks and takes over.
    """

    _name = "party.archive.handover"
    _description = "Hand-Over of Files"
    _inherit = [
        "party.clock.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "party.form.mixin",
    ]
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Waiting for the archivist"),
            ("accepted", "Taken over"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    board_id = fields.Many2one(
        "party.board",
        string="Handing unit",
        required=True,
        index=True,
        default=lambda self: self.env.user.own_board_id,
    )
    requester_id = fields.Many2one(
        "res.users",
        string="Handed over by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        copy=False,
    )
    group_name = fields.Char(
        string="Body of papers", help="What the files are about, for the minutes."
    )
    condition = fields.Char(help="State in which the papers are handed over.")
    file_ids = fields.One2many(
        "party.archive.file", "handover_id", string="Files", readonly=True
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    accepted_at = fields.Datetime(string="Taken over at", readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        "res.users", string="Taken over by", readonly=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("name", "board_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for handover in self:
            numbered = handover.name and handover.name != "/"
            handover.display_name = (
                handover.name if numbered else self.env._("Draft hand-over")
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "state",
            "requester_id",
            "file_ids",
            "sent_at",
            "accepted_at",
            "accepted_by_id",
            "company_id",
        }

    def write(self, vals):
        if vals.keys() & {"board_id", "group_name", "condition"}:
            self._check_state("draft")
        if "board_id" in vals and self.sudo().file_ids:
            raise UserError(self.env._("Take the files out of the list first."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for handover in self:
            if handover.state != "draft" or handover.sudo().name != "/":
                raise UserError(self.env._("Minutes that were sent are never deleted."))

    def _check_state(self, *states):
        """Refuse an action that does not fit the state.

        :raises UserError: naming the state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for handover in self:
            if handover.sudo().state not in states:
                raise UserError(
                    self.env._(
                        "%(document)s is in the state “%(state)s”; this "
                        "cannot be done now.",
                        document=handover.sudo().display_name,
                        state=labels[handover.sudo().state],
                    )
                )

    def _check_hander(self):
        """Refuse what only the handing unit does.

        :raises AccessError: neither of its unit nor the clerk
        """
        user = self.env.user
        for handover in self:
            if not (
                self.env.su
                or user.has_group(CLERK)
                or handover.board_id in user.paper_board_ids
            ):
                raise AccessError(self.env._("Each unit hands over its own files."))

    def _check_archivist(self):
        """Refuse what only the archivist does, never for files that he hands himself.

        :raises AccessError: not the clerk, or the one who hands over
        """
        for handover in self:
            if self.env.su:
                continue
            if not self.env.user.has_group(CLERK):
                raise AccessError(self.env._("The archivist takes files over."))
            if handover.requester_id == self.env.user:
                raise AccessError(
                    self.env._("Who hands files over does not take them over himself.")
                )

    # ------------------------------------------------------------------ actions
    def action_add_closed(self):
        """Put all closed files of the unit that are in no list into this one."""
        self._check_hander()
        self._check_state("draft")
        for handover in self:
            files = self.env["party.archive.file"].search(
                [
                    ("board_id", "=", handover.board_id.id),
                    ("company_id", "=", handover.company_id.id),
                    ("state", "=", "closed"),
                    ("handover_id", "=", False),
                ]
            )
            if not files:
                raise UserError(
                    self.env._(
                        "%(unit)s has no closed file that waits for hand-over.",
                        unit=handover.board_id.name,
                    )
                )
            handover._add_files(files)
        return True

    def _add_files(self, files):
        """Put closed files on the list; the caller has checked who hands over.

        :raises UserError: a file is not closed, or another unit's, or on another list
        """
        self.ensure_one()
        self._check_state("draft")
        for file in files:
            taken = file.handover_id not in (file.handover_id.browse(), self)
            if file.state != "closed" or file.board_id != self.board_id or taken:
                raise UserError(
                    self.env._(
                        "%(file)s cannot be on this list: only closed files of "
                        "%(unit)s that are on no other one.",
                        file=file.display_name,
                        unit=self.board_id.name,
                    )
                )
        # protected: the list is changed by these actions only
        files.sudo().handover_id = self.id

    def action_send(self):
        """Send the list: it takes its number and waits on the archivist.

        :raises UserError: no file, or the office has no archivist
        """
        self._check_hander()
        self._check_state("draft")
        for handover in self:
            if not handover.sudo().file_ids:
                raise UserError(self.env._("Put closed files on the list first."))
            archivist = handover.company_id._archivist()
            if not archivist:
                raise UserError(self.env._("Name the archivist in the settings first."))
            if handover.sudo().name == "/":
                handover.sudo().name = self.env["party.series"]._next(
                    "archive_handover",
                    fields.Date.context_today(handover),
                    handover,
                )
            # protected: right and state were checked above
            handover.sudo().write({"state": "sent", "sent_at": fields.Datetime.now()})
            handover._hand_to(archivist, self.env._("Take the files over"))
        return True

    def action_accept(self):
        """Take the files over: they are counted, and what was sealed is compared first.

        :raises AccessError: not the archivist, or the one who handed over
        :raises UserError: a file is not what was sealed
        """
        self._check_archivist()
        self._check_state("sent")
        for handover in self:
            files = handover.sudo().file_ids
            files._check_integrity()
            broken = files.filtered(lambda f: f.integrity == "broken")
            if broken:
                raise UserError(
                    self.env._(
                        "Not what was sealed: %(files)s. Return the list.",
                        files=", ".join(broken.mapped("name")),
                    )
                )
            today = fields.Date.context_today(handover)
            # protected: right and state were checked above
            files.write({"state": "handed", "archived_on": today})
            handover.sudo().write(
                {
                    "state": "accepted",
                    "accepted_at": fields.Datetime.now(),
                    "accepted_by_id": self.env.uid,
                }
            )
            handover._hand_to(False, "")
            files.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_return(self, reason=""):
        """Return the list to the unit, for correction.

        :param str reason: what has to be corrected
        """
        self._check_archivist()
        self._check_state("sent")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say what has to be corrected."))
        for handover in self:
            # protected: right and state were checked above
            handover.sudo().state = "draft"
            handover._hand_to(
                handover.requester_id, self.env._("Correct and send again")
            )
            handover.sudo().message_post(body=reason.strip())
        return True

    def action_cancel(self):
        """Give the list up; its files may go on another one."""
        self._check_hander()
        self._check_state("draft", "sent")
        for handover in self:
            # protected: right and state were checked above
            handover.sudo().file_ids.handover_id = False
            handover.sudo().state = "cancelled"
            handover._hand_to(False, "")
        return True


class PartyArchiveFile(models.Model):
    _inherit = "party.archive.file"

    handover_id = fields.Many2one(
        "party.archive.handover",
        string="Handed over with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    archived_on = fields.Date(string="In the archive since", readonly=True, copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"handover_id", "archived_on"}

    def action_hand_over(self):
        """Make a list for hand-over from closed files of one unit.

        :raises UserError: they are not closed, or of several units
        """
        boards = self.board_id
        if len(boards) != 1:
            raise UserError(self.env._("Each unit hands over its own files."))
        handover = self.env["party.archive.handover"].create({"board_id": boards.id})
        handover._check_hander()
        handover._add_files(self)
        return handover.get_formview_action()

    def action_take_off_list(self):
        """Take files off a list that was not sent."""
        for file in self:
            file._check_keeper()
            file.handover_id.sudo(False)._check_hander()
            file.handover_id._check_state("draft")
            # protected: right and state were checked above
            file.sudo().handover_id = False
        return True
