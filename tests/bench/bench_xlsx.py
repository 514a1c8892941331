"""XLSX of the whole budget ledger: ours beside core's export of the same columns."""

from odoo_process import drop_database, make_database, measure
from table import print_machine, print_table

DATABASE = "party_office_bench_xlsx"
ROWS = 100_000
WAYS = {
    "ours": "Ours: cursor of the database, constant memory",
    "core": "Core: export_data + ExportXlsxWriter",
}


def main():
    """Measure and print seconds, growth of memory and their ratios."""
    make_database(DATABASE, ["party_office_finance"])
    try:
        measure(DATABASE, "xlsx_data.py", rows=ROWS)
        found = {way: measure(DATABASE, "xlsx_measure.py", way=way)[0] for way in WAYS}
    finally:
        drop_database(DATABASE)
    print_machine()
    print(f"{found['ours']['rows']:,} rows × 14 columns, a fresh process each:\n")
    print_table(
        ["", "seconds", "of which Python", "peak memory grew by (MB)", "file (MB)"],
        [
            [
                title,
                f"{found[way]['seconds']:.1f}",
                f"{found[way]['cpu']:.1f}",
                f"{found[way]['grown']:.0f}",
                f"{found[way]['size']:.1f}",
            ]
            for way, title in WAYS.items()
        ],
    )
    seconds = found["core"]["seconds"] / found["ours"]["seconds"]
    grown = found["core"]["grown"] / max(found["ours"]["grown"], 1)
    print(f"Core / ours: {seconds:.1f}× the time, {grown:.0f}× the memory.\n")


if __name__ == "__main__":
    main()
