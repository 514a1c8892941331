from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def service_kinds(self):
        """Return the services (``party.service.kind``) that the user leads or takes
        over, also those of whom he substitutes.
        """
        self.ensure_one()
        acting = self.acting_user_ids.ids
        # who leads a service is public
        return (
            self.env["party.service.kind"]
            .sudo()
            .with_context(active_test=False)
            .search(["|", ("lead_id", "in", acting), ("deputy_id", "in", acting)])
        )

    @api.private
    def service_scope(self, path=""):
        """Return the domain of the service requests that the user reads: of his boards,
        his own, those he leads and those of his services.

        :param str path: from the model of the rule to the request
        """
        self.ensure_one()
        if self.sees_all_boards:
            return []
        acting = self.acting_user_ids.ids
        return [
            "|",
            "|",
            "|",
            "|",
            (f"{path}board_id", "in", self.visible_board_ids.ids),
            (f"{path}requester_id", "=", self.id),
            (f"{path}waiting_user_id", "in", acting),
            (f"{path}lead_id", "in", acting),
            "&",
            (f"{path}kind_id", "in", self.service_kinds().ids),
            (f"{path}state", "!=", "draft"),
        ]

    @api.private
    def keeps_supplies(self):
        """Tell whether the user keeps the store: leads a service that gives out
        supplies, is chief of office, or configures.
        """
        self.ensure_one()
        return bool(
            self.has_group("party_office_base.group_office_chief")
            or self.has_group("party_office_base.group_manager")
            or self.service_kinds().filtered("has_supplies")
        )
