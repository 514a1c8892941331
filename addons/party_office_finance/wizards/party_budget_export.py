from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.rules.money import whole

from .budget_workbook import template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PartyBudgetExport(models.TransientModel):
    """The allocated estimate of a year as a workbook, fund by fund.

    The layout is the one that the import reads.
    """

    _name = "party.budget.export"
    _description = "Export of an Estimate"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
    )
    fund_ids = fields.Many2many(
        "party.fund", string="Funds", help="Empty: all funds, in one workbook."
    )
    board_ids = fields.Many2many(
        "party.board", string="Boards", help="Empty: all boards that you follow."
    )

    def action_export(self):
        """Download what is allocated to the boards that the user may see.

        :raises UserError: when nothing is
        """
        self.ensure_one()
        self._check_may_export()
        domain = [
            ("company_id", "=", self.company_id.id),
            ("year", "=", self.year),
            ("allocated", ">", 0),
        ]
        if self.fund_ids:
            domain.append(("fund_id", "in", self.fund_ids.ids))
        if self.board_ids:
            domain.append(("board_id", "in", self.board_ids.ids))
        lines = self.env["party.budget.line"].search(domain)
        if not lines:
            raise UserError(self.env._("Nothing is allocated there."))
        codes = "-".join(self.fund_ids.mapped("code"))
        name = f"du-toan-{self.year}{codes and f'-nguon-{codes}'}.xlsx"
        return self._download(
            name,
            lines.board_id,
            [self._row(line, line.allocated, "") for line in lines],
        )

    @api.model
    def _check_may_export(self):
        """:raises AccessError: unless the user is an accountant"""
        if not self.env.user.has_group("party_office_base.group_accountant"):
            raise AccessError(self.env._("Only accountants export estimates."))

    @api.model
    def _row(self, line, amount, note):
        """Return the values of a row, in the order of the headings."""
        return [
            # codes are public inside the office
            line.board_id.sudo().code or "",
            line.fund_id.code,
            line.item_id.code,
            whole(amount),
            note or None,
        ]

    @api.model
    def _download(self, name, boards, rows=()):
        """Return the action that downloads a workbook.

        :param boards: ``party.board`` whose codes are offered
        :param rows: lists of values below the headings
        """
        funds = self.env["party.fund"].search([("active", "=", True)])
        items = self.env["party.budget.item"].search([("active", "=", True)])
        content = template(
            [(board.code or "", board.name) for board in boards.sudo()],
            funds.mapped(lambda f: (f.code, f.name)),
            items.mapped(lambda i: (i.code, i.name)),
            rows,
        )
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "mimetype": XLSX}
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }
