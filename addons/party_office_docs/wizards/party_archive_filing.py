from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class PartyArchiveFiling(models.TransientModel):
    """Put one paper or many into a file; a new file is opened by typing its title."""

    _name = "party.archive.filing"
    _description = "Put Papers Into a File"

    document_ids = fields.Many2many("party.document", string="Papers", required=True)
    board_id = fields.Many2one(
        "party.board", string="Unit", compute="_compute_board_id"
    )
    file_id = fields.Many2one(
        "party.archive.file",
        string="Archive file",
        domain="[('state', '=', 'open'), ('board_id', '=?', board_id)]",
    )
    new_title = fields.Char(
        string="Title of a new file", help="When no file of the plan fits."
    )
    retention_id = fields.Many2one("party.retention", string="How long it is kept")

    @api.depends("document_ids")
    def _compute_board_id(self):
        for filing in self:
            boards = filing.document_ids.board_id
            filing.board_id = boards if len(boards) == 1 else False

    @api.model
    def default_get(self, fields):
        """Begin with the papers that were chosen on the list."""
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "party.document":
            values.setdefault(
                "document_ids", [Command.set(context.get("active_ids") or [])]
            )
        return values

    def action_file(self):
        """Put the papers into the file; rights are those of the papers and the file."""
        self.ensure_one()
        file = self.file_id
        if self.new_title:
            unit = self.board_id or self.env.user.own_board_id
            file = self.env["party.archive.file"].create(
                {
                    "title": self.new_title,
                    "board_id": unit.id,
                    "retention_id": self.retention_id.id,
                }
            )
        if not file:
            raise UserError(
                self.env._("Choose a file, or type the title of a new one.")
            )
        self.document_ids._put_into_file(file)
        return {"type": "ir.actions.act_window_close"}
