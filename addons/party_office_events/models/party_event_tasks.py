from odoo import api, fields, models

from .project_task import OPEN_PROGRESS


class PartyEvent(models.Model):
    """The tasks of a conference and how far they are."""

    _inherit = "party.event"

    task_ids = fields.One2many("project.task", "event_id", string="Tasks", copy=False)
    task_count = fields.Integer(string="Number of tasks", compute="_compute_task_count")
    open_task_count = fields.Integer(string="Open tasks", compute="_compute_task_count")
    untaken_task_count = fields.Integer(
        string="Tasks nobody took", compute="_compute_task_count"
    )
    late_task_count = fields.Integer(string="Late tasks", compute="_compute_task_count")

    @api.depends("task_ids.progress", "task_ids.colour")
    def _compute_task_count(self):
        for event in self:
            tasks = event.task_ids
            still_open = tasks.filtered(lambda t: t.progress in OPEN_PROGRESS)
            event.task_count = len(tasks)
            event.open_task_count = len(still_open)
            event.untaken_task_count = len(still_open - still_open.filtered("doer_id"))
            event.late_task_count = len(
                still_open.filtered(lambda t: t.colour in ("red", "special"))
            )

    def _add_tasks(self, vals_list):
        """Create tasks of this event; each names ``name, board_id, due_date``.

        The caller has checked the right to.

        :param list vals_list: values of ``project.task``; ``origin`` is preparation
            unless it is said
        :return: the new tasks
        """
        self.ensure_one()
        project = self.env.ref("party_office_events.project_events")
        # staff have no right on tasks but by the buttons of an event
        tasks = (
            self.env["project.task"]
            .sudo()
            .create(
                [
                    {
                        "origin": "preparation",
                        "progress": "open",
                        **vals,
                        "event_id": self.id,
                        "project_id": project.id,
                        "company_id": self.company_id.id,
                        "user_ids": [],
                    }
                    for vals in vals_list
                ]
            )
        )
        tasks._begin()
        return tasks.sudo(self.env.su)
