from odoo import api, fields, models
from odoo.exceptions import UserError

PROPOSAL = {
    "proposal_lead_id",
    "proposal_co_ids",
    "proposal_info_ids",
    "proposal_deadline",
    "proposal_instruction",
}


class PartyDocument(models.Model):
    """What the clerk proposes to the leader: lead, others, deadline, instruction."""

    _inherit = "party.document"

    proposal_lead_id = fields.Many2one(
        "party.board", string="Proposed lead", copy=False, index="btree_not_null"
    )
    proposal_co_ids = fields.Many2many(
        "party.board",
        "party_document_proposal_co_rel",
        "document_id",
        "board_id",
        string="Proposed to cooperate",
        copy=False,
    )
    proposal_info_ids = fields.Many2many(
        "party.board",
        "party_document_proposal_info_rel",
        "document_id",
        "board_id",
        string="Proposed to be informed",
        copy=False,
    )
    proposal_deadline = fields.Date(string="Proposed deadline", copy=False)
    proposal_instruction = fields.Text(string="Proposed instruction", copy=False)
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _secret_not_proposed = models.Constraint(
        "CHECK (secrecy = 'none' OR (proposal_instruction IS NULL"
        " AND proposal_lead_id IS NULL AND proposal_deadline IS NULL))",
        "A secret paper keeps number, kind and date only.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"proposed_by_id"}

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | PROPOSAL

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        for document, vals in zip(documents, vals_list, strict=True):
            if any(vals.get(name) for name in PROPOSAL):
                document._note_proposer()
        return documents

    def write(self, vals):
        if PROPOSAL & vals.keys() and not self.env.su:
            self._check_proposal_open()
        result = super().write(vals)
        if PROPOSAL & vals.keys():
            self._note_proposer()
        return result

    def _note_proposer(self):
        # protected: nobody proposes in another's name
        documents = self.sudo()
        for document in documents:
            filled = any(document[name] for name in PROPOSAL)
            document.proposed_by_id = self.env.uid if filled else False

    def _check_proposal_open(self):
        """Refuse to change a proposal that the leader has answered.

        :raises UserError: the paper was directed
        """
        for document in self.sudo():
            if document.direction != "in" or document.state not in (
                "received",
                "registered",
            ):
                raise UserError(
                    self.env._(
                        "%(document)s was directed: a proposal comes before that.",
                        document=document.display_name,
                    )
                )

    def action_propose(
        self,
        lead_id=None,
        co_ids=None,
        info_ids=None,
        deadline=None,
        instruction="",
    ):
        """Propose a direction; the clerk and the chief of office do.

        :param int lead_id: ``party.board``
        :param list co_ids: ids of units that cooperate
        :param list info_ids: ids of units that are informed
        :param deadline: date or ISO text
        :param str instruction: bút phê as it would be written
        :raises AccessError: somebody else
        :raises UserError: it was directed already, or a value makes no sense
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_chief():
            self._check_clerk()
        lead = self._boards_of([lead_id] if lead_id else [])
        co = self._boards_of(co_ids) - lead
        info = self._boards_of(info_ids) - lead - co
        self._check_proposal_open()
        # the right was checked above: the chief of office has no right to write
        self.sudo().write(
            {
                "proposal_lead_id": lead.id,
                "proposal_co_ids": [fields.Command.set(co.ids)],
                "proposal_info_ids": [fields.Command.set(info.ids)],
                "proposal_deadline": deadline and self._deadline_of(deadline),
                "proposal_instruction": self._text_of(instruction),
            }
        )
        return True
