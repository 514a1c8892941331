from odoo import api, models
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.month_pack import Measure


class PartyMonthPackSection(models.AbstractModel):
    """Conferences, their tasks and the service desk of the month."""

    _inherit = "party.month.pack.section"

    @api.model
    def _sections(self):
        return super()._sections() | {
            "events": self.env._("Conferences and tasks"),
            "services": self.env._("Service desk"),
        }

    @api.model
    def _measures(self):
        return super()._measures() + [
            Measure("events_held", self.env._("Conferences held"), "events"),
            Measure("tasks_done", self.env._("Tasks done"), "events"),
            Measure("tasks_late", self.env._("Tasks done late"), "events"),
            Measure(
                "tasks_overdue", self.env._("Tasks overdue"), "events", is_flow=False
            ),
            Measure("services_asked", self.env._("Services asked for"), "services"),
            Measure("services_done", self.env._("Services done"), "services"),
            Measure("services_kept", self.env._("In the promised time"), "services"),
        ]

    @api.model
    def _figures(self, period):
        first, end = self._span(period)
        done = SQL(
            "event_id IS NOT NULL AND done_at >= %s AND done_at < %s"
            " AND progress = 'done'",
            first,
            end,
        )
        served = SQL(
            "done_at >= %s AND done_at < %s AND state IN ('done', 'confirmed')",
            first,
            end,
        )
        count = self._count_by_board
        return super()._figures(period) | {
            "events_held": count(
                "party_event",
                "lead_board_id",
                SQL(
                    "progress IN ('held', 'closed') AND start >= %s AND start < %s",
                    first,
                    end,
                ),
            ),
            "tasks_done": count("project_task", "board_id", done),
            "tasks_late": count(
                "project_task", "board_id", SQL("%s AND done_late > 0", done)
            ),
            "tasks_overdue": count(
                "project_task",
                "board_id",
                SQL(
                    "event_id IS NOT NULL AND due_date <= %s"
                    " AND (done_at IS NULL OR done_at >= %s)"
                    " AND progress IN ('open', 'declined', 'doing', 'done')",
                    period.last,
                    end,
                ),
            ),
            "services_asked": count(
                "party_service_request",
                "board_id",
                SQL("asked_at >= %s AND asked_at < %s", first, end),
            ),
            "services_done": count("party_service_request", "board_id", served),
            "services_kept": count(
                "party_service_request", "board_id", SQL("%s AND in_time", served)
            ),
        }

    @api.model
    def _coming(self, period):
        first, end = self._span(period)
        events = self.env["party.event"].search(
            [
                ("start", ">=", first),
                ("start", "<", end),
                ("progress", "=", "planned"),
                ("state", "not in", ("refused", "cancelled")),
                # what is closed is not read out
                ("is_restricted", "=", False),
            ]
        )
        return super()._coming(period) + [
            {
                "day": local(self.env, event.start).date(),
                "what": event.title,
                "board_id": event.lead_board_id.id,
            }
            for event in events
        ]
