"""Which car for a trip and why, and the plan of a whole day, which is never invalid."""

import doctest
import random
import unittest
from datetime import datetime, timedelta
from decimal import Decimal

from .loader import load_rule

car_plan = load_rule("party_office_fleet", "car_plan")
car_day = load_rule("party_office_fleet", "car_day")
Busy, Car, Driver, Order, Trip = (
    getattr(car_plan, name) for name in ("Busy", "Car", "Driver", "Order", "Trip")
)
#: 7 o'clock in Ha Noi
SEVEN = datetime(2026, 6, 15, 0, 0)
HOUR = timedelta(hours=1)
HERE = frozenset({"phu luong"})


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(car_plan))
    tests.addTests(doctest.DocTestSuite(car_day))
    return tests


def trip(key="T", start=0, hours=3, persons=2, **values):
    begin = SEVEN + start * HOUR
    return Trip(key, begin, begin + hours * HOUR, persons, **values)


def taken(start, stop, by=None):
    return Busy(SEVEN + start * HOUR, SEVEN + stop * HOUR, by)


class TestPropose(unittest.TestCase):
    def codes(self, answer, car):
        (proposal,) = [p for p in answer.proposals if p.car == car]
        return {reason.code for reason in proposal.reasons}

    def test_smallest_car_first(self):
        cars = [Car("16", 16), Car("5", 5), Car("7", 7)]
        answer = car_plan.propose(trip(), cars, [Driver("An")])
        self.assertEqual([p.car for p in answer.proposals], ["5", "7", "16"])

    def test_seats_are_without_the_driver_s(self):
        answer = car_plan.propose(trip(persons=4), [Car("5", 5)], [Driver("An")])
        self.assertTrue(answer.proposals)
        answer = car_plan.propose(trip(persons=5), [Car("5", 5)], [Driver("An")])
        self.assertEqual([o.code for o in answer.obstacles], ["seats"])

    def test_turnaround_counts_behind_the_trip(self):
        late = Car("5", 5, busy=(taken(3.5, 5, "next"),))
        self.assertTrue(car_plan.propose(trip(), [late], [Driver("An")]).proposals)
        late = Car("5", 5, busy=(taken(3.49, 5, "next"),))
        (obstacle,) = car_plan.propose(trip(), [late], [Driver("An")]).obstacles
        self.assertEqual((obstacle.code, obstacle.by), ("busy", "next"))

    def test_no_driver(self):
        busy = Driver("An", busy=(taken(0, 1),))
        ill = Driver("Ba", blocked="no licence")
        (obstacle,) = car_plan.propose(trip(), [Car("5", 5)], [busy, ill]).obstacles
        self.assertEqual(obstacle.code, "driver")

    def test_blocked_car_says_why(self):
        car = Car("5", 5, blocked="inspection ran out")
        (obstacle,) = car_plan.propose(trip(), [car], [Driver("An")]).obstacles
        self.assertEqual((obstacle.code, obstacle.text), ("blocked", car.blocked))

    def test_hard_road_wants_two_axles(self):
        cars = [Car("5", 5), Car("7", 7, four_wheel_drive=True)]
        hard = trip(km=Decimal(100), hard_km=Decimal(60))
        answer = car_plan.propose(hard, cars, [Driver("An")])
        self.assertEqual([p.car for p in answer.proposals], ["7", "5"])
        self.assertIn("road", self.codes(answer, "7"))
        self.assertIn("road_without", self.codes(answer, "5"))
        easy = trip(km=Decimal(100), hard_km=Decimal(40))
        answer = car_plan.propose(easy, cars, [Driver("An")])
        self.assertEqual(answer.proposals[0].car, "5")

    def test_norm_and_maintenance(self):
        cars = [
            Car("a", 5, litres=Decimal(14)),
            Car("b", 5, litres=Decimal(9)),
            Car("c", 5, litres=Decimal(8), care_km=50),
        ]
        far = trip(km=Decimal(100))
        answer = car_plan.propose(far, cars, [Driver("An")])
        self.assertEqual([p.car for p in answer.proposals], ["b", "a", "c"])
        self.assertIn("care_due", self.codes(answer, "c"))
        near = trip(km=Decimal(50))
        answer = car_plan.propose(near, cars, [Driver("An")])
        self.assertEqual(answer.proposals[0].car, "c")

    def test_fair_spread(self):
        drivers = [Driver("An", hours=Decimal(30)), Driver("Ba", hours=Decimal(14))]
        car = Car("5", 5, usual_driver="An")
        (proposal,) = car_plan.propose(trip(), [car], drivers).proposals
        self.assertEqual(proposal.driver, "An")
        drivers[0] = Driver("An", hours=Decimal("30.1"))
        (proposal,) = car_plan.propose(trip(), [car], drivers).proposals
        self.assertEqual(proposal.driver, "Ba")

    def test_share(self):
        own = taken(0, 3.5, "O")
        car, driver = Car("5", 5, busy=(own,)), Driver("An", busy=(own,))
        order = Order("O", "5", "An", SEVEN, SEVEN + 3 * HOUR, 2, HERE)
        for values, shared in (
            ({"places": HERE}, True),
            ({"places": HERE, "persons": 3}, False),
            ({"places": frozenset({"vo nhai"})}, False),
            ({"places": frozenset({"vo nhai", "phu luong"})}, True),
            ({"places": HERE, "start": 0.5}, True),
            ({"places": HERE, "start": 0.51}, False),
            ({"places": HERE, "hours": 4.01}, False),
            ({}, False),
        ):
            with self.subTest(values):
                answer = car_plan.propose(trip(**values), [car], [driver], [order])
                self.assertEqual([p.order for p in answer.proposals], ["O"] * shared)

    def test_share_may_not_run_into_the_next_order(self):
        rows = (taken(0, 3.5, "O"), taken(4, 6, "N"))
        car, driver = Car("5", 5, busy=rows), Driver("An", busy=rows[:1])
        order = Order("O", "5", "An", SEVEN, SEVEN + 3 * HOUR, 2, HERE)
        for hours, shared in ((3.5, True), (3.6, False)):
            asked = trip(hours=hours, places=HERE)
            answer = car_plan.propose(asked, [car], [driver], [order])
            self.assertEqual(bool(answer.proposals), shared)

    def test_other_times(self):
        car = Car("5", 5, busy=(taken(0, 3),))
        found = car_plan.other_times(trip(), [car], [Driver("An")], SEVEN - 9 * HOUR)
        # three hours and the turnaround fit in before 7, or from 10 on
        self.assertEqual(
            [moment for moment, _proposal in found],
            [SEVEN - 3.5 * HOUR, SEVEN + 3 * HOUR],
        )
        found = car_plan.other_times(trip(), [car], [Driver("An")], SEVEN)
        self.assertEqual([m for m, _proposal in found], [SEVEN + 3 * HOUR])
        big = trip(persons=30)
        self.assertFalse(car_plan.other_times(big, [car], [Driver("An")], SEVEN))


