from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: what the organiser may say of a task
PLAN_FIELDS = (
    "name",
    "block",
    "board_id",
    "co_board_ids",
    "due_date",
    "needs_evidence",
    "description",
)


class ProjectTask(models.Model):
    """The organiser keeps the plan: he changes and drops tasks, on record."""

    _inherit = "project.task"

    def _change(self, vals):
        """Change a task of a plan; the caller has checked that the user organises it.

        :param dict vals: some of ``PLAN_FIELDS``
        :raises AccessError: another unit is to lead after the plan was signed
        """
        self.ensure_one()
        self._check_open()
        vals = {name: vals[name] for name in PLAN_FIELDS if name in vals}
        board = self.env["party.board"].browse(vals.pop("board_id", self.board_id.id))
        due = fields.Date.to_date(vals.get("due_date") or self.due_date)
        self.event_id._check_task_day(due)
        if due != self.due_date:
            vals |= {"planned_date": due, "is_squeezed": False}
        before = self._plan_line()
        # protected: the right was checked
        self.sudo().write(vals)
        if board != self.board_id:
            self._check_lead_open()
            # protected: the right was checked
            self.sudo().board_id = board
            self._give_to_head()
        after = self._plan_line()
        if before != after:
            self.event_id.sudo().message_post(
                body=self.env._(
                    "Task changed: %(before)s → %(after)s", before=before, after=after
                )
            )

    def _check_lead_open(self):
        """:raises AccessError: the plan was signed with this lead unit"""
        if self.progress == "declined" or self.event_id.state in (
            "submitted",
            "approved",
        ):
            raise AccessError(
                self.env._("The chief of office decides who leads this task.")
            )

    def _plan_line(self):
        return f"{self.name} · {self.board_id.name} · {self.due_date:%d/%m/%Y}"

    def action_drop(self, reason):
        """The organiser takes a task out of the plan, with a reason on record.

        :param str reason: required
        :raises UserError: not open, declined (the chief decides), or no reason
        """
        self._check_open()
        self.event_id._check_organiser()
        reason = self._checked_reason(reason)
        for task in self:
            if task.progress == "declined":
                raise UserError(
                    self.env._("The chief of office decides who leads this task.")
                )
            task._drop(reason)
        return True

    # ------------------------------------------------------------------------- dialogs
    def _open_word(self, action, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "party.task.word",
            "view_mode": "form",
            "target": "new",
            "context": {"default_task_id": self.id, "default_action": action},
        }

    def action_open_decline(self):
        """Open the dialog that asks why the unit declines."""
        return self._open_word("decline", self.env._("Decline"))

    def action_open_decide(self):
        """Open the dialog of the chief of office."""
        return self._open_word("decide", self.env._("Decide"))

    def action_open_drop(self):
        """Open the dialog that asks why the task is not needed."""
        return self._open_word("drop", self.env._("Not needed"))

    def action_open_send_back(self):
        """Open the dialog that asks why the report is not taken."""
        return self._open_word("send_back", self.env._("Send back"))

    def action_open_assign(self):
        """Open the dialog that asks who does it."""
        return self._open_word("assign", self.env._("Name who does it"))

    def action_open_change(self):
        """Open the dialog in which the organiser changes the task."""
        self.ensure_one()
        self.event_id._check_organiser()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the task"),
            "res_model": "party.task.edit",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_task_id": self.id,
                "default_event_id": self.event_id.id,
            },
        }


class PartyEvent(models.Model):
    """Adding a task by hand."""

    _inherit = "party.event"

    def action_open_add_task(self):
        """Open the dialog in which the organiser adds a task."""
        self.ensure_one()
        self._check_organiser()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a task"),
            "res_model": "party.task.edit",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    def _check_task_day(self, day):
        """:raises ValidationError: the day is far from the conference"""
        first, last = self._days()
        if not (
            day
            and fields.Date.subtract(first, days=366)
            <= day
            <= fields.Date.add(last, days=366)
        ):
            raise ValidationError(
                self.env._("A task is due within a year of the conference.")
            )

    def _check_can_add_task(self):
        """:raises UserError: closed or cancelled, or the user does not organise it"""
        self._check_organiser()
        for event in self:
            if event.progress not in ("planned", "held") or event.state in (
                "refused",
                "cancelled",
            ):
                raise UserError(
                    self.env._("%(event)s is closed.", event=event.display_name)
                )

    def _check_task_values(self, vals):
        """:raises UserError: a task without a name, a lead unit or a day"""
        if not (vals["name"] and vals["board_id"] and vals["due_date"]):
            raise UserError(
                self.env._("Say what is to be done, which unit leads it, and by when.")
            )
        self._check_task_day(vals["due_date"])

    def _check_own_task(self, task):
        """:raises UserError: the task belongs to another conference"""
        if task.event_id != self:
            raise UserError(self.env._("This task belongs to another plan."))

    def _add_task_by_hand(self, vals):
        """Add a task; the caller has checked that the user organises the event."""
        task = self._add_tasks([vals | {"planned_date": vals["due_date"]}])
        # the plan's own line of record
        self.sudo().message_post(
            body=self.env._("Task added: %(task)s", task=task._plan_line())
        )
        return task
