from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.contention import take_rows

from ..rules.ledger import COUNTERS, Counters, net_by_line
from ..rules.progress import usage_level, used_share, year_elapsed


class PartyBudgetLine(models.Model):
    """Board × year × fund × item, with the counters that the database itself guards.

    Odoo works in REPEATABLE READ: a lock before a sum still sums an old snapshot. Hence
    the counters are stored here, every change is one conditional UPDATE, and the CHECK
    constraints are the last wall. The HTTP layer runs the loser of two concurrent
    changes again (see ``contention.py`` of base); other callers must use
    ``odoo.service.model.retrying``.
    """

    _name = "party.budget.line"
    _description = "Budget Line"
    _order = "year desc, board_id, fund_id, item_id, id"

    budget_id = fields.Many2one(
        "party.budget", required=True, readonly=True, index=True, ondelete="restrict"
    )
    board_id = fields.Many2one(
        related="budget_id.board_id", store=True, precompute=True, index=True
    )
    year = fields.Integer(
        related="budget_id.year", store=True, precompute=True, aggregator=None
    )
    company_id = fields.Many2one(
        related="budget_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    fund_id = fields.Many2one(
        "party.fund", required=True, readonly=True, index=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "party.budget.item",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    allocated = fields.Monetary(required=True, default=0, readonly=True, copy=False)
    held = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Promised to approved documents that are not posted yet.",
    )
    advanced = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Paid in advance and not yet settled by papers.",
    )
    spent = fields.Monetary(required=True, default=0, readonly=True, copy=False)
    available = fields.Monetary(
        readonly=True,
        copy=False,
        help="Allocated − held − advanced − spent. The database computes it.",
    )
    move_ids = fields.One2many("party.budget.move", "line_id", string="Ledger")
    used_share = fields.Float(
        string="Used (%)", compute="_compute_shares", digits=(16, 1), aggregator=None
    )
    year_share = fields.Float(
        string="Year elapsed (%)",
        compute="_compute_shares",
        digits=(16, 1),
        aggregator=None,
    )
    usage_level = fields.Selection(
        [("80", "80 % used"), ("90", "90 % used"), ("100", "Used up")],
        compute="_compute_shares",
    )

    _line_unique = models.Constraint(
        "UNIQUE(budget_id, fund_id, item_id)",
        "This budget already has a line for this fund and item.",
    )
    _not_negative = models.Constraint(
        "CHECK (allocated >= 0 AND held >= 0 AND advanced >= 0 AND spent >= 0)",
        "No counter of a budget line may be negative.",
    )
    _not_overspent = models.Constraint(
        "CHECK (held + advanced + spent <= allocated)",
        "A budget line cannot give more than it was allocated.",
    )

    def init(self):
        """Let the database compute ``available``, so that no code can set it."""
        result = super().init()
        cr = self.env.cr
        cr.execute(
            "SELECT attgenerated FROM pg_attribute WHERE attname = 'available' "
            "AND attrelid = 'party_budget_line'::regclass AND NOT attisdropped"
        )
        if (cr.fetchone() or [""])[0] != "s":
            cr.execute(
                "ALTER TABLE party_budget_line DROP COLUMN IF EXISTS available, "
                "ADD COLUMN available numeric GENERATED ALWAYS AS "
                "(allocated - held - advanced - spent) STORED"
            )
        return result

    @api.depends("allocated", "held", "advanced", "spent", "year")
    def _compute_shares(self):
        today = fields.Date.context_today(self)
        for line in self:
            used = line.held + line.advanced + line.spent
            line.used_share = float(used_share(used, line.allocated))
            line.year_share = float(year_elapsed(line.year or today.year, today))
            line.usage_level = usage_level(used, line.allocated)

    @api.depends("board_id", "year", "fund_id", "item_id")
    def _compute_display_name(self):
        for line in self:
            # the name of a board is public inside the office
            board = line.board_id.sudo().name or ""
            line.display_name = (
                f"{board} {line.year} · {line.fund_id.code} · {line.item_id.code}"
            )

    def _key(self):
        """Return the ids (board, fund, item) that name the line inside its year."""
        self.ensure_one()
        return self.board_id.id, self.fund_id.id, self.item_id.id

    # ------------------------------------------------------------- protection
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_counters(vals)
        # written out, so that no default_* key of the context can set them
        zero = dict.fromkeys(COUNTERS, 0)
        return super().create([{**vals, **zero} for vals in vals_list])

    def write(self, vals):
        self._refuse_counters(vals)
        return super().write(vals)

    @api.model
    def _refuse_counters(self, vals):
        """Counters change only together with a row of the ledger, for everybody."""
        if {*COUNTERS, "available"} & vals.keys():
            raise UserError(
                self.env._(
                    "The figures of a budget line come from its ledger and cannot be "
                    "written."
                )
            )

    # --------------------------------------------------------------- the book
    @api.model
    def _book(self, entries):
        """Move counters and write the ledger, all entries or none.

        The only way to change a budget. Lines are taken late: everything pending is
        flushed before, so that they are held for a short time.

        :param list entries: ``BudgetEntry`` of ``rules/ledger.py``, amounts in đồng
        :returns: the new ``party.budget.move`` records
        :raises UserError: with all figures, when a line has not enough money
        """
        moves = self.env["party.budget.move"].sudo()
        entries = [entry for entry in entries if any(entry.deltas)]
        if not entries:
            return moves
        # nobody has write access to counters and ledger: the caller has checked the
        # right to do what costs money
        lines = self.sudo().browse(net_by_line(entries))
        budgets = lines.budget_id
        self.env.flush_all()
        budgets._lock_open()
        net = net_by_line(entries)
        after = self._move_counters(net, entries)
        lines.invalidate_recordset([*COUNTERS, "available"])
        budgets.invalidate_recordset([*COUNTERS, "available", "used_share"])
        lines._warn_of_thresholds(net, after)
        return moves._append(entries)

    @api.model
    def _move_counters(self, net, entries):
        """Change the counters by one conditional UPDATE over all lines.

        :returns: ``{line id: Counters}`` after the change
        """
        take_rows(self.env, self._table, net)
        deltas = SQL(", ").join(
            SQL(
                "(%s, %s::numeric, %s::numeric, %s::numeric, %s::numeric)", line, *delta
            )
            for line, delta in net.items()
        )
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_budget_line AS line
                   SET allocated = line.allocated + delta.allocated,
                       held = line.held + delta.held,
                       advanced = line.advanced + delta.advanced,
                       spent = line.spent + delta.spent,
                       write_uid = %s,
                       write_date = (now() AT TIME ZONE 'UTC')
                  FROM (VALUES %s)
                    AS delta(id, allocated, held, advanced, spent)
                 WHERE line.id = delta.id
                   AND line.held + delta.held >= 0
                   AND line.advanced + delta.advanced >= 0
                   AND line.spent + delta.spent >= 0
                   AND line.held + delta.held + line.advanced + delta.advanced
                       + line.spent + delta.spent <= line.allocated + delta.allocated
             RETURNING line.id, line.allocated, line.held, line.advanced, line.spent
                """,
                self.env.uid,
                deltas,
            )
        )
        after = {row[0]: Counters(*map(int, row[1:])) for row in done}
        refused = net.keys() - after.keys()
        if refused:
            self._refuse_short(sorted(refused), net, entries)
        return after

    def _full_name(self):
        """Return board, year, fund and item in words."""
        self.ensure_one()
        parts = (
            self.board_id.name,
            str(self.year),
            self.fund_id.display_name,
            self.item_id.display_name,
        )
        return " · ".join(parts)

    # ------------------------------------------------------------------ finding
    @api.model
    def _find(self, board, year, fund, item, company=None):
        """Return the line that pays for an item, or an empty recordset.

        The line of the item itself; when there is none, the line of the item above it
        if that one is controlled as a whole.
        """
        chain = item._control_chain() if item else item
        # who may spend is decided by the document; a requester may not see the budget
        lines = self.sudo().search(
            [
                ("board_id", "=", board.id),
                ("year", "=", year),
                ("fund_id", "=", fund.id),
                ("item_id", "in", chain.ids),
                ("company_id", "=", (company or self.env.company).id),
            ]
        )
        by_item = {line.item_id.id: line for line in lines}
        return next((by_item[i] for i in chain.ids if i in by_item), self.browse())

    @api.model
    def _find_or_refuse(self, board, year, fund, item, company=None):
        """Return the line that pays for an item.

        :raises UserError: when the board has no such line, or its year is closed
        """
        line = self._find(board, year, fund, item, company)
        line.budget_id._check_open()
        if not line:
            raise UserError(
                self.env._(
                    "%(board)s has no budget in %(year)s for fund %(fund)s and item "
                    "%(item)s. Ask the chief accountant for a decision that allocates "
                    "it.",
                    board=board.sudo().name,
                    year=year,
                    fund=fund.display_name,
                    item=item.display_name,
                )
            )
        return line

    @api.model
    def _find_in_funds(self, board, year, funds, item, company=None):
        """Return the line of the first of several funds that has the item.

        :raises UserError: when none has it
        """
        for fund in funds:
            line = self._find(board, year, fund, item, company)
            if line:
                return line
        return self._find_or_refuse(board, year, funds[:1], item, company)
