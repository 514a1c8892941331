from odoo import api, models
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local_today

#: papers that one opening of the page carries; the rest come when these are done
PAGE = 40
#: what the page can show beside the proposal
SHOWN = ("application/pdf", "image/")


class PartyDocument(models.Model):
    """The leader's desk: the paper and the proposal side by side, one tap to agree."""

    _inherit = "party.document"

    @api.model
    def _desk_domain(self):
        return Domain("is_waiting_on_me", "=", True) & (
            Domain("state", "=", "registered") | Domain("phase", "=", "back")
        )

    @api.model
    def direction_desk(self):
        """Return what the page shows: papers that wait for the user's direction, the
        units, the usual instructions and the leaders above.

        Express papers come first, then the ones that wait longest.
        """
        domain = self._desk_domain()
        papers = self.search(
            domain, order="urgency desc, registered_at, id", limit=PAGE
        )
        total = len(papers)
        if total == PAGE:
            total = self.search_count(domain)
        deadlines = self.env["party.document.period"]._deadlines(papers)
        # names of units and persons are the directory of the office
        boards = (
            self.env["party.board"]
            .sudo()
            .search([("company_id", "in", [*self.env.companies.ids, False])])
        )
        phrases = self.env["party.instruction"].search(
            [("company_id", "in", [*self.env.companies.ids, False])]
        )
        urgencies = dict(self._fields["urgency"]._description_selection(self.env))
        return {
            "papers": [
                paper._desk_paper(deadlines[paper], urgencies) for paper in papers
            ],
            "total": total,
            "counts": self._desk_counts(),
            "today": local_today(self.env).isoformat(),
            "boards": [{"id": board.id, "name": board.name} for board in boards],
            "phrases": [
                {"id": phrase.id, "text": phrase.name, "filing": phrase.for_filing}
                for phrase in phrases
            ],
            "leaders": [
                {"id": user.id, "name": user.name}
                for user in self._leaders() - self.env.user
            ],
        }

    @api.model
    def _desk_counts(self):
        """Return what else waits for the leader: results, extensions, late papers."""
        mine = Domain("is_waiting_on_me", "=", True)
        extensions = self.env["party.document.extension"]
        return {
            "accept": self.search_count(mine & Domain("phase", "=", "result")),
            "extensions": extensions.search_count(mine & Domain("state", "=", "asked")),
            "late": self.search_count(
                Domain("state", "=", "directed")
                & Domain("escalation", "in", ("red", "special"))
            ),
        }

    def _desk_paper(self, usual_deadline, urgencies):
        """Return one paper as plain values."""
        self.ensure_one()
        # the user reads the paper; who proposed and which units is part of it
        paper = self.sudo()
        lead, co, info = paper._parts_now()
        back = paper._last_direction() if paper.phase == "back" else None
        deadline = paper.deadline or paper.proposal_deadline or usual_deadline
        return {
            "id": paper.id,
            "seen": paper._last_direction().id or 0,
            "name": paper.display_name,
            "symbol": paper.symbol or "",
            "sender": paper.sender_id.name or "",
            "kind": paper.kind_id.name or "",
            "date": paper.document_date and paper.document_date.isoformat(),
            "received_on": paper.received_on and paper.received_on.isoformat(),
            "abstract": paper.abstract or "",
            "signer": paper.signer_name or "",
            "note": paper.note or "",
            "urgency": paper.urgency,
            "urgency_text": urgencies[paper.urgency],
            "again": paper.state == "directed",
            "back": back and {"who": back.user_id.name, "reason": back.reason or ""},
            "files": [
                {"id": file.id, "name": file.name, "mimetype": file.mimetype or ""}
                for file in paper.attachment_ids.sorted(
                    lambda f: not (f.mimetype or "").startswith(SHOWN)
                )
            ],
            "proposal": {
                "by": paper.proposed_by_id.name or "",
                "lead": lead.id,
                "co": co.ids,
                "info": info.ids,
                "deadline": deadline and deadline.isoformat(),
                "instruction": paper._instruction_now() or "",
            },
        }
