from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local, local_today
from odoo.addons.party_office_base.rules import countdown

#: rest days around a plan: no plan reaches further
REACH_DAYS = 300


class PartyEvent(models.Model):
    """The plan: tasks of a template, counted back from the day."""

    _inherit = "party.event"

    template_id = fields.Many2one(
        "party.event.template",
        string="Template of the plan",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        domain="[('kind_id', '=', kind_id)]",
        ondelete="set null",
    )
    template_needs_check = fields.Boolean(
        related="template_id.needs_check", string="Template not verified"
    )
    can_organise = fields.Boolean(compute="_compute_can_organise")

    @api.depends("kind_id")
    def _compute_template_id(self):
        templates = self.env["party.event.template"].search(
            [("kind_id", "in", self.kind_id.ids)]
        )
        for event in self:
            of_kind = templates.filtered(lambda t, e=event: t.kind_id == e.kind_id)
            if event.template_id not in of_kind:
                event.template_id = of_kind[:1]

    @api.depends_context("uid")
    @api.depends("organiser_id", "requester_id", "lead_board_id")
    def _compute_can_organise(self):
        for event in self:
            event.can_organise = bool(event.lead_board_id) and event._is_organiser()

    def _check_in_preparation(self):
        """:raises UserError: it was held, is closed or does not take place"""
        for event in self:
            if event.progress != "planned" or event.state in ("refused", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(event)s is not in preparation any more.",
                        event=event.display_name,
                    )
                )

    def action_make_plan(self):
        """Create the tasks of the template that the plan does not have yet.

        :raises UserError: not the organiser, held already, or no template for its kind
        """
        self._check_organiser()
        self._check_in_preparation()
        for event in self:
            if not event.template_id:
                raise UserError(
                    self.env._(
                        "There is no template for “%(kind)s” yet. Add the tasks by "
                        "hand, or have a template made.",
                        kind=event.kind_id.name,
                    )
                )
            event._plan_from_template()
        return True

    def _plan_from_template(self):
        """Add what is missing; running it again adds nothing."""
        # a task that was dropped stays dropped
        known = self.sudo().with_context(active_test=False).task_ids.template_task_id
        rows = self.template_id.task_ids - known
        if not rows:
            return
        office = self._office_board()
        today = local_today(self.env)
        first, last = self._days()
        holidays = self._rest_days_around(first, last)
        vals_list = []
        for row in rows:
            due = countdown.due(first, last, row.days_before, today, holidays)
            # which units exist and who works where is no secret
            lead = row.sudo()._lead_of(self, office)
            vals_list.append(
                {
                    "name": row.name,
                    "description": row.note or False,
                    "block": row.block,
                    "board_id": lead.id,
                    "co_board_ids": [(6, 0, row.sudo()._cooperating(self, office).ids)],
                    "doer_id": row._usual_person(lead).id,
                    "due_date": due.day,
                    "planned_date": due.planned,
                    "is_squeezed": due.squeezed,
                    "needs_evidence": row.needs_evidence,
                    "template_task_id": row.id,
                    "sequence": row.sequence,
                }
            )
        # the event says it in one message, not each task
        self.with_context(
            tracking_disable=True, mail_create_nosubscribe=True
        )._add_tasks(vals_list)
        # the plan's own line of record; the requester may not write messages of others
        self.sudo().message_post(
            body=self.env._(
                "%(count)s tasks were made from the template “%(template)s”.",
                count=len(vals_list),
                template=self.template_id.name,
            )
        )

    def _office_board(self):
        """Return the office as a unit; empty when it has none."""
        # the directory of units is read by everybody
        return (
            self.env["party.board"]
            .sudo()
            .search(
                [
                    ("kind", "=", "office"),
                    ("company_id", "in", [self.company_id.id, False]),
                ],
                limit=1,
            )
        )

    def _days(self):
        """Return the first and the last local day (``date``)."""
        return (
            local(self.env, self.start).date(),
            local(self.env, self.stop).date(),
        )

    def _rest_days_around(self, *days):
        """Return the public holidays (``set`` of dates) that a plan can touch."""
        return self.env["party.holiday"]._days(
            fields.Date.subtract(min(days), days=REACH_DAYS),
            fields.Date.add(max(days), days=REACH_DAYS),
        )
