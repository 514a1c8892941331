from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .event_common import EventCase
from .test_claim_fuel import FILLS

#: who reads the facts of board A's claims
READERS = (
    "staff_a",
    "head_a",
    "accountant_a",
    "chief_accountant",
    "cashier",
    "office_chief",
    "manager",
)
STRANGERS = ("staff_b", "head_b", "accountant_b", "driver", "clerk")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimEventAccess(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls._new_car()
        cls.conference = cls._conference_80()
        cls.fuel_claim = cls._new_fuel_claim(FILLS)

    def _rows(self, user):
        """Yield the rows of facts, as the user."""
        yield self.conference.cost_ids.with_user(self.user[user])
        yield self.fuel_claim.fill_ids.with_user(self.user[user])

    def test_who_reads(self):
        for user in READERS:
            for rows in self._rows(user):
                with self.subTest(user=user, model=rows._name):
                    self.assertEqual(rows.search([("id", "in", rows.ids)]), rows)
                    rows.read(["amount"])
        for user in STRANGERS:
            for rows in self._rows(user):
                with self.subTest(user=user, model=rows._name):
                    self.assertFalse(rows.search([("id", "in", rows.ids)]))
                    with self.assertRaises(AccessError):
                        rows.read(["amount"])

    def test_only_the_requester_writes(self):
        for user in (*READERS[1:], *STRANGERS):
            for rows in self._rows(user):
                with self.subTest(user=user, model=rows._name):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        rows.write({"amount": 1})
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        rows.unlink()

    def test_nobody_adds_to_the_claim_of_another(self):
        hall = self.env.ref("party_office_finance.claim_component_conference_hall")
        for user in (*READERS[1:], *STRANGERS):
            with self.subTest(user=user):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.env["party.claim.cost"].with_user(self.user[user]).create(
                        {
                            "claim_id": self.conference.id,
                            "component_id": hall.id,
                            "amount": 1,
                        }
                    )
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.env["party.claim.fuel.fill"].with_user(self.user[user]).create(
                        {
                            "claim_id": self.fuel_claim.id,
                            "date": "2026-06-01",
                            "litres": 1,
                            "amount": 1,
                        }
                    )

    def test_computed_amounts_are_not_forged(self):
        claim = self.conference.with_user(self.user["staff_a"])
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            claim.allowance_ids[0].write({"amount": 1})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            claim.line_ids[0].write({"amount": 1})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            claim.write({"allowance_ids": [Command.clear()]})
        self.assertEqual(claim.amount_total, 17_600_000)

    def test_facts_are_locked_once_sent(self):
        self.conference.action_submit()
        staff = self.conference.with_user(self.user["staff_a"])
        with self.assertRaisesRegex(UserError, "already sent"):
            self.env["party.claim.cost"].with_user(self.user["staff_a"]).create(
                {
                    "claim_id": staff.id,
                    "component_id": staff.cost_ids[0].component_id.id,
                    "amount": 1,
                }
            )
        with self.assertRaisesRegex(UserError, "already sent"):
            staff.cost_ids[0].unlink()

    def test_who_keeps_cars_and_norms(self):
        for user in (*READERS, *STRANGERS):
            car = self.car.with_user(self.user[user])
            with self.subTest(user=user):
                self.assertEqual(car.norm_ids.litres, 12)
                if user in ("chief_accountant", "manager"):
                    car.norm_ids.litres = 12
                    continue
                for change in (
                    lambda car=car: car.write({"tank_litres": 500}),
                    lambda car=car: car.norm_ids.write({"litres": 99}),
                    lambda car=car: car.norm_ids.unlink(),
                    lambda car=car: car.copy({"plate": "X"}),
                ):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        change()

    def test_a_form_does_not_read_the_claim_of_another(self):
        """An unsaved row that names another's claim tells nothing."""
        for model in ("party.claim.cost", "party.claim.fuel.fill"):
            rows = self.env[model].with_user(self.user["staff_b"])
            with self.assertRaises(AccessError):
                rows.onchange(
                    {"claim_id": self.conference.id},
                    ["claim_id"],
                    {"claim_id": {"fields": {"display_name": {}}}},
                )
