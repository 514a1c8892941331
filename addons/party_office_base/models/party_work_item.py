from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyWorkItem(models.Model):
    """One row for each document: the list "My work" over all kinds of documents."""

    _name = "party.work.item"
    _description = "Work Item"
    _inherit = ["party.waiting.mixin"]
    _order = "waiting_since, id desc"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    name = fields.Char(readonly=True)
    summary = fields.Char(readonly=True)
    kind_name = fields.Char(string="Kind", compute="_compute_kind_name")
    board_id = fields.Many2one("party.board", readonly=True, index=True)
    requester_id = fields.Many2one("res.users", readonly=True, index=True)
    step = fields.Char(string="Waiting for", readonly=True)
    state = fields.Selection(
        [
            ("draft", "Not sent yet"),
            ("open", "In progress"),
            ("done", "Done"),
            ("stopped", "Refused or cancelled"),
        ],
        readonly=True,
        index=True,
    )
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    can_decide = fields.Boolean(compute="_compute_decision")
    content_hash = fields.Char(compute="_compute_decision")
    decision_note = fields.Char(
        compute="_compute_decision",
        help="What the approver should know before he decides, as of now.",
    )

    _document_unique = models.UniqueIndex("(res_model, res_id)")

    @api.depends("res_model")
    def _compute_kind_name(self):
        for item in self:
            item.kind_name = self.env["ir.model"]._get(item.res_model).name

    @api.depends_context("uid")
    @api.depends("res_model", "res_id", "waiting_user_id")
    def _compute_decision(self):
        self.can_decide = False
        self.content_hash = False
        self.decision_note = False
        waiting = self.filtered("is_waiting_on_me")
        for model_name, items in waiting.grouped("res_model").items():
            if "can_decide" not in self.env[model_name]._fields:
                continue
            documents = self.env[model_name].browse(items.mapped("res_id"))
            decidable = documents.filtered("can_decide")
            notes = decidable._decision_notes()
            by_id = {document.id: document for document in decidable}
            for item in items:
                document = by_id.get(item.res_id)
                if document:
                    item.can_decide = True
                    item.content_hash = document.content_hash
                    item.decision_note = notes.get(document.id)

    @api.model
    def _of(self, documents):
        """Return the rows of some documents of one model."""
        return self.search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    def _document(self):
        """Return the document behind this row, in the user's own environment."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def action_open(self):
        """Open the document."""
        document = self._document()
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "name": self.name,
        }

    def _decidable_document(self):
        document = self._document()
        if not hasattr(document, "action_approve"):
            raise UserError(self.env._("This document is not decided by approval."))
        return document

    def action_approve(self):
        """Approve the document behind this row; the document checks everything."""
        return self._decidable_document().action_approve()

    def action_open_return(self):
        """Ask for the reason and return the document to its requester."""
        return self._decidable_document().action_open_return()

    def action_open_refuse(self):
        """Ask for the reason and refuse the document."""
        return self._decidable_document().action_open_refuse()
