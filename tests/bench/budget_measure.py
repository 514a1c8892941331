# Runs in `odoo shell`: the same questions to our addon, to the peer and to core.
# ruff: noqa: F821
import statistics
import time
from datetime import date

from odoo.addons.party_office_base.rules.report import ReportOptions

REPEAT = 3
reader = env(user=env["res.users"].search([("login", "=", "bench")]).id, su=False)


def timed(what, question):
    """Report the median time (ms) and the queries of a question, caches cold."""
    question()
    times, queries = [], 0
    for _round in range(REPEAT):
        env.invalidate_all()
        before, start = env.cr.sql_log_count, time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
        queries = env.cr.sql_log_count - before
    report(what=what, ms=statistics.median(times), queries=queries)


def listed(model, fields, domain=(), limit=80):
    """Read a list as the web client does."""
    shape = {
        name: {"fields": {"display_name": {}}}
        if reader[model]._fields[name].relational
        else {}
        for name in fields
    }
    return lambda: reader[model].web_search_read(list(domain), shape, limit=limit)


OURS = [
    *("board_id", "fund_id", "item_id", "allocated", "held", "advanced", "spent"),
    *("available", "used_share", "usage_level"),
]
THEIRS = [
    *("crossovered_budget_id", "general_budget_id", "analytic_account_id"),
    *("date_from", "date_to", "planned_amount", "practical_amount"),
    *("theoretical_amount", "percentage"),
]
bench = [("board_id.code", "=like", "BENCH%")]
timed("list80 ours", listed("party.budget.line", OURS, bench))
timed("list480 ours", listed("party.budget.line", OURS, bench, 480))
timed("list80 peer", listed("crossovered.budget.lines", THEIRS))
timed("list480 peer", listed("crossovered.budget.lines", THEIRS, (), 480))
timed("empty list", listed("party.budget.line", OURS, [("id", "=", 0)]))

board = reader["party.board"].search([("code", "=", "BENCH3")])
options = ReportOptions(day=date(2026, 12, 31), year=2026, board_ids=(board.id,))


def board_report():
    data = reader["party.report.execution"]._report(options)
    return len(list(data.rows))


timed("board report ours", board_report)


def pivot(model, dimensions, measure):
    """Ask what the pivot view asks."""
    sets = [[], dimensions[:1], dimensions]
    return lambda: reader[model].formatted_read_grouping_sets([], sets, [measure])


timed(
    "pivot ours", pivot("party.budget.month", ["board_id", "month:month"], "spent:sum")
)
timed(
    "pivot core",
    pivot("account.analytic.line", ["account_id", "date:month"], "amount:sum"),
)
