"""Three weeks of cars: trips that were driven, orders of today, requests that wait."""

from datetime import date, datetime, time, timedelta

from odoo import Command
from odoo.tools import convert_file

from .csv_data import ADDON, as_user, read_table, record

TABLES = (
    "party.driver",
    "party.car",
    "party.car.norm",
    "party.fuel.price",
    "party.car.title",
    "party.place",
)
#: the office is seven hours ahead of UTC
AHEAD = timedelta(hours=7)
#: the invented estimate is that of 2026
LAST_DAY = date(2026, 12, 11)
ODOMETER = 40_000
PRICE = 19_600
#: days since the last one, for the first car
CARE = {"inspection": 280, "insurance": 300, "oil": 150}
#: cars come back with a few km more than were planned
DETOUR = 4


def load_cars(env):
    """Load drivers, cars and fuel norms."""
    for name in TABLES:
        convert_file(env, ADDON, f"data/{name}.csv", {}, mode="init", noupdate=True)


def make_care(env):
    """Enter when each car was last inspected, insured and serviced."""
    care = as_user(env["party.car.care"], record(env, "user", "dieuxe"))
    for number in range(1, 6):
        car = record(env, "car", str(number))
        for kind, days in CARE.items():
            care.create(
                {
                    "car_id": car.id,
                    "kind_id": env.ref(f"party_office_fleet.car_care_kind_{kind}").id,
                    # one car after the other comes due
                    "date": date.today() - timedelta(days=days - 25 * number),
                    "odometer": ODOMETER + car.id * 1000,
                }
            )


def make_statement(env):
    """Draft the fuel statement of this month for the car that drives most."""
    day = working_day(-1)
    as_user(env["party.fuel.statement"], record(env, "user", "dieuxe")).create(
        {
            "car_id": record(env, "car", "4").id,
            "driver_id": record(env, "driver", "2").id,
            "month": day.replace(day=1),
            "opening": 30,
            "closing": 35,
        }
    )


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
            "stop_ids": [Command.create({"place_id": _place(env, row).id})],
            "start": _moment(row),
            "stop": _moment(row, float(row["hours"])),
            "km": float(row["km"]),
            "hard_km": float(row["hard_km"]),
            "passenger_ids": [Command.set(_passengers(env, row))],
            "passenger_count": int(row["persons"]),
        }
    )
    if row["outcome"] != "draft":
        request.action_submit()
    return request


def _place(env, row):
    return env["party.place"].search([("name", "=", row["destination"])])


def _passengers(env, row):
    """Return the ids of the persons of the office who travel.

    The secretary goes with the deputy secretary of the committee, whose car it is.
    """
    logins = [row["login"]]
    if row["login"] == "thuky":
        logins.insert(0, "phobithu")
    return [record(env, "user", login).employee_id.id for login in logins]


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
    driver.action_start(out, order.start)
    driver.action_end(back, order.stop)
    if row["fuel"]:
        litres, number = row["fuel"].split("/")
        driver.action_add_fill(
            {
                "litres": float(litres),
                "amount": float(litres) * PRICE,
                "odometer": back,
                "invoice_series": "1C26TXD",
                "invoice_number": number,
                "station": "Cửa hàng xăng dầu số 7",
                "date": f"{order.stop + AHEAD:%Y-%m-%d}",
            }
        )
