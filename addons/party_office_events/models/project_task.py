from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules import escalation

COLOURS = [
    (escalation.NONE, "In time"),
    (escalation.YELLOW, "Yellow"),
    (escalation.RED, "Red"),
    (escalation.SPECIAL, "Special red"),
]

#: progress of a task that still has to be done
OPEN_PROGRESS = ("open", "declined", "doing")


class ProjectTask(models.Model):
    """A task of a conference: exactly one lead unit, one person, one day.

    One column names the lead, so there cannot be two; a constraint sees to it that
    there is one. Staff read tasks and act by buttons; nobody writes them over RPC.
    """

    _name = "project.task"
    _inherit = ["project.task", "party.clock.mixin"]

    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    origin = fields.Selection(
        [("preparation", "Preparation"), ("conclusion", "Conclusion")],
        string="Comes from",
        readonly=True,
        index="btree_not_null",
    )
    board_id = fields.Many2one(
        "party.board", string="Lead unit", readonly=True, index="btree_not_null"
    )
    co_board_ids = fields.Many2many(
        "party.board", string="Cooperating units", readonly=True
    )
    doer_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, index="btree_not_null"
    )
    due_date = fields.Date(string="Due", readonly=True, index="btree_not_null")
    progress = fields.Selection(
        [
            ("open", "Nobody took it"),
            ("declined", "Declined, to be decided"),
            ("doing", "Taken"),
            ("done", "Done"),
            ("dropped", "Not needed"),
        ],
        string="Where it stands",
        readonly=True,
        index="btree_not_null",
    )
    done_at = fields.Datetime(string="Finished", readonly=True)
    done_late = fields.Integer(
        string="Days late", readonly=True, aggregator="sum", help="When it was done."
    )
    colour = fields.Selection(
        COLOURS,
        compute="_compute_colour",
        store=True,
        help="Yellow: three days or less are left. Red: overdue. Special red: three "
        "days late or more. Brought up to date every night.",
    )

    _one_lead = models.Constraint(
        "CHECK (event_id IS NULL OR (board_id IS NOT NULL AND progress IS NOT NULL"
        " AND due_date IS NOT NULL))",
        "Each task of a conference has exactly one lead unit and a day.",
    )
    _one_person = models.Constraint(
        "CHECK (progress IS NULL OR progress NOT IN ('doing', 'done')"
        " OR doer_id IS NOT NULL)",
        "A task that is taken has exactly one person.",
    )

    @api.model
    def _party_fields(self):
        """Return the names (``set``) of what only actions write on a party task."""
        return {
            "name",
            "description",
            "event_id",
            "origin",
            "board_id",
            "co_board_ids",
            "doer_id",
            "due_date",
            "progress",
            "done_at",
            "done_late",
            "colour",
            "user_ids",
            "project_id",
            "parent_id",
            "stage_id",
            "state",
            "date_deadline",
            "active",
            "company_id",
        }

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "event_id",
            "origin",
            "board_id",
            "co_board_ids",
            "doer_id",
            "due_date",
            "progress",
            "done_at",
            "done_late",
        }

    def write(self, vals):
        if not self.env.su and self._party_fields() & vals.keys():
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_event(self):
        if not self.env.su:
            self._refuse_by_hand()

    def _refuse_by_hand(self):
        """:raises AccessError: a task of a conference is changed by its buttons only"""
        # core's own tasks stay core's business
        if self.filtered("event_id"):
            raise AccessError(
                self.env._("A task of a conference is changed by its buttons.")
            )

    @api.depends("due_date", "progress")
    def _compute_colour(self):
        today = local_today(self.env)
        for task in self:
            task.colour = escalation.level(
                task.due_date if task.progress in OPEN_PROGRESS else None, today
            )
