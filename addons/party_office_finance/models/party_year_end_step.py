from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class PartyYearEndStep(models.Model):
    """One date of the year-end calendar, and who has done what it asks."""

    _name = "party.year.end.step"
    _description = "Year End: Step"
    _inherit = ["party.protected.mixin"]
    _order = "date, id"
    _rec_name = "code"

    year_end_id = fields.Many2one(
        "party.year.end", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="year_end_id.company_id")
    code = fields.Selection(
        [
            ("papers", "Last day: spending papers to the Treasury"),
            ("allocate_next", "Next year's estimate allocated to the boards"),
            ("spend", "Last day to spend and to advance"),
            ("quarter_report", "Report of the fourth quarter"),
            ("settle_papers", "Last papers of the closing time to the Treasury"),
            ("savings", "Savings of autonomous money determined"),
            ("cancel", "Closing time ends: what is not used is cancelled"),
            ("reconcile", "Reconciled with the Treasury (forms 30 and 31)"),
            ("repay", "Advances that are not settled repaid"),
        ],
        string="Step",
        required=True,
        readonly=True,
    )
    date = fields.Date(string="Last day", required=True, readonly=True)
    regulation_id = fields.Many2one("party.regulation", readonly=True)
    article = fields.Char(readonly=True)
    verified = fields.Boolean(
        readonly=True, help="The date was read in the text of the regulation."
    )
    state = fields.Selection(
        [("open", "To do"), ("overdue", "Overdue"), ("done", "Done")],
        compute="_compute_state",
    )
    is_overdue = fields.Boolean(compute="_compute_state")
    done_by_id = fields.Many2one("res.users", string="Done by", readonly=True)
    done_on = fields.Date(readonly=True)

    @api.depends("date", "done_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for step in self:
            late = bool(step.date and step.date < today)
            step.is_overdue = late and not step.done_on
            step.state = (
                "done" if step.done_on else "overdue" if step.is_overdue else "open"
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "year_end_id",
            "code",
            "date",
            "regulation_id",
            "article",
            "verified",
            "done_by_id",
            "done_on",
        }

    def action_done(self):
        """Record that the step was done today by the user.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: done already, or the year is closed
        """
        self._check_open()
        for step in self:
            if step.done_on:
                raise UserError(
                    self.env._(
                        "Already done by %(user)s.", user=step.done_by_id.sudo().name
                    )
                )
        # written by actions only
        self.sudo().write(
            {"done_by_id": self.env.uid, "done_on": fields.Date.context_today(self)}
        )
        return True

    def action_not_done(self):
        """Take the record back; the chatter of the year end keeps it.

        :raises AccessError: unless the user is chief accountant
        """
        self._check_open()
        steps = dict(self._fields["code"]._description_selection(self.env))
        for step in self.filtered("done_on"):
            step.year_end_id.message_post(
                body=self.env._("Taken back: %(step)s", step=steps[step.code])
            )
        # written by actions only
        self.sudo().write({"done_by_id": False, "done_on": False})
        return True

    def _check_open(self):
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._("The end of the year is the chief accountant's work.")
            )
        self.check_access("read")
        self.year_end_id._check_not_closed()
