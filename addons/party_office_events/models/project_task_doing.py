from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.escalation import days_late

from .project_task import OPEN_PROGRESS


class ProjectTask(models.Model):
    """Taking, handing on and finishing a task of a conference.

    Until somebody takes it, it waits on the head of its lead unit; then on the one
    person who does it.
    """

    _inherit = "project.task"

    # -------------------------------------------------------------------------- making
    def _begin(self):
        """Let new tasks wait on the head of their unit, or on who was named."""
        # a plan has many tasks and few persons: one write for each person
        for doer, tasks in self.grouped("doer_id").items():
            if doer:
                tasks._set_doer(doer)
                continue
            for head, of_head in tasks.grouped(lambda t: t._unit_head()).items():
                of_head._hand_to(head, self.env._("Name who does it"))

    def _unit_head(self):
        """Return who answers for the lead unit: its head, his deputy, the organiser."""
        board = self.board_id
        return board.head_id or board.deputy_head_id or self.event_id.organiser_id

    def _set_doer(self, user):
        # protected: the caller has checked the right to
        self.sudo().write(
            {"doer_id": user.id, "progress": "doing", "user_ids": [(6, 0, user.ids)]}
        )
        self._hand_to(user, self.env._("Do and report"))

    # ------------------------------------------------------------------------- actions
    def _check_open(self):
        for task in self:
            task.check_access("read")
            if not task.event_id or task.progress not in OPEN_PROGRESS:
                raise UserError(
                    self.env._("%(task)s is not open any more.", task=task.name)
                )

    def _is_of_unit(self):
        """Tell whether the user belongs to the lead unit or leads it."""
        user = self.env.user
        return bool(
            self.board_id
            & (user.own_board_id | user.headed_board_ids | user.deputy_headed_board_ids)
        ) or bool(user.acting_user_ids & self._unit_head())

    def action_take(self):
        """Take the task: the user is the one person who does it.

        :raises UserError: it is done or taken, or another unit leads it
        """
        self._check_open()
        for task in self:
            if task.progress == "doing":
                raise UserError(
                    self.env._("%(person)s does it already.", person=task.doer_id.name)
                )
            if not task._is_of_unit():
                raise UserError(
                    self.env._("%(unit)s leads this task.", unit=task.board_id.name)
                )
            task._set_doer(self.env.user)
        return True

    def action_assign(self, user_id):
        """Name the one person who does it; heads of the lead unit and the organiser do.

        :param int user_id: ``res.users``
        :raises UserError: it is done, or the user may not name anybody
        """
        self._check_open()
        user = self.env["res.users"].browse(user_id).exists()
        for task in self:
            is_head = self.env.user.acting_user_ids & task._unit_head()
            if not (is_head or task.event_id._is_organiser()):
                raise UserError(
                    self.env._(
                        "The head of %(unit)s names who does it.",
                        unit=task.board_id.name,
                    )
                )
            if user.own_board_id != task.board_id and user not in task._unit_head():
                raise UserError(
                    self.env._(
                        "%(person)s does not belong to %(unit)s.",
                        person=user.name or user_id,
                        unit=task.board_id.name,
                    )
                )
            task._set_doer(user)
        return True

    def action_finish(self):
        """Report the task as done.

        :raises UserError: it is not open, or somebody else does it
        """
        self._check_open()
        today = local_today(self.env)
        for task in self:
            if task.doer_id not in self.env.user.acting_user_ids and not (
                task.event_id._is_organiser()
            ):
                raise UserError(
                    self.env._("%(person)s does this task.", person=task.doer_id.name)
                )
            # protected: the right was checked
            task.sudo().write(
                {
                    "doer_id": (task.doer_id or self.env.user).id,
                    "progress": "done",
                    "state": "1_done",
                    "done_at": fields.Datetime.now(),
                    "done_late": days_late(task.due_date, today),
                }
            )
            task._hand_to(False, "")
        return True

    # ----------------------------------------------------------------------- work list
    def _sync_work_items(self):
        # core's own tasks have no place in the office's work list
        return super(ProjectTask, self.filtered("event_id"))._sync_work_items()

    def _work_item_fields(self):
        return super()._work_item_fields() | {"progress", "due_date"}

    def _work_item_state(self):
        if self.progress in OPEN_PROGRESS:
            return "open"
        return "done" if self.progress == "done" else "stopped"

    def _prepare_work_item(self):
        event = self.event_id
        return {
            "res_model": self._name,
            "res_id": self.id,
            "name": self.name,
            "summary": f"{event.title} · {self.due_date:%d/%m/%Y}",
            "board_id": self.board_id.id,
            "requester_id": event.requester_id.id,
            "waiting_user_id": self.waiting_user_id.id,
            "waiting_since": self.waiting_since,
            "step": self.waiting_step,
            "state": self._work_item_state(),
            "amount": 0.0,
            "currency_id": event.currency_id.id,
        }
