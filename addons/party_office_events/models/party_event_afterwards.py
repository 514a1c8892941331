from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today


class PartyEvent(models.Model):
    """What is left of a conference: minutes, conclusions, the notice of them."""

    _inherit = "party.event"

    minutes = fields.Html(help="Or add the signed minutes as a file.")
    minutes_file_ids = fields.Many2many(
        "ir.attachment",
        "party_event_minutes_rel",
        "event_id",
        "attachment_id",
        string="Files of the minutes",
        copy=False,
    )
    conclusion_ids = fields.One2many(
        "party.event.conclusion", "event_id", string="Conclusions"
    )
    conclusion_count = fields.Integer(
        string="Number of conclusions", compute="_compute_conclusion_count"
    )
    open_conclusion_count = fields.Integer(
        string="Conclusions not done", compute="_compute_conclusion_count"
    )
    conclusion_name = fields.Char(
        string="Number of the notice", readonly=True, copy=False
    )
    conclusion_date = fields.Date(string="Day of the notice", readonly=True, copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"conclusion_name", "conclusion_date"}

    @api.depends("conclusion_ids.task_id.progress")
    def _compute_conclusion_count(self):
        for event in self:
            event.conclusion_count = len(event.conclusion_ids)
            event.open_conclusion_count = len(
                event.conclusion_ids.filtered(
                    lambda c: c.progress not in ("done", "dropped")
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._own_minutes()
        return events

    def write(self, vals):
        result = super().write(vals)
        if "minutes_file_ids" in vals:
            self._own_minutes()
        return result

    def _own_minutes(self):
        """Tie freshly uploaded minutes to the conference, so that its readers see
        them.
        """
        for event in self:
            # an upload before the first save belongs to its author alone
            fresh = event.sudo().minutes_file_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            )
            fresh.write({"res_model": event._name, "res_id": event.id})

    def action_make_tasks(self):
        """Hand out all conclusions as tasks and number the notice of them.

        :raises UserError: nothing was concluded, it has not taken place, or somebody
            else organises it
        """
        self._check_organiser()
        for event in self:
            if not event.conclusion_ids:
                raise UserError(self.env._("Write down the conclusions first."))
            event.conclusion_ids.action_make_tasks()
            if not event.conclusion_name:
                today = local_today(self.env)
                # protected: the right was checked
                event.sudo().write(
                    {
                        "conclusion_name": self.env["party.series"]._next(
                            "event_conclusion", today, event
                        ),
                        "conclusion_date": today,
                    }
                )
        return True
