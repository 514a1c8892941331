# Runs in `odoo shell`: 12 boards × 40 items, and `lines` expenses spread over them.
#
# The expenses are written by SQL, each one as core keeps it (an analytic line, which
# the peer sums) and as we keep it (a row of the budget ledger, with its sums).
# ruff: noqa: F821
from odoo import Command
from odoo.tools import SQL

BOARDS, ITEMS, YEAR = 12, 40, 2026

cr = env.cr
company = env.company
if not env["party.board"].search_count([("code", "=like", "BENCH%")]):
    company._party_setup_money()
    # reads all boards, and what the peer asks for
    groups = ["party_office_base.group_chief_accountant", "account.group_account_user"]
    env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench",
            "group_ids": [Command.link(env.ref(group).id) for group in groups],
        }
    )
    fund = env.ref("party_office_finance.fund_13")
    items = env["party.budget.item"].search([("level", "=", "sub_item")], limit=ITEMS)
    boards = env["party.board"].create(
        [
            {"name": f"Board {number}", "code": f"BENCH{number}", "kind": "board"}
            for number in range(BOARDS)
        ]
    )
    budgets = env["party.budget"]._obtain(boards, YEAR, company)
    lines = env["party.budget.line"].create(
        [
            {"budget_id": budgets[board.id].id, "fund_id": fund.id, "item_id": item.id}
            for board in boards
            for item in items
        ]
    )
    accounts = env["account.account"].create(
        [
            {"code": f"9{number:05d}", "name": item.name, "account_type": "expense"}
            for number, item in enumerate(items)
        ]
    )
    positions = env["account.budget.post"].create(
        [
            {"name": account.name, "account_ids": [Command.set(account.ids)]}
            for account in accounts
        ]
    )
    env["crossovered.budget"].create(
        [
            {
                "name": board.name,
                "date_from": f"{YEAR}-01-01",
                "date_to": f"{YEAR}-12-31",
                "crossovered_budget_line_ids": [
                    Command.create(
                        {
                            "general_budget_id": position.id,
                            "analytic_account_id": board.analytic_account_id.id,
                            "date_from": f"{YEAR}-01-01",
                            "date_to": f"{YEAR}-12-31",
                            "planned_amount": -(10**12),
                        }
                    )
                    for position in positions
                ],
            }
            for board in boards
        ]
    )
    env.flush_all()

cr.execute(
    """
    CREATE TEMPORARY TABLE place AS
    SELECT row_number() OVER (ORDER BY line.id) - 1 AS number,
           line.id AS line_id, line.board_id, line.fund_id, line.item_id,
           board.analytic_account_id AS analytic_id, account.id AS account_id
      FROM party_budget_line line
      JOIN party_board board ON board.id = line.board_id
      JOIN account_analytic_account analytic
        ON analytic.id = board.analytic_account_id AND analytic.code LIKE 'BENCH%%'
      JOIN (SELECT item_id,
                   '9' || lpad((dense_rank() OVER (ORDER BY item_id) - 1)::text, 5, '0')
                   AS code
              FROM party_budget_line GROUP BY item_id) place_item
        ON place_item.item_id = line.item_id
      JOIN account_account account
        ON account.code_store ->> %s = place_item.code
    """,
    [str(company.id)],
)
cr.execute("SELECT count(*) FROM place")
(places,) = cr.fetchone()
assert places == BOARDS * ITEMS, places
cr.execute("SELECT count(*) FROM account_analytic_line WHERE name = 'bench'")
(present,) = cr.fetchone()
values = {
    "first": present,
    "last": parameters["lines"] - 1,
    "places": places,
    "company": company.id,
    "user": env.uid,
    "year": YEAR,
}
cr.execute(
    """
    INSERT INTO account_analytic_line
           (name, date, amount, account_id, general_account_id, company_id,
            create_uid, write_uid, create_date, write_date)
    SELECT 'bench', make_date(%(year)s, 1, 1) + (n * 7 %% 365), -1000,
           place.analytic_id, place.account_id, %(company)s,
           %(user)s, %(user)s, now(), now()
      FROM generate_series(%(first)s, %(last)s) AS n
      JOIN place ON place.number = n %% %(places)s
    """,
    values,
)
cr.execute(
    """
    INSERT INTO party_budget_move
           (line_id, board_id, year, fund_id, item_id, company_id, date, kind,
            delta_allocated, delta_held, delta_advanced, delta_spent,
            res_model, res_id, document_name, user_id,
            create_uid, write_uid, create_date, write_date)
    SELECT place.line_id, place.board_id, %(year)s, place.fund_id, place.item_id,
           %(company)s, make_date(%(year)s, 1, 1) + (n * 7 %% 365), 'spend',
           2000, 0, 0, 1000, 'account.move', n, 'bench ' || n, %(user)s,
           %(user)s, %(user)s, now(), now()
      FROM generate_series(%(first)s, %(last)s) AS n
      JOIN place ON place.number = n %% %(places)s
    """,
    values,
)
cr.execute("DELETE FROM party_budget_month")
env["party.budget.month"]._add_where(SQL("TRUE"))
cr.execute(
    """
    UPDATE party_budget_line line
       SET allocated = sums.allocated, spent = sums.spent
      FROM (SELECT line_id, sum(delta_allocated) AS allocated,
                   sum(delta_spent) AS spent
              FROM party_budget_move GROUP BY line_id) sums
     WHERE sums.line_id = line.id
    """
)
cr.commit()
for table in ("account_analytic_line", "party_budget_move", "party_budget_month"):
    cr.execute(f"ANALYZE {table}")
cr.commit()
report(done=True)