class TestPlanDay(unittest.TestCase):
    def test_priority_before_who_asked_first(self):
        early = trip("early", priority=40, asked=SEVEN - 9 * HOUR)
        urgent = trip("urgent", priority=10, asked=SEVEN - HOUR)
        plan = car_day.plan_day([early, urgent], [Car("5", 5)], [Driver("An")])
        self.assertEqual([t.key for t in plan.unserved], ["early"])
        by_hand = car_day.first_come([early, urgent], [Car("5", 5)], [Driver("An")])
        self.assertEqual([t.key for t in by_hand.unserved], ["urgent"])

    def test_two_short_trips_before_one_long_one_of_the_same_weight(self):
        trips = [trip("long", 0, 9), trip("one", 0, 3), trip("two", 4, 3)]
        plan = car_day.plan_day(trips, [Car("5", 5)], [Driver("An")])
        self.assertEqual([t.key for t in plan.unserved], ["long"])

    def test_the_big_car_is_kept_for_many(self):
        trips = [trip("few", 0, 3), trip("many", 0, 3, persons=12)]
        cars, drivers = [Car("16", 16), Car("5", 5)], [Driver("An"), Driver("Ba")]
        self.assertFalse(car_day.plan_day(trips, cars, drivers).unserved)

    def test_trips_share(self):
        trips = [trip(n, places=HERE, persons=2) for n in ("a", "b", "c")]
        plan = car_day.plan_day(trips, [Car("5", 5)], [Driver("An")])
        self.assertEqual([len(run.trips) for run in plan.runs], [2])
        self.assertEqual([t.key for t in plan.unserved], ["c"])

    def test_an_order_that_goes_anyway_is_joined(self):
        own = taken(0, 3.5, "O")
        cars, drivers = [Car("5", 5, busy=(own,))], [Driver("An", busy=(own,))]
        order = Order("O", "5", "An", SEVEN, SEVEN + 3 * HOUR, 2, HERE)
        plan = car_day.plan_day([trip(places=HERE)], cars, drivers, [order])
        self.assertEqual([run.order for run in plan.runs], ["O"])
        other = trip(places=frozenset({"xa"}))
        plan = car_day.plan_day([other], cars, drivers, [order])
        self.assertTrue(plan.unserved)

    def random_day(self, seed):
        """A day with what is planned already, of any size."""
        dice = random.Random(seed)
        cars, drivers, orders = [], [], []
        for number in range(dice.randint(0, 6)):
            begin = dice.randint(0, 8)
            busy = (taken(begin, begin + dice.randint(1, 3), number),)
            cars.append(
                Car(
                    f"car {number}",
                    dice.choice([5, 7, 16]),
                    timedelta(minutes=dice.choice([0, 15, 30, 60])),
                    busy if dice.random() < 0.6 else (),
                    blocked="" if dice.random() < 0.9 else "broken",
                    usual_driver=f"driver {number}",
                )
            )
            if cars[-1].busy:
                row = busy[0]
                stop = row.stop - min(cars[-1].turnaround, timedelta(minutes=59))
                cars[-1] = Car(
                    **{
                        **cars[-1].__dict__,
                        "busy": (Busy(row.start, stop + cars[-1].turnaround, number),),
                    }
                )
                orders.append(
                    Order(number, f"car {number}", None, row.start, stop, 2, HERE)
                )
        for number in range(dice.randint(0, 6)):
            busy = (taken(dice.randint(0, 5), 6),) if dice.random() < 0.3 else ()
            drivers.append(
                Driver(f"driver {number}", busy, Decimal(dice.randint(0, 50)))
            )
        trips = [
            trip(
                f"trip {number:02}",
                dice.choice([0, 0.25, 0.5, 1, 2, 4, 6, 16.5]),
                dice.choice([1, 2, 3, 4, 8, 30]),
                dice.choice([1, 2, 3, 4, 5, 9, 40]),
                priority=dice.choice([10, 20, 50]),
                places=dice.choice([HERE, frozenset({"vo nhai"}), frozenset()]),
            )
            for number in range(dice.randint(0, 25))
        ]
        return trips, cars, drivers, orders

    def test_never_invalid(self):
        joined = shared = unserved = 0
        for seed in range(400):
            trips, cars, drivers, orders = self.random_day(seed)
            plan = car_day.plan_day(trips, cars, drivers, orders)
            joined += any(run.order is not None for run in plan.runs)
            shared += any(len(run.trips) > 1 for run in plan.runs)
            unserved += bool(plan.unserved)
            with self.subTest(seed):
                self.assertEqual(
                    car_day.find_errors(plan, trips, cars, drivers, orders), []
                )
        # the days are not all alike
        self.assertGreater(min(joined, shared, unserved), 40)

    def test_errors_are_found(self):
        one, two = trip("one"), trip("two", 3.25)
        cars, drivers = [Car("5", 5)], [Driver("An"), Driver("Ba")]
        runs = tuple(
            car_day.Run((t,), "5", driver, t.start, t.stop)
            for t, driver in ((one, "An"), (two, "Ba"))
        )
        plan = car_day.DayPlan(runs, ())
        self.assertEqual(
            car_day.find_errors(plan, [one, two], cars, drivers),
            ["car 5 is at two places"],
        )
        self.assertTrue(car_day.find_errors(plan, [one], cars, drivers))
        full = trip("full", persons=5)
        run = car_day.Run((full,), "5", "An", full.start, full.stop)
        plan = car_day.DayPlan((run,), ())
        self.assertTrue(car_day.find_errors(plan, [full], cars, drivers))
