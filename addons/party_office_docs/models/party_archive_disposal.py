from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local_today

from .party_document_incoming import CHIEF, CLERK

#: chairman, secretary, at least one member
COUNCIL_SIZE = 3


class PartyArchiveDisposal(models.Model):
    """Review of files whose retention is over, and their destruction (hủy tài liệu hết
    giá trị): list, council with minutes, decision, minutes of the destruction.

    The clerk prepares and carries out, the chief of office enters the decision: two
    persons. The content is removed; the lines of the files stay with the decision.
    """

    _name = "party.archive.disposal"
    _description = "Disposal of Files"
    _inherit = [
        "party.clock.mixin",
        "party.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "party.form.mixin",
    ]
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        [
            ("draft", "Being reviewed"),
            ("proposed", "Waiting for the decision"),
            ("decided", "Decided"),
            ("done", "Destroyed"),
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
        string="Unit",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.user.own_board_id,
    )
    requester_id = fields.Many2one(
        "res.users",
        string="Prepared by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        copy=False,
    )
    line_ids = fields.One2many(
        "party.archive.disposal.line", "disposal_id", string="Files reviewed"
    )
    council_ids = fields.Many2many(
        "res.users", help="Chairman, secretary, members: at least 3."
    )
    minutes_symbol = fields.Char(string="Minutes of the council")
    minutes_date = fields.Date(string="Date of the minutes")
    decision_symbol = fields.Char(
        string="Decision", readonly=True, copy=False, help="Number and symbol."
    )
    decision_date = fields.Date(
        string="Date of the decision", readonly=True, copy=False
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Decision entered by", readonly=True, copy=False
    )
    destroyed_at = fields.Datetime(readonly=True, copy=False)
    destroyed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _decided = models.Constraint(
        "CHECK (state NOT IN ('decided', 'done') OR (decision_symbol <> ''"
        " AND decision_date IS NOT NULL AND decided_by_id IS NOT NULL))",
        "Nothing is destroyed without a decision.",
    )
    _dates_possible = models.Constraint(
        "CHECK (minutes_date BETWEEN '2000-01-01' AND '2100-12-31'"
        " AND decision_date BETWEEN '2000-01-01' AND '2100-12-31')",
        "Enter days between 2000 and 2100.",
    )
    _in_order = models.Constraint(
        "CHECK (decision_date >= minutes_date)",
        "The council meets before the decision.",
    )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for disposal in self:
            numbered = disposal.name and disposal.name != "/"
            disposal.display_name = (
                disposal.name if numbered else self.env._("Draft review")
            )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "state",
            "board_id",
            "requester_id",
            "decision_symbol",
            "decision_date",
            "decided_by_id",
            "destroyed_at",
            "destroyed_by_id",
            "company_id",
        }

    def write(self, vals):
        if vals.keys() & {"line_ids", "council_ids", "minutes_symbol", "minutes_date"}:
            self._check_state("draft")
        if "attachment_ids" in vals:
            self._check_state("draft", "proposed", "decided")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for disposal in self:
            if disposal.state != "draft" or disposal.name != "/":
                raise UserError(self.env._("A review that was sent is never deleted."))

    def _check_state(self, *states):
        """Refuse an action that does not fit the state.

        :raises UserError: naming the state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for disposal in self:
            if disposal.state not in states:
                raise UserError(
                    self.env._(
                        "%(document)s is in the state “%(state)s”; this "
                        "cannot be done now.",
                        document=disposal.display_name,
                        state=labels[disposal.state],
                    )
                )

    def _check_archivist(self):
        """Refuse what only the archivist does.

        :raises AccessError: not the clerk
        """
        if not (self.env.su or self.env.user.has_group(CLERK)):
            raise AccessError(self.env._("The archivist prepares the review of files."))

    # ------------------------------------------------------------------ actions
    def action_collect(self):
        """Put all files on the list whose retention is over."""
        self._check_archivist()
        self._check_state("draft")
        for disposal in self:
            files = self.env["party.archive.file"].search(
                [
                    ("company_id", "=", disposal.company_id.id),
                    ("state", "=", "handed"),
                    ("is_permanent", "=", False),
                    ("kept_until", "<", local_today(self.env)),
                    ("borrower_id", "=", False),
                ]
            )
            # a file on another list that is not finished stays there
            busy = self.env["party.archive.disposal.line"].search(
                [("file_id", "in", files.ids), ("is_live", "=", True)]
            )
            files -= busy.file_id
            if not files:
                raise UserError(
                    self.env._("No file in the archive has outlived its retention.")
                )
            disposal.line_ids = [Command.create({"file_id": f.id}) for f in files]
        return True

    def action_propose(self):
        """Send the council's proposal to the chief of office.

        :raises UserError: council, minutes or their scan are missing, or a file is no
            longer to be destroyed
        """
        self._check_archivist()
        self._check_state("draft")
        for disposal in self:
            disposal._check_complete()
            chief = disposal.company_id.sudo().office_chief_id
            if not chief or chief == self.env.user:
                raise UserError(
                    self.env._("Somebody else than who prepares it has to decide.")
                )
            if disposal.name == "/":
                disposal.sudo().name = self.env["party.series"]._next(
                    "archive_disposal", fields.Date.context_today(disposal), disposal
                )
            # protected: right and state were checked above
            disposal.sudo().state = "proposed"
            disposal._hand_to(chief, self.env._("Decide on the destruction"))
        return True

    def _check_complete(self):
        """Refuse a proposal without what the archive law asks for.

        :raises UserError: naming what is missing
        """
        self.ensure_one()
        missing = []
        if not self.line_ids:
            missing.append(self.env._("files"))
        if len(self.council_ids) < COUNCIL_SIZE:
            missing.append(self.env._("a council of three"))
        if not (self.minutes_symbol and self.minutes_date):
            missing.append(self.env._("the minutes of the council"))
        if not self.attachment_ids:
            missing.append(self.env._("the scan of the minutes"))
        if missing:
            raise UserError(self.env._("Missing: %(what)s.", what="; ".join(missing)))
        if self.minutes_date > local_today(self.env):
            raise UserError(self.env._("The council meets before its minutes."))
        self.line_ids._check_disposable()

    def action_decide(self, symbol="", day=False):
        """Enter the decision: its number and date.

        :param str symbol: number and symbol of the decision
        :param day: its date
        :raises AccessError: not the chief of office, or the one who prepared it
        """
        self.ensure_one()
        user = self.env.user
        if not (self.env.su or user.has_group(CHIEF)) or user == self.requester_id:
            raise AccessError(
                self.env._("The chief of office decides, never who prepared it.")
            )
        self._check_state("proposed")
        symbol = symbol.strip() if isinstance(symbol, str) else ""
        day = fields.Date.to_date(day) if day else False
        if not (symbol and day) or day > local_today(self.env):
            raise UserError(
                self.env._("Enter number and date of the decision, today or earlier.")
            )
        self.line_ids._check_disposable()
        # protected: right and state were checked above
        self.sudo().write(
            {
                "state": "decided",
                "decision_symbol": symbol,
                "decision_date": day,
                "decided_by_id": self.env.uid,
            }
        )
        archivist = self.company_id._archivist() or self.requester_id
        self._hand_to(archivist, self.env._("Destroy, and write the minutes"))
        return True

    def action_open_decide(self):
        """Open the dialog that asks for number and date of the decision."""
        self.ensure_one()
        self._check_state("proposed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision on the destruction"),
            "res_model": "party.archive.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_disposal_id": self.id},
        }

    def action_destroy(self):
        """Carry the decision out: content is removed, lines stay with the decision.

        :raises AccessError: not the archivist, or the one who decided
        """
        self._check_archivist()
        self._check_state("decided")
        for disposal in self:
            if disposal.decided_by_id == self.env.user and not self.env.su:
                raise AccessError(self.env._("Who decides does not destroy himself."))
            disposal.line_ids._check_disposable()
            lines = disposal.line_ids
            lines.filtered(lambda x: x.proposal == "keep")._keep_longer()
            lines.filtered(lambda x: x.proposal == "destroy").file_id._destroy(disposal)
            # protected: right and state were checked above
            disposal.sudo().write(
                {
                    "state": "done",
                    "destroyed_at": fields.Datetime.now(),
                    "destroyed_by_id": self.env.uid,
                }
            )
            disposal._hand_to(False, "")
        return True

    def action_cancel(self):
        """Give the review up before it is decided."""
        self._check_archivist()
        self._check_state("draft", "proposed")
        # protected: right and state were checked above
        self.sudo().state = "cancelled"
        self._hand_to(False, "")
        return True

    def _work_item_state(self):
        self.ensure_one()
        return "stopped" if self.state == "cancelled" else super()._work_item_state()


class PartyArchiveDisposalLine(models.Model):
    """A file that the council reviewed: destroy it, or keep it longer."""

    _name = "party.archive.disposal.line"
    _description = "File Reviewed"
    _order = "disposal_id, id"
    _rec_name = "file_id"

    disposal_id = fields.Many2one(
        "party.archive.disposal", required=True, index=True, ondelete="cascade"
    )
    file_id = fields.Many2one(
        "party.archive.file",
        string="Archive file",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'handed')]",
    )
    kept_until = fields.Date(related="file_id.kept_until")
    proposal = fields.Selection(
        [("destroy", "Destroy"), ("keep", "Keep longer")],
        required=True,
        default="destroy",
    )
    more_years = fields.Integer(string="Years longer", aggregator=None)
    reason = fields.Char(help="E.g. expired, contained in another file.")
    is_live = fields.Boolean(compute="_compute_is_live", store=True)
    company_id = fields.Many2one(related="disposal_id.company_id", store=True)

    _live_unique = models.UniqueIndex(
        "(file_id) WHERE is_live", "This file is being reviewed already."
    )
    _more_years = models.Constraint(
        "CHECK (proposal = 'destroy' OR more_years BETWEEN 1 AND 100)",
        "Say how many years longer the file is kept.",
    )

    @api.depends("disposal_id.state")
    def _compute_is_live(self):
        for line in self:
            line.is_live = line.disposal_id.state not in ("done", "cancelled")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.disposal_id._check_state("draft")
        return lines

    def write(self, vals):
        if vals.keys() - {"is_live"}:
            self.disposal_id._check_state("draft")
        result = super().write(vals)
        if "disposal_id" in vals:
            self.disposal_id._check_state("draft")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.disposal_id._check_state("draft")

    def _check_disposable(self):
        """Refuse files that may not be destroyed.

        :raises UserError: naming them
        """
        today = local_today(self.env)
        wrong = self.filtered(
            lambda line: (
                line.file_id.state != "handed"
                or line.file_id.borrower_id
                or (
                    line.proposal == "destroy"
                    and (
                        line.file_id.is_permanent
                        or not line.file_id.kept_until
                        or line.file_id.kept_until >= today
                    )
                )
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "These files cannot be destroyed: they are kept for ever, their "
                    "retention runs, or they are not in the archive: %(files)s.",
                    files=", ".join(wrong[:10].mapped("file_id.name")),
                )
            )

    def _keep_longer(self):
        for line in self:
            # the council's decision, the only way to change a closed file's retention
            line.file_id.sudo().retention_years += line.more_years


class PartyArchiveFile(models.Model):
    _inherit = "party.archive.file"

    disposal_line_ids = fields.One2many(
        "party.archive.disposal.line", "file_id", string="Reviews", readonly=True
    )
    destroyed_by_id = fields.Many2one(
        "party.archive.disposal",
        string="Destroyed by decision",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"destroyed_by_id", "disposal_line_ids"}

    def _destroy(self, disposal):
        """Remove what is in the files; called by the decided disposal only.

        Titles, numbers, hashes and the papers' lines in the books stay.
        """
        # the archivist's right was checked by the disposal
        files = self.sudo()
        files.write({"state": "destroyed", "destroyed_by_id": disposal.id})
        with files._unsealed():
            for file in files:
                for _document, attachments in file._attachments_by_owner():
                    attachments.unlink()
            # what can be searched must not outlive the paper
            if "party.document.text" in self.env:
                texts = self.env["party.document.text"].sudo()
                texts.search([("document_id", "in", files.document_ids.ids)]).unlink()
