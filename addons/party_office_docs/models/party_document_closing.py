from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local, local_today
from odoo.addons.party_office_base.rules.escalation import days_late

#: the four levels of the yearly assessment, as everybody knows them
QUALITIES = [
    ("excellent", "Excellent"),
    ("good", "Good"),
    ("done", "Done"),
    ("failed", "Not done"),
]


class PartyDocument(models.Model):
    """One end: the result with its evidence is accepted by another than who made it."""

    _inherit = "party.document"

    evidence_ids = fields.One2many("party.document.evidence", "document_id")
    contribution_ids = fields.One2many(
        "party.document.contribution", "document_id", readonly=True
    )
    answer_ids = fields.Many2many(
        "party.document",
        "party_document_answer_rel",
        "document_id",
        "answer_id",
        string="Answered by",
        readonly=True,
        copy=False,
        help="Outgoing papers that answer this one.",
    )
    answer_to_ids = fields.Many2many(
        "party.document",
        "party_document_answer_rel",
        "answer_id",
        "document_id",
        string="Answers",
        readonly=True,
        copy=False,
    )
    result = fields.Text(readonly=True, copy=False, help="What was done, in short.")
    result_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    result_at = fields.Datetime(readonly=True, copy=False)
    quality = fields.Selection(QUALITIES, readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    late_days = fields.Integer(
        string="Days late",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Days between the deadline and the day on which the result was sent.",
    )
    may_accept = fields.Boolean(compute="_compute_may_accept")

    _done_has_end = models.Constraint(
        "CHECK (state <> 'done' OR closed_at IS NOT NULL)",
        "A closed paper has the moment of its end.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "evidence_ids",
            "contribution_ids",
            "answer_ids",
            "answer_to_ids",
            "result",
            "result_by_id",
            "result_at",
            "quality",
            "closed_by_id",
            "late_days",
        }

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"result"}

    @api.depends("state", "phase", "waiting_user_id")
    @api.depends_context("uid")
    def _compute_may_accept(self):
        for document in self:
            document.may_accept = (
                document.state == "directed"
                and document.phase == "result"
                and (document.is_waiting_on_me or document._is_chief())
                and self.env.user not in document._doers()
            )

    def _doers(self):
        """Return who (``res.users``) made the result: none of them accepts it."""
        return self.sudo().handler_id | self.sudo().result_by_id

    def _acceptor(self):
        """Return who accepts the result: the leader who directed the paper, or the
        chief of office, or his deputy; never who made it.

        :raises UserError: there is nobody
        """
        self.ensure_one()
        paper = self.sudo()
        office = paper.company_id
        people = (
            paper.director_id | office.office_chief_id | office.deputy_office_chief_id
        )
        people = (people - self._doers()).filtered("active")
        if not people:
            raise UserError(
                self.env._(
                    "Nobody is left to accept the result: name a deputy chief of "
                    "office in the settings."
                )
            )
        return people[0]

    # ----------------------------------------------------------------- actions
    def action_submit_result(self, result=""):
        """Send the result to the leader, with the evidence that was entered.

        :param str result: what was done
        :raises AccessError: the user does not deal with it
        :raises UserError: no evidence, or nothing said
        """
        self.ensure_one()
        self._check_may_do()
        if not self.sudo().evidence_ids:
            raise UserError(
                self.env._(
                    "Enter the evidence first: symbol, date and level of the paper "
                    "that ends this work."
                )
            )
        result = self._text_of(result)
        if not result:
            raise UserError(self.env._("Say in short what was done."))
        # protected: the right was checked above
        paper = self.sudo()
        paper.write(
            {
                "phase": "result",
                "result": result,
                "result_by_id": self.env.uid,
                "result_at": fields.Datetime.now(),
            }
        )
        paper._void_extensions()
        paper._hand_to(paper._acceptor(), self.env._("Accept the result"))
        return True

    def _check_may_accept(self):
        """Refuse who may not judge the result.

        :raises AccessError: it waits on somebody else, or he made it himself
        :raises UserError: no result was sent
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("directed")
        if self.phase != "result":
            raise UserError(
                self.env._(
                    "No result of %(document)s was sent.", document=self.display_name
                )
            )
        if self.env.user in self._doers() and not self.env.su:
            raise AccessError(self.env._("Nobody accepts his own result."))
        if not (self.is_waiting_on_me or self._is_chief()):
            raise AccessError(
                self.env._(
                    "%(user)s accepts the result.",
                    user=self.sudo().waiting_user_id.name,
                )
            )

    def action_accept(self, quality="done", note=""):
        """Accept the result with a rating; the paper is closed.

        :param str quality: one of ``QUALITIES``
        :param str note: in words
        :raises AccessError: it waits on somebody else, or the user made it himself
        :raises UserError: no result was sent, no such rating
        """
        self.ensure_one()
        self._check_may_accept()
        if quality not in dict(QUALITIES):
            raise UserError(self.env._("Choose a rating from the list."))
        note = self._text_of(note)
        self._write_direction(
            "accept",
            self.sudo().waiting_user_id,
            instruction=note,
            quality=quality,
        )
        # protected: the right was checked above
        paper = self.sudo()
        sent = local(self.env, paper.result_at).date()
        paper.write({"quality": quality, "late_days": days_late(paper.deadline, sent)})
        paper._close()
        return True

    def action_return_result(self, reason=""):
        """Return the result: it goes back to who deals with the paper.

        :param str reason: what is missing
        :raises AccessError: it waits on somebody else, or the user made it himself
        """
        self.ensure_one()
        self._check_may_accept()
        reason = self._reason_of(reason)
        # protected: the right was checked above
        paper = self.sudo()
        handler = paper.handler_id
        if not handler.active:
            handler = paper._head_of(paper.lead_board_id)
        self._write_direction(
            "return", paper.waiting_user_id, reason=reason, to_user_id=handler.id
        )
        paper.write({"phase": "doing", "handler_id": handler.id})
        paper._hand_to(handler, self.env._("Deal with it"))
        return True

    def _close(self):
        """Close the papers, after the caller has checked the right to."""
        # protected: written by the actions of the paper only
        papers = self.sudo()
        papers._void_extensions()
        papers.write(
            {
                "state": "done",
                "phase": False,
                "closed_at": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
            }
        )
        papers._hand_to(False, "")

    def _add_answer(self, outgoing):
        """Link an outgoing paper that answers; it is evidence at once.

        The caller has checked the right to.

        :param outgoing: issued ``party.document``
        """
        # protected: the links are written by actions only
        for document in self.sudo():
            if outgoing in document.answer_ids:
                continue
            document.answer_ids = [fields.Command.link(outgoing.id)]
            if document.state == "directed":
                document.evidence_ids.create(
                    {
                        "document_id": document.id,
                        "answer_id": outgoing.id,
                        "symbol": outgoing.name,
                        "date": outgoing.document_date or local_today(self.env),
                        "user_id": self.env.uid,
                    }
                )

    def action_link_answer(self, outgoing_id=None):
        """Link an issued paper that answers this one.

        :param int outgoing_id: an issued paper that the user reads
        :raises AccessError: the user does not deal with it, or may not read the answer
        :raises UserError: it was not issued
        """
        self.ensure_one()
        self._check_may_do()
        outgoing = self.browse(outgoing_id if isinstance(outgoing_id, int) else [])
        outgoing = outgoing.exists()
        outgoing.check_access("read")
        if not outgoing or outgoing.direction != "out" or outgoing.state != "issued":
            raise UserError(self.env._("Choose an issued paper."))
        self._add_answer(outgoing)
        return True
