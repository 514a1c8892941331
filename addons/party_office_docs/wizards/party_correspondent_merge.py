from odoo import api, fields, models


class PartyCorrespondentMerge(models.TransientModel):
    """Two entries for one sender become one; its papers stay."""

    _name = "party.correspondent.merge"
    _description = "Merge Correspondents"

    correspondent_ids = fields.Many2many("party.correspondent", required=True)
    kept_id = fields.Many2one(
        "party.correspondent",
        string="Keep",
        required=True,
        help="The others are deleted; their names stay known.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "party.correspondent":
            chosen = self.env["party.correspondent"].browse(
                self.env.context.get("active_ids", [])
            )
            values["correspondent_ids"] = [fields.Command.set(chosen.ids)]
            # mostly the one that was there first
            values["kept_id"] = min(chosen.ids, default=False)
        return values

    def action_merge(self):
        """Merge them and open the one that is kept; the model checks the right to."""
        self.ensure_one()
        kept = self.correspondent_ids._merge_into(self.kept_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": kept._name,
            "res_id": kept.id,
            "views": [(False, "form")],
        }
