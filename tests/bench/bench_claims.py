"""A claim for many persons beside core's expenses, and many vouchers in one PDF."""

from odoo_process import drop_database, make_database, measure
from table import print_machine, print_table

DATABASE = "party_office_bench_claims"
PERSONS = (1, 5, 50, 200)
VOUCHERS = (1, 10, 100)


def main():
    """Measure and print milliseconds, queries and their ratios."""
    make_database(DATABASE, ["party_office_finance", "hr_expense"])
    try:
        measure(DATABASE, "claims_data.py", persons=max(PERSONS))
        claims = measure(DATABASE, "claims_measure.py", persons=PERSONS)
        prints = measure(DATABASE, "vouchers_measure.py", vouchers=VOUCHERS)
    finally:
        drop_database(DATABASE)
    print_machine()
    print(
        "A trip of three days, saved and sent; milliseconds (queries), median of 3:\n"
    )
    print_table(
        ["persons", "our claim: save", "our claim: send", "core: save", "core: send"],
        [
            [
                row["persons"],
                *(
                    f"{row[step][0]:.0f} ({row[step][1]})"
                    for step in ("save", "send", "core_save", "core_send")
                ),
            ]
            for row in claims
        ],
    )
    print("Vouchers (phiếu chi) in one PDF:\n")
    print_table(
        ["vouchers", "pages", "seconds", "queries", "kB"],
        [
            [
                row["vouchers"],
                row["pages"],
                f"{row['seconds']:.2f}",
                row["queries"],
                row["size"],
            ]
            for row in prints
        ],
    )


if __name__ == "__main__":
    main()
