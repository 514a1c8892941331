from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ProjectTask(models.Model):
    """A task is closed with what shows it: a photo from the phone, a paper."""

    _inherit = "project.task"

    evidence_ids = fields.Many2many(
        "ir.attachment",
        "party_task_evidence_rel",
        "task_id",
        "attachment_id",
        string="Photos and papers",
        readonly=True,
    )
    finish_note = fields.Text(string="What was done", readonly=True)

    @api.model
    def _party_fields(self):
        return super()._party_fields() | {"evidence_ids", "finish_note"}

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"evidence_ids", "finish_note"}

    def action_finish(self, note="", attachment_ids=None):
        """Report the task as done.

        :param str note: what was done
        :param list attachment_ids: ids of files that the user has just uploaded; they
            become evidence of the task
        :raises UserError: it needs evidence and there is none, and as ``super``
        """
        files = self._own_uploads(attachment_ids)
        if files:
            self.ensure_one()
        for task in self:
            # evidence of an earlier report, sent back, does not count alone for ever
            if task.needs_evidence and not (files or task.sudo().evidence_ids):
                raise UserError(
                    self.env._(
                        "%(task)s is done only with a photo or a paper that shows it.",
                        task=task.name,
                    )
                )
        result = super().action_finish()
        note = note.strip() if isinstance(note, str) else ""
        if files:
            # the files become the task's, readable by who reads the task
            files.sudo().write({"res_model": self._name, "res_id": self.id})
            self.sudo().evidence_ids |= files
        if note:
            # protected: super() has checked the right to
            self.sudo().finish_note = note
        return result

    @api.model
    def _own_uploads(self, attachment_ids):
        """Return files (``ir.attachment``) that the user uploaded and nothing owns yet.

        :raises AccessError: a file of somebody or something else
        """
        files = self.env["ir.attachment"]
        if not attachment_ids:
            return files
        if not isinstance(attachment_ids, list) or not all(
            isinstance(file_id, int) for file_id in attachment_ids
        ):
            raise UserError(self.env._("Choose files of your own."))
        # only what nobody else could claim: a file of another record stays there
        files = files.browse(attachment_ids).exists().sudo()
        loose = files.filtered(
            lambda f: f.create_uid == self.env.user and not f.res_id and not f.res_field
        )
        if len(loose) != len(set(attachment_ids)):
            raise AccessError(self.env._("Choose files of your own."))
        return loose.sudo(False)

    def action_open_finish(self):
        """Close the task with one tap, or ask for the evidence it needs."""
        self.ensure_one()
        self._check_open()
        if not self.needs_evidence:
            return self.action_finish()
        return self._open_word("finish", self.env._("Report as done"))

    def action_send_back(self, reason):
        """The organiser does not take the report: the same person goes on.

        :param str reason: required
        :raises UserError: not done, no reason, the conference is closed, or the user
            does not organise it
        """
        reason = self._checked_reason(reason)
        self.event_id._check_organiser()
        for task in self:
            task.check_access("read")
            if not task.event_id or task.progress != "done":
                raise UserError(self.env._("%(task)s is not done.", task=task.name))
            if task.event_id.progress == "closed" and task.origin == "preparation":
                raise UserError(
                    self.env._("%(event)s is closed.", event=task.event_id.display_name)
                )
            task._record("send_back", reason, task.board_id)
            # protected: the right was checked
            task.sudo().write(
                {"done_at": False, "done_late": 0, "state": "01_in_progress"}
            )
            task._set_doer(task.doer_id)
        return True
