from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local_today

from ..rules.programme import next_month


class PartyReportRun(models.TransientModel):
    """The options of the books of papers."""

    _inherit = "party.report.run"

    body_ids = fields.Many2many("party.issuing.body", string="Bodies")
    kind_ids = fields.Many2many("party.document.kind", string="Kinds")
    term_id = fields.Many2one("party.term", string="Committee term")

    @api.model
    def default_get(self, fields):
        """Begin a book that is kept by term with the present one."""
        values = super().default_get(fields)
        provider = self._providers().get(values.get("code"))
        if provider is not None and "term" in provider._report_options:
            term = self._present_term()
            values["term_id"] = term.id
            if term:
                values["since"] = term.date_from
        if values.get("code") == "month_programme":
            today = self._today()
            values["since"] = today.replace(day=1)
            values["day"] = next_month(today) - timedelta(days=1)
        return values

    @api.model
    def _today(self):
        return local_today(self.env)

    @api.model
    def _present_term(self):
        today = self._today()
        return self.env["party.term"].search(
            [
                ("date_from", "<=", today),
                ("company_id", "in", [False, self.env.company.id]),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ],
            limit=1,
        )

    @api.onchange("term_id")
    def _onchange_term_id(self):
        """Show the whole term that was chosen."""
        if "term" not in (self.option_names or "") or not self.term_id:
            return
        today = self._today()
        self.since = self.term_id.date_from
        self.day = min(self.term_id.date_to or today, today)

    @api.depends("body_ids", "kind_ids", "term_id")
    def _compute_content(self):
        return super()._compute_content()

    def _more_options(self):
        return super()._more_options() | {
            "body_ids": tuple(self.body_ids._origin.ids),
            "kind_ids": tuple(self.kind_ids._origin.ids),
            "term_id": self.term_id._origin.id or 0,
        }
