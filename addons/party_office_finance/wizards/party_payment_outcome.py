from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyPaymentOutcome(models.TransientModel):
    """What became of many documents that one tap was to post or to pay."""

    _name = "party.payment.outcome"
    _description = "What Became of Many Documents"

    done = fields.Integer(readonly=True)
    failed = fields.Integer(string="Not done", readonly=True)
    content = fields.Html(compute="_compute_content", sanitize=False)
    reasons = fields.Json(readonly=True)

    @api.depends("done", "reasons")
    @api.depends_context("lang")
    def _compute_content(self):
        for outcome in self:
            rows = Markup().join(
                Markup('<li class="text-prewrap"><b>{}</b>: {}</li>').format(
                    name, reason
                )
                for name, reason in outcome.reasons or []
            )
            head = self.env._(
                "%(done)s of %(all)s done.",
                done=outcome.done,
                all=outcome.done + outcome.failed,
            )
            outcome.content = Markup("<p class='fw-bold'>{}</p>").format(head)
            if rows:
                outcome.content += Markup("<p>{}</p><ul>{}</ul>").format(
                    self.env._("Nothing was changed of these:"), rows
                )

    @api.model
    def _run(self, records, act):
        """Act on each record by itself; what is refused leaves no trace.

        Only refusals are caught: a serialization error fails the whole, which is then
        repeated.

        :param records: each is passed to ``act``
        :returns: the new outcome
        """
        reasons = []
        for record in records:
            name = record.display_name
            try:
                with self.env.cr.savepoint():
                    act(record)
            except UserError as refusal:
                reasons.append((name, str(refusal)))
        return self.create(
            {
                "done": len(records) - len(reasons),
                "failed": len(reasons),
                "reasons": reasons,
            }
        )

    def _open(self, title):
        """Return the action that shows this."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
