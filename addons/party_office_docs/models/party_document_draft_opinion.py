from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local, local_today


class PartyDocumentDraft(models.Model):
    """Units are asked for their opinions, all at once and by a day."""

    _inherit = "party.document.draft"

    opinion_ids = fields.One2many(
        "party.document.opinion", "draft_id", string="Opinions", readonly=True
    )
    opinion_box = fields.Char(string="Opinions so far", compute="_compute_opinion_box")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"opinion_ids"}

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"opinion_ids"}

    @api.depends("opinion_ids.answer", "opinion_ids.deadline", "opinion_ids.version_id")
    @api.depends_context("lang")
    def _compute_opinion_box(self):
        opinions = self.env["party.document.opinion"]
        labels = dict(opinions._fields["timing"]._description_selection(self.env))
        answers = dict(opinions._fields["answer"]._description_selection(self.env))
        for draft in self:
            counts = {}
            for opinion in draft._last_opinions():
                label = answers.get(opinion.answer) or labels[opinion.timing]
                counts[label] = counts.get(label, 0) + 1
            draft.opinion_box = " · ".join(
                f"{n} {label}" for label, n in counts.items()
            )

    def _last_opinions(self):
        """Return the last opinion of each unit that was asked."""
        self.ensure_one()
        last = {opinion.board_id: opinion for opinion in self.opinion_ids.sorted("id")}
        return self.env["party.document.opinion"].union(*last.values())

    def _check_drafter(self):
        """Refuse who neither drafts the paper nor heads its unit.

        :raises AccessError: to everybody else
        """
        for draft in self:
            unit = draft.board_id.sudo()
            drafters = draft.requester_id | unit.head_id | unit.deputy_head_id
            if not (self.env.su or drafters & self.env.user.acting_user_ids):
                raise AccessError(
                    self.env._("Only who drafts the paper, or the head, may do this.")
                )

    def action_ask_opinions(self, board_ids, deadline):
        """Ask units for their opinions on what the draft says now.

        :param list board_ids: ids of ``party.board``
        :param deadline: date, today or later
        :raises AccessError: to who does not draft the paper
        :raises UserError: it was sent already, nothing to read, nobody to ask, no day
        """
        self.ensure_one()
        self._check_drafter()
        self._check_state("draft", "returned")
        self._check_not_secret()
        known = isinstance(board_ids, list) and all(
            isinstance(board_id, int) for board_id in board_ids
        )
        boards = self.env["party.board"].browse(board_ids if known else []).exists()
        boards -= self.board_id
        if not boards:
            raise UserError(self.env._("Choose the units that are asked."))
        day = self._opinion_day(deadline)
        headless = boards.sudo().filtered(lambda board: not board.head_id)
        if headless:
            raise UserError(
                self.env._(
                    "Nobody heads %(units)s.", units=", ".join(headless.mapped("name"))
                )
            )
        if not self.title or not (self.content or self.attachment_ids):
            raise UserError(self.env._("Enter the abstract and the text first."))
        version = self._keep_version("opinion")
        # protected: asked by this action only
        asked = self.sudo().opinion_ids.filtered(lambda o: o.version_id == version)
        boards -= asked.board_id
        self._add_readers(boards)
        self.sudo().opinion_ids.create(
            [
                {
                    "draft_id": self.id,
                    "board_id": board.id,
                    "version_id": version.id,
                    "deadline": day,
                }
                for board in boards
            ]
        )
        for board in boards:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day,
                user_id=board.sudo().head_id.id,
                summary=self.env._("Give your opinion on the draft"),
            )
        self._hand_to(self.requester_id, self.env._("Collect the opinions"))
        return True

    def action_open_ask(self):
        """Open the dialog that asks which units, and until when."""
        self.ensure_one()
        return self._open_dialog(
            "party.document.opinion.ask", self.env._("Ask for opinions")
        )

    def _opinion_day(self, deadline):
        """Return the day (``date``) until which opinions are asked.

        :raises UserError: no day, a day that is over or more than a year away
        """
        day = fields.Date.to_date(deadline) if deadline else None
        today = local_today(self.env)
        if not day or not today <= day <= today + timedelta(days=366):
            raise UserError(self.env._("Choose a day from today within a year."))
        return day


