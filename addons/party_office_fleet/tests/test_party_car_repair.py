"""A repair: reported by a driver, quoted, approved, accepted with its old parts."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .fuel_case import FuelCase
from .test_party_car_care import CareCase


class RepairCase(CareCase, FuelCase):
    @classmethod
    def _repair(cls, key="driver", **values):
        return (
            cls.env["party.car.repair"]
            .with_user(cls.user[key])
            .create({"car_id": cls.car_1.id, "fault": "Phanh kêu", **values})
            .with_user(cls.user["dispatcher"])
        )

    @classmethod
    def _quoted(cls, amounts=(3_000_000, 2_500_000, 2_800_000), chosen=1, **values):
        repair = cls._repair(**values)
        repair.quote_ids = [
            Command.create(
                {"supplier": f"Gara {n}", "amount": amount, "is_chosen": n == chosen}
            )
            for n, amount in enumerate(amounts)
        ]
        return repair

    @classmethod
    def _approved(cls, **values):
        repair = cls._quoted(**values)
        repair.action_submit()
        cls._decide(repair, "chief_accountant")
        cls._decide(repair, "office_chief")
        return repair

    @classmethod
    def _finished(cls, amount=2_400_000, **part):
        repair = cls._approved()
        repair.write(
            {
                "invoice_reference": "1C26TAA 123 ngày 15/06/2026",
                "accepted_odometer": 41000,
                "part_ids": [
                    Command.create(
                        {
                            "name": "Má phanh",
                            "amount": amount,
                            "is_replaced": True,
                            "old_part_returned": True,
                            "warranty_months": 6,
                            **part,
                        }
                    )
                ],
            }
        )
        return repair


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyCarRepair(RepairCase):
    def test_from_the_fault_to_the_acceptance(self):
        mine = self._repair().with_user(self.user["driver"])
        mine.action_report()
        self.assertEqual(mine.waiting_user_id, self.user["dispatcher"])
        repair = self._finished()
        self.assertRegex(repair.name, r"^ĐNSC2026/\d{4}$")
        self.assertEqual(repair.amount, 2_500_000)
        self.assertEqual(repair.waiting_user_id, self.user["dispatcher"])
        repair.action_accept()
        self.assertEqual(repair.progress, "accepted")
        self.assertEqual(repair.accepted_by_id, self.user["dispatcher"])
        self.assertEqual(str(repair.warranty_until), "2026-12-15")
        self.assertFalse(repair.waiting_user_id)
        self.car_1.invalidate_recordset(["repair_amount"])
        self.assertEqual(self.car_1.repair_amount, 2_400_000)

    def test_cost_is_the_quote_and_then_the_invoice(self):
        for use, item in (("common", "6902"), ("title", "6901"), ("special", "6903")):
            with self.subTest(use):
                self.car_1.use = use
                repair = self._finished(amount=2_499_999)
                (line,) = repair._cost_lines()
                self.assertEqual(
                    (line.board, line.item_code, line.amount),
                    (self.office, item, 2_500_000),
                )
                repair.action_accept()
                self.assertEqual(repair._cost_lines()[0].amount, 2_499_999)

    def test_one_quote_is_chosen(self):
        repair = self._quoted()
        first, second, third = repair.quote_ids.sorted("id")
        self.assertEqual(repair.quote_id, second)
        first.is_chosen = True
        self.assertEqual(repair.quote_id, first)
        self.assertFalse(second.is_chosen)
        # as the list of the form writes it: the new choice before or after the old one
        repair.quote_ids = [
            Command.update(third.id, {"is_chosen": True}),
            Command.update(first.id, {"is_chosen": False}),
        ]
        self.assertEqual(repair.amount, 2_800_000)
        repair.quote_ids = [Command.update(third.id, {"is_chosen": False})]
        with self.assertRaises(UserError):
            repair.action_submit()

    def test_fewer_quotes_need_a_reason(self):
        repair = self._quoted(amounts=(3_000_000, 2_500_000))
        with self._refused(UserError, "3.*2"):
            repair.action_submit()
        repair.quote_note = "Chỉ có hai hãng"
        repair.action_submit()
        self.assertIn("Chỉ có hai hãng", repair._decision_notes()[repair.id])
        self.company.car_repair_quotes = 1
        self._quoted(amounts=(3_000_000,), chosen=0).action_submit()

    def test_the_approver_is_told_of_a_dearer_quote_and_of_the_end_of_life(self):
        self.car_1.write({"price": 8_000_000, "in_use_since": "2020-01-01"})
        repair = self._quoted(chosen=0)
        note = repair._decision_notes()[repair.id]
        self.assertIn("500.000", note)
        self.assertIn("37,5", note)
        self.assertIn("Điều 3 khoản 4 điểm c", note)

    def test_the_acceptance_has_limits(self):
        repair = self._finished(amount=2_500_001)
        with self._refused(UserError, "2.500.001"):
            repair.action_accept()
        repair.part_ids.amount = 2_500_000
        repair.part_ids.old_part_returned = False
        with self._refused(UserError, "Má phanh"):
            repair.action_accept()
        repair.part_ids.old_part_note = "Vỡ, không còn"
        repair.accepted_on = "2026-06-16"
        with self.assertRaises(UserError):
            repair.action_accept()
        repair.accepted_on = "2026-06-15"
        repair.action_accept()
        for change in ({"invoice_reference": "x"}, {"part_ids": [Command.clear()]}):
            with self.subTest(change), self.assertRaises(UserError):
                repair.write(change)
        with self.assertRaises(UserError):
            repair.part_ids.amount = 1
        with self.assertRaises(UserError):
            repair.action_accept()
        with self.assertRaises(UserError):
            repair.action_cancel()

    def test_nothing_is_accepted_before_the_approval(self):
        repair = self._quoted()
        with self.assertRaises(UserError):
            repair.part_ids = [Command.create({"name": "x", "amount": 1})]
        with self.assertRaises(UserError):
            repair.action_accept()
        repair.action_submit()
        with self.assertRaises(UserError):
            repair.quote_ids[0].amount = 1
        with self.assertRaises(UserError):
            repair.quote_ids[0].is_chosen = True

    def test_a_warranty_is_remembered(self):
        repair = self._finished()
        repair.action_accept()
        again = self._repair()
        self.assertIn("Má phanh", again.warranty_note)
        self.assertIn("15/12/2026", again.warranty_note)
        self.assertFalse(self._repair(car_id=self.car_2.id).warranty_note)

    def test_the_workshop_takes_the_car(self):
        repair = self._repair()
        repair.absence_ids = [
            Command.create(
                {
                    "car_id": self.car_1.id,
                    "start": "2026-06-15 00:00:00",
                    "stop": "2026-06-16 00:00:00",
                }
            )
        ]
        with self._refused(UserError, "20A-000.01"):
            self._plan(self._waiting_request())

    def test_two_at_once(self):
        repairs = self._finished() | self._finished()
        repairs.action_accept()
        self.assertEqual(set(repairs.mapped("progress")), {"accepted"})

    # ------------------------------------------------------------------- vehicle file
    def test_the_vehicle_file_gets_the_repair(self):
        car = self.car_1.with_user(self.user["dispatcher"])
        self.assertFalse(car.has_vehicle)
        car.action_make_vehicle()
        self.assertTrue(car.has_vehicle)
        vehicle = self.car_1.vehicle_id
        self.assertEqual(vehicle.license_plate, "20A-000.01")
        car.action_make_vehicle()
        self.assertEqual(self.car_1.vehicle_id, vehicle)
        self._finished().action_accept()
        service = vehicle.log_services
        self.assertEqual((service.amount, service.odometer), (2_400_000, 41000))
        with self.assertRaises(AccessError):
            self.car_2.with_user(self.user["driver"]).action_make_vehicle()

    # --------------------------------------------------------------------- liquidation
    def test_signals_of_the_end_of_life(self):
        self.car_1.in_use_since = "2011-06-15"
        self.assertFalse(self.car_1.is_at_end)
        self.car_1.in_use_since = "2011-06-14"
        self.assertTrue(self.car_1.is_at_end)
        self.assertIn("Điều 3 khoản 4 điểm a", self.car_1.life_warning)
        self.assertIn(self.car_1, self.env["party.car"].search([("is_at_end", "=", 1)]))
        self.assertIn(self.car_2, self.env["party.car"].search([("is_at_end", "=", 0)]))

    # ------------------------------------------------------------------------- access
    def test_who_may_what(self):
        repair = self._quoted()
        for key in ("dispatcher", "driver", "office_chief", "chief_accountant"):
            with self.subTest(key):
                self.assertTrue(repair.with_user(self.user[key]).has_access("read"))
        for key in ("driver_2", "staff_a", "head_a", "accountant_a", "staff_b"):
            with self.subTest(key):
                self.assertFalse(repair.with_user(self.user[key]).has_access("read"))
                quote = repair.quote_ids.with_user(self.user[key])
                self.assertFalse(quote.has_access("read"))
        for key in ("staff_a", "office_chief", "manager", "accountant_a"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._repair(key)
        with self.assertRaises(AccessError):
            repair.with_user(self.user["driver"]).action_submit()
        with self.assertRaises(AccessError):
            repair.with_user(self.user["driver_2"]).fault = "x"
        with self.assertRaises(AccessError):
            repair.with_user(self.user["driver"]).quote_ids[0].amount = 1

    def test_nothing_is_forged(self):
        repair = self._finished()
        for values in (
            {"progress": "accepted"},
            {"state": "draft"},
            {"accepted_by_id": self.env.uid},
            {"name": "x"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                repair.write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                self._repair("dispatcher", **values)
        for key in ("driver", "staff_a", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                repair.with_user(self.user[key]).action_accept()
        with self.assertRaises(AccessError):
            self._repair().with_user(self.user["driver"]).write(
                {"invoice_reference": "x"}
            )

    def test_without_claims_amounts_are_only_shown(self):
        repair = self._finished()
        with self._refused(UserError, "."):
            repair.action_claim()
        repair.action_accept()
        with self.assertRaises(AccessError):
            repair.with_user(self.user["driver"]).action_claim()
        with self.assertRaises(AccessError):
            repair.with_user(self.user["driver"]).partner_id = self.env.user.partner_id
        if self.env["party.cost.mixin"]._can_cost_claim():
            self.skipTest("with finance: see test_repair_claims")
        self.assertFalse(repair.can_claim or repair.claim_box)

    def test_nonsense_gets_a_sentence(self):
        for amount in (float("nan"), 10.0**18):
            with self.subTest(amount), self.assertRaises(ValidationError):
                self._quoted(amounts=(amount,), chosen=0)
        with self.assertRaises(ValidationError):
            self._repair(odometer=10**9)
