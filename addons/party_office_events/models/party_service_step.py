from odoo import fields, models

STEPS = [
    ("send", "Sent"),
    ("take", "Taken"),
    ("agree", "Agreed"),
    ("estimate", "Cost named"),
    ("ask", "Question"),
    ("answer", "Answer"),
    ("hand_over", "Handed over"),
    ("deliver", "Given out"),
    ("finish", "Finished"),
    ("confirm", "Confirmed"),
    ("reopen", "Reopened"),
    ("refuse", "Refused"),
    ("cancel", "Cancelled"),
]


class PartyServiceStep(models.Model):
    """Who did what with a service request, when and why: evidence nobody changes."""

    _name = "party.service.step"
    _description = "Step of a Service Request"
    _inherit = ["party.append.only.mixin"]
    _order = "id"

    request_id = fields.Many2one(
        "party.service.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    step = fields.Selection(STEPS, required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    to_user_id = fields.Many2one("res.users", string="To", readonly=True)
    reason = fields.Char(string="Words", readonly=True)


class PartyServiceRequest(models.Model):
    _inherit = "party.service.request"

    def _note_step(self, step, reason="", to_user=None):
        """Put a step on record and into the discussion; the right was checked."""
        steps = self.env["party.service.step"].sudo()
        with steps._appending():
            steps.create(
                [
                    {
                        "request_id": request.id,
                        "step": step,
                        "at": fields.Datetime.now(),
                        "user_id": self.env.uid,
                        "to_user_id": to_user.id if to_user else False,
                        "reason": reason,
                    }
                    for request in self
                ]
            )
        self.invalidate_recordset(["step_ids"])
        if reason:
            label = dict(steps._fields["step"]._description_selection(self.env))[step]
            for request in self.sudo():
                request.message_post(
                    body=self.env._("%(step)s: %(reason)s", step=label, reason=reason),
                    author_id=self.env.user.partner_id.id,
                )
