"""A week of cars: 40 requests of six boards, from asking to the boards' money.

Two requests share a car, one trip is approved by phone, one car breaks down, one
request is served by a hired car. Fuel is settled by norm; every figure is worked out
again here, by fractions, without the code that is tested.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_finance.tests.common import FinanceCase
from odoo.addons.party_office_fleet.tests.common import FleetCase

MONDAY = datetime(2026, 6, 15)
PRICE = 20_000
#: litres for 100 km of the four cars
NORMS = (12, 14, 10, 11)
BOARDS = "abcdef"
#: seven in the morning and one in the afternoon at the office, in UTC
SHIFTS = (timedelta(0), timedelta(hours=6))
TRIP = timedelta(hours=4)
#: km of the trips, in turn
DISTANCES = (24, 36, 50, 60, 75, 98, 120)
#: what a litre really cost, invoices included (đồng); the last car burnt more
PAID_PRICE = 20_400
OVER = 5


@tagged("post_install", "-at_install")
class TestWeekOfCars(FinanceCase, FleetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = {"a": cls.board_a, "b": cls.board_b}
        cls.line = {"a": cls.line_a, "b": cls.line_b}
        for letter in BOARDS[2:]:
            board = cls._new_board(f"Ban {letter} (thử)", f"T{letter.upper()}")
            cls._new_user(f"head_{letter}", "board_head", board)
            cls._new_user(f"staff_{letter}", "staff", board)
            board.head_id = cls.user[f"head_{letter}"]
            cls._assign(board, cls.user["accountant_a"])
            cls.board[letter] = board
            cls.line[letter] = cls._allocate(board, 50_000_000)
        for number in (3, 4):
            cls._new_user(f"driver_{number}", "driver", cls.office)
        drivers = [cls.driver_1, cls.driver_2]
        drivers += [cls._new_driver(f"driver_{number}") for number in (3, 4)]
        cls.cars = [cls.car_1, cls.car_2]
        cls.cars += [cls._new_car(f"20A-000.0{n}", seats=7) for n in (3, 4)]
        for car, driver, litres in zip(cls.cars, drivers, NORMS, strict=True):
            norm = {
                "date_from": "2026-01-01",
                "litres": litres,
                "source": "01/QĐ-TEST",
                "verified": True,
            }
            car.write(
                {
                    "fuel": "diesel",
                    "usual_driver_id": driver.id,
                    "norm_ids": [Command.create(norm)],
                }
            )
        cls.env["party.fuel.price"].create(
            {
                "fuel": "diesel",
                "date_from": "2026-05-01",
                "price": PRICE,
                "source": "test",
            }
        )

    @classmethod
    def _leave_budgets_alone(cls):
        """Here they are what is tested."""

    # ---------------------------------------------------------------------- the plan
    def _slots(self):
        """Yield 37 times and cars of the week: (number, car, start)."""
        number = 0
        for day in range(5):
            for shift in SHIFTS:
                for car in self.cars:
                    # on Friday afternoon only one car is on the road
                    if day == 4 and shift == SHIFTS[1] and car != self.cars[0]:
                        continue
                    yield number, car, MONDAY + timedelta(days=day) + shift
                    number += 1

    def _ask(self, number, start, **values):
        letter = BOARDS[number % len(BOARDS)]
        return self._waiting_request(
            key=f"staff_{letter}",
            start=start,
            hours=4,
            passenger_count=1 + number % 3,
            km=DISTANCES[number % len(DISTANCES)],
            **values,
        )

    def _driver_key(self, order):
        return order.driver_user_id.login.removeprefix("test_")

    # ------------------------------------------------------------------ by fractions
    def _split(self, amount, weights):
        """Largest remainder, written again: {board: đồng}."""
        whole = sum(weights.values())
        exact = {board: Fraction(amount) * w / whole for board, w in weights.items()}
        parts = {board: int(part) for board, part in exact.items()}
        left = amount - sum(parts.values())
        by_rest = sorted(
            exact, key=lambda board: (-(exact[board] - parts[board]), board.id)
        )
        for board in by_rest[:left]:
            parts[board] += 1
        return parts

    def _estimate(self, order, requests):
        """{board: đồng} that an order holds: km × norm × price by passenger-km."""
        litres = Fraction(NORMS[self.cars.index(order.car_id)], 100)
        # a trip that broke down holds what it drove
        km = order.km if order.former_request_ids else order.planned_km
        amount = litres * Fraction(str(km)) * PRICE
        self.assertEqual(amount.denominator, 1)
        weights = defaultdict(Fraction)
        for request in requests:
            weights[request.board_id] += request.passenger_count * Fraction(
                str(request.km)
            )
        return self._split(int(amount), weights)

    def _estimates(self, served, besides=None):
        """{board: đồng} that all orders hold together."""
        sums = defaultdict(int)
        for order, requests in served.items():
            if order != besides:
                for board, amount in self._estimate(order, requests).items():
                    sums[board] += amount
        return sums

    def _check_held(self, expected):
        for letter, line in self.line.items():
            held = expected.get(self.board[letter], 0)
            with self.subTest(f"held by board {letter}"):
                self.assertCounters(line, held=held)

    # -------------------------------------------------------------------- the week
    def test_a_week_of_cars(self):
        with freeze_time("2026-06-12 01:00:00"):
            orders, served = self._plan_week()
            shared = self._share_a_car(orders, served)
            hired = self._hire()
        with freeze_time("2026-06-19 06:30:00"):
            emergency = self._by_phone(orders, served)
        requests = self.env["party.car.request"].union(*served.values()) | hired
        self.assertEqual(len(requests), 40)
        self.assertEqual(len(requests.board_id), 6)
        self.assertEqual(len(shared.request_ids), 2)

        # what goes on a phone call holds nothing until it is signed
        self._check_held(self._estimates(served, besides=emergency[1]))

        with freeze_time("2026-06-20 01:00:00"):
            orders |= emergency[1]
            broken, replacement = self._drive_week(orders)
            orders |= replacement
        self._sign_emergency(emergency)
        served[replacement] = served[broken]
        self._check_held(self._estimates(served))
        self.assertEqual(replacement.replaces_id, broken)
        self.assertEqual(set(orders.mapped("progress")), {"done"})
        self.assertEqual(len(orders), 39)

        with freeze_time("2026-07-02 01:00:00"):
            statements, paid = self._settle()
            self._check_held(paid)
            self._claim(statements, paid)

    def _plan_week(self):
        """37 requests, each with a car of its own, signed."""
        orders, served = self.env["party.dispatch"], {}
        for number, car, start in self._slots():
            request = self._ask(number, start)
            order = self._issue(self._plan(request, car))
            orders |= order
            served[order] = request
        return orders, served

    def _share_a_car(self, orders, served):
        """A 38th request goes with the sixteen-seater of Monday morning."""
        order = orders[1]
        request = self._ask(37, MONDAY)
        request.with_user(self.user["dispatcher"]).action_join(order.id)
        self.assertEqual(request.answer, "assigned")
        served[order] |= request
        return order

    def _hire(self):
        """Nothing is free for the 39th on Tuesday morning: a car is hired."""
        request = self._ask(38, MONDAY + timedelta(days=1))
        reason = self.env.ref(
            "party_office_fleet.party_car_answer_reason_hire_nothing_free"
        )
        request.with_user(self.user["dispatcher"]).action_hire(
            reason.id, supplier="Hợp tác xã vận tải", amount=1_500_000
        )
        self.assertEqual(request.answer, "hired")
        return request

    def _by_phone(self, orders, served):
        """The 40th: Friday afternoon, at once, approved by phone."""
        request = self._new_request(
            "staff_d",
            start=MONDAY + timedelta(days=4, hours=6, minutes=45),
            hours=3,
            km=40,
        )
        request.action_submit()
        car = self.cars[1]
        action = request.with_user(self.user["dispatcher"]).action_emergency(
            self.user["head_d"].id, "2026-06-19 06:20:00", car.id
        )
        order = self.env["party.dispatch"].browse(action["res_id"])
        served[order] = request
        return request, order

    def _sign_emergency(self, emergency):
        request, order = emergency
        with freeze_time("2026-06-22 01:00:00"):
            self._decide(request, "head_d")
            order.with_user(self.user["dispatcher"]).action_submit()
            self._decide(order, "deputy_chief")
        self.assertEqual(order.state, "approved")

    def _drive_week(self, orders):
        """Drive all in order; the first car breaks down on Friday afternoon."""
        odometer = dict.fromkeys(self.cars, 10_000)
        broken = orders.filtered(
            lambda o: (
                o.car_id == self.cars[0]
                and o.start == MONDAY + timedelta(days=4) + SHIFTS[1]
            )
        )
        for order in orders.sorted("start") - broken:
            self._drive_exactly(order, odometer)
        own = broken.with_user(self.user[self._driver_key(broken)])
        own._start_trip(odometer[broken.car_id], broken.start)
        action = broken.with_user(self.user["dispatcher"]).action_breakdown(
            odometer[broken.car_id] + 20,
            "Hỏng hộp số",
            self.cars[2].id,
            moment=broken.start + timedelta(hours=1),
        )
        replacement = self.env["party.dispatch"].browse(action["res_id"])
        self._decide(replacement, "deputy_chief")
        self._drive_exactly(replacement, odometer)
        self.env["party.dispatch"].invalidate_model()
        return broken, replacement

    def _drive_exactly(self, order, odometer):
        out = odometer[order.car_id]
        back = odometer[order.car_id] = out + int(order.planned_km)
        self._drive(order, out, back, self._driver_key(order))

    # ------------------------------------------------------------------ the month
    def _settle(self):
        """Make, send and approve the statement of each car; return what boards bear."""
        statements, bearing = self.env["party.fuel.statement"], defaultdict(int)
        for number, car in enumerate(self.cars):
            over = OVER if number == 3 else 0
            orders = car.dispatch_ids.filtered(lambda order: order.progress == "done")
            litres = Fraction(sum(orders.mapped("km")) * NORMS[number], 100)
            self._fill_tank(car, litres + over, f"{number}")
            statement = (
                self.env["party.fuel.statement"]
                .with_user(self.user["dispatcher"])
                .create(
                    {
                        "car_id": car.id,
                        "driver_id": car.usual_driver_id.id,
                        "month": "2026-06-01",
                        "opening": 20,
                        "closing": 20,
                        "over_reason": over and "Tắc đường",
                    }
                )
            )
            statement.action_submit()
            self._decide(statement, "chief_accountant")
            self._decide(statement, "deputy_chief")
            self.assertAlmostEqual(statement.norm_litres, float(litres), 3)
            self.assertAlmostEqual(statement.over_litres, over, 3)
            paid = litres * PAID_PRICE
            self.assertEqual(paid.denominator, 1)
            self.assertEqual(statement.paid_amount, int(paid))
            parts = self._split(int(paid), self._weights(orders))
            self.assertEqual(
                {share.board_id: share.amount for share in statement.share_ids}, parts
            )
            for board, amount in parts.items():
                bearing[board] += amount
            statements |= statement
        return statements, bearing

    def _weights(self, orders):
        """{board: litres} of a month, by passenger-km of each trip."""
        weights = defaultdict(Fraction)
        for order in orders:
            requests = order.request_ids or order.former_request_ids
            parts = {
                request: request.passenger_count * Fraction(str(request.km))
                for request in requests
            }
            for request, part in parts.items():
                share = part / sum(parts.values())
                weights[request.board_id] += order.km * share
        return weights

    def _fill_tank(self, car, litres, series):
        fills, number = [], 1
        while litres:
            part = min(litres, Fraction(50))
            litres -= part
            fills.append(
                {
                    "car_id": car.id,
                    "driver_id": car.usual_driver_id.id,
                    "date": f"2026-06-{14 + number:02d}",
                    "litres": float(part),
                    "amount": int(part * PAID_PRICE),
                    "invoice_series": f"1C26T{series}",
                    "invoice_number": f"{number}",
                }
            )
            number += 1
        self.env["party.fuel.fill"].with_user(self.user["dispatcher"]).create(fills)

    # ------------------------------------------------------------------- the money
    def _claim(self, statements, bearing):
        """Each board's part becomes its claim, is approved, posted and paid."""
        statements.with_user(self.user["dispatcher"]).action_claim()
        claims = self.env["party.claim"].search(
            [("source_model", "=", "party.fuel.statement")]
        )
        self.assertEqual(
            {
                board: sum(own.mapped("amount_total"))
                for board, own in claims.grouped("board_id").items()
            },
            dict(bearing),
        )
        for claim in claims:
            self._approve(claim)
            claim.with_user(claim.sudo().waiting_user_id).action_post()
            claim.with_user(self.user["cashier"]).action_pay()
        self.assertEqual(set(claims.mapped("state")), {"paid"})
        for letter, line in self.line.items():
            self.assertCounters(line, held=0, spent=bearing[self.board[letter]])
        self.assertFalse(self.env["party.budget.drift"]._check_holds())
