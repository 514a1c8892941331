"""Budgets: our list, board report and pivot beside account_budget_oca and core.

12 boards × 40 items; the same expenses in one database, which grows from 1,000 to
1,000,000 of them.
"""

from odoo_process import drop_database, install_peers, make_database, measure
from table import print_machine, print_table

DATABASE = "party_office_bench_budget"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUESTIONS = (
    ("Our budget list, 80 lines", "list80 ours"),
    ("account_budget_oca, 80 lines", "list80 peer"),
    ("Our budget list, 480 lines", "list480 ours"),
    ("account_budget_oca, 480 lines", "list480 peer"),
    ("Our list, empty", "empty list"),
    ("Our report of one board, as of a day", "board report ours"),
    ("Our pivot board × month", "pivot ours"),
    ("Core's pivot board × month", "pivot core"),
)
RATIOS = (
    ("Peer / ours, list of 80", "list80 peer", "list80 ours"),
    ("Peer / ours, list of 480", "list480 peer", "list480 ours"),
    ("Our board report / our empty list", "board report ours", "empty list"),
    ("Core's pivot / ours", "pivot core", "pivot ours"),
)


def main():
    """Measure and print the figures and the ratios."""
    peers = install_peers()
    make_database(DATABASE, ["party_office_finance", "account_budget_oca"], peers)
    found = {}
    try:
        for size in SIZES:
            measure(DATABASE, "budget_data.py", peers, lines=size)
            rows = measure(DATABASE, "budget_measure.py", peers)
            found[size] = {row["what"]: row for row in rows}
    finally:
        drop_database(DATABASE)
    print_machine()
    sizes = [f"{size:,}" for size in SIZES]
    print("Milliseconds (queries) by number of expenses, median of 3, caches cold:\n")
    print_table(
        ["", *sizes],
        [
            [title, *(_figure(found[size][key]) for size in SIZES)]
            for title, key in QUESTIONS
        ],
    )
    print("Ratios:\n")
    print_table(
        ["", *sizes],
        [
            [title, *(f"{_ratio(found[size], above, below):.1f}" for size in SIZES)]
            for title, above, below in RATIOS
        ],
    )


def _figure(row):
    return f"{row['ms']:,.0f} ({row['queries']})"


def _ratio(rows, above, below):
    return rows[above]["ms"] / rows[below]["ms"]


if __name__ == "__main__":
    main()
