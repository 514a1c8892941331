from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local_today

from .party_document_incoming import CHIEF

HEAD = "party_office_base.group_board_head"


class PartyDocument(models.Model):
    """Bút phê: the leader names one lead, a deadline and what is to be done."""

    _inherit = "party.document"

    direction_ids = fields.One2many(
        "party.document.direction",
        "document_id",
        string="History of direction",
        readonly=True,
    )
    directed_at = fields.Datetime(
        readonly=True, copy=False, help="When the lead was named last."
    )
    first_deadline = fields.Date(
        readonly=True, copy=False, help="The deadline that was set first."
    )
    may_direct = fields.Boolean(compute="_compute_may_direct")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "direction_ids",
            "directed_at",
            "first_deadline",
        }

    @api.depends("state", "waiting_user_id", "director_id")
    @api.depends_context("uid")
    def _compute_may_direct(self):
        for document in self:
            document.may_direct = (
                document.direction == "in"
                and document.state in ("registered", "directed")
                and document._may_direct()
            )

    # ------------------------------------------------------------------ rights
    def _is_chief(self):
        return self.env.su or self.env.user.has_group(CHIEF)

    def _decider(self):
        """Return whose decision (``res.users``) the direction of this paper is now."""
        self.ensure_one()
        paper = self.sudo()
        if paper.state == "registered":
            return paper.waiting_user_id or paper.company_id.office_chief_id
        return paper.director_id or paper.company_id.office_chief_id

    def _may_direct(self):
        """Tell whether the user may direct this paper.

        Whose decision it is, and his substitute; the chief of office (or his deputy)
        also writes down what a leader above him wrote on paper.
        """
        self.ensure_one()
        return self._is_chief() or self._decider() in self.env.user.acting_user_ids

    def _acting_as(self, person):
        """Return how the user decides for a person: ``(capacity, on behalf of)``.

        :param person: ``res.users`` whose decision it is
        """
        user = self.env.user
        if not person or person == user:
            return "self", self.env["res.users"]
        today = local_today(self.env)
        # a substitute may be unable to read the list of all substitutions
        substitution = user.sudo().substitution_ids.filtered(
            lambda s: s.user_id == person and s._is_on(today)
        )
        if substitution:
            return substitution[0].capacity, person
        if person.has_group(CHIEF):
            # chief and deputy each direct in their own right
            return "self", self.env["res.users"]
        # the chief writes down a leader's decision, by his order
        return "tl", person

    def _check_may_direct(self):
        """Refuse who may not direct.

        :raises AccessError: it is somebody else's decision
        """
        self.ensure_one()
        self.check_access("read")
        if self.direction != "in":
            raise UserError(self.env._("Only incoming papers are directed."))
        if not self._may_direct():
            raise AccessError(
                self.env._(
                    "%(document)s waits for the direction of %(user)s.",
                    document=self.display_name,
                    user=self._decider().name,
                )
            )

    def _last_direction(self):
        """Return the last row of the history."""
        self.ensure_one()
        return self.sudo().direction_ids.sorted("id")[-1:]

    def _check_seen(self, seen):
        """Refuse a direction that rests on what is no more so.

        :param seen: id of the last row of the history that the user saw, 0 for none
        :raises UserError: somebody else was quicker
        """
        last = self._last_direction()
        if seen is None or seen == last.id or (not seen and not last):
            return
        raise UserError(
            self.env._(
                "%(user)s has just written on %(document)s: open it again.",
                user=last.user_id.name,
                document=self.display_name,
            )
        )

    # ----------------------------------------------------------------- history
    def _write_direction(self, kind, person=None, **values):
        """Add a row to the history, written by the user.

        :param str kind: one of ``KINDS``
        :param person: whose decision it is, see ``_acting_as``
        """
        capacity, behalf = self._acting_as(person)
        # protected: the history is written by the actions of the paper only
        return (
            self.env["party.document.direction"]
            .sudo()
            .create(
                [
                    {
                        "document_id": document.id,
                        "kind": kind,
                        "user_id": self.env.uid,
                        "on_behalf_id": behalf.id,
                        "capacity": capacity,
                        **values,
                    }
                    for document in self
                ]
            )
        )

    # ----------------------------------------------------------------- actions
    def action_direct(
        self,
        lead_id=None,
        co_ids=None,
        info_ids=None,
        deadline=None,
        instruction="",
        reason="",
        seen=None,
    ):
        """Name exactly one lead, the others, the deadline and what is to be done.

        A paper that was directed already is directed again with a reason; the history
        keeps both.

        :param int lead_id: ``party.board``
        :param list co_ids: ids of units that cooperate
        :param list info_ids: ids of units that are informed
        :param deadline: date or ISO text; without it the usual period for the urgency
        :param str instruction: bút phê
        :param str reason: why it is directed again
        :param seen: id of the last row of the history that the user saw, 0 for none
        :raises AccessError: it is somebody else's decision
        :raises UserError: wrong state, a value makes no sense, somebody was quicker
        """
        self.ensure_one()
        self._check_may_direct()
        self._check_seen(seen)
        self._check_state("registered", "directed")
        again = self.state == "directed"
        if again:
            reason = self._text_of(reason)
            if not reason:
                raise UserError(
                    self.env._(
                        "%(document)s was directed to %(unit)s already: say why it is "
                        "directed again.",
                        document=self.display_name,
                        unit=self.sudo().lead_board_id.name,
                    )
                )
        lead = self._boards_of([lead_id] if lead_id else [])
        if not lead:
            raise UserError(self.env._("Name the unit in the lead: exactly one."))
        co = self._boards_of(co_ids) - lead
        info = self._boards_of(info_ids) - lead - co
        day = self._deadline_of(deadline) if deadline else self._usual_deadline()
        instruction = self._text_of(instruction)
        person = self._decider()
        # first of all the row of the paper: whoever is slower runs again and sees this
        # protected: the right was checked above
        self.sudo().write(
            {"directed_at": fields.Datetime.now(), "first_deadline": day}
            if not again
            else {"directed_at": fields.Datetime.now()}
        )
        self.flush_recordset()
        self._write_direction(
            "again" if again else "direct",
            person,
            instruction=instruction,
            reason=reason if again else False,
            lead_board_id=lead.id,
            co_board_ids=[fields.Command.set(co.ids)],
            info_board_ids=[fields.Command.set(info.ids)],
            deadline=day,
        )
        before = self.sudo().routing_ids.board_id
        self._route(lead, co, info)
        self._drop_readers(before - lead - co - info)
        director = person if self._acting_as(person)[1] else self.env.user
        self._set_directed(director, instruction, day)
        return True

    def _usual_deadline(self):
        """Return the usual deadline by the urgency.

        :raises UserError: the office has none
        """
        deadline = self.env["party.document.period"]._deadlines(self)[self]
        if not deadline:
            raise UserError(self.env._("Enter a date as deadline."))
        return deadline

    def _drop_readers(self, boards):
        """Close the paper to units that have no part in it any more."""
        document = self.sudo()
        boards -= document.body_id.board_id
        people = document.reader_user_ids.filtered(lambda u: u.own_board_id in boards)
        # protected: who reads a paper follows from what was done with it
        document.write(
            {
                "reader_board_ids": [fields.Command.unlink(b.id) for b in boards],
                "reader_user_ids": [
                    fields.Command.unlink(user.id)
                    for user in people - document.director_id
                ],
            }
        )

    def action_pass_up(self, user_id=None, note="", seen=None):
        """Submit the paper to a leader (trình), who directs it; it waits on him.

        :param int user_id: one of ``_leaders()``
        :param str note: what the chief of office proposes
        :raises AccessError: it is somebody else's decision
        :raises UserError: wrong state, or the person does not direct papers
        """
        self.ensure_one()
        self._check_may_direct()
        self._check_seen(seen)
        self._check_state("registered")
        user = self._user_of(user_id)
        if user not in self._leaders() or user == self.sudo().waiting_user_id:
            raise UserError(
                self.env._("%(user)s does not direct papers.", user=user.name)
            )
        self._write_direction(
            "up",
            self._decider(),
            reason=self._text_of(note),
            to_user_id=user.id,
        )
        self._add_readers(users=user)
        self._hand_to(user, self.env._("Direct"))
        return True

    @api.model
    def _leaders(self):
        """Return the users who direct papers.

        Those who head something among the leadership, and the chief of office with his
        deputies.
        """
        # who leads is the directory of the office
        boards = (
            self.env["party.board"]
            .sudo()
            .search(
                [
                    ("kind", "=", "leadership"),
                    ("company_id", "in", [self.env.company.id, False]),
                ]
            )
        )
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("user_id", "!=", False),
                    ("department_id", "child_of", boards.department_id.ids),
                ]
            )
        )
        users = employees.user_id.filtered(lambda u: u.has_group(HEAD))
        users |= boards.head_id | boards.deputy_head_id
        users |= self.env.ref(CHIEF).sudo().all_user_ids
        return users.filtered(
            lambda u: u.active and not u.share and self.env.company in u.company_ids
        ).sorted("name")

    def action_file(self, info_ids=None, instruction="", seen=None):
        """Close a paper that needs no work: for information, filed (lưu).

        :param list info_ids: ids of units that are informed
        :param str instruction: bút phê
        :raises AccessError: it is somebody else's decision
        :raises UserError: wrong state
        """
        self.ensure_one()
        self._check_may_direct()
        self._check_seen(seen)
        self._check_state("registered")
        info = self._boards_of(info_ids)
        instruction = self._text_of(instruction)
        person = self._decider()
        self._write_direction(
            "file",
            person,
            instruction=instruction,
            info_board_ids=[fields.Command.set(info.ids)],
        )
        director = person if self._acting_as(person)[1] else self.env.user
        # protected: the right was checked above
        paper = self.sudo()
        paper.routing_ids.create(
            [
                {"document_id": self.id, "board_id": board.id, "role": "info"}
                for board in info
            ]
        )
        paper.write({"director_id": director.id, "instruction": instruction})
        paper._add_readers(info, director)
        paper._close()
        return True
