from odoo import api, models


class ResUsers(models.Model):
    """Who sees files: unit, maker, clerk, chief of office, and who borrowed one."""

    _inherit = "res.users"

    @api.private
    def archive_scope(self, path="", borrowed=True):
        """Return the domain of the archive files that the user sees.

        Record rules call it; what belongs to a file names the way to it.

        :param str path: e.g. ``file_id.``
        :param bool borrowed: also what he has on loan at this moment
        """
        self.ensure_one()
        if self.reads_all_papers:
            return []
        domain = [
            "|",
            (f"{path}board_id", "in", self.paper_board_ids.ids),
            (f"{path}maker_id", "in", self.acting_user_ids.ids),
        ]
        if borrowed:
            domain = ["|", (f"{path}borrower_id", "=", self.id), *domain]
        return domain

    @api.private
    def paper_models(self):
        return super().paper_models() + [
            "party.archive.handover",
            "party.archive.loan",
            "party.archive.disposal",
        ]
