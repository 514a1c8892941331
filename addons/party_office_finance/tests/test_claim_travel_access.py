from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .travel_common import TravelCase

#: who may read the travellers of a claim of board A that staff_a asked for
READERS = {
    "staff_a": True,
    "head_a": True,
    "accountant_a": True,
    "chief_accountant": True,
    "office_chief": True,
    "cashier": True,
    "manager": True,
    "staff_b": False,
    "head_b": False,
    "accountant_b": False,
    "driver": False,
}


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimTravelAccess(TravelCase):
    def test_travellers_follow_their_claim(self):
        row = self._trip().traveller_ids
        for name, may_read in READERS.items():
            rows = self.env["party.claim.traveller"].with_user(self.user[name])
            with self.subTest(name):
                found = rows.search([("id", "=", row.id)])
                self.assertEqual(bool(found), may_read)
                if not may_read:
                    with self.assertRaises(AccessError):
                        rows.browse(row.id).read(["nights"])

    def test_only_the_requester_writes(self):
        claim = self._trip()
        row = claim.traveller_ids
        for name in READERS:
            if name == "staff_a":
                continue
            other = row.with_user(self.user[name])
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    other.nights = 0
                with self.assertRaises(AccessError):
                    other.unlink()
                with self.assertRaises(AccessError):
                    other.create({"claim_id": claim.id, "employee_id": self.third.id})
        self.assertEqual(row.nights, 2)

    def test_a_row_is_not_moved_to_a_claim_one_may_not_see(self):
        foreign = self._trip(self.stranger, user="staff_b", board_id=self.board_b.id)
        own = self._trip().traveller_ids
        with self.assertRaises(AccessError):
            own.claim_id = foreign.id
        rows = self.env["party.claim.traveller"].with_user(self.user["staff_a"])
        with self.assertRaises(AccessError):
            rows.create({"claim_id": foreign.id, "employee_id": self.third.id})
        with self.assertRaises(AccessError):
            rows.onchange({"claim_id": foreign.id}, ["claim_id"], {"nights": {}})

    def test_amounts_are_not_written_by_hand(self):
        claim = self._trip()
        with self.assertRaises(AccessError):
            claim.allowance_ids.amount = 9_000_000
        with self.assertRaises(AccessError):
            claim.write({"allowance_ids": [Command.clear()]})
        with self.assertRaises(UserError):
            claim.line_ids.amount = 9_000_000

    def test_staff_do_not_read_coefficients(self):
        """The rank decides the amount; the coefficient itself stays private."""
        claim = self._trip(self.staff | self.head)
        self.assertEqual(claim.amount_total, 4_600_000)
        with self.assertRaises(AccessError):
            self.head.with_user(self.user["staff_a"]).read(["position_coefficient"])
        with self.assertRaises(AccessError):
            self.env["party.position.coefficient"].with_user(
                self.user["staff_a"]
            ).search([])
        versions = self.env["hr.version"].with_user(self.user["staff_a"])
        with self.assertRaises(AccessError):
            versions.search([])

    def test_only_the_manager_changes_coefficients(self):
        values = {
            "employee_id": self.third.id,
            "date_from": "2026-03-01",
            "coefficient": 1.25,
            "paper": "77-QĐ/TU",
        }
        for name in ("staff_a", "accountant_a", "chief_accountant", "office_chief"):
            dialogs = self.env["party.position.change"].with_user(self.user[name])
            with self.subTest(name), self.assertRaises(AccessError):
                dialogs.create(values)
        manager = self.env["party.position.change"].with_user(self.user["manager"])
        manager.create(values).action_confirm()
        rows = self.env["party.position.coefficient"].with_user(self.user["manager"])
        rows = rows.search([("employee_id", "=", self.third.id)], order="date_from")
        self.assertEqual(rows[-1].rank_id.code, "r125")
        self.assertEqual(rows.mapped("coefficient")[-1], 1.25)
        post = self.third._party_posts()[self.third.id]
        self.assertEqual(post.rank_on(date(2026, 3, 1)), "r125")
        with self.assertRaisesRegex(UserError, "lies between 0 and 10"):
            manager.create({**values, "coefficient": 12}).action_confirm()

    def test_a_coefficient_holds_until_the_next_change(self):
        person = self.third
        # a version that changed something else must not end the coefficient
        person.create_version({"date_version": date(2026, 5, 1), "job_title": "X"})
        person._set_position_coefficient(date(2026, 9, 1), 1.3, "3-QĐ/TU")
        person._set_position_coefficient(date(2019, 3, 1), 0.8, "2-QĐ/TU")
        post = person._party_posts()[person.id]
        self.assertEqual(
            [
                post.rank_on(day)
                for day in (
                    date(2019, 3, 1),
                    date(2020, 6, 1),
                    date(2026, 8, 31),
                    date(2026, 9, 1),
                )
            ],
            ["r080", "r080", "r080", "r125"],
        )

    def test_who_keeps_fuel_prices(self):
        values = {"fuel": "e10", "date_from": "2026-06-01", "price": 1, "source": "x"}
        for name, may in (
            ("accountant_a", True),
            ("manager", True),
            ("staff_a", False),
            ("cashier", False),
        ):
            prices = self.env["party.fuel.price"].with_user(self.user[name])
            with self.subTest(name):
                self.assertEqual(prices.has_access("create"), may)
                self.assertTrue(prices.has_access("read"))
                if not may:
                    with self.assertRaises(AccessError):
                        prices.create(values)
        example = self.env.ref("party_office_base.fuel_price_ron95_example")
        with self.assertRaisesRegex(UserError, "official row"):
            example.with_user(self.user["accountant_a"]).price = 1
