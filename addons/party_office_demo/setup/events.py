"""Conferences, a delegation, the week's programme and the service desk at work."""

from datetime import datetime, time, timedelta

from odoo import Command
from odoo.tools import convert_file

from .cars import AHEAD, decide, working_day
from .csv_data import ADDON, as_user, read_table, record

TABLES = ("party.room", "party.supply")
EVENTS = "party_office_events.{}"


def load_events(env):
    """Load rooms and supplies, and say who answers for each service."""
    for name in TABLES:
        convert_file(env, ADDON, f"data/{name}.csv", {}, mode="init", noupdate=True)
    caretaker = record(env, "user", "chuyenvien.qt")
    technician = record(env, "user", "chuyenvien.cy")
    technical = env.ref(EVENTS.format("service_it")) | env.ref(
        EVENTS.format("service_account")
    )
    for kind in env["party.service.kind"].search([("lead_id", "=", False)]):
        people = (
            (technician, caretaker) if kind in technical else (caretaker, technician)
        )
        kind.write({"lead_id": people[0].id, "deputy_id": people[1].id})
    for supply in env["party.supply"].search([("on_hand", "=", 0)]):
        quantity = 3 * (supply.minimum or 5)
        as_user(supply, caretaker).action_receive(quantity, supply.price, "HĐ 0001211")


def moment(day, hour, minute=0):
    """Return a time of the office on a working day from now, as stored (UTC)."""
    return datetime.combine(working_day(day), time(hour, minute)) - AHEAD


def make_conferences(env):
    """Plan conferences as their organisers do, each as far as its row says."""
    for row in read_table("events"):
        organiser = record(env, "user", row["organiser"])
        event = as_user(env["party.event"], organiser).create(
            {
                "title": row["title"],
                "kind_id": env.ref(EVENTS.format(f"kind_{row['kind']}")).id,
                "lead_board_id": record(env, "board", row["lead"]).id,
                "board_id": record(env, "board", row["payer"]).id,
                "organiser_id": organiser.id,
                "leader_ids": [Command.set(record(env, "user", row["leader"]).ids)],
                "start": moment(int(row["day"]), int(row["from"])),
                "stop": moment(int(row["day"]) + int(row["days"]), int(row["to"])),
                "place": row["place"],
                "delegate_count": int(row["delegates"]),
                "purpose": row["purpose"],
                "has_estimate": bool(row["half_days"]),
                "half_days": int(row["half_days"] or 0),
            }
        )
        if row["room"]:
            as_user(env["party.room.booking"], organiser).create(
                {
                    "room_id": record(env, "room", row["room"]).id,
                    "event_id": event.id,
                    "start": event.start,
                    "stop": event.stop,
                }
            )
        event.action_make_plan()
        if row["outcome"] == "planned":
            continue
        event.action_submit()
        if row["outcome"] == "signed":
            decide(event)
            _share_tasks(env, event)


def _share_tasks(env, event):
    """Let heads name who does their tasks, and some tasks be done."""
    tasks = event.sudo().task_ids.sorted("due_date")
    for number, task in enumerate(tasks):
        if number % 3 == 2:
            continue
        head = task._unit_head()
        own = as_user(env["project.task"].browse(task.id), head)
        people = task._people_of_unit()
        doer = (people - head)[:1] or head
        own.action_assign(doer.id)
        if number % 3 == 0 and not task.needs_evidence:
            as_user(own, doer).action_finish()


def make_programme_week(env):
    """Publish this week's programme."""
    chief = record(env, "user", "chanhvp")
    today = working_day(0)
    week = as_user(env["party.programme.week"], chief).create(
        {"monday": today - timedelta(days=today.weekday())}
    )
    week.action_publish()


def make_service_requests(env):
    """Ask the service desk, and let it answer, as far as each row says."""
    for row in read_table("service_requests"):
        asker = record(env, "user", row["asker"])
        request = as_user(env["party.service.request"], asker).create(
            {
                "kind_id": env.ref(EVENTS.format(f"service_{row['kind']}")).id,
                "text": row["text"],
            }
        )
        request.action_send()
        lead = request.sudo().lead_id
        if row["outcome"] == "asked":
            continue
        as_user(request, lead).action_take()
        if row["outcome"] == "doing":
            continue
        as_user(request, lead).action_finish(row["result"])
        if row["outcome"] == "confirmed":
            as_user(request, asker).action_confirm("good")


def make_pack(env):
    """Make the pack of last month's meeting."""
    as_user(env["party.month.pack"], record(env, "user", "vanthu")).action_make()
