"""Days of a car pool, made up from a seed: what the boards of a province ask for."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

#: Monday 15 June 2026, midnight in Ha Noi
MIDNIGHT = datetime(2026, 6, 14, 17)
PLACES = [f"xã {letter}" for letter in "ABCDEFGHIJKL"]
#: seats (the driver's too) of a provincial pool, most of them small
SEATS = [5] * 8 + [7] * 7 + [8] * 2 + [16] * 3


def make_day(car_plan, seed, cars=20, trips=60, drivers=None):
    """Return trips, cars and drivers of one day, the same for the same seed.

    :param car_plan: the module with the classes of the rule
    """
    dice = random.Random(seed)
    fleet = [
        car_plan.Car(f"car {number:02}", SEATS[number % len(SEATS)])
        for number in range(cars)
    ]
    crew = [car_plan.Driver(f"driver {number:02}") for number in range(drivers or cars)]
    wishes = [_make_trip(car_plan, dice, number) for number in range(trips)]
    return wishes, fleet, crew


def _make_trip(car_plan, dice, number):
    # most leave at 7 or after lunch; a quarter is away all day
    if dice.random() < 0.25:
        start, hours = dice.choice([6, 6.5, 7, 7.5]), dice.choice([8, 9, 10])
    else:
        start = dice.choice([7, 7, 7.5, 8, 8.5, 9, 10, 13, 13, 13.5, 14, 15])
        hours = dice.choice([1.5, 2, 2.5, 3, 4])
    leave = MIDNIGHT + timedelta(hours=start)
    return car_plan.Trip(
        f"trip {number:02}",
        leave,
        leave + timedelta(hours=hours),
        persons=dice.choice([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 10, 14]),
        priority=dice.choice([10, 20, 30, 40, 40, 40]),
        asked=MIDNIGHT - timedelta(minutes=dice.randrange(5000)),
        km=Decimal(dice.randrange(10, 160)),
        places=frozenset(dice.sample(PLACES, dice.choice([1, 1, 2]))),
    )
