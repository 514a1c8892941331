"""Entitlement, routes and working days of car requests."""

import doctest
import random
import unittest
from datetime import date
from decimal import Decimal

from .loader import load_rule

entitlement = load_rule("party_office_fleet", "car_entitlement")
route = load_rule("party_office_fleet", "car_route")
working_day = load_rule("party_office_base", "working_day")
Traveller = entitlement.Traveller


def load_tests(loader, tests, pattern):
    for module in (entitlement, route, working_day):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class TestEntitlement(unittest.TestCase):
    def codes(self, *travellers, **facts):
        return [
            (finding.code, finding.article, finding.refuses)
            for finding in entitlement.judge(travellers, **facts)
        ]

    def test_staff_beside_a_head_needs_no_decision(self):
        self.assertEqual(self.codes(Traveller("A", leads=True), Traveller("B")), [])

    def test_staff_alone_is_decided_by_the_head(self):
        self.assertEqual(self.codes(Traveller("B")), [("head_decides", "8.3", False)])
        self.assertEqual(
            self.codes(Traveller("B"), special_duty=True),
            [("special_duty", "8.2", False)],
        )

    def test_nobody_is_driven_home_but_titles(self):
        refused = ("commuting", "8.2", True)
        self.assertIn(refused, self.codes(Traveller("A", leads=True), commuting=True))
        self.assertIn(refused, self.codes(outsiders=1, commuting=True))
        self.assertEqual(self.codes(Traveller("A", pickup=True), commuting=True), [])
        mixed = entitlement.judge(
            [Traveller("A", pickup=True), Traveller("B")], commuting=True
        )
        self.assertEqual(mixed[0].names, ("B",))

    def test_who_gets_money_gets_no_car_whatever_he_is(self):
        findings = entitlement.judge(
            [Traveller("A", leads=True), Traveller("B", leads=True, lump="QĐ 12")]
        )
        self.assertEqual(
            [(f.code, f.names, f.detail, f.refuses) for f in findings],
            [("lump", ("B",), "QĐ 12", True)],
        )

    def test_guests_only_need_no_decision_and_nobody_is_told(self):
        self.assertEqual(self.codes(outsiders=2), [])
        self.assertEqual(self.codes(), [("nobody", "", False)])

    def test_refusals_come_first(self):
        source = random.Random(72)
        for _round in range(300):
            persons = [
                Traveller(
                    str(number),
                    leads=source.random() < 0.3,
                    pickup=source.random() < 0.2,
                    own_car=source.choice(["", "20A"]),
                    lump=source.choice(["", "", "QĐ"]),
                )
                for number in range(source.randint(0, 4))
            ]
            findings = entitlement.judge(
                persons,
                outsiders=source.randint(0, 1),
                commuting=source.random() < 0.3,
                rest_day=source.random() < 0.3,
            )
            order = [not finding.refuses for finding in findings]
            self.assertEqual(order, sorted(order))
            # a person with a lump sum never slips through
            refused = {n for f in findings if f.code == "lump" for n in f.names}
            self.assertEqual(refused, {p.name for p in persons if p.lump})


class TestRoute(unittest.TestCase):
    def test_the_way_back_counts_and_unknown_legs_are_named(self):
        known = {frozenset("OA"): (Decimal(30), Decimal(5))}
        found = route.measure(route.legs("O", ["A", "B"]), known)
        self.assertEqual((found.km, found.hard_km), (30, 5))
        self.assertEqual(set(found.unknown), {frozenset("AB"), frozenset("BO")})

    def test_a_trip_teaches_the_one_leg_that_is_not_known(self):
        known = {
            frozenset("OA"): (Decimal(30), Decimal(0)),
            frozenset("OB"): (Decimal(40), Decimal(10)),
        }
        way = route.legs("O", ["A", "B"])
        self.assertEqual(
            route.lesson(way, known, Decimal(90), Decimal(15)),
            (frozenset("AB"), Decimal(20), Decimal(5)),
        )

    def test_a_trip_that_is_shorter_than_its_known_legs_teaches_nothing(self):
        known = {
            frozenset("OA"): (Decimal(30), Decimal(0)),
            frozenset("OB"): (Decimal(40), Decimal(0)),
        }
        way = route.legs("O", ["A", "B"])
        self.assertIsNone(route.lesson(way, known, Decimal(60)))
        self.assertIsNone(route.lesson([], {}, Decimal(60)))

    def test_a_known_route_of_several_places_teaches_nothing(self):
        known = {
            frozenset(pair): (Decimal(30), Decimal(0)) for pair in ("OA", "AB", "OB")
        }
        self.assertIsNone(route.lesson(route.legs("O", ["A", "B"]), known, Decimal(99)))

    def test_one_detour_does_not_move_the_median_and_old_trips_leave_it(self):
        self.assertEqual(route.rolling([Decimal(30)] * 4 + [Decimal(99)]), Decimal(30))
        self.assertEqual(
            route.rolling([Decimal(10)] * 20 + [Decimal(40)] * 9), Decimal(40)
        )


class TestWorkingDay(unittest.TestCase):
    def test_friday_and_the_weekend_lead_to_monday(self):
        monday = date(2026, 6, 15)
        for day in (12, 13, 14):
            self.assertEqual(working_day.next_working_day(date(2026, 6, day)), monday)
        self.assertEqual(working_day.next_working_day(monday), date(2026, 6, 16))
