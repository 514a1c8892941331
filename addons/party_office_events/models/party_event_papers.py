from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local

#: template of the text and kind of paper (code) that each button writes
PAPERS = {
    "plan": "ke_hoach",
    "invitation": "giay_moi",
    "conclusions": "thong_bao",
}


class PartyEvent(models.Model):
    """Papers of a conference, when the office keeps its papers in this system."""

    _name = "party.event"
    _inherit = ["party.event", "party.draft.mixin"]

    can_write_papers = fields.Boolean(compute="_compute_paper_box")
    paper_box = fields.Html(string="Its papers", compute="_compute_paper_box")

    @api.depends_context("uid", "lang")
    @api.depends("state")
    def _compute_paper_box(self):
        may = self._can_draft()
        for event in self:
            event.can_write_papers = may
            rows = event._drafts() if event.id else []
            event.paper_box = rows and self.env["ir.qweb"]._render(
                "party_office_events.paper_box", {"rows": rows}
            )

    def _write_paper(self, name, recipients=()):
        """Begin a paper of this conference.

        :param str name: plan, invitation or conclusions
        :param recipients: names as printed
        :return: the action that opens its draft
        :raises UserError: papers are not kept here, or a closed meeting
        """
        self.ensure_one()
        self._check_organiser()
        if not self._can_draft():
            raise UserError(self.env._("Papers are not kept in this system."))
        content = self.env["ir.qweb"]._render(
            f"party_office_events.paper_{name}", self._paper_values()
        )
        return self._draft_make(
            {
                "kind": PAPERS[name],
                "title": self._paper_title(name),
                "content": content,
                "board": self.lead_board_id,
                "recipients": list(recipients),
            }
        )

    def _paper_title(self, name):
        # printed on the paper, which is written in Vietnamese whoever writes it
        return {
            "plan": f"Tổ chức {self.title}",
            "invitation": f"Dự {self.title}",
            "conclusions": f"Kết luận {self.title}",
        }[name]

    def _paper_values(self):
        """Return what the texts of the papers name."""
        self.ensure_one()
        start, stop = local(self.env, self.start), local(self.env, self.stop)
        return {"event": self, "start": start, "stop": stop}

    def action_write_plan(self):
        """Begin the plan (kế hoạch) as a paper."""
        return self._write_paper("plan")

    def action_write_invitation(self):
        """Begin the invitation (giấy mời) as a paper that takes a number."""
        return self._write_paper("invitation")

    def action_write_conclusions(self):
        """Begin the notice of conclusions (thông báo kết luận)."""
        return self._write_paper("conclusions")
