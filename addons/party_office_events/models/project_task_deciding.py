from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .project_task import OPEN_PROGRESS


class ProjectTask(models.Model):
    """A unit does not push a task away by itself: it declines, the chief of office
    decides, once, and the decision is on record. Until then it still leads the task.
    """

    _inherit = "project.task"

    decision_ids = fields.One2many(
        "party.task.decision", "task_id", string="Decisions", readonly=True
    )
    can_decline = fields.Boolean(compute="_compute_can_decide_task")
    can_decide_task = fields.Boolean(compute="_compute_can_decide_task")
    can_organise = fields.Boolean(compute="_compute_can_decide_task")
    can_finish = fields.Boolean(compute="_compute_can_decide_task")
    can_take = fields.Boolean(compute="_compute_can_decide_task")

    def _compute_can_decide_task(self):
        acting = self.env.user.acting_user_ids
        for task in self:
            event = task.event_id
            is_open = bool(event) and task.progress in OPEN_PROGRESS
            task.can_organise = bool(event) and event._is_organiser()
            task.can_take = is_open and task._is_of_unit()
            task.can_decline = (
                is_open and task.progress != "declined" and task._may_decline()
            )
            task.can_decide_task = is_open and task._may_decide()
            task.can_finish = (
                is_open
                and task.progress != "declined"
                and (task.doer_id in acting or task.can_organise)
            )

    # ------------------------------------------------------------------------- rights
    def _heads_of_unit(self):
        # who heads a unit is no secret
        board = self.sudo().board_id
        return board.head_id | board.deputy_head_id

    def _may_decline(self):
        return bool(self.env.user.acting_user_ids & self._heads_of_unit())

    def _may_decide(self):
        """Tell whether the user decides on it: the chief of office (or who stands in
        for him); once it was declined, whom it waits on.
        """
        user = self.env.user
        if self.progress == "declined":
            return (
                self.waiting_user_id in user.acting_user_ids
                or (
                    user.has_group("party_office_base.group_office_chief")
                    # who declined does not decide
                    and user != self.sudo().decision_ids[:1].user_id
                )
            )
        return user.has_group("party_office_base.group_office_chief")

    def _decider(self):
        """Return who decides when the unit declines: the chief of office; his deputy
        when the chief himself declines.

        :raises UserError: the office has no chief
        """
        # who the chief is, is no secret
        company = self.sudo().company_id or self.env.company.sudo()
        for user in (company.office_chief_id, company.deputy_office_chief_id):
            if user.active and user != self.env.user:
                return user
        raise UserError(
            self.env._("The settings name no chief of office who could decide.")
        )

    # ------------------------------------------------------------------------- actions
    def action_decline(self, reason):
        """The head of the lead unit asks to be relieved; the chief of office decides.

        :param str reason: required
        :raises UserError: not open, no reason, or the chief has decided already that
            the task stays with this unit
        :raises AccessError: the user does not lead the unit
        """
        self._check_open()
        reason = self._checked_reason(reason)
        for task in self:
            if task.progress == "declined":
                raise UserError(
                    self.env._("%(task)s was declined already.", task=task.name)
                )
            if not task._may_decline():
                raise AccessError(
                    self.env._(
                        "Only the head of %(unit)s may decline a task of the unit.",
                        unit=task.board_id.name,
                    )
                )
            kept = task.sudo().decision_ids.filtered(
                lambda d, t=task: d.decision == "keep" and d.to_board_id == t.board_id
            )
            if kept:
                raise UserError(
                    self.env._(
                        "%(person)s has decided that this task stays with %(unit)s.",
                        person=kept[:1].user_id.name,
                        unit=task.board_id.name,
                    )
                )
            decider = task._decider()
            task._record("decline", reason, task.board_id.browse())
            # protected: the right was checked
            task.sudo().write(
                {"progress": "declined", "doer_id": False, "user_ids": [(6, 0, [])]}
            )
            task._hand_to(decider, self.env._("Decide who leads it"))
        return True

    def action_decide(self, decision, reason, board_id=None):
        """Decide on a task: it stays, moves to another unit, or is not needed.

        :param str decision: keep, move or drop
        :param str reason: required
        :param int board_id: ``party.board`` that leads from now on (move)
        :raises UserError: not open, no reason, or not another unit
        :raises AccessError: the user does not decide
        """
        self._check_open()
        reason = self._checked_reason(reason)
        if decision not in ("keep", "move", "drop"):
            raise UserError(self.env._("Decide: it stays, it moves, or is not needed."))
        for task in self:
            if not task._may_decide():
                raise AccessError(
                    self.env._("The chief of office decides who leads this task.")
                )
            if decision == "keep" and task.progress != "declined":
                raise UserError(self.env._("Nobody has declined this task."))
            if decision == "move":
                task._move_to(task._other_board(board_id), reason)
            elif decision == "drop":
                task._drop(reason)
            else:
                task._record("keep", reason, task.board_id)
                task._give_to_head()
        return True

    def _other_board(self, board_id):
        # the directory of units is read by everybody
        boards = self.env["party.board"].sudo()
        if isinstance(board_id, int) and not isinstance(board_id, bool):
            boards = boards.browse(board_id).exists().filtered("active")
        if not boards or boards == self.board_id:
            raise UserError(self.env._("Choose another unit that leads the task."))
        return boards

    def _move_to(self, board, reason):
        """Let another unit lead; the caller has checked the right to."""
        self._record("move", reason, board)
        # protected: the right was checked
        self.sudo().write(
            {
                "board_id": board.id,
                "co_board_ids": [(3, board.id)],
            }
        )
        self._give_to_head()

    def _give_to_head(self):
        # protected: the right was checked
        self.sudo().write(
            {"progress": "open", "doer_id": False, "user_ids": [(6, 0, [])]}
        )
        self._hand_to(self._unit_head(), self.env._("Name who does it"))

    def _drop(self, reason):
        """Record that the task is not needed; the caller has checked the right to."""
        self._record("drop", reason, self.board_id.browse())
        self._end_dropped()

    def _end_dropped(self):
        # protected: the caller has checked the right to
        self.sudo().write({"progress": "dropped", "state": "1_canceled"})
        self._hand_to(False, "")

    def _people_of_unit(self):
        """Return the persons (``res.users``) whom the head may name."""
        board = self.board_id
        # who works where is no secret
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("department_id", "child_of", board.sudo().department_id.ids),
                    ("user_id.active", "=", True),
                ]
            )
        )
        people = employees.user_id.filtered(lambda u: u.own_board_id == board)
        return (people | self._unit_head()).sudo(False)

    # ------------------------------------------------------------------------- record
    def _checked_reason(self, reason):
        """:raises UserError: no reason was given"""
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why: it goes on record."))
        return reason

    def _record(self, decision, reason, to_board):
        """Add a row to the decisions and say it in the conference's messages."""
        # a ledger: only these actions write it
        ledger = self.env["party.task.decision"].sudo()
        with ledger._appending():
            for task in self:
                ledger.create(
                    {
                        "task_id": task.id,
                        "event_id": task.event_id.id,
                        "decision": decision,
                        "user_id": self.env.user.id,
                        "reason": reason,
                        "from_board_id": task.board_id.id,
                        "to_board_id": to_board.id,
                    }
                )
        self.invalidate_recordset(["decision_ids"])
        labels = dict(ledger._fields["decision"]._description_selection(self.env))
        for task in self:
            task.event_id.sudo().message_post(
                body=self.env._(
                    "%(task)s: %(decision)s (%(unit)s). %(reason)s",
                    task=task.name,
                    decision=labels[decision],
                    unit=(to_board or task.board_id).name,
                    reason=reason,
                )
            )
