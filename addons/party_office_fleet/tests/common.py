"""Test API of the cars: two cars, two drivers, a board that asks."""

from datetime import datetime, timedelta

from odoo.addons.party_office_base.tests.common import PartyOfficeCase

#: Monday 15 June 2026, 7 o'clock in Ha Noi
MORNING = datetime(2026, 6, 15, 0, 0)


class FleetCase(PartyOfficeCase):
    """``car_1`` (5 seats), ``car_2`` (16 seats), ``driver_1`` (the user ``driver``),
    ``driver_2``. Tests run on 15 June 2026 (``freeze_time``) where the day matters.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leave_budgets_alone()
        # an installation has one dispatcher; tests have their own routes
        cls.driver_1 = cls._new_driver("driver")
        cls._new_user("driver_2", "driver", cls.office)
        cls.driver_2 = cls._new_driver("driver_2")
        cls.car_1 = cls._new_car("20A-000.01", seats=5, usual_driver_id=cls.driver_1.id)
        cls.car_2 = cls._new_car("20A-000.02", seats=16)

    @classmethod
    def _leave_budgets_alone(cls):
        """Let documents cost nothing: budgets have tests of their own, with finance."""
        mixin = cls.env.registry["party.cost.mixin"]
        for name in ("_cost_hold", "_cost_settle"):
            cls.classPatch(mixin, name, lambda self, move=None: None)
        cls.classPatch(mixin, "_cost_release", lambda self, reason: None)

    @classmethod
    def _new_driver(cls, key):
        employee = cls.user[key].employee_id
        return cls.env["party.driver"].create({"employee_id": employee.id})

    @classmethod
    def _new_car(cls, plate, **values):
        return cls.env["party.car"].create(
            {"plate": plate, "name": "Toyota", "tank_litres": 60, **values}
        )

    @classmethod
    def _new_request(cls, key="staff_a", start=MORNING, hours=8, **values):
        """Create a request of a user, as he would."""
        user = cls.user[key]
        return (
            cls.env["party.car.request"]
            .with_user(user)
            .create(
                {
                    "purpose": "Làm việc với cơ sở",
                    "basis": "Chương trình công tác tháng 6",
                    "destination": "Phú Lương",
                    "start": start,
                    "stop": start + timedelta(hours=hours),
                    "km": 60,
                    **values,
                }
            )
        )

    @classmethod
    def _confirm(cls, request, head="head_a"):
        """Send a request and let the board's head confirm it."""
        request.with_user(request.requester_id).action_submit()
        cls._decide(request, head)
        return request

    @classmethod
    def _decide(cls, document, key):
        document.with_user(cls.user[key]).with_context(
            approval_seen=document.sudo().content_hash
        ).action_approve()

    @classmethod
    def _waiting_request(cls, **values):
        key = values.pop("key", "staff_a")
        return cls._confirm(cls._new_request(key, **values), f"head_{key[-1]}")

    @classmethod
    def _plan(cls, requests, car=None, driver=None):
        """Let the dispatcher plan an order; returns it."""
        action = requests.with_user(cls.user["dispatcher"]).action_plan(
            (car or cls.car_1).id, driver.id if driver else False
        )
        return cls.env["party.dispatch"].browse(action["res_id"])

    @classmethod
    def _issue(cls, order):
        """Send an order and have it signed."""
        order.with_user(cls.user["dispatcher"]).action_submit()
        cls._decide(order, "deputy_chief")
        return order

    @classmethod
    def _issued(cls, **values):
        """Return a signed order of one request."""
        car = values.pop("car", None)
        driver = values.pop("driver", None)
        return cls._issue(cls._plan(cls._waiting_request(**values), car, driver))

    @classmethod
    def _drive(cls, order, out=1000, back=1060, key="driver"):
        """Drive an order as planned."""
        own = order.with_user(cls.user[key])
        own._start_trip(out, order.start)
        own._end_trip(back, order.stop)
        return order
