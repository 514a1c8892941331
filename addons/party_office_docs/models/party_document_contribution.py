from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class PartyDocumentContribution(models.Model):
    """What a unit adds while a paper is dealt with: a note of progress by the lead, a
    contribution by a unit that cooperates.
    """

    _name = "party.document.contribution"
    _description = "Contribution to a Paper"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "document_id, id desc"
    _rec_name = "board_id"

    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        required=True,
        index=True,
        ondelete="cascade",
    )
    board_id = fields.Many2one(
        "party.board",
        string="Unit",
        compute="_compute_unit",
        store=True,
        precompute=True,
        index=True,
        help="The unit of the paper that the author speaks for.",
    )
    kind = fields.Selection(
        [("progress", "Progress"), ("contribution", "Contribution")],
        compute="_compute_unit",
        store=True,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Written by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, string="Written at"
    )
    text = fields.Text(required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    company_id = fields.Many2one(related="document_id.company_id", store=True)

    _named = models.Constraint("CHECK (trim(text) <> '')", "Write something.")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"board_id", "kind", "user_id", "date"}

    # who writes decides; a person who changes his unit later does not change history
    @api.depends("document_id", "user_id")
    def _compute_unit(self):
        for row in self:
            # parts of units and who works where are read for any author
            author, paper = row.sudo().user_id, row.sudo().document_id
            parts = paper.routing_ids.filtered(
                lambda r, author=author: (
                    r.role in ("lead", "co") and r.board_id in author.paper_board_ids
                )
            ).sorted(lambda r: r.role != "lead")
            row.board_id = parts[:1].board_id
            lead = parts[:1].role == "lead"
            row.kind = "progress" if lead else "contribution"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_author()
        rows._own_files()
        return rows

    def write(self, vals):
        self._check_author()
        result = super().write(vals)
        if "document_id" in vals:
            self._check_author()
        if "attachment_ids" in vals:
            self._own_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        self._check_author()

    def _check_author(self):
        """Refuse what is not the author's own, or comes from a unit without a part.

        :raises AccessError: another author, or a unit that neither leads nor cooperates
        :raises UserError: nobody deals with the paper now
        """
        if self.env.su:
            return
        for row in self:
            row.document_id.check_access("read")
            row.document_id._check_state("directed")
            if row.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only %(user)s changes this.", user=row.user_id.name)
                )
            if not row.board_id:
                raise AccessError(
                    self.env._(
                        "Only units that lead or cooperate contribute to this paper."
                    )
                )

    def _own_files(self):
        """Tie freshly uploaded files to their row, so that who reads it sees them."""
        for row in self:
            # an upload before the first save belongs to its author alone
            loose = row.sudo().attachment_ids.filtered(lambda a: not a.res_id)
            if loose.create_uid - self.env.user:
                raise UserError(self.env._("Upload your own files."))
            loose.write({"res_model": row._name, "res_id": row.id})
