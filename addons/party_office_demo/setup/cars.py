"""Three weeks of cars: trips that were driven, orders of today, requests that wait."""

from datetime import date, datetime, time, timedelta

from odoo.tools import convert_file

from .csv_data import ADDON, as_user, read_table, record

TABLES = ("party.driver", "party.car", "party.car.norm")
#: the office is seven hours ahead of UTC
AHEAD = timedelta(hours=7)
#: the invented estimate is that of 2026
LAST_DAY = date(2026, 12, 11)
ODOMETER = 40_000
#: cars come back with a few km more than were planned
DETOUR = 4


def load_cars(env):
    """Load drivers, cars and fuel norms."""
    for name in TABLES:
        convert_file(env, ADDON, f"data/{name}.csv", {}, mode="init", noupdate=True)


def make_trips(env):
    """Make requests and orders around today, each as far as its row says."""
    odometers = {}
    for row in read_table("trips"):
        request = _ask(env, row)
        if row["outcome"] in ("draft", "asked"):
            continue
        decide(request)
        if row["outcome"] == "waiting":
            continue
        order = _plan(env, request, row)
        if row["outcome"] == "planned":
            continue
        as_user(order, record(env, "user", "dieuxe")).action_submit()
        if row["outcome"] == "submitted":
            continue
        decide(order)
        if row["outcome"] == "done":
            _drive(order, row, odometers)


def decide(document):
    """Let the persons whom a document waits on approve it."""
    while document.sudo().state == "submitted":
        acting = as_user(document, document.sudo().waiting_user_id)
        acting.with_context(approval_seen=acting.content_hash).action_approve()
        document.invalidate_recordset()


def working_day(number):
    """Return the working day ``number`` days from today; 0 is today or next Monday."""
    day, step = min(date.today(), LAST_DAY), 1 if number >= 0 else -1
    while day.weekday() > 4:
        day += timedelta(days=1)
    while number:
        day += timedelta(days=step)
        if day.weekday() < 5:
            number -= step
    return day


def _moment(row, hours=0.0):
    """Return the departure of a row (UTC), some hours later."""
    day = datetime.combine(working_day(int(row["day"])), time())
    return day - AHEAD + timedelta(hours=float(row["hour"]) + hours)


def _ask(env, row):
    requester = record(env, "user", row["login"])
    request = as_user(env["party.car.request"], requester).create(
        {
            "purpose": row["purpose"],
            "basis": row["basis"],
            "destination": row["destination"],
            "start": _moment(row),
            "stop": _moment(row, float(row["hours"])),
            "km": float(row["km"]),
            "passenger_count": int(row["persons"]),
        }
    )
    if row["outcome"] != "draft":
        request.action_submit()
    return request


def _plan(env, request, row):
    dispatcher = record(env, "user", "dieuxe")
    action = as_user(request, dispatcher).action_plan(
        record(env, "car", row["car"]).id, record(env, "driver", row["driver"]).id
    )
    return env["party.dispatch"].browse(action["res_id"])


def _drive(order, row, odometers):
    car = order.car_id
    out = odometers.get(car, ODOMETER + car.id * 1000)
    back = odometers[car] = out + int(float(row["km"])) + DETOUR
    driver = as_user(order, order.driver_user_id)
    driver._start_trip(out, order.start)
    driver._end_trip(back, order.stop)
