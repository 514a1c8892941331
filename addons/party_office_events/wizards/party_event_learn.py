from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.working_day import working_days_until

from ..models.party_event_template_task import BLOCKS
from ..rules.lesson import Done, lessons

#: conferences of one template that are looked at, the latest
LOOK_BACK = 5


class PartyEventLearn(models.TransientModel):
    """What the template learns from conferences that took place.

    Tasks that were added by hand are proposed for the template; tasks that were late
    each time are proposed earlier; tasks nobody ever needed are proposed to go.
    """

    _name = "party.event.learn"
    _description = "Let the Template Learn"

    event_id = fields.Many2one(
        "party.event", string="Conference", required=True, readonly=True
    )
    template_id = fields.Many2one("party.event.template", readonly=True)
    line_ids = fields.One2many("party.event.learn.line", "learn_id", string="Proposals")

    @api.model
    def _begin(self, event):
        """Return the proposals that follow from a conference.

        :raises UserError: it was not made from a template
        """
        event.check_access("read")
        if not event.template_id:
            raise UserError(self.env._("This plan was not made from a template."))
        learn = self.create({"event_id": event.id, "template_id": event.template_id.id})
        self.env["party.event.learn.line"].create(
            [
                {
                    "learn_id": learn.id,
                    "kind": lesson.kind,
                    "name": lesson.name,
                    "template_task_id": lesson.row,
                    "days_now": task.days_before if lesson.row else 0,
                    "days_before": lesson.days_before,
                    "times": lesson.times,
                    "days_late": lesson.days_late,
                    "block": sample.block or "content",
                    **learn._lead_values(sample),
                }
                for lesson, task, sample in learn._lessons()
            ]
        )
        return learn

    def _lessons(self):
        """Return the lessons, each with the task of the template and one real task."""
        events = self.env["party.event"].search(
            [
                ("template_id", "=", self.template_id.id),
                ("progress", "in", ("held", "closed")),
            ],
            order="start desc",
            limit=LOOK_BACK,
        )
        tasks = events.task_ids.filtered(
            lambda t: t.origin == "preparation" and t.progress in ("done", "dropped")
        )
        rows = self.template_id.task_ids
        known = {" ".join(row.name.lower().split()) for row in rows}
        days = events.mapped(lambda e: e._cost_date())
        due = tasks.mapped("due_date")
        holidays = set()
        if due:
            holidays = self.env["party.holiday"]._days(min(days + due), max(days + due))
        done, samples = [], {}
        for task in tasks:
            row = task.template_task_id
            name = " ".join(task.name.lower().split())
            if row and (row not in rows or task.create_date < row.write_date):
                # the template has changed since
                continue
            if not row and name in known:
                continue
            samples.setdefault(row.id or name, task)
            done.append(
                Done(
                    name=task.name,
                    days_before=row.days_before
                    if row
                    else working_days_until(
                        task.due_date, task.event_id._cost_date(), holidays
                    ),
                    row=row.id or None,
                    days_late=task.done_late,
                    is_done=task.progress == "done",
                )
            )
        return [
            (
                lesson,
                rows.browse(lesson.row),
                samples[lesson.row or " ".join(lesson.name.lower().split())],
            )
            for lesson in lessons(done)
        ]

    def _lead_values(self, task):
        """Return which unit leads, by rule where a rule says the same."""
        event = task.event_id
        if task.board_id == event.lead_board_id:
            return {"lead_rule": "lead"}
        if task.board_id == event.board_id:
            return {"lead_rule": "payer"}
        return {"lead_rule": "board", "lead_board_id": task.board_id.id}

    def action_apply(self):
        """Take over the chosen proposals into the template.

        :raises AccessError: the user does not keep templates
        :raises UserError: nothing is chosen
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one proposal."))
        self.template_id.check_access("write")
        chosen._apply()
        return {"type": "ir.actions.act_window_close"}


class PartyEventLearnLine(models.TransientModel):
    """One proposal for a template."""

    _name = "party.event.learn.line"
    _description = "Proposal for a Template"
    _order = "kind, id"

    learn_id = fields.Many2one("party.event.learn", required=True, ondelete="cascade")
    is_chosen = fields.Boolean(string="Take over", default=True)
    kind = fields.Selection(
        [
            ("add", "Add to the template"),
            ("earlier", "Due earlier"),
            ("drop", "Take out of the template"),
        ],
        string="Proposal",
        required=True,
        readonly=True,
    )
    name = fields.Char(string="Task", readonly=True)
    template_task_id = fields.Many2one("party.event.template.task", readonly=True)
    block = fields.Selection(BLOCKS, string="Part of the plan", default="content")
    lead_rule = fields.Char(readonly=True)
    lead_board_id = fields.Many2one("party.board", string="Lead unit", readonly=True)
    days_now = fields.Integer(
        string="Days before until now", readonly=True, aggregator=None
    )
    days_before = fields.Integer(string="Working days before", aggregator=None)
    times = fields.Integer(string="Conferences", readonly=True, aggregator=None)
    days_late = fields.Integer(string="Days late", readonly=True, aggregator=None)

    def _apply(self):
        """Write the proposals into their templates, with the rights of the user."""
        for line in self:
            if line.kind == "earlier":
                line.template_task_id.days_before = line.days_before
            elif line.kind == "drop":
                line.template_task_id.unlink()
            else:
                self.env["party.event.template.task"].create(
                    {
                        "template_id": line.learn_id.template_id.id,
                        "name": line.name,
                        "block": line.block,
                        "days_before": line.days_before,
                        "lead_rule": line.lead_rule or "lead",
                        "lead_board_id": line.lead_board_id.id,
                    }
                )
