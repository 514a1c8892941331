from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def event_scope(self, path=""):
        """Return the domain of the conferences and receptions that the user reads.

        Who prepares, pays, takes part or holds a task reads the whole plan: a plan of
        which everybody knows only his own line is what boards quarrel about.

        :param str path: from the model of the rule to the event, e.g. ``event_id.``
        """
        self.ensure_one()
        if self.sees_all_boards:
            return []
        return [
            "|",
            "|",
            "|",
            (f"{path}reader_board_ids", "in", self.visible_board_ids.ids),
            (f"{path}reader_user_ids", "in", self.acting_user_ids.ids),
            (f"{path}requester_id", "=", self.id),
            (f"{path}waiting_user_id", "in", self.acting_user_ids.ids),
        ]
