from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.office_time import local_today

#: days before the paper itself that its evidence may bear
OLD_DAYS = 3660

LEVELS = [
    ("central", "Central"),
    ("province", "Province"),
    ("commune", "Commune"),
    ("inside", "Inside the office"),
]


class PartyDocumentEvidence(models.Model):
    """What proves that a paper was dealt with: symbol, date, and who received it."""

    _name = "party.document.evidence"
    _description = "Evidence That a Paper Was Dealt With"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "document_id, date, id"
    _rec_name = "symbol"

    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        required=True,
        index=True,
        ondelete="cascade",
    )
    symbol = fields.Char(required=True, help="Number and symbol, e.g. 09-BC/BTCTU.")
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    level = fields.Selection(
        LEVELS,
        string="Received at",
        required=True,
        default="province",
        help="Who received it.",
    )
    note = fields.Char()
    answer_id = fields.Many2one(
        "party.document",
        string="Issued paper",
        readonly=True,
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Entered by",
        required=True,
        default=lambda self: self.env.user,
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    company_id = fields.Many2one(related="document_id.company_id", store=True)

    _named = models.Constraint("CHECK (trim(symbol) <> '')", "Evidence has a symbol.")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"user_id", "answer_id"}

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_may_enter()
        rows._own_files()
        return rows

    def write(self, vals):
        self._check_may_enter()
        result = super().write(vals)
        if {"document_id", "symbol", "date"} & vals.keys():
            self._check_may_enter()
        if "attachment_ids" in vals:
            self._own_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_doing(self):
        self._check_may_enter()

    def _check_may_enter(self):
        """Refuse evidence of somebody else's paper.

        :raises AccessError: the user does not deal with the paper
        :raises UserError: the result was sent already
        """
        if not self.env.su:
            for document in self.document_id:
                document._check_may_do()

    @api.constrains("date")
    def _check_date(self):
        today = local_today(self.env)
        for row in self:
            if row.date > today:
                raise ValidationError(
                    self.env._("Evidence bears a date that has come already.")
                )
            if (today - row.date).days > OLD_DAYS:
                raise ValidationError(
                    self.env._("Evidence of %(day)s: check the year.", day=row.date)
                )

    def _own_files(self):
        """Tie freshly uploaded files to their row, so that who reads it sees them."""
        for row in self:
            # an upload before the first save belongs to its author alone
            loose = row.sudo().attachment_ids.filtered(lambda a: not a.res_id)
            if loose.create_uid - self.env.user:
                raise UserError(self.env._("Upload your own files."))
            loose.write({"res_model": row._name, "res_id": row.id})
