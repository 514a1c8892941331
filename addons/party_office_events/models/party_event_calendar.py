from odoo import api, fields, models


class PartyEvent(models.Model):
    """Conferences and receptions stand in the programme as soon as they are sent."""

    _name = "party.event"
    _inherit = ["party.event", "party.programme.mixin"]

    chair_id = fields.Many2one(
        "res.users", string="Chaired by", index="btree_not_null", tracking=True
    )
    attendee_text = fields.Char(
        string="Who takes part",
        help="As it stands in the programme: “Members of the Standing Board; heads of "
        "boards”.",
    )

    @api.model
    def _programme_fields(self):
        return super()._programme_fields() | {
            "state",
            "progress",
            "name",
            "title",
            "start",
            "stop",
            "place",
            "kind_id",
            "lead_board_id",
            "leader_ids",
            "chair_id",
            "attendee_text",
            "is_restricted",
        }

    def _programme_place(self):
        """Return where it is held, as the programme says it."""
        self.ensure_one()
        return self.place or ""

    def _programme_attendees(self):
        """Return who chairs and who takes part, as the programme says it."""
        self.ensure_one()
        # Vietnamese in every language: the sheet of the programme is a Party paper
        chair = f"Đồng chí {self.chair_id.name} chủ trì" if self.chair_id else ""
        return "; ".join(filter(None, (chair, self.attendee_text)))

    def _programme_state(self):
        """Return the state in the programme, None when it is not to be seen yet."""
        self.ensure_one()
        if self.state in ("refused", "cancelled") or self.progress == "cancelled":
            # what was never sent was never announced
            return "cancelled" if self.name != "/" else None
        if self.state == "draft":
            return None
        if self.progress in ("held", "closed"):
            return "done"
        return "planned" if self.state == "approved" else "tentative"

    def _programme_values(self):
        rows = super()._programme_values()
        state = self._programme_state()
        if state is None:
            return rows
        return [
            *rows,
            {
                "start": self.start,
                "stop": self.stop,
                "title": self.title,
                "place": self._programme_place(),
                "attendees": self._programme_attendees(),
                "board_id": self.lead_board_id.id,
                "leader_ids": (self.leader_ids | self.chair_id).ids,
                "kind": self.category,
                "state": state,
                "is_restricted": self.is_restricted,
            },
        ]
