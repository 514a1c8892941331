from odoo import api, fields, models


class PartyRecipientGroup(models.Model):
    """Recipients that go together: all boards, the Standing Committee, districts."""

    _name = "party.recipient.group"
    _description = "Group of Recipients"
    _order = "sequence, name, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    as_one = fields.Boolean(
        string="One line",
        help="Printed as one line with the name of the group; otherwise each member "
        "has its own line.",
    )
    board_ids = fields.Many2many("party.board", string="Units")
    correspondent_ids = fields.Many2many(
        "party.correspondent", string="Correspondents", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    def _lines(self):
        """Return the values (list of ``dict``) of the recipients of these groups."""
        lines = []
        for group in self:
            if group.as_one and not group.board_ids:
                lines.append({"name": group.name})
                continue
            lines += [{"board_id": board.id} for board in group.board_ids]
            lines += [{"correspondent_id": c.id} for c in group.correspondent_ids]
        return lines


class PartyDocumentDraft(models.Model):
    _inherit = "party.document.draft"

    add_group_id = fields.Many2one(
        "party.recipient.group",
        string="Add a group",
        store=False,
        help="Adds the recipients of the group that are not in the list yet.",
    )

    @api.onchange("add_group_id")
    def _onchange_add_group(self):
        known = {
            (line.board_id.id, line.correspondent_id.id, line.name or False)
            for line in self.recipient_ids
        }
        for values in self.add_group_id._lines():
            key = (
                values.get("board_id", False),
                values.get("correspondent_id", False),
                values.get("name", False),
            )
            if key not in known:
                self.recipient_ids += self.recipient_ids.new(values)
        self.add_group_id = False
