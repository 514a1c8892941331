from odoo import api, models
from odoo.fields import Domain

from .project_task import OPEN_PROGRESS

EVENT = "party.event"
TASK = "project.task"
VIEWS = ("list", "kanban", "form")


class PartyHome(models.AbstractModel):
    """Conferences on the home page: the user's day, his unit's tasks, late ones."""

    _inherit = "party.home"

    @api.model
    def _asked_domain(self):
        # the tasks of a plan are followed on the plan itself
        return super()._asked_domain() & Domain("res_model", "!=", TASK)

    @api.model
    def _appointments(self, start, stop):
        events = self.env[EVENT].search_fetch(
            [
                ("progress", "in", ("planned", "held")),
                ("state", "not in", ("refused", "cancelled")),
                ("start", "<", stop),
                ("stop", ">", start),
                "|",
                ("leader_ids", "in", self.env.uid),
                ("organiser_id", "=", self.env.uid),
            ],
            ["title", "start", "stop", "place"],
        )
        return [
            *super()._appointments(start, stop),
            *(
                {
                    "model": EVENT,
                    "id": event.id,
                    "start": event.start,
                    "stop": event.stop,
                    "title": event.title,
                    "place": event.place or "",
                    "action": self._form_action(event.title, EVENT, event.id),
                }
                for event in events
            ),
        ]

    @api.model
    def _task_domain(self, kind):
        """Return the domain of the tasks nobody took, or of the late ones."""
        if kind == "untaken":
            return Domain("event_id", "!=", False) & Domain(
                "progress", "in", ("open", "declined")
            )
        return (
            Domain("event_id", "!=", False)
            & Domain("progress", "in", OPEN_PROGRESS)
            & Domain("colour", "in", ("red", "special"))
        )

    @api.model
    def _task_figure(self, title, domain, tone="danger"):
        return self._figure(
            title,
            self.env[TASK].search_count(domain),
            self._list_action(title, TASK, domain, VIEWS),
            tone,
        )

    @api.model
    def _unit_figures(self, boards):
        led = Domain("board_id", "in", boards.ids)
        return [
            *super()._unit_figures(boards),
            self._task_figure(
                self.env._("Tasks nobody took"), led & self._task_domain("untaken")
            ),
            self._task_figure(
                self.env._("Tasks late"), led & self._task_domain("late")
            ),
        ]

    @api.model
    def _office_figures(self):
        return [
            *super()._office_figures(),
            self._task_figure(
                self.env._("Tasks nobody took"), self._task_domain("untaken")
            ),
        ]

    @api.model
    def _overdue_parts(self):
        late = self._task_domain("late")
        title = self.env._("Tasks late")
        groups = self.env[TASK]._read_group(late, ["board_id"], ["__count"])
        return [
            *super()._overdue_parts(),
            {
                "title": title,
                "tone": "warning",
                "counts": {board.id: count for board, count in groups},
                "action": lambda board_id: self._list_action(
                    title, TASK, late & Domain("board_id", "=", board_id), VIEWS
                ),
            },
        ]
