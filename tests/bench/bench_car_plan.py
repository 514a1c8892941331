"""How many of a day's car requests are served: our plan, first come first served, and
the optimum of a solver on the same days (20 cars, 60 requests and more).
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from car_days import MIDNIGHT, make_day  # noqa: E402
from table import print_machine, print_table  # noqa: E402

from tests.rules.loader import load_rule  # noqa: E402

car_plan = load_rule("party_office_fleet", "car_plan")
car_day = load_rule("party_office_fleet", "car_day")
DAYS = 20
#: requests, cars, drivers
SIZES = [(40, 20, 20), (60, 20, 20), (60, 20, 16), (80, 20, 20)]


def minutes(moment):
    return int((moment - MIDNIGHT).total_seconds() // 60)


def as_problem(trips, cars, drivers):
    """Return a day as the solver reads it."""
    pairs = [
        (first, second)
        for first, trip in enumerate(trips)
        for second, other in enumerate(trips)
        if first != second and car_plan.can_share(trip, other)
    ]
    return {
        "trips": [
            {"start": minutes(t.start), "stop": minutes(t.stop), "persons": t.persons}
            for t in trips
        ],
        "pairs": pairs,
        "cars": [car.seats for car in cars],
        "drivers": len(drivers),
        "turnaround": int(cars[0].turnaround.total_seconds() // 60),
    }


def solve(problems):
    """Return the optimum of each day, by a solver in an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        pins = HERE / "requirements-solver.txt"
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", pins], check=True)
        done = subprocess.run(
            [python, HERE / "car_optimum.py"],
            input=json.dumps(problems),
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout)


def first_served(plan, trips):
    """Return the share (per cent) of the most urgent trips that a plan serves."""
    urgent = {trip.key for trip in trips if trip.priority == 10}
    lost = {trip.key for trip in plan.unserved} & urgent
    return 100 * (len(urgent) - len(lost)) / len(urgent) if urgent else 100.0


def main():
    print_machine()
    problems, results = [], []
    for requests, cars, drivers in SIZES:
        for seed in range(DAYS):
            day = make_day(car_plan, seed, cars, requests, drivers)
            began = time.perf_counter()
            ours = car_day.plan_day(*day)
            took = time.perf_counter() - began
            by_hand = car_day.first_come(*day)
            wrong = car_day.find_errors(ours, *day)
            wrong += car_day.find_errors(by_hand, *day)
            if wrong:
                raise SystemExit(f"day {seed}: {wrong}")
            problems.append(as_problem(*day))
            results.append((ours, by_hand, took, day[0]))
    optima = solve(problems)
    rows = []
    for number, size in enumerate(SIZES):
        part = slice(number * DAYS, (number + 1) * DAYS)
        rows.append(summary(size, results[part], optima[part]))
    titles = [
        f"requests / cars / drivers ({DAYS} days each)",
        "ours",
        "first come",
        "optimum",
        "ours / first come",
        "ours / optimum",
        "most urgent: ours",
        "first come ",
        "ms a day",
    ]
    print_table(titles, rows)


def summary(size, results, optima):
    asked = size[0] * len(results)
    ours = sum(size[0] - len(result[0].unserved) for result in results)
    by_hand = sum(size[0] - len(result[1].unserved) for result in results)
    best = sum(count for count, _proved in optima)
    unproved = sum(not proved for _count, proved in optima)
    urgent = [
        statistics.mean(first_served(result[index], result[3]) for result in results)
        for index in (0, 1)
    ]
    return [
        " / ".join(map(str, size)),
        f"{100 * ours / asked:.1f} %",
        f"{100 * by_hand / asked:.1f} %",
        f"{100 * best / asked:.1f} %" + (f" ({unproved} bounds)" if unproved else ""),
        f"{ours / by_hand:.3f}",
        f"{ours / best:.3f}",
        f"{urgent[0]:.1f} %",
        f"{urgent[1]:.1f} %",
        f"{1000 * statistics.median(result[2] for result in results):.0f}",
    ]


if __name__ == "__main__":
    main()
