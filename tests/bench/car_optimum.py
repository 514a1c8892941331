"""The most trips of one day that cars and drivers could serve: a mixed-integer program.

Jobs are single trips and all sets of two or three that may share a car. A job goes to
a group of equal cars; at each start no group has more running than it has cars, and
all together no more than there are drivers. On a line of time that is enough to hand
out the single cars afterwards. Needs highspy, for the measurement only.

Run as ``python car_optimum.py`` with days as JSON on the standard input.
"""

import itertools
import json
import sys

import highspy
import numpy


def optimum(day):
    """Return how many trips can be served, and whether that is proved.

    :param dict day: ``trips`` (start, stop in minutes, persons), ``pairs`` of trips
        that may share, ``cars`` (seats of each), ``drivers``, ``turnaround`` minutes
    """
    trips, pairs = day["trips"], {tuple(pair) for pair in day["pairs"]}
    groups = {}
    for seats in day["cars"]:
        groups[seats] = groups.get(seats, 0) + 1
    jobs = [(index,) for index in range(len(trips))]
    jobs += [pair for pair in pairs if pair[0] < pair[1]]
    jobs += [
        three
        for three in itertools.combinations(range(len(trips)), 3)
        if all(pair in pairs for pair in itertools.combinations(three, 2))
    ]
    columns = []
    for job in jobs:
        start = min(trips[index]["start"] for index in job)
        stop = max(trips[index]["stop"] for index in job) + day["turnaround"]
        persons = sum(trips[index]["persons"] for index in job)
        columns += [
            (job, start, stop, seats) for seats in groups if persons <= seats - 1
        ]
    rows = []
    for index in range(len(trips)):
        rows.append(([n for n, c in enumerate(columns) if index in c[0]], 1))
    for moment in sorted({column[1] for column in columns}):
        running = [n for n, c in enumerate(columns) if c[1] <= moment < c[2]]
        rows.append((running, day["drivers"]))
        for seats, count in groups.items():
            rows.append(([n for n in running if columns[n][3] == seats], count))
    return _solve(columns, rows)


def _solve(columns, rows):
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", 60.0)
    for job, *_rest in columns:
        solver.addVar(0, 1)
        number = solver.getNumCol() - 1
        solver.changeColCost(number, -len(job))
        solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
    for members, most in rows:
        if members:
            indices = numpy.array(members, dtype=numpy.int32)
            solver.addRow(0, most, len(members), indices, numpy.ones(len(members)))
    solver.run()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    info = solver.getInfo()
    bound = info.objective_function_value if proved else info.mip_dual_bound
    return round(-bound), proved


if __name__ == "__main__":
    json.dump([optimum(day) for day in json.load(sys.stdin)], sys.stdout)
