from odoo import api, fields, models

from ..models.party_document_closing import QUALITIES

STEPS = [
    ("direct", "Direct the paper"),
    ("up", "Submit to a leader"),
    ("file", "For information, file it"),
    ("pass", "Hand to a person of the unit"),
    ("assign", "Name a person of my unit"),
    ("back", "Give back to the leader"),
    ("extend", "Ask for a later deadline"),
    ("result", "Send the result"),
    ("accept", "Accept the result"),
    ("return", "Return the result"),
    ("answer", "Link an issued paper"),
    ("refuse", "Refuse the extension"),
]


class PartyDocumentStep(models.TransientModel):
    """Asks what a step of a paper needs; the paper checks who may and what is right."""

    _name = "party.document.step"
    _description = "Step of a Paper"
    _inherit = ["party.secret.content.mixin"]

    step = fields.Selection(STEPS, required=True, readonly=True)
    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    seen = fields.Integer(compute="_compute_from_paper", store=True)
    is_again = fields.Boolean(compute="_compute_from_paper", store=True)
    lead_id = fields.Many2one(
        "party.board", compute="_compute_from_paper", store=True, readonly=False
    )
    co_ids = fields.Many2many(
        "party.board",
        "party_document_step_co_rel",
        string="Cooperating",
        compute="_compute_from_paper",
        store=True,
        readonly=False,
    )
    info_ids = fields.Many2many(
        "party.board",
        "party_document_step_info_rel",
        string="For information",
        compute="_compute_from_paper",
        store=True,
        readonly=False,
    )
    deadline = fields.Date(compute="_compute_from_paper", store=True, readonly=False)
    instruction = fields.Text(compute="_compute_from_paper", store=True, readonly=False)
    phrase_id = fields.Many2one(
        "party.instruction", string="Usual instruction", store=False
    )
    reason = fields.Text()
    result = fields.Text()
    quality = fields.Selection(QUALITIES, default="done")
    person_id = fields.Many2one("res.users")
    person_ids = fields.Many2many(
        "res.users", string="Who may be chosen", compute="_compute_person_ids"
    )
    answer_id = fields.Many2one("party.document", string="Issued paper")

    @api.depends("document_id", "step")
    def _compute_from_paper(self):
        for wizard in self:
            paper = wizard.document_id
            wizard.update(paper._step_values(wizard.step) if paper else {})

    @api.depends("document_id", "step")
    def _compute_person_ids(self):
        for wizard in self:
            if wizard.step == "up":
                wizard.person_ids = wizard.document_id._leaders()
            elif wizard.step == "pass":
                wizard.person_ids = wizard.document_id._people_of_lead()
            elif wizard.step == "assign":
                wizard.person_ids = wizard.document_id._people_of(
                    wizard.document_id.my_part_id.sudo().board_id
                )
            else:
                wizard.person_ids = False

    @api.onchange("phrase_id")
    def _onchange_phrase_id(self):
        if self.phrase_id:
            self.instruction = self.phrase_id.name
            self.phrase_id = False

    def action_confirm(self):
        """Do the step; nothing of what was written stays here."""
        self.ensure_one()
        getattr(self, f"_do_{self.step}")(self.document_id)
        # what was written belongs to the paper, where its secrecy is kept
        self.unlink()
        return {"type": "ir.actions.act_window_close"}

    def _do_direct(self, paper):
        paper.action_direct(
            self.lead_id.id,
            self.co_ids.ids,
            self.info_ids.ids,
            self.deadline,
            self.instruction,
            self.reason,
            self.seen,
        )

    def _do_up(self, paper):
        paper.action_pass_up(self.person_id.id, self.reason, self.seen)

    def _do_file(self, paper):
        paper.action_file(self.info_ids.ids, self.instruction, self.seen)

    def _do_pass(self, paper):
        paper.action_pass(self.person_id.id)

    def _do_assign(self, paper):
        paper.my_part_id.action_assign(self.person_id.id)

    def _do_back(self, paper):
        paper.action_give_back(self.reason)

    def _do_extend(self, paper):
        paper.action_ask_extension(self.deadline, self.reason)

    def _do_result(self, paper):
        paper.action_submit_result(self.result)

    def _do_accept(self, paper):
        paper.action_accept(self.quality, self.reason)

    def _do_return(self, paper):
        paper.action_return_result(self.reason)

    def _do_answer(self, paper):
        paper.action_link_answer(self.answer_id.id)

    def _do_refuse(self, paper):
        paper.open_extension_id.action_refuse(self.reason)