class PartyDocumentOpinion(models.Model):
    """How a unit answers: its head or who stands in for him, once."""

    _inherit = "party.document.opinion"

    timing = fields.Selection(
        [
            ("open", "Not answered yet"),
            ("on_time", "In time"),
            ("late", "Late"),
            ("silent", "Silent"),
        ],
        compute="_compute_timing",
        help="Silent: the day has passed without an answer.",
    )
    can_answer = fields.Boolean(
        compute="_compute_can_answer", search="_search_can_answer"
    )
    draft_title = fields.Char(related="version_id.title", string="Abstract")
    draft_content = fields.Html(related="version_id.content", string="Text")
    draft_file_ids = fields.Many2many(
        related="version_id.attachment_ids", string="Papers of the draft"
    )

    @api.depends("answered_at", "deadline")
    def _compute_timing(self):
        today = local_today(self.env)
        for opinion in self:
            if opinion.answered_at:
                day = local(opinion.env, opinion.answered_at).date()
                opinion.timing = "late" if day > opinion.deadline else "on_time"
            else:
                late = opinion.deadline and opinion.deadline < today
                opinion.timing = "silent" if late else "open"

    @api.depends("answer", "board_id", "draft_id.state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        acting = self.env.user.acting_user_ids
        for opinion in self:
            unit = opinion.board_id.sudo()
            opinion.can_answer = (
                not opinion.answer
                and opinion.draft_id.state in ("draft", "returned", "submitted")
                and bool((unit.head_id | unit.deputy_head_id) & acting)
            )

    @api.model
    def _search_can_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        acting = self.env.user.acting_user_ids.ids
        return [
            ("answer", "=", False),
            ("draft_id.state", "in", ("draft", "returned", "submitted")),
            "|",
            ("board_id.head_id", "in", acting),
            ("board_id.deputy_head_id", "in", acting),
        ]

    def action_agree(self):
        """Agree with the text as it is."""
        for opinion in self:
            opinion._answer("agree")
        return True

    def action_answer(self, answer, text="", attachment_ids=None):
        """Give the unit's opinion, once.

        :param str answer: agree, changes or other
        :param str text: required unless the unit simply agrees, or a file says it
        :param list attachment_ids: files that the user uploaded himself
        """
        self.ensure_one()
        return self._answer(answer, text, attachment_ids)

    def _answer(self, answer, text="", attachment_ids=None):
        """Record the answer, after checking the right to it.

        :raises AccessError: to who neither heads the unit nor stands in for its head
        :raises UserError: answered already, the paper is signed, nothing is said
        """
        self.check_access("read")
        if self.answer:
            raise UserError(self.env._("This unit has already answered."))
        if self.draft_id.state not in ("draft", "returned", "submitted"):
            raise UserError(self.env._("The paper is signed or given up already."))
        if not self.can_answer:
            raise AccessError(
                self.env._("The head of %(unit)s answers.", unit=self.board_id.name)
            )
        text = text.strip() if isinstance(text, str) else ""
        if answer not in dict(self._fields["answer"].selection):
            raise UserError(self.env._("Choose an answer of the list."))
        files = self.env["ir.attachment"]
        if attachment_ids:
            files = self._own_files(attachment_ids)
        if answer != "agree" and not text and not files:
            raise UserError(self.env._("Say what should be changed."))
        # protected: answered by this action only
        self.sudo().write(
            {
                "answer": answer,
                "text": text or False,
                "attachment_ids": [fields.Command.set(files.ids)],
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
            }
        )
        # the head's task is done, whoever of the unit answered
        self.sudo().draft_id.activity_unlink(
            ["mail.mail_activity_data_todo"], user_id=self.board_id.sudo().head_id.id
        )
        return True

    def _own_files(self, attachment_ids):
        return self.env["party.document.draft"]._take_own_files(attachment_ids, self)

    def action_open_answer(self):
        """Open the dialog for an answer with words."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opinion"),
            "res_model": "party.document.opinion.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_opinion_id": self.id},
        }
