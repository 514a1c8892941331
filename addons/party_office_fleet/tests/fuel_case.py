"""Test API of fuel: a car with norm and price, June 2026 driven and filled."""

from datetime import datetime, timedelta

from odoo import Command

from .common import FleetCase


class FuelCase(FleetCase):
    """``car_1`` burns 12 l/100 km (10 % more on hard roads, 1.5 l an hour at a stand),
    a litre costs 20,000 đ, its tank takes 60 l.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leave_budgets_alone()
        cls.car_1.write(
            {
                "fuel": "diesel",
                "norm_ids": [
                    Command.create(
                        {
                            "date_from": "2026-01-01",
                            "litres": 12,
                            "hard_pct": 10,
                            "idle_litres": 1.5,
                            "source": "01/QĐ-TEST",
                            "verified": True,
                        }
                    )
                ],
            }
        )
        cls.norm = cls.car_1.norm_ids
        cls.price = cls.env["party.fuel.price"].create(
            {
                "fuel": "diesel",
                "date_from": "2026-05-01",
                "price": 20_000,
                "source": "test",
            }
        )

    @classmethod
    def _leave_budgets_alone(cls):
        """Let documents cost nothing: budgets have tests of their own, with finance."""
        mixin = cls.env.registry["party.cost.mixin"]
        for name in ("_cost_hold", "_cost_settle"):
            cls.classPatch(mixin, name, lambda self, move=None: None)
        cls.classPatch(mixin, "_cost_release", lambda self, reason: None)

    def _day(self, day, hour=7):
        """Return a moment (UTC) of June 2026 by its time at the office."""
        return datetime(2026, 6, day, hour) - timedelta(hours=7)

    def _trip(self, day, out, back, *requests, car=None, driver=None, **values):
        """Return an order that was driven on a day of June, as the plan said.

        :param requests: ``(key of the requester, persons, km)``, one at least
        """
        asked = self.env["party.car.request"]
        for key, persons, km in requests or [("staff_a", 1, 60)]:
            asked |= self._waiting_request(
                key=key,
                start=self._day(day, values.get("hour", 7)),
                passenger_count=persons,
                km=km,
            )
        order = self._issue(self._plan(asked, car, driver))
        self._drive(order, out, back, key=values.get("key", "driver"))
        return order

    def _fill(self, day, litres, amount, number="1", **values):
        return (
            self.env["party.fuel.fill"]
            .with_user(self.user["dispatcher"])
            .create(
                {
                    "car_id": self.car_1.id,
                    "driver_id": self.driver_1.id,
                    "date": f"2026-06-{day:02d}",
                    "litres": litres,
                    "amount": amount,
                    "invoice_series": "1C26TAB",
                    "invoice_number": number,
                    **values,
                }
            )
        )

    def _statement(self, **values):
        return (
            self.env["party.fuel.statement"]
            .with_user(self.user["dispatcher"])
            .create(
                {
                    "car_id": self.car_1.id,
                    "driver_id": self.driver_1.id,
                    "month": "2026-06-20",
                    "opening": 20,
                    "closing": 15,
                    **values,
                }
            )
        )

    def _settled(self, statement, last="deputy_chief"):
        """Send a statement and have it approved."""
        statement.with_user(self.user["dispatcher"]).action_submit()
        self._decide(statement, "chief_accountant")
        self._decide(statement, last)
        return statement
