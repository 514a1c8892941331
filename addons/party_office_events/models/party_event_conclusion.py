from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

TASK_PROGRESS = [
    ("none", "Not handed out yet"),
    ("open", "Nobody took it"),
    ("declined", "Declined, to be decided"),
    ("doing", "Taken"),
    ("done", "Done"),
    ("dropped", "Not needed"),
]


class PartyEventConclusion(models.Model):
    """One conclusion of a conference: what is to be done, by which unit, until when.

    It becomes a task with one lead unit, which is followed to its end with the colours
    of all tasks. What became a task is not written any more.
    """

    _name = "party.event.conclusion"
    _description = "Conclusion of a Conference"
    _order = "event_id, sequence, id"
    _rec_name = "text"

    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    text = fields.Char(string="Conclusion", required=True)
    board_id = fields.Many2one(
        "party.board", string="Lead unit", required=True, index=True
    )
    co_board_ids = fields.Many2many("party.board", string="Cooperating units")
    due_date = fields.Date(string="Due", required=True)
    task_id = fields.Many2one(
        "project.task", readonly=True, copy=False, index="btree_not_null"
    )
    doer_id = fields.Many2one(related="task_id.doer_id")
    colour = fields.Selection(related="task_id.colour")
    progress = fields.Selection(
        TASK_PROGRESS, string="Where it stands", compute="_compute_progress"
    )

    @api.depends("task_id.progress")
    def _compute_progress(self):
        for conclusion in self:
            conclusion.progress = conclusion.task_id.progress or "none"

    # ------------------------------------------------------------------------- writing
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # only the action hands out
            vals.pop("task_id", None)
        conclusions = super().create(vals_list)
        conclusions._check_open()
        conclusions._check_due()
        return conclusions

    def write(self, vals):
        self._check_open()
        if "task_id" in vals and not self.env.su:
            raise UserError(self.env._("A conclusion is handed out by its button."))
        result = super().write(vals)
        if "event_id" in vals:
            self._check_open()
        if "due_date" in vals:
            self._check_due()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_out(self):
        self._check_open()

    def _check_open(self):
        """Check that the user keeps the conclusions and they are not handed out.

        :raises UserError: somebody else organises it, or it is a task already
        """
        self.event_id._check_organiser()
        if self.env.su:
            return
        for conclusion in self:
            if conclusion.task_id:
                raise UserError(
                    self.env._(
                        "“%(conclusion)s” is a task already: change the task.",
                        conclusion=conclusion.text,
                    )
                )
            if conclusion.event_id.progress == "cancelled":
                raise UserError(
                    self.env._("A conference that is not held has no conclusions.")
                )

    def _check_due(self):
        """:raises UserError: a deadline before the conference or years ahead"""
        for conclusion in self:
            first = conclusion.event_id._cost_date()
            last = fields.Date.add(first, years=5)
            if not first <= conclusion.due_date <= last:
                raise UserError(
                    self.env._(
                        "%(conclusion)s: the deadline lies between %(first)s and "
                        "%(last)s.",
                        conclusion=conclusion.text,
                        first=f"{first:%d/%m/%Y}",
                        last=f"{last:%d/%m/%Y}",
                    )
                )

    # ------------------------------------------------------------------------ handing
    def action_make_tasks(self):
        """Hand out conclusions as tasks, those of them that are none yet.

        :raises UserError: it has not taken place, or somebody else organises it
        """
        self.event_id._check_organiser()
        today = local_today(self.env)
        for event, conclusions in self.grouped("event_id").items():
            if event.progress not in ("held", "closed"):
                raise UserError(
                    self.env._(
                        "Conclusions are handed out after the conference took place."
                    )
                )
            fresh = conclusions.filtered(lambda c: not c.task_id)
            tasks = event._add_tasks(
                [
                    {
                        "name": conclusion.text,
                        "board_id": conclusion.board_id.id,
                        "co_board_ids": [(6, 0, conclusion.co_board_ids.ids)],
                        "due_date": max(conclusion.due_date, today),
                        "origin": "conclusion",
                    }
                    for conclusion in fresh
                ]
            )
            for conclusion, task in zip(fresh, tasks, strict=True):
                # protected: the right was checked
                conclusion.sudo().task_id = task
        return True
