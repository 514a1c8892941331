# Runs in `odoo shell`: save and send one claim for a number of persons; core makes an
# expense for each person and amount. Nothing is kept.
# ruff: noqa: F821
import statistics
import time
from functools import partial

from odoo import Command

staff = env["res.users"].search([("login", "=", "bench.staff")])
board = env["party.board"].search([("code", "=", "BENCH")])
people = env["hr.employee"].search([("department_id", "=", board.department_id.id)])
kind = env.ref("party_office_finance.claim_kind_travel")
as_staff = env(user=staff.id)


def timed(action):
    """Return what an action returns, its milliseconds and its queries, caches cold."""
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    result = action()
    env.flush_all()
    spent = (time.perf_counter() - start) * 1000
    return result, spent, env.cr.sql_log_count - queries


def claim_of(persons):
    return as_staff["party.claim"].create(
        {
            "board_id": board.id,
            "kind_id": kind.id,
            "date": "2026-06-15",
            "description": "Trip",
            "travel_destination": "Hà Nội",
            "travel_area_id": env.ref("party_office_base.norm_area_tw").id,
            "travel_departure": "2026-06-08 00:00:00",
            "travel_return": "2026-06-10 10:00:00",
            "traveller_ids": [
                Command.create({"employee_id": person.id}) for person in persons
            ],
        }
    )


product = env["product.product"].search([("can_be_expensed", "=", True)], limit=1)


def expenses_of(persons):
    return env["hr.expense"].create(
        [
            {
                "name": name,
                "employee_id": person.id,
                "product_id": product.id,
                "total_amount_currency": amount,
                "quantity": 1,
            }
            for person in persons
            for name, amount in (("Allowance", 900_000), ("Lodging", 1_200_000))
        ]
    )


def rounds(make):
    found = {"save": [], "send": []}
    for _number in range(3):
        with env.cr.savepoint() as savepoint:
            document, milliseconds, queries = timed(make)
            found["save"].append((milliseconds, queries))
            _sent, milliseconds, queries = timed(document.action_submit)
            found["send"].append((milliseconds, queries))
            savepoint.rollback()
        env.invalidate_all()
    return {
        step: (statistics.median(row[0] for row in rows), rows[-1][1])
        for step, rows in found.items()
    }


# caches that live as long as the process
rounds(partial(claim_of, people[:1]))
rounds(partial(expenses_of, people[:1]))
for number in parameters["persons"]:
    ours = rounds(partial(claim_of, people[:number]))
    core = rounds(partial(expenses_of, people[:number]))
    report(
        persons=number,
        save=ours["save"],
        send=ours["send"],
        core_save=core["save"],
        core_send=core["send"],
    )
