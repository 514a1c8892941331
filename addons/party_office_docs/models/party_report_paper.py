from odoo import models

from odoo.addons.party_office_base.office_time import midnight

#: who runs reports about papers; each sees the papers that he reads
PAPER_READERS = (
    "party_office_base.group_clerk",
    "party_office_base.group_office_chief",
    "party_office_base.group_board_head",
)


class PartyReportPaper(models.AbstractModel):
    """What the reports about the papers of the units share."""

    _name = "party.report.paper"
    _inherit = "party.report.provider"
    _description = "Report About Papers"

    _report_groups = PAPER_READERS

    def _period(self, options):
        """Return the moments (UTC) between which the local days lie, end excluded."""
        after = options.day.fromordinal(options.day.toordinal() + 1)
        return midnight(self.env, options.since), midnight(self.env, after)

    def _boards_domain(self, options):
        if not options.board_ids:
            return []
        return [("lead_board_id", "in", list(options.board_ids))]

    def _signatures(self):
        return [self.env._("PREPARED BY"), self.env._("CHIEF OF OFFICE")]
