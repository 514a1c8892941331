from odoo import api, models
from odoo.fields import Domain

PAPER = "party.document"
VIEWS = ("list", "kanban", "form")
LATE = ("red", "special")


class PartyHome(models.AbstractModel):
    """Papers on the home page: the clerk's desk, a unit's papers, what is overdue."""

    _inherit = "party.home"

    @api.model
    def _asked_domain(self):
        # the clerk enters papers; she does not ask for them
        return super()._asked_domain() & Domain("res_model", "!=", PAPER)

    @api.model
    def _count_of_papers(self, title, model_name, domain, action=False, tone=""):
        return self._figure(
            title,
            self.env[model_name].search_count(domain),
            action or self._list_action(title, model_name, domain, VIEWS),
            tone,
        )

    @api.model
    def _desk_figures(self):
        figures = super()._desk_figures()
        if not self.env.user.has_group("party_office_base.group_clerk"):
            return figures
        incoming = [("direction", "=", "in")]
        return [
            *figures,
            self._count_of_papers(
                self.env._("To register"),
                PAPER,
                [*incoming, ("state", "=", "received")],
                tone="danger",
            ),
            self._count_of_papers(
                self.env._("Waiting for direction"),
                PAPER,
                [*incoming, ("state", "=", "registered")],
            ),
            self._count_of_papers(
                self.env._("To number and issue"),
                "party.document.draft",
                [("state", "=", "approved")],
                "party_office_docs.party_document_action_to_send",
                "danger",
            ),
            self._count_of_papers(
                self.env._("Papers to hand over"),
                "party.document.delivery",
                [("handed_at", "=", False)],
            ),
        ]

    @api.model
    def _unit_figures(self, boards):
        led = Domain("lead_board_id", "in", boards.ids) & Domain(
            "state", "=", "directed"
        )
        return [
            *super()._unit_figures(boards),
            self._count_of_papers(
                self.env._("Papers overdue"),
                PAPER,
                led & Domain("escalation", "in", LATE),
                tone="danger",
            ),
            self._count_of_papers(
                self.env._("Papers due in 3 days"),
                PAPER,
                led & Domain("escalation", "=", "yellow"),
                tone="warning",
            ),
        ]

    @api.model
    def _overdue_parts(self):
        late = Domain("state", "=", "directed") & Domain("escalation", "in", LATE)
        title = self.env._("Papers overdue")
        groups = self.env[PAPER]._read_group(late, ["lead_board_id"], ["__count"])
        return [
            *super()._overdue_parts(),
            {
                "title": title,
                "tone": "danger",
                "counts": {board.id: count for board, count in groups},
                "action": lambda board_id: self._list_action(
                    title, PAPER, late & Domain("lead_board_id", "=", board_id), VIEWS
                ),
            },
        ]
