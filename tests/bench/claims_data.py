# Runs in `odoo shell`: a board with many people, its budget, and a member of staff who
# asks.
# ruff: noqa: F821
from odoo import Command

YEAR = 2026

admin = env.ref("base.user_admin")
company = env.company
company._party_setup_money()


def new_user(name, group):
    return env["res.users"].create(
        {
            "name": name,
            "login": name,
            "group_ids": [
                Command.set([env.ref(f"party_office_base.group_{group}").id])
            ],
        }
    )


chief = new_user("bench.chief", "chief_accountant")
head = new_user("bench.head", "board_head")
staff = new_user("bench.staff", "staff")
office_chief = new_user("bench.office_chief", "office_chief")
cashier = new_user("bench.cashier", "cashier")
company.write(
    {
        "chief_accountant_id": chief.id,
        "office_chief_id": office_chief.id,
        "deputy_office_chief_id": office_chief.id,
        "cashier_id": cashier.id,
    }
)
department = env["hr.department"].create({"name": "Bench board"})
board = env["party.board"].create(
    {
        "name": "Bench board",
        "code": "BENCH",
        "kind": "board",
        "department_id": department.id,
        "head_id": head.id,
    }
)
env["party.board.assignment"].create(
    {"board_id": board.id, "user_id": chief.id, "date_from": f"{YEAR}-01-01"}
)
env["hr.employee"].create(
    [
        {
            "name": f"Person {number:03}",
            "department_id": department.id,
            "user_id": staff.id if not number else False,
        }
        for number in range(parameters["persons"])
    ]
)
budget = env["party.budget"]._obtain(board, YEAR, company)[board.id]
lines = env["party.budget.line"].create(
    [
        {
            "budget_id": budget.id,
            "fund_id": env.ref("party_office_finance.fund_13").id,
            "item_id": env.ref(f"party_office_finance.item_{code}").id,
        }
        for code in ("6700", "6500")
    ]
)
# the measurement is not about handing in papers
env["party.claim.kind.paper"].search([]).active = False
# money without a decision: the measurement is about claims, not about estimates
env.flush_all()
env.cr.execute(
    "UPDATE party_budget_line SET allocated = 100000000000 WHERE id = ANY(%s)",
    [lines.ids],
)
env.cr.commit()
report(lines=len(lines))
