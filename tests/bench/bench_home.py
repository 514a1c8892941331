"""The home page of each role, with few records and with those of five years."""

from odoo_process import drop_database, make_database, measure
from table import print_machine, print_table

MODULES = (
    "party_office_docs",
    "party_office_events",
    "party_office_finance",
    "party_office_fleet",
)
SIZES = {
    "few": {
        "staff": 20,
        "items": 500,
        "papers": 500,
        "claims": 200,
        "orders": 200,
        "tasks": 80,
    },
    "five years": {
        "staff": 150,
        "items": 300_000,
        "papers": 165_000,
        "claims": 60_000,
        "orders": 40_000,
        "tasks": 20_000,
    },
}
DATABASE = "party_office_bench_home"


def main():
    """Measure and print milliseconds and queries."""
    found = {}
    for name, size in SIZES.items():
        make_database(DATABASE, MODULES)
        try:
            measure(DATABASE, "home_data.py", **size)
            found[name] = measure(DATABASE, "home_measure.py")
        finally:
            drop_database(DATABASE)
    print_machine()
    print("Milliseconds (queries), median of 6 with cold caches; the slowest one:\n")
    few, many = found.values()
    print_table(
        ["role", *found, "slowest", "cards", "waits on him"],
        [
            [
                row["role"],
                f"{small['ms']:.0f} ({small['queries']})",
                f"{row['ms']:.0f} ({row['queries']})",
                f"{row['slowest']:.0f}",
                row["cards"],
                row["waiting"],
            ]
            for small, row in zip(few, many, strict=True)
        ],
    )


if __name__ == "__main__":
    main()
