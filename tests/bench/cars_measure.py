# Runs in `odoo shell`: book one car that has many bookings behind it, ours and the
# peer's, and ask which cars are free. Nothing is kept.
# ruff: noqa: F821
import statistics
import time
from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tools import SQL

START = datetime(2026, 6, 15)
BOOKINGS, CARS = parameters["bookings"], parameters["cars"]

env = env(context={**env.context, "tracking_disable": False})
board = env["party.board"].create({"name": "Bench", "code": "BENCH", "kind": "board"})
car, *others = env["party.car"].create(
    [{"plate": f"20A-{number:03}.00", "name": "Car"} for number in range(CARS + 1)]
)
fleet = env["party.car"].union(*others)
employee = env["hr.employee"].create({"name": "Driver"})
driver = env["party.driver"].create({"employee_id": employee.id})
brand = env["fleet.vehicle.model.brand"].create({"name": "Bench"})
model = env["fleet.vehicle.model"].create({"name": "Bench", "brand_id": brand.id})
vehicle = env["fleet.vehicle"].create({"model_id": model.id, "license_plate": "B"})
env["res.users"].browse(env.uid).group_ids |= env.ref(
    "party_office_base.group_dispatcher"
)
env.flush_all()


def fill():
    """Store bookings of an hour each, one after the other, by SQL."""
    for subject_model, subjects in (("party.car", car), ("party.car", fleet)):
        env.cr.execute(
            SQL(
                """
                INSERT INTO party_occupancy
                    (subject_model, subject_id, start, stop, res_model, res_id)
                SELECT %s, (%s::int[])[1 + n %% %s],
                       %s - (n / %s + 1) * interval '90 minutes',
                       %s - (n / %s + 1) * interval '90 minutes' + interval '1 hour',
                       'party.dispatch', 10000000 + n
                  FROM generate_series(0, %s) AS n
                """,
                subject_model,
                subjects.ids,
                len(subjects),
                START,
                len(subjects),
                START,
                len(subjects),
                BOOKINGS - 1,
            )
        )
    env.cr.execute(
        SQL(
            """
            INSERT INTO party_dispatch
                (name, board_id, requester_id, company_id, state, progress, car_id,
                 driver_id, start, stop, route)
            SELECT 'B' || n, %s, %s, %s, 'approved', 'done', %s, %s,
                   %s - (n + 1) * interval '90 minutes',
                   %s - (n + 1) * interval '90 minutes' + interval '1 hour', 'Bench'
              FROM generate_series(0, %s) AS n
            """,
            board.id,
            env.uid,
            env.company.id,
            car.id,
            driver.id,
            START,
            START,
            BOOKINGS - 1,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO fleet_vehicle_usage
                (name, state, company_id, user_id, vehicle_id, date_picking,
                 date_return)
            SELECT 'B' || n, 'returned', %s, %s, %s,
                   %s - (n + 1) * interval '90 minutes',
                   %s - (n + 1) * interval '90 minutes' + interval '1 hour'
              FROM generate_series(0, %s) AS n
            """,
            env.company.id,
            env.uid,
            vehicle.id,
            START,
            START,
            BOOKINGS - 1,
        )
    )
    env.cr.execute("ANALYZE")


def timed(action):
    """Return milliseconds and queries of an action that is undone, caches cold."""
    found = []
    for _round in range(5):
        with env.cr.savepoint() as savepoint:
            env.flush_all()
            env.invalidate_all()
            queries, begin = env.cr.sql_log_count, time.perf_counter()
            action()
            env.flush_all()
            spent = (time.perf_counter() - begin) * 1000
            found.append((spent, env.cr.sql_log_count - queries))
            savepoint.rollback()
        env.invalidate_all()
    return statistics.median(spent for spent, _queries in found), found[-1][1]


def plan(start=START):
    return env["party.dispatch"].create(
        {
            "board_id": board.id,
            "car_id": car.id,
            "driver_id": driver.id,
            "start": start,
            "stop": start + timedelta(hours=4),
            "route": "Bench",
        }
    )


def refused():
    """Ask for the car while it is taken."""
    try:
        plan(START - timedelta(minutes=80))
    except UserError:
        return
    if BOOKINGS:
        raise AssertionError("a car was booked twice")


def reserve():
    env["fleet.vehicle.usage"].create(
        {
            "vehicle_id": vehicle.id,
            "user_id": env.uid,
            "state": "reserved",
            "date_picking": START,
            "date_return": START + timedelta(hours=4),
        }
    )


def free():
    return env["party.occupancy"]._free(fleet, START, START + timedelta(days=1))


def index_of_free():
    """Return the index that the search uses."""
    rows = env.execute_query(
        SQL(
            """
            EXPLAIN SELECT id FROM party_occupancy
             WHERE subject_model = 'party.car' AND subject_id = ANY(%s)
               AND tsrange(start, stop, '[)') && tsrange(%s, %s, '[)')
            """,
            fleet.ids,
            START,
            START + timedelta(days=1),
        )
    )
    plan_text = " ".join(row for (row,) in rows)
    return "party_occupancy_once" if "party_occupancy_once" in plan_text else "scan"


if BOOKINGS:
    fill()
# what lives as long as the process
timed(plan)
timed(reserve)
report(
    bookings=BOOKINGS,
    planned=timed(plan),
    refused=timed(refused),
    peer=timed(reserve),
    free=timed(free),
    index=index_of_free(),
)
env.cr.rollback()
