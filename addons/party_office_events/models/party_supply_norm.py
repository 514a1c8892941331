from odoo import api, fields, models
from odoo.tools import date_utils

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES


class PartySupplyNorm(models.Model):
    """How much of a supply each person of a board may use in a quarter or a year."""

    _name = "party.supply.norm"
    _description = "Norm of Supplies"
    _inherit = ["party.verified.mixin"]
    _order = "supply_id, board_id, id"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    supply_id = fields.Many2one(
        "party.supply", required=True, index=True, ondelete="cascade"
    )
    board_id = fields.Many2one(
        "party.board", index="btree_not_null", help="Nothing: all boards."
    )
    period = fields.Selection(
        [("quarter", "Quarter"), ("year", "Year")], required=True, default="quarter"
    )
    quantity = fields.Float(
        string="For each person", required=True, digits=(10, 2), aggregator=None
    )
    basis = fields.Char(help="The regulation or decision that says so.")
    company_id = fields.Many2one(
        related="supply_id.company_id", store=True, precompute=True
    )

    _quantity_possible = models.Constraint(
        "CHECK (quantity >= 0 AND quantity <= 10000)",
        "Between nothing and 10,000 a person can be the norm.",
    )
    _one_norm = models.UniqueIndex(
        "(supply_id, COALESCE(board_id, 0))",
        "There is a norm of this supply for these boards.",
    )

    @api.model
    def _allowances(self, pairs, day):
        """Say what boards used and may use of supplies in the period of a day.

        :param pairs: set of ``(board, supply)``
        :return: ``{(board, supply): (norm, used, allowed)}`` of those with a norm
        """
        boards = self.env["party.board"].union(*(board for board, _supply in pairs))
        supplies = self.env["party.supply"].union(*(supply for _board, supply in pairs))
        # norms and use are facts of the office, the caller shows what may be seen
        by_key = {
            (norm.board_id.id, norm.supply_id.id): norm
            for norm in self.sudo().search([("supply_id", "in", supplies.ids)])
        }
        chosen = {}
        for board, supply in pairs:
            norm = by_key.get((board.id, supply.id)) or by_key.get((False, supply.id))
            if norm:
                chosen[board, supply] = norm
        if not chosen:
            return {}
        heads = boards._headcounts()
        used = {
            period: self._used(boards, supplies, day, period)
            for period in {norm.period for norm in chosen.values()}
        }
        return {
            (board, supply): (
                norm,
                used[norm.period].get((board.id, supply.id), 0),
                int(norm.quantity * heads.get(board.id, 0) + 0.000001),
            )
            for (board, supply), norm in chosen.items()
        }

    @api.model
    def _used(self, boards, supplies, day, period):
        """Return ``{(board id, supply id): number given out}`` in a quarter or year."""
        rows = (
            self.env["party.supply.move"]
            .sudo()
            ._read_group(
                [
                    ("kind", "=", "out"),
                    ("board_id", "in", boards.ids),
                    ("supply_id", "in", supplies.ids),
                    ("date", ">=", date_utils.start_of(day, period)),
                    ("date", "<=", date_utils.end_of(day, period)),
                ],
                ["board_id", "supply_id"],
                ["quantity:sum"],
            )
        )
        return {(board.id, supply.id): -total for board, supply, total in rows}


class PartyBoard(models.Model):
    _inherit = "party.board"

    def _headcounts(self):
        """Return ``{board id: number of persons who work in it}``."""
        # how many work in a board is no secret of theirs
        boards = self.sudo()
        rows = (
            self.env["hr.employee"]
            .sudo()
            ._read_group(
                [("department_id", "child_of", boards.department_id.ids)],
                ["department_id"],
                ["__count"],
            )
        )
        departments = self.env["hr.department"].sudo()
        departments = departments.union(*(department for department, _n in rows))
        by_department = boards._by_department(departments)
        counts = {}
        for department, number in rows:
            board = by_department.get(department)
            if board:
                counts[board.id] = counts.get(board.id, 0) + number
        return counts
