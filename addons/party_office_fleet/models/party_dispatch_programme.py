from odoo import api, models


class PartyDispatch(models.Model):
    """Approved trips stand in the programme, with who travels.

    A trip that takes a head along is of interest to the office; what others drive for
    is seen by them and their board only.
    """

    _name = "party.dispatch"
    _inherit = ["party.dispatch", "party.programme.mixin"]

    @api.model
    def _programme_fields(self):
        return super()._programme_fields() | {
            "state",
            "progress",
            "name",
            "start",
            "stop",
            "route",
            "request_ids",
        }

    def _programme_state(self):
        """Return the state in the programme, None when it is not to be seen yet."""
        self.ensure_one()
        if self.state == "approved":
            return "done" if self.progress == "done" else "planned"
        # an order that was never signed was never announced
        if self.state == "cancelled" and self.name != "/":
            return "cancelled"
        return None

    def _programme_values(self):
        rows = super()._programme_values()
        state = self._programme_state()
        if state is None:
            return rows
        people = self.env["hr.employee"]
        for request in self.request_ids:
            people |= request._passengers()
        users = people.user_id
        heads = users.filtered(
            lambda user: (
                user.headed_board_ids
                or user.deputy_headed_board_ids
                or user.has_group("party_office_base.group_office_chief")
            )
        )
        return [
            *rows,
            {
                "start": self.start,
                "stop": self.stop,
                # Vietnamese in every language: the sheet is a Party paper
                "title": f"Đi công tác: {self.route}",
                "attendees": ", ".join(people.mapped("name")),
                "board_id": self.request_ids[:1].board_id.id or self.board_id.id,
                "leader_ids": users.ids,
                "kind": "trip",
                "state": state,
                "is_personal": not heads,
            },
        ]


class PartyCarRequest(models.Model):
    """Who joins a trip, or leaves it, is named in the programme."""

    _inherit = "party.car.request"

    def write(self, vals):
        # the programme is brought in line for every reader
        orders = self.sudo().dispatch_id
        result = super().write(vals)
        if {"dispatch_id", "passenger_ids"} & vals.keys():
            (orders | self.sudo().dispatch_id)._sync_programme()
        return result
