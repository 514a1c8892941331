"""The books with 1,000 and with 165,000 papers, beside the files of OCA's dms."""

from odoo_process import drop_database, install_peers, make_database, measure
from table import print_machine, print_table

DATABASE = "party_office_bench_papers"
#: five years of a province, and a beginning
BOOKS = ((800, 200), (125_000, 40_000))


def main():
    """Measure and print milliseconds, queries and their ratios."""
    peers = install_peers()
    make_database(DATABASE, ["party_office_docs", "dms"], peers)
    found = []
    try:
        for incoming, outgoing in BOOKS:
            fill = {"incoming": incoming, "outgoing": outgoing}
            measure(DATABASE, "papers_data.py", peers, **fill)
            found.append(measure(DATABASE, "papers_measure.py", peers)[0])
    finally:
        drop_database(DATABASE)
    small, large = (row["steps"] for row in found)
    print_machine()
    print("Milliseconds (queries), with few papers and with many:\n")
    print_table(
        ["", *(f"{row['papers']:,} papers" for row in found), "ratio"],
        [
            [
                step,
                f"{small[step][0]:.0f} ({small[step][1]})",
                f"{large[step][0]:.0f} ({large[step][1]})",
                f"{large[step][0] / small[step][0]:.1f}",
            ]
            for step in small
        ],
    )


if __name__ == "__main__":
    main()
