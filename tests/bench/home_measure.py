# Runs in `odoo shell`: the home page of each role. Nothing is kept.
# ruff: noqa: F821
import statistics
import time

ROUNDS = 7
ROLES = (
    "staff1",
    "board_head",
    "office_chief",
    "chief_accountant",
    "accountant",
    "cashier",
    "dispatcher",
    "clerk",
    "driver",
)

for role in ROLES:
    user = env["res.users"].search([("login", "=", f"bench_{role}")])
    home = env["party.home"].with_user(user).with_context(lang="vi_VN")
    spent = []
    for _round in range(ROUNDS):
        env.invalidate_all()
        queries, begin = env.cr.sql_log_count, time.perf_counter()
        page = home.get_home()
        spent.append((time.perf_counter() - begin) * 1000)
        queries = env.cr.sql_log_count - queries
    # the first round fills what lives as long as the process
    report(
        role=role.rstrip("1"),
        ms=statistics.median(spent[1:]),
        slowest=max(spent[1:]),
        queries=queries,
        cards=len(page["cards"]),
        waiting=page["cards"][0]["count"],
    )
env.cr.rollback()
