from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TODAY, Form
from .event_common import EventCase

FILLS = [
    ("2026-06-05", 60, 20_500, 10_400, "101"),
    ("2026-06-20", 60, 20_500, 10_900, "102"),
]


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimFuel(EventCase):
    ITEMS = FOREIGN_ITEMS = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls._new_car()

    def _box(self, claim):
        claim.invalidate_recordset(["fuel_box", "fuel_over"])
        return claim.fuel_box

    # --------------------------------------------------------------------- amounts
    def test_the_limit_exactly(self):
        claim = self._new_fuel_claim(FILLS)
        self.assertEqual(claim.fuel_km, 1_000)
        self.assertEqual(claim.fuel_over, 0)
        self.assertEqual(claim.allowance_ids.mapped("amount"), [1_230_000, 1_230_000])
        self.assertEqual(claim.line_ids.amount, 2_460_000)
        self.assertNotIn("To be looked at", self._box(claim))
        self.assertFalse(claim.has_unverified_rate)
        self._pay(claim)
        self.assertCounters(self.line_a, spent=2_460_000, held=0)

    def test_over_by_a_tenth_of_a_litre(self):
        fills = [FILLS[0], ("2026-06-20", 60.1, 20_500, 10_900, "102")]
        claim = self._new_fuel_claim(fills)
        self.assertAlmostEqual(claim.fuel_over, 0.1)
        self.assertEqual(claim.amount_total, 2_460_000)  # the limit, not the invoice
        self.assertEqual(claim.allowance_ids[1].asked, 1_232_050)
        self.assertIn("over_norm", claim._paper_conditions())
        with self.assertRaisesRegex(UserError, "0,1 litres are over the norm"):
            claim.action_submit()
        claim.fuel_reason = "Đi đường vòng do sạt lở"
        self._pay(claim)
        self.assertCounters(self.line_a, spent=2_460_000)

    def test_the_tank_belongs_to_the_account(self):
        claim = self._new_fuel_claim(FILLS[:1], tank_opening=70, tank_closing=10)
        self.assertEqual(claim.fuel_over, 0)
        self.assertEqual(claim.amount_total, 1_230_000)
        claim.tank_opening = 60
        self.assertEqual(claim.amount_total, 1_230_000)  # ten litres saved
        claim.tank_closing = 70
        self.assertEqual(claim.fuel_over, 0)

    def test_hard_roads_and_waiting(self):
        claim = self._new_fuel_claim(FILLS, fuel_hard_km=200, fuel_idle_hours=4)
        # 120 l, 15 % more on 200 km (3.6 l), 4 h × 1.5 l
        self.assertIn("129,6", self._box(claim))

    def test_the_norm_is_the_one_of_the_days(self):
        norms = self.car.norm_ids
        self.car.norm_ids = [
            Command.create(
                {"date_from": "2026-07-01", "litres": 11, "source": "30/2026"}
            )
        ]
        self.assertEqual(self.car._norm_on(norms.date_from), norms)
        july = {"fuel_from": "2026-07-01", "fuel_to": "2026-07-31"}
        claim = self._new_fuel_claim([("2026-07-05", 60, 20_500, 0, "1")], **july)
        self.assertIn("110 l", self._box(claim))
        self.assertIn("Norm not verified", self._box(claim))
        self.assertTrue(claim.has_unverified_rate)
        with self.assertRaisesRegex(ValidationError, "changes on"):
            claim.fuel_from = "2026-06-30"
        with self.assertRaisesRegex(ValidationError, "no fuel norm on"):
            claim.write({"fuel_from": "2025-12-01", "fuel_to": "2025-12-31"})

    def test_filled_in_on_the_form(self):
        form = Form(self.env["party.claim"].with_user(self.user["staff_a"]))
        form.kind_id = self.env.ref("party_office_finance.claim_kind_fuel_norm")
        form.description = "Xăng"
        form.car_id = self.car
        form.fuel_from = "2026-06-01"
        form.fuel_to = "2026-06-30"
        form.odometer_start = 10_000
        form.odometer_end = 11_000
        with form.fill_ids.new() as fill:
            fill.date = "2026-06-05"
            fill.litres = 80
            fill.unit_price = 20_500
            fill.odometer = 10_300
            self.assertEqual(fill.plate, "99T-123.45")
        self.assertIn("tank takes 70 l", form.fuel_box)
        self.assertIn("1.640.000 đ", form.calculation_box)
        claim = form.save()
        self.assertEqual(claim.amount_total, 1_640_000)

    # -------------------------------------------------------------------- warnings
    def test_warnings_never_block(self):
        other = self._new_fuel_claim([FILLS[0]])
        claim = self._new_fuel_claim(
            [
                ("2026-05-31", 71, 20_500, 10_400, "00101"),
                ("2026-06-20", 10, 20_500, 10_300, "102"),
                ("2026-06-21", 10, 20_500, 11_001, "102"),
            ]
        )
        claim.fill_ids[0].plate = "99T-999.99"
        box = self._box(claim)
        for sentence in (
            f"Invoice 00101 of 31/05/2026 is also in {other.display_name}",
            "same invoice as the one on 20/06/2026",
            "71 l, but the tank takes 70 l",
            "is outside 01/06/2026 to 30/06/2026",
            "names another car: 99T-999.99",
            "10.300 km, less than the 10.400 km",
            "701 km since the fill before 21/06/2026 would take 84,12 l",
            "11.001 km, not between 10.000 and 11.000 km",
        ):
            self.assertIn(sentence, box)
        claim.action_submit()
        self.assertEqual(claim.sudo().state, "submitted")
        note = claim.sudo()._decision_notes()[claim.id]
        self.assertIn("To be looked at", note)
        self._approve(claim)
        self.assertEqual(claim.sudo().state, "approved")

    def test_odometer_gap_to_the_last_claim(self):
        self._new_fuel_claim(
            [],
            fuel_from="2026-05-01",
            fuel_to="2026-05-31",
            odometer_end=9_990,
            odometer_start=9_000,
        )
        claim = self._new_fuel_claim(FILLS)
        self.assertIn("10 km are missing since the last claim", self._box(claim))
        claim.odometer_start = 9_980
        self.assertIn("10 km are claimed twice", self._box(claim))
        claim.odometer_start = 9_990
        self.assertNotIn("To be looked at", self._box(claim))

    def test_invoice_of_another_board_is_not_named(self):
        other = self._new_fuel_claim(
            [FILLS[0]], user="staff_b", board_id=self.board_b.id
        )
        claim = self._new_fuel_claim(FILLS)
        self.assertIn("also in a claim of another board", self._box(claim))
        self.assertNotIn(other.name if other.name != "/" else "TB", self._box(claim))
        other.with_user(self.user["staff_b"]).action_cancel()
        self.assertNotIn("also in", self._box(claim))

    def test_invoice_of_a_plain_fuel_claim(self):
        plain = self._new_claim([1_230_000])
        plain.line_ids.invoice_number = "101"
        kind = self.env.ref("party_office_finance.claim_kind_fuel_norm")
        plain.line_ids.item_id = kind.item_id
        self.assertIn("Invoice 101", self._box(self._new_fuel_claim(FILLS)))

    def test_notes_of_many_claims_cost_as_much_as_of_one(self):
        def queries(count):
            claims = self.env["party.claim"].union(
                *(self._new_fuel_claim(FILLS) for _number in range(count))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            notes = claims.with_user(self.user["head_a"])._decision_notes()
            self.assertIn("is also in", notes[claims[0].id])
            return self.env.cr.sql_log_count - before

        queries(2)  # warms caches
        few, many = queries(2), queries(12)
        self.assertAlmostEqual(many, few, delta=4)

    # ------------------------------------------------------------------- bad input
    def test_bad_input_is_refused_in_words(self):
        for values, sentence in (
            ({"odometer_end": 9_999}, "odometer at the end"),
            ({"fuel_hard_km": 1_001}, "more than the 1.000 km driven"),
            ({"fuel_hard_km": -1}, "may not be below zero"),
            ({"tank_opening": 71}, "do not fit into the tank of 70"),
            ({"tank_opening": 0, "tank_closing": 30, "fill_ids": []}, "30 litres"),
            ({"fuel_to": "2026-05-01"}, "the end is before the start"),
            ({"fuel_to": "2028-05-01"}, "a year at most"),
            ({"odometer_end": 10**18}, "Odometer at the end"),
            ({"tank_closing": float("nan")}, "nan cannot be"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                self._new_fuel_claim(FILLS, **values)

    def test_incomplete_facts_come_to_nothing(self):
        claim = self._new_fuel_claim([])
        self.assertFalse(claim.allowance_ids)
        with self.assertRaisesRegex(UserError, "Nothing is to be paid yet"):
            claim.action_submit()

    def test_a_fill_is_recalculated_and_locked(self):
        claim = self._new_fuel_claim(FILLS)
        claim.fill_ids[1].litres = 40
        self.assertEqual(claim.amount_total, 2_050_000)
        claim.fill_ids[0].unlink()
        self.assertEqual(claim.amount_total, 820_000)
        claim.action_submit()
        with self.assertRaisesRegex(UserError, "already sent"):
            claim.fill_ids.litres = 1

    def test_number_of_queries(self):
        def queries(count):
            fills = [
                (f"2026-06-{number % 30 + 1:02}", 1, 20_500, 0, f"{count}{number}")
                for number in range(count)
            ]
            claim = self._new_fuel_claim(fills)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claim._recalculate()
            self.assertTrue(claim.fuel_box)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)  # warms caches
        few, many = queries(3), queries(60)
        self.assertLess(many, 100)
        self.assertAlmostEqual(many, few, delta=4)
