# Runs in `odoo shell`: 12 boards × 40 items, and `rows` rows in the budget ledger.
#
# The rows are written by SQL as a booking writes them; counters and months follow.
# ruff: noqa: F821
from odoo.tools import SQL

YEAR = 2026

env.ref("base.user_admin").group_ids += env.ref(
    "party_office_base.group_chief_accountant"
)
company = env.company
company._party_setup_money()
fund = env.ref("party_office_finance.fund_13")
items = env["party.budget.item"].search([("level", "=", "sub_item")], limit=40)
boards = env["party.board"].create(
    [
        {"name": f"Board {number}", "code": f"XLSX{number}", "kind": "board"}
        for number in range(12)
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
env.flush_all()
cr = env.cr
cr.execute(
    """
    INSERT INTO party_budget_move (
        line_id, board_id, year, fund_id, item_id, company_id, date, kind,
        delta_allocated, delta_held, delta_advanced, delta_spent,
        res_model, res_id, document_name, user_id, requested_by_id, note)
    SELECT line.id, line.board_id, line.year, line.fund_id, line.item_id,
           line.company_id, date '2026-01-01' + (number %% 360)::int,
           CASE WHEN number %% 2 = 0 THEN 'allocate' ELSE 'spend' END,
           CASE WHEN number %% 2 = 0 THEN 1000000 + number ELSE 0 END, 0, 0,
           CASE WHEN number %% 2 = 1 THEN 500000 + number %% 1000 ELSE 0 END,
           'party.claim', number, 'ĐNTT-' || lpad(number::text, 6, '0') || '/2026',
           %(user)s, %(user)s, 'Thanh toán tiền nhiên liệu ' || number
      FROM generate_series(1, %(rows)s) AS number
      JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place
              FROM party_budget_line WHERE id = ANY(%(lines)s)) line
        -- pairs of rows go to one line: what is spent was allocated
        ON line.place = (number / 2) %% %(size)s
    """,
    {
        "user": env.uid,
        "rows": parameters["rows"],
        "lines": lines.ids,
        "size": len(lines),
    },
)
cr.execute(
    """
    UPDATE party_budget_line line
       SET allocated = book.allocated, spent = book.spent
      FROM (SELECT line_id, sum(delta_allocated) AS allocated,
                   sum(delta_spent) AS spent
              FROM party_budget_move GROUP BY line_id) book
     WHERE book.line_id = line.id
    """
)
env["party.budget.month"]._add_where(
    SQL(
        "line_id IN (SELECT id FROM party_budget_line WHERE id IN %s)", tuple(lines.ids)
    )
)
cr.commit()
cr.execute("ANALYZE")
report(rows=parameters["rows"])
