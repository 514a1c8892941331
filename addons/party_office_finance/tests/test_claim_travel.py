import logging
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .travel_common import DEPARTURE, RETURN, TravelCase

_logger = logging.getLogger(__name__)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimTravel(TravelCase):
    # --------------------------------------------------------------------- scenario
    def test_three_days_in_ha_noi(self):
        """Three people, two nights: from six fields to the money in the hand."""
        claims = self.env["party.claim"].with_user(self.user["staff_a"])
        filled = 0
        with Form(claims.with_context(default_kind_id=self.travel.id)) as form:
            # who asks is proposed; so are board, way, lodging and area
            self.assertEqual(form.traveller_employee_ids.ids, self.staff.ids)
            for field, value in (
                ("description", "Hội nghị ngân sách"),
                ("travel_destination", "Bộ Tài chính, Ha Noi"),
                ("travel_departure", DEPARTURE),
                ("travel_return", RETURN),
            ):
                form[field] = value
                filled += 1
            for person in (self.head, self.third):
                form.traveller_employee_ids.add(self._public(person))
                filled += 1
            self.assertEqual(form.travel_area_id.code, "tw")
            self.assertIn("6.700.000", form.calculation_box)
            self.assertIn("Not verified", form.calculation_box)
        self.assertLessEqual(filled, 8)
        claim = form.save()
        staff, head, third = self.staff.name, self.head.name, self.third.name
        self.assertEqual(
            self._amounts(claim),
            [
                (staff, "per_diem", 3, 300_000, 900_000),
                (staff, "lodging_lump", 2, 600_000, 1_200_000),
                (head, "per_diem", 3, 300_000, 900_000),
                (head, "lodging_lump", 2, 800_000, 1_600_000),
                (third, "per_diem", 3, 300_000, 900_000),
                (third, "lodging_lump", 2, 600_000, 1_200_000),
            ],
        )
        self.assertRecordValues(
            claim.line_ids.sorted("sequence"),
            [
                {"amount": 2_700_000, "item_id": self.budget["6702"].item_id.id},
                {"amount": 4_000_000, "item_id": self.budget["6703"].item_id.id},
            ],
        )
        self.assertTrue(claim.has_unverified_rate)
        claim.action_submit()
        self._approve(claim)
        self.assertCounters(self.budget["6702"], held=2_700_000, spent=0)
        self.assertCounters(self.budget["6703"], held=4_000_000, spent=0)
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        self.assertEqual(claim.state, "paid")
        self.assertCounters(self.budget["6702"], held=0, spent=2_700_000)
        self.assertCounters(self.budget["6703"], held=0, spent=4_000_000)
        spent = claim.move_id.line_ids.filtered("party_claim_line_id")
        self.assertEqual(sum(spent.mapped("debit")), 6_700_000)
        self.assertEqual(self.cash_box.balance, 1_000_000_000 - 6_700_000)

    def test_one_person_as_in_the_worked_example(self):
        claim = self._trip()
        self.assertEqual(claim.amount_total, 2_100_000)
        row = claim.allowance_ids[0]
        self.assertEqual(row.regulation, "12/2025/TT-BTC")
        self.assertEqual(row.rate_from, date(2025, 5, 4))
        self.assertTrue(row.verified)

    # ------------------------------------------------------------------ own vehicle
    def test_own_vehicle_at_the_announced_price(self):
        self.env["party.fuel.price"].create(
            {
                "fuel": "e10",
                "date_from": "2026-06-05",
                "price": 20_500,
                "source": "Petrolimex 05/06/2026",
                "verified": True,
            }
        )
        claim = self._trip(
            travel_destination="Xã Đông Sơn",
            travel_return="2026-06-08 10:00:00",
            travel_transport="own_vehicle",
            travel_distance=45,
        )
        self.assertEqual(claim.travel_area_id.code, "province")
        self.assertEqual(
            self._amounts(claim),
            [
                (self.staff.name, "same_day", 1, 0, 0),
                (self.staff.name, "own_vehicle", 18, 20_500, 369_000),
            ],
        )
        self.assertEqual(claim.amount_total, 369_000)
        self.assertIn("Petrolimex", claim.allowance_ids[1].remark)

    def test_a_stated_petrol_price_needs_its_paper(self):
        claim = self._trip(
            travel_return="2026-06-08 10:00:00",
            travel_transport="own_vehicle",
            travel_distance=45,
            travel_petrol_price=21_000,
        )
        self.assertEqual(claim.amount_total, 378_000)
        with self.assertRaisesRegex(UserError, "Name the paper of the petrol price"):
            claim.action_submit()
        claim.travel_petrol_note = "HĐ 123, 08/06/2026"
        claim.action_submit()
        self.assertEqual(claim.state, "submitted")
        self.assertIn("HĐ 123", claim.allowance_ids[1].remark)

    def test_the_price_of_the_departure_day_counts(self):
        prices = self.env["party.fuel.price"]
        for day, price in (("2026-06-01", 20_000), ("2026-06-09", 30_000)):
            prices.create(
                {"fuel": "ron95", "date_from": day, "price": price, "source": day}
            )
        self.assertEqual(prices._petrol_on(date(2026, 6, 8)).price, 20_000)
        self.assertEqual(prices._petrol_on(date(2026, 6, 9)).price, 30_000)
        self.assertFalse(prices._petrol_on(date(2000, 1, 1)))

    def test_no_petrol_price(self):
        self.env["party.fuel.price"].search([]).unlink()
        with self.assertRaisesRegex(ValidationError, "No petrol price is known on"):
            self._trip(travel_transport="own_vehicle", travel_distance=45)

    def test_near_places_pay_nothing_for_the_own_vehicle(self):
        near = self._trip(travel_transport="own_vehicle", travel_distance=14.9)
        self.assertNotIn(14.9, near.allowance_ids.mapped("amount"))
        self.assertEqual(near.amount_total, 2_100_000)
        remark = near.allowance_ids.filtered(
            lambda row: row.component_id.code == "own_vehicle"
        ).remark
        self.assertIn("14,9 km", remark)
        # headquarters in a special area: from 10 km on
        self.company.party_home_area_id = self.env.ref(
            "party_office_base.norm_area_special"
        )
        near.travel_distance = 10
        self.assertEqual(near.amount_total, 2_100_000 + 4 * 20_500)

    # --------------------------------------------------------------------- lodging
    def test_invoices_instead_of_the_lump_sum(self):
        persons = self.staff | self.third
        for version in persons.version_ids:
            version.sex = "male"
        claim = self._trip(
            travel_lodging="invoice",
            traveller_ids=[
                Command.create({"employee_id": self.staff.id, "invoice_amount": 1e6}),
                Command.create({"employee_id": self.third.id, "invoice_amount": 1.2e6}),
            ],
        )
        lodging = claim.allowance_ids.filtered(
            lambda row: row.component_id.code == "lodging_invoice"
        )
        self.assertEqual(lodging.mapped("amount"), [1_000_000, 1_000_000])
        self.assertEqual(lodging.mapped("asked"), [0, 1_200_000])

    def test_lump_sum_and_invoice_are_never_both_paid(self):
        claim = self._trip()
        with self.assertRaisesRegex(ValidationError, "never paid both"):
            claim.traveller_ids.invoice_amount = 500_000
        with self.assertRaisesRegex(ValidationError, "the host pays lodging"):
            claim.write(
                {
                    "travel_lodging": "invoice",
                    "travel_host_lodging": True,
                    "traveller_ids": [
                        Command.update(
                            claim.traveller_ids.id, {"invoice_amount": 500_000}
                        )
                    ],
                }
            )

    def test_fewer_nights_and_private_days(self):
        claim = self._trip()
        self.assertEqual(claim.traveller_ids.nights, 2)
        claim.traveller_ids.nights = 1
        self.assertEqual(claim.amount_total, 1_500_000)
        claim.traveller_ids.write(
            {"private_from": "2026-06-09", "private_to": "2026-06-09"}
        )
        self.assertEqual(claim.traveller_ids.nights, 1)
        self.assertEqual(claim.amount_total, 2 * 300_000 + 600_000)
        # other dates: nights are counted anew
        claim.travel_return = "2026-06-13 10:00:00"
        self.assertEqual(claim.traveller_ids.nights, 4)

    def test_rank_changes_during_the_trip(self):
        self.staff._set_position_coefficient(date(2026, 6, 9), 0.8, "45-QĐ/TU")
        claim = self._trip()
        self.assertEqual(
            [row[1:] for row in self._amounts(claim)],
            [
                ("per_diem", 3, 300_000, 900_000),
                ("lodging_lump", 1, 600_000, 600_000),
                ("lodging_lump", 1, 800_000, 800_000),
            ],
        )

    def test_rate_changes_during_the_trip(self):
        self._allocate_old_year()
        claim = self._trip(
            date="2025-05-06",
            travel_departure="2025-05-02 00:00:00",
            travel_return="2025-05-05 10:00:00",
        )
        self.assertEqual(
            [row[1:] for row in self._amounts(claim)],
            [
                ("per_diem", 2, 200_000, 400_000),
                ("per_diem", 2, 300_000, 600_000),
                ("lodging_lump", 2, 450_000, 900_000),
                ("lodging_lump", 1, 600_000, 600_000),
            ],
        )

    def _allocate_old_year(self):
        for line in (self.budget["6702"], self.budget["6703"]):
            self._allocate(self.board_a, 10_000_000, item=line.item_id, year=2025)

    def test_days_are_those_of_viet_nam(self):
        """23:30 to 00:30 there is two days, though one in UTC."""
        claim = self._trip(
            travel_departure="2026-06-08 16:30:00", travel_return="2026-06-08 17:30:00"
        )
        self.assertEqual(claim.traveller_ids.nights, 1)
        self.assertEqual(claim.amount_total, 2 * 300_000 + 600_000)

    # ----------------------------------------------------------- persons in the form
    def test_chosen_persons_have_rows(self):
        claim = self._trip(self.staff | self.head)
        claim.traveller_employee_ids = self._public(self.staff | self.third)
        self.assertEqual(claim.traveller_ids.employee_id, self.staff | self.third)
        self.assertEqual(claim.amount_total, 4_200_000)
        claim.traveller_ids[0].nights = 0
        with Form(claim) as form:
            form.traveller_employee_ids.add(self._public(self.head))
        self.assertEqual(len(claim.traveller_ids), 3)
        # what was said about the others stays
        self.assertEqual(claim.traveller_ids[0].nights, 0)
        self.assertEqual(claim.amount_total, 900_000 + 2_100_000 + 2_500_000)

    def test_a_person_stands_once(self):
        twice = [Command.create({"employee_id": self.staff.id}) for _number in "12"]
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._trip(traveller_ids=twice)

    def test_facts_are_locked_once_sent(self):
        claim = self._trip(self.staff | self.head)
        before = claim.content_hash
        claim.traveller_ids[0].nights = 1
        self.assertNotEqual(claim.content_hash, before)
        claim.action_submit()
        for values in (
            {"travel_destination": "Huế"},
            {"travel_distance": 90},
            {"traveller_employee_ids": [Command.set(self.staff.ids)]},
            {"traveller_ids": [Command.create({"employee_id": self.third.id})]},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                claim.write(values)
        with self.assertRaises(UserError):
            claim.traveller_ids[0].nights = 2
        with self.assertRaises(UserError):
            claim.traveller_ids[0].unlink()
        self.assertEqual(claim.amount_total, 4_000_000)

    # --------------------------------------------------------------------- bad input
    def test_bad_input_is_told_and_nothing_is_saved(self):
        def one(**values):
            return {
                "traveller_ids": [
                    Command.create({"employee_id": self.staff.id, **values})
                ]
            }

        cases = [
            ({"travel_return": DEPARTURE}, "return must be after the departure"),
            ({"travel_return": "2026-06-01 00:00:00"}, "return must be after"),
            ({"travel_return": "2027-06-09 00:00:00"}, "not longer than a year"),
            (
                {"travel_transport": "own_vehicle", "travel_distance": -5},
                "Distance one way is not negative: -5",
            ),
            (
                {"travel_transport": "own_vehicle", "travel_distance": 1e18},
                "below one million billion",
            ),
            (
                one(invoice_amount=1e18, lodging="invoice"),
                "staff_a: Hotel invoice is below one million billion",
            ),
            (one(ticket_amount=1e18, transport="ticket"), "below one million billion"),
            (one(other_amount=-1), "staff_a: Other cost is not negative"),
            (one(ticket_amount=5_000), "tickets are paid only to who goes by ticket"),
            (one(nights=5), "staff_a: 5 nights, but the trip has 2"),
            (one(nights=-1), "Nights is not negative"),
            (
                one(sea_from="2026-07-01"),
                "staff_a: 07/01/2026 is not a day of",
            ),
            (
                one(private_from="2026-06-10", private_to="2026-06-08"),
                "ends before it begins",
            ),
            (
                {
                    "travel_departure": "2017-06-29 00:00:00",
                    "travel_return": "2017-07-02 00:00:00",
                },
                "No norm .* on 06/29/2017",
            ),
        ]
        count = self.env["party.claim"].search_count([])
        for values, sentence in cases:
            with (
                self.subTest(sentence),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                if "traveller_ids" not in values:
                    values = values | one()
                self._trip(**values)
        self.assertEqual(self.env["party.claim"].search_count([]), count)

    def test_bad_input_is_told_while_typing(self):
        claims = self.env["party.claim"].with_user(self.user["staff_a"])
        form = Form(claims.with_context(default_kind_id=self.travel.id))
        form.description = "Trip"
        form.travel_destination = "Hà Nội"
        form.travel_departure = RETURN
        form.travel_return = DEPARTURE
        self.assertIn("return must be after the departure", form.calculation_box)
        form.travel_departure, form.travel_return = DEPARTURE, RETURN
        self.assertIn("2.100.000", form.calculation_box)

    def test_a_person_of_another_board(self):
        with self.assertRaisesRegex(
            ValidationError,
            f"staff_b worked at {self.board_b.name[:3]}.*own staff",
        ):
            self._trip(self.staff | self.stranger)
        # who moved to the board travels for it from that day on
        self.stranger.create_version(
            {
                "date_version": date(2026, 6, 8),
                "department_id": self.board_a.department_id.id,
            }
        )
        self.assertEqual(self._trip(self.staff | self.stranger).amount_total, 4_200_000)

    def test_nobody_is_paid_twice_for_a_day(self):
        first = self._trip()
        first.action_submit()
        second = self._trip(
            travel_departure="2026-06-10 12:00:00", travel_return="2026-06-11 10:00:00"
        )
        with self.assertRaisesRegex(
            UserError, f"staff_a is already paid for 06/10/2026 by {first.name}"
        ):
            second.action_submit()
        second.traveller_ids.private_from = "2026-06-10"
        second.action_submit()
        self.assertEqual(second.amount_total, 300_000)

    def test_nothing_to_pay_is_not_sent(self):
        claim = self._trip(travel_return="2026-06-08 10:00:00")
        self.assertEqual(claim.amount_total, 0)
        with self.assertRaises(UserError):
            claim.action_submit()

    # ------------------------------------------------------------------ monthly lump
    def _month(self, **values):
        return self._trip(
            kind_id=self.month_lump.id,
            month_lump_month="2026-05-20",
            traveller_ids=[
                Command.create({"employee_id": self.staff.id, "field_days": 11}),
                Command.create({"employee_id": self.third.id, "field_days": 10}),
            ],
            **values,
        )

    def test_month_lump(self):
        claim = self._month()
        self.assertEqual(
            self._amounts(claim),
            [
                (self.staff.name, "month_lump", 1, 700_000, 700_000),
                (self.third.name, "month_lump", 0, 0, 0),
            ],
        )
        claim.action_submit()
        self._approve(claim)
        self.assertCounters(self.budget["6704"], held=700_000)
        with self.assertRaisesRegex(UserError, "is already paid for 05/01/2026"):
            self._month().action_submit()

    def test_month_lump_bad_days(self):
        claim = self._month()
        with self.assertRaisesRegex(ValidationError, "32 days, but the month has 31"):
            claim.traveller_ids[0].field_days = 32

    # ----------------------------------------------------------------------- queries
    def test_fifty_people_need_few_queries(self):
        persons = self.env["hr.employee"].create(
            [
                {
                    "name": f"Person {number}",
                    "department_id": self.board_a.department_id.id,
                    "sex": "male" if number % 2 else "female",
                }
                for number in range(50)
            ]
        )
        counts = {}
        # the first round fills what the server keeps for everybody
        for size in (4, 5, 50):
            claim = self._trip(
                persons[:size],
                travel_transport="own_vehicle",
                travel_distance=60,
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claim._calculate()
            counts["compute", size] = self.env.cr.sql_log_count - before
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claim.travel_distance = 61
            self.env.flush_all()
            counts["save", size] = self.env.cr.sql_log_count - before
            self.assertEqual(len(claim.allowance_ids), 3 * size)
        _logger.info("queries of a travel claim: %s", counts)
        self.assertLess(counts["compute", 50], 40)
        self.assertLess(counts["save", 50], 100)
        for action in ("compute", "save"):
            self.assertAlmostEqual(counts[action, 50], counts[action, 5], delta=3)
