from odoo import api, fields, models
from odoo.tools import SQL

from ..rules.ledger import COUNTERS


class PartyBudgetDrift(models.Model):
    """An alarm: counters, budget ledger, claims and books do not agree.

    Nothing in the suite can cause it; a hand in the database, a faulty migration or a
    switched-off control can.
    """

    _name = "party.budget.drift"
    _description = "Budget Drift Alarm"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "state desc, id desc"

    name = fields.Char(required=True, readonly=True)
    check_kind = fields.Selection(
        [
            ("counter", "Counters and budget ledger"),
            ("hold", "Holds and documents"),
            ("books", "Budget ledger and journal items"),
            ("uncontrolled", "Journal items without budget"),
        ],
        string="Check",
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True, index=True)
    line_id = fields.Many2one(
        "party.budget.line", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    board_id = fields.Many2one(
        "party.board", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    expected = fields.Monetary(readonly=True)
    found = fields.Monetary(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("gone", "Gone")],
        default="open",
        required=True,
        readonly=True,
    )
    last_seen = fields.Datetime(readonly=True)

    @api.model
    def _cron_check(self):
        """Compare everything to the đồng and raise an alarm for each difference."""
        self.env.flush_all()
        found = self._findings()
        alarms = self.sudo()
        open_alarms = {
            alarm.key: alarm for alarm in alarms.search([("state", "=", "open")])
        }
        now = fields.Datetime.now()
        new = alarms.create(
            [
                vals | {"last_seen": now}
                for vals in found
                if vals["key"] not in open_alarms
            ]
        )
        seen = {vals["key"] for vals in found}
        for key, alarm in open_alarms.items():
            alarm.write({"last_seen": now} if key in seen else {"state": "gone"})
        new._notify_chief()
        return new

    def _findings(self):
        """Return the values of an alarm for each difference."""
        return [
            *self._check_counters(),
            *self._check_holds(),
            *self._check_books(),
            *self._check_uncontrolled(),
        ]

    def _notify_chief(self):
        for alarm in self:
            chief = alarm.company_id.chief_accountant_id
            if chief:
                alarm.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=chief.id,
                    summary=self.env._("Budget figures do not agree"),
                    note=alarm.name,
                )

    def _check_counters(self):
        sums = SQL(", ").join(
            SQL(
                "COALESCE(sum(%s), 0) AS %s",
                SQL.identifier(f"delta_{n}"),
                SQL.identifier(n),
            )
            for n in COUNTERS
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id, line.board_id, line.company_id,
                       line.allocated, line.held, line.advanced, line.spent,
                       COALESCE(book.allocated, 0), COALESCE(book.held, 0),
                       COALESCE(book.advanced, 0), COALESCE(book.spent, 0)
                  FROM party_budget_line line
             LEFT JOIN (SELECT line_id, %s FROM party_budget_move GROUP BY line_id) book
                    ON book.line_id = line.id
                 WHERE (line.allocated, line.held, line.advanced, line.spent)
                    IS DISTINCT FROM
                       (COALESCE(book.allocated, 0), COALESCE(book.held, 0),
                        COALESCE(book.advanced, 0), COALESCE(book.spent, 0))
                """,
                sums,
            )
        )
        labels = {
            "allocated": self.env._("allocated"),
            "held": self.env._("held"),
            "advanced": self.env._("advanced"),
            "spent": self.env._("spent"),
        }
        found = []
        for line_id, board, company, *values in rows:
            line = self.env["party.budget.line"].sudo().browse(line_id)
            for name, counter, ledger in zip(
                COUNTERS, values[:4], values[4:], strict=True
            ):
                if counter != ledger:
                    found.append(
                        {
                            "name": self.env._(
                                "%(line)s: “%(counter)s” differs from the ledger",
                                line=line.display_name,
                                counter=labels[name],
                            ),
                            "check_kind": "counter",
                            "key": f"counter:{line_id}:{name}:{counter - ledger}",
                            "line_id": line_id,
                            "board_id": board,
                            "company_id": company,
                            "expected": ledger,
                            "found": counter,
                        }
                    )
        return found

    def _check_holds(self):
        """Holds of claims: what the ledger holds is what approved claims ask."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT claim.id, claim.name, claim.board_id, claim.company_id,
                       CASE WHEN claim.state = 'approved' THEN claim.amount_hold ELSE 0
                       END, COALESCE(book.held, 0)
                  FROM party_claim claim
             LEFT JOIN (SELECT res_id, sum(delta_held) AS held
                          FROM party_budget_move
                         WHERE res_model = 'party.claim'
                      GROUP BY res_id) book
                    ON book.res_id = claim.id
                 WHERE COALESCE(book.held, 0) <>
                       CASE WHEN claim.state = 'approved' THEN claim.amount_hold ELSE 0
                       END
                """
            )
        )
        return [
            {
                "name": self.env._("%s: the hold differs from the claim", name),
                "check_kind": "hold",
                "key": f"hold:{claim}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for claim, name, board, company, expected, found in rows
        ]

    def _check_books(self):
        """What the ledger says a journal item spent is what the item says, if
        posted.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id, item.name, item.company_id, book.board_id,
                       CASE WHEN move.state = 'posted' THEN item.balance ELSE 0 END,
                       book.spent
                  FROM (SELECT account_move_line_id, max(board_id) AS board_id,
                               sum(delta_spent) AS spent
                          FROM party_budget_move
                         WHERE account_move_line_id IS NOT NULL
                      GROUP BY account_move_line_id) book
                  JOIN account_move_line item ON item.id = book.account_move_line_id
                  JOIN account_move move ON move.id = item.move_id
                 WHERE book.spent <>
                       CASE WHEN move.state = 'posted' THEN item.balance ELSE 0 END
                """
            )
        )
        return [
            {
                "name": self.env._(
                    "Journal item “%s” differs from the budget ledger", name or item
                ),
                "check_kind": "books",
                "key": f"books:{item}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for item, name, company, board, expected, found in rows
        ]

    def _check_uncontrolled(self):
        """Posted items of controlled accounts that never reached the budget ledger."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id, item.name, item.company_id, item.balance
                  FROM account_move_line item
                  JOIN account_account account ON account.id = item.account_id
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN party_budget_move book ON book.account_move_line_id = item.id
                 WHERE move.state = 'posted'
                   AND account.budget_controlled_since IS NOT NULL
                   AND move.date >= account.budget_controlled_since
                   AND item.balance <> 0
                   AND book.id IS NULL
                """
            )
        )
        return [
            {
                "name": self.env._(
                    "Journal item “%s” was posted beside the budget", name or item
                ),
                "check_kind": "uncontrolled",
                "key": f"uncontrolled:{item}",
                "company_id": company,
                "expected": balance,
                "found": 0,
            }
            for item, name, company, balance in rows
        ]
