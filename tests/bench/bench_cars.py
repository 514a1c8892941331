"""Booking a car that has many bookings behind it, beside the peer; and who is free."""

from odoo_process import drop_database, install_peers, make_database, measure
from table import print_machine, print_table

DATABASE = "party_office_bench_cars"
BOOKINGS = (0, 10_000, 100_000)
CARS = 30


def main():
    """Measure and print milliseconds, queries and their ratios."""
    peers = install_peers()
    make_database(DATABASE, ["party_office_fleet", "fleet_vehicle_usage"], peers)
    try:
        rows = [
            measure(DATABASE, "cars_measure.py", peers, bookings=number, cars=CARS)[0]
            for number in BOOKINGS
        ]
    finally:
        drop_database(DATABASE)
    print_machine()
    print("One booking, all earlier ones on the same car; milliseconds (queries):\n")
    print_table(
        ["bookings", "ours: planned", "ours: refused", "peer: reserved", "peer / ours"],
        [
            [
                f"{row['bookings']:,}",
                *(
                    f"{row[step][0]:.1f} ({row[step][1]})"
                    for step in ("planned", "refused", "peer")
                ),
                f"{row['peer'][0] / row['planned'][0]:.1f}",
            ]
            for row in rows
        ],
    )
    print(f"Which of {CARS} cars are free for a day (bookings spread over them):\n")
    print_table(
        ["bookings", "milliseconds", "queries", "index"],
        [
            [
                f"{row['bookings']:,}",
                f"{row['free'][0]:.2f}",
                row["free"][1],
                row["index"],
            ]
            for row in rows
        ],
    )


if __name__ == "__main__":
    main()
