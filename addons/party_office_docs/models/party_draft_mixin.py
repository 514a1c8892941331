from odoo import Command, api, models
from odoo.exceptions import UserError


class PartyDraftMixin(models.AbstractModel):
    """Papers that are written from documents of other addons."""

    _inherit = "party.draft.mixin"

    @api.model
    def _can_draft(self):
        return self.env["party.document.draft"].has_access("create")

    def _draft_make(self, values):
        self.ensure_one()
        kind = self.env["party.document.kind"].search(
            [("code", "=", values["kind"])], limit=1
        )
        if not kind:
            raise UserError(
                self.env._("There is no kind of paper “%(kind)s”.", kind=values["kind"])
            )
        draft = self.env["party.document.draft"].create(
            {
                "board_id": values["board"].id,
                "kind_id": kind.id,
                "title": values["title"],
                "content": values["content"],
                "recipient_ids": [
                    Command.create({"name": name})
                    for name in values.get("recipients", ())
                ],
            }
        )
        # protected: says only where the draft comes from
        draft.sudo().write({"source_model": self._name, "source_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def _drafts(self):
        self.ensure_one()
        # the user's own rules decide which papers he is told of
        drafts = self.env["party.document.draft"].search(
            [("source_model", "=", self._name), ("source_id", "=", self.id)],
            order="id",
        )
        states = dict(drafts._fields["state"]._description_selection(self.env))
        return super()._drafts() + [
            {
                "kind": draft.kind_id.code,
                "kind_name": draft.kind_id.name,
                "title": draft.display_name,
                "state": states[draft.state],
                "number": draft.document_id.name or "",
                "date": draft.document_id.document_date,
                "model": draft._name,
                "id": draft.id,
            }
            for draft in drafts
        ]
