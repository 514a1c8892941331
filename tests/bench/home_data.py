# Runs in `odoo shell`: an office with the records of five years. The addons make one
# record of each kind; SQL copies it, as many times as a province has them.
# ruff: noqa: F821
from datetime import UTC, datetime, timedelta

from odoo import Command

BOARDS = 12
ROLES = (
    "office_chief",
    "chief_accountant",
    "accountant",
    "board_head",
    "cashier",
    "dispatcher",
    "clerk",
    "driver",
)
cr, company = env.cr, env.company
now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def new_user(login, role, board):
    """Make a user with a role who works in a board."""
    groups = env.ref("base.group_user") | env.ref(f"party_office_base.group_{role}")
    user = env["res.users"].create(
        {"name": login, "login": login, "group_ids": [Command.set(groups.ids)]}
    )
    env["hr.employee"].create(
        {"name": login, "user_id": user.id, "department_id": board.department_id.id}
    )
    return user


def copy(record, count, **values):
    """Copy a record by SQL; values are SQL over ``n``, the number of the copy."""
    env.flush_all()
    # triggers that wait for the end of the transaction would keep the table
    cr.commit()
    table = record._table
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND column_name <> 'id' AND is_generated = 'NEVER'",
        [table],
    )
    names = [name for (name,) in cr.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    source = ", ".join(values.get(name, f'source."{name}"') for name in names)
    cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cr.execute(
        f"INSERT INTO {table} ({columns}) SELECT {source} FROM {table} AS source,"
        " generate_series(1, %s) AS n WHERE source.id = %s",
        [count, record.id],
    )
    cr.commit()
    cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def pick(ids):
    """Return the SQL that takes one id after the other."""
    return f"(ARRAY{list(ids)})[1 + n / 3 %% {len(ids)}]"


def often(per_cent, yes, no):
    """Return the SQL that says yes for some of a hundred."""
    return f"CASE WHEN n %% 100 < {per_cent} THEN {yes} ELSE {no} END"


def ago(days):
    """Return the SQL of a moment within the last days."""
    return f"now() AT TIME ZONE 'UTC' - (n %% {days * 24}) * interval '1 hour'"


boards = env["party.board"].create(
    [
        {
            "name": f"Board {number}",
            "code": f"BENCH{number}",
            "kind": "office" if not number else "board",
            "department_id": env["hr.department"].create({"name": f"B{number}"}).id,
        }
        for number in range(BOARDS)
    ]
)
users = {role: new_user(f"bench_{role}", role, boards[0]) for role in ROLES}
staff = [
    new_user(f"bench_staff{number}", "staff", boards[number % BOARDS])
    for number in range(parameters["staff"])
]
users["staff"] = staff[1]
boards[1].head_id = users["board_head"]
for board in boards[1:5]:
    env["party.board.assignment"].create(
        {
            "board_id": board.id,
            "user_id": users["accountant"].id,
            "date_from": "2020-01-01",
        }
    )
company.write(
    {
        "office_chief_id": users["office_chief"].id,
        "chief_accountant_id": users["chief_accountant"].id,
        "dispatcher_id": users["dispatcher"].id,
    }
)
people = [user.id for user in [*users.values(), *staff]]
board_ids = boards.ids

# ---------------------------------------------------------------------- the work list
item = env["party.work.item"].create(
    {
        "res_model": "party.handover",
        "res_id": 1,
        "name": "BENCH",
        "summary": "Bench",
        "board_id": boards[1].id,
        "requester_id": users["staff"].id,
        "state": "done",
    }
)
copy(
    item,
    parameters["items"],
    res_id="n + 1",
    board_id=pick(board_ids),
    requester_id=pick(people),
    state=often(2, "'open'", "'done'"),
    step="'Step ' || n %% 7",
    waiting_user_id=often(2, pick(people), "NULL"),
    waiting_since=often(2, ago(30), "NULL"),
)

# ------------------------------------------------------------------------------ papers
paper = env["party.document"].create(
    {
        "body_id": env["party.issuing.body"]
        .create({"name": "Bench", "code": "BENCH", "board_id": boards[0].id})
        .id,
        "sender_id": env["party.correspondent"]
        .create({"name": "Bench", "code": "CQB"})
        .id,
        "symbol": "1-CV/CQB",
        "document_date": now.date(),
        "kind_id": env.ref("party_office_docs.kind_letter").id,
        "abstract": "V/v kế hoạch",
    }
)
copy(
    paper,
    parameters["papers"],
    state=often(2, "'directed'", "'done'"),
    phase=often(2, "'doing'", "NULL"),
    handler_id=pick(people),
    director_id=str(users["office_chief"].id),
    lead_board_id=pick(board_ids),
    board_id=pick(board_ids),
    registered_at=ago(1800),
    registered_by_id=str(users["clerk"].id),
    closed_at=often(2, "NULL", ago(1800)),
    deadline=f"({ago(40)} + interval '20 days')::date",
    escalation=often(1, "'red'", "'none'"),
    name="n || '/2026'",
    number="n",
    symbol="n || '-CV/CQB'",
    symbol_key="n || 'cvcqb'",
    reader_keys=f"ARRAY[{pick(board_ids)}, -{pick(people)}]",
)

# -------------------------------------------------------------------------------- money
fund = env.ref("party_office_finance.fund_13")
items = env["party.budget.item"].search([("level", "=", "sub_item")], limit=40)
budgets = env["party.budget"]._obtain(boards, now.year, company)
env["party.budget.line"].create(
    [
        {"budget_id": budgets[board.id].id, "fund_id": fund.id, "item_id": item.id}
        for board in boards
        for item in items
    ]
)
env.flush_all()
cr.execute("UPDATE party_budget_line SET allocated = 1e9, spent = mod(id, 9) * 1e8")
claim = env["party.claim"].create(
    {
        "board_id": boards[1].id,
        "kind_id": env.ref("party_office_finance.claim_kind_fuel").id,
        "description": "Bench",
        "line_ids": [Command.create({"name": "Fill", "amount": 100_000})],
    }
)
copy(
    claim,
    parameters["claims"],
    name="'BENCH' || n",
    board_id=pick(board_ids),
    state=often(2, "'submitted'", "'paid'"),
    waiting_user_id=often(2, pick(people), "NULL"),
    waiting_since=often(2, ago(30), "NULL"),
    requester_id=pick(people),
    payment_method="'cash'",
)
# what waits longest can be decided on the page
cr.execute(
    """
    INSERT INTO party_work_item
           (res_model, res_id, name, summary, board_id, requester_id, state, step,
            waiting_user_id, waiting_since, amount)
    SELECT 'party.claim', id, name, description, board_id, requester_id, 'open',
           'Check', waiting_user_id, waiting_since - interval '1 year', amount_total
      FROM party_claim WHERE state = 'submitted'
    """
)

# --------------------------------------------------------------------------------- cars
cars = env["party.car"].create(
    [{"plate": f"99Z-{number:03}.00", "name": "Car"} for number in range(30)]
)
driver = env["party.driver"].create({"employee_id": users["driver"].employee_id.id})
env["res.users"].browse(env.uid).group_ids |= env.ref(
    "party_office_base.group_dispatcher"
)
order = env["party.dispatch"].create(
    {
        "board_id": boards[0].id,
        "start": now,
        "stop": now + timedelta(hours=4),
        "route": "X",
    }
)
copy(
    order,
    parameters["orders"],
    name="'BENCH' || n",
    state="'approved'",
    progress=often(1, "'running'", "'done'"),
    car_id=pick(cars.ids),
    driver_id=often(5, str(driver.id), "NULL"),
    driver_user_id=often(5, str(users["driver"].id), "NULL"),
    odometer_out="0",
    odometer_in="10",
    start=ago(900),
    stop=f"{ago(900)} + interval '4 hours'",
)
request = (
    env["party.car.request"]
    .with_user(users["staff"])
    .create(
        {
            "purpose": "Bench",
            "destination": "X",
            "start": now,
            "stop": now + timedelta(hours=4),
        }
    )
)
copy(
    request,
    parameters["orders"],
    name="'BENCH' || n",
    board_id=pick(board_ids),
    requester_id=pick(people),
    state="'approved'",
    answer=often(1, "'waiting'", "'assigned'"),
    start=ago(900),
    stop=f"{ago(900)} + interval '4 hours'",
)
cr.execute(
    "INSERT INTO party_car_request_passenger_rel (request_id, employee_id)"
    " SELECT id, %s FROM party_car_request WHERE id %% 50 = 0 ON CONFLICT DO NOTHING",
    [users["staff"].employee_id.id],
)

# -------------------------------------------------------------------------- conferences
event = env["party.event"].create(
    {
        "title": "Bench",
        "kind_id": env.ref("party_office_events.kind_review").id,
        "board_id": boards[1].id,
        "lead_board_id": boards[1].id,
        "organiser_id": users["staff"].id,
        "start": now + timedelta(days=2),
        "stop": now + timedelta(days=2, hours=4),
    }
)
task = event._add_tasks(
    [{"name": "Bench", "board_id": boards[1].id, "due_date": now.date()}]
)
copy(
    task,
    parameters["tasks"],
    board_id=pick(board_ids),
    progress=often(3, "'open'", "'done'"),
    colour=often(2, "'red'", "'none'"),
    doer_id=pick(people),
)
copy(event, parameters["tasks"] // 40, name="'BENCH' || n", start=ago(900))
cr.commit()
cr.execute("ANALYZE")
cr.commit()
report(done=True)
