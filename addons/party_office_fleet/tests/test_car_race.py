"""Two dispatchers, two real connections: exactly the legal plans get through."""

import threading
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

#: 1 June 2031, 7 o'clock in Ha Noi: nobody else plans there
SEVEN = datetime(2031, 6, 1, 0, 0)
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestCarRace(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.board = env["party.board"].create({"name": "Race", "code": "RCC"}).id
            self.cars = [
                env["party.car"]
                .create({"plate": f"RACE-{number}", "turnaround_minutes": 30})
                .id
                for number in range(2)
            ]
            self.employees = (
                env["hr.employee"].create([{"name": f"Race {n}"} for n in range(2)]).ids
            )
            self.drivers = [
                env["party.driver"].create({"employee_id": employee}).id
                for employee in self.employees
            ]
            group = env.ref("party_office_base.group_dispatcher")
            self.users = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Race {number}",
                            "login": f"race_dispatcher_{number}",
                            "group_ids": [fields.Command.set(group.ids)],
                        }
                        for number in range(2)
                    ]
                )
                .ids
            )
        self.addCleanup(self._clean)
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            orders = env["party.dispatch"].search([("board_id", "=", self.board)])
            env["party.occupancy"]._let_go(orders)
            orders.unlink()
            env["party.driver"].browse(self.drivers).unlink()
            env["party.car"].browse(self.cars).unlink()
            env["hr.employee"].browse(self.employees).unlink()
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["res.users"].browse(self.users).unlink()

    def _race(self, *plans):
        """Save orders at the same moment, each in its own connection.

        :param plans: ``(car, driver, hours from, hours to)``, numbers of car and driver
        :return: what each got: "planned" or the refusal
        """
        barrier = threading.Barrier(len(plans))
        outcomes = {}

        def plan(number, car, driver, begin, end):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.users[number], {"lang": "en_US"})
                values = {
                    "board_id": self.board,
                    "car_id": car is not None and self.cars[car],
                    "driver_id": driver is not None and self.drivers[driver],
                    "start": SEVEN + begin * HOUR,
                    "stop": SEVEN + end * HOUR,
                    "route": f"Race {number}",
                }
                # the snapshot is taken before the other one writes
                cr.execute("SELECT 1")
                barrier.wait(timeout=20)
                try:
                    retrying(lambda: env["party.dispatch"].create(values), env)
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes[number] = "planned"
                except Exception as error:
                    cr.rollback()
                    outcomes[number] = str(error)

        threads = [
            threading.Thread(target=plan, args=[number, *plan_of])
            for number, plan_of in enumerate(plans)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=120)
        return [outcomes.get(number, "no answer") for number in range(len(plans))]

    def _assert_one_wins(self, outcomes, subject):
        self.assertEqual(outcomes.count("planned"), 1, outcomes)
        (refusal,) = [text for text in outcomes if text != "planned"]
        # names what is taken and the order that has it
        self.assertRegex(refusal, f"{subject}.*Race [01]")

    def test_same_car_overlapping(self):
        self._assert_one_wins(self._race((0, 0, 0, 4), (0, 1, 3, 8)), "RACE-0")

    def test_same_car_nested(self):
        self._assert_one_wins(self._race((0, 0, 0, 8), (0, 1, 2, 3)), "RACE-0")

    def test_same_car_at_the_same_time(self):
        self._assert_one_wins(self._race((0, 0, 0, 4), (0, 1, 0, 4)), "RACE-0")

    def test_same_driver_in_two_cars(self):
        self._assert_one_wins(self._race((0, 0, 0, 4), (1, 0, 3, 8)), "Race 0")

    def test_same_driver_nested_over_midnight(self):
        # 22:00 to 04:00 and 23:30 to 01:00 of the next local day
        self._assert_one_wins(self._race((0, 0, 15, 21), (1, 0, 16.5, 18)), "Race 0")

    def test_many_days_against_one_morning(self):
        self._assert_one_wins(self._race((0, 0, 0, 80), (0, 1, 49, 52)), "RACE-0")

    def test_touching_times_both_pass(self):
        # back at 11:00, half an hour to change over
        outcomes = self._race((0, 0, 0, 4), (0, 0, 4.5, 8))
        self.assertEqual(outcomes, ["planned", "planned"])

    def test_a_minute_too_early_does_not_pass(self):
        outcomes = self._race((0, 0, 0, 4), (0, 0, 4.5 - 1 / 60, 8))
        self.assertEqual(outcomes.count("planned"), 1, outcomes)

    def test_other_car_and_other_driver_both_pass(self):
        outcomes = self._race((0, 0, 0, 4), (1, 1, 0, 4))
        self.assertEqual(outcomes, ["planned", "planned"])

    def test_orders_without_car_never_collide(self):
        outcomes = self._race((None, None, 0, 4), (None, None, 0, 4))
        self.assertEqual(outcomes, ["planned", "planned"])

    def test_the_database_itself_refuses(self):
        with self.registry.cursor() as cr:
            cr.execute(
                """
                SELECT pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conrelid = 'party_occupancy'::regclass AND contype = 'x'
                """
            )
            (definition,) = [row[0] for row in cr.fetchall()]
        self.assertRegex(
            definition,
            r"EXCLUDE USING gist \(subject_model WITH =, subject_id WITH =, "
            r"tsrange\(start, stop, '\[\)'::text\) WITH &&\)",
        )
