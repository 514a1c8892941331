from odoo import models
from odoo.exceptions import UserError

from .project_task import OPEN_PROGRESS

#: names of tasks that a message lists
SHOWN = 10


class PartyEvent(models.Model):
    """From the signature to the end: tasks begin, stop and are closed with the plan."""

    _inherit = "party.event"

    def _on_approved(self):
        # the days to take a task count from the signature
        for event in self:
            waiting = event.sudo().task_ids.filtered(lambda t: t.progress == "open")
            for head, tasks in waiting.grouped(lambda t: t._unit_head()).items():
                tasks._hand_to(head, self.env._("Name who does it"))
        return super()._on_approved()

    def _on_cancelled(self):
        self._stop_tasks()
        return super()._on_cancelled()

    def _on_refused(self):
        self._stop_tasks()
        return super()._on_refused()

    def _stop_tasks(self):
        # the approval's action has checked the right
        tasks = self.sudo().task_ids
        tasks.filtered(lambda t: t.progress in OPEN_PROGRESS)._end_dropped()

    def action_reset_draft(self):
        """Open it again, with the tasks that stopped with it."""
        stopped = self.filtered(lambda e: e.state in ("refused", "cancelled"))
        result = super().action_reset_draft()
        for event in stopped:
            # protected: super() has checked the right
            event = event.sudo()
            event.progress = "planned"
            tasks = event.task_ids.filtered(
                lambda t: (
                    t.progress == "dropped" and t.decision_ids[:1].decision != "drop"
                )
            )
            tasks.write({"state": "01_in_progress"})
            for task in tasks:
                task._give_to_head()
        return result

    def action_close(self):
        """Close an event that took place: every task of its preparation is settled.

        :raises UserError: not held yet, or tasks are open (it names them)
        """
        self._check_organiser()
        for event in self:
            if event.progress != "held":
                raise UserError(self.env._("It has not taken place yet."))
            left = event.task_ids.filtered(
                lambda t: t.origin == "preparation" and t.progress in OPEN_PROGRESS
            )
            if left:
                names = "; ".join(
                    f"{task.name} ({task.board_id.name})" for task in left[:SHOWN]
                )
                raise UserError(
                    self.env._(
                        "%(count)s tasks are still open: %(names)s",
                        count=len(left),
                        names=names,
                    )
                )
        # protected: the right was checked
        self.sudo().progress = "closed"
        return True
