"""Rooms, persons, boards, services and accountants: plain tables, loaded once."""

from odoo.tools import convert_file

from .csv_data import ADDON, read_table

TABLES = (
    "hr.department",
    "hr.job",
    "res.users",
    "hr.employee",
    "party.board",
    "party.board.service",
    "party.board.assignment",
    "res.partner",
)


def load_people(env):
    """Load the tables of this addon's own records; they are never loaded again."""
    for name in TABLES:
        convert_file(env, ADDON, f"data/{name}.csv", {}, mode="init", noupdate=True)
    _set_logins(env)


def _set_logins(env):
    """Give everybody the demo password, and spare them OdooBot and tours."""
    users = env["res.users"].search([("login", "in", _every_login())])
    users |= env.ref("base.user_admin")
    password = read_table("demo_logins")[0]["password"]
    # one hash for all: hashing is slow on purpose
    hashed = users._crypt_context().hash(password)
    for user in users:
        user._set_encrypted_password(user.id, hashed)
    if "odoobot_state" in users._fields:
        users.odoobot_state = "disabled"
    if "tour_enabled" in users._fields:
        users.tour_enabled = False
    for department, head in _heads_of_rooms(env):
        department.manager_id = head


def _every_login():
    return [row["login"] for row in read_table("res.users")]


def _heads_of_rooms(env):
    for board in env["party.board"].search([("department_id", "!=", False)]):
        yield board.department_id, board.head_id.employee_id
    leading = env.ref(f"{ADDON}.job_tp") | env.ref(f"{ADDON}.job_ktt")
    for employee in env["hr.employee"].search([("job_id", "in", leading.ids)]):
        yield employee.department_id, employee
