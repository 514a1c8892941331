from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .event_common import EventCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimGuest(EventCase):
    def _reception(self, **values):
        """Five guests and three hosts, a day, one meal."""
        return self._new_event(
            "guest",
            **{
                "guest_delegation": "Đoàn công tác Tỉnh ủy Sơn La",
                "guest_count": 5,
                "host_count": 3,
                "event_half_days": 2,
                "guest_meals": 1,
                **values,
            },
        )

    # ------------------------------------------------------------------- domestic
    def test_reception(self):
        claim = self._pay(self._reception())
        self.assertEqual(
            self._amounts(claim), [("guest_drink", 960_000), ("guest_meal", 4_800_000)]
        )
        self.assertFalse(claim.has_unverified_rate)
        row = claim.allowance_ids[1]
        self.assertEqual(
            (row.regulation, row.article), ("35/2026/TT-BTC", "Điều 31 khoản 1")
        )
        self.assertCounters(self.line["7761"], spent=5_760_000, held=0)

    def test_the_rate_changes_in_the_middle_of_the_visit(self):
        visit = {
            "event_from": "2026-05-17",
            "event_to": "2026-05-18",
            "event_half_days": 4,
            "guest_meals": 2,
        }
        claim = self._reception(**visit)
        self.assertEqual(
            self._amounts(claim),
            [
                ("guest_drink", 320_000),
                ("guest_drink", 960_000),
                ("guest_meal", 2_400_000),
                ("guest_meal", 4_800_000),
            ],
        )
        # a plan that was approved before 18/05/2026: the old rates to the end
        claim.event_plan_date = "2026-05-10"
        self.assertEqual(
            self._amounts(claim), [("guest_drink", 640_000), ("guest_meal", 4_800_000)]
        )
        self.assertTrue(claim.has_unverified_rate)

    def test_important_guests_need_the_named_approver(self):
        with self.assertRaisesRegex(ValidationError, "name and post"):
            self._reception(guest_meal_times=2)
        claim = self._reception(guest_meal_times=2, guest_approver="Chủ tịch UBND tỉnh")
        self.assertEqual(claim.allowance_ids[1].amount, 9_600_000)
        self.assertIn("Chủ tịch UBND tỉnh", claim.allowance_ids[1].remark)
        self.assertEqual(
            claim.allowance_ids[1].article, "Điều 31 khoản 1, Điều 31 khoản 3"
        )
        self.assertIn("important_guest", claim._paper_conditions())
        with self.assertRaisesRegex(ValidationError, "1 to 2 times the rate"):
            claim.guest_meal_times = 2.1
        claim.guest_meal_times = 2
        with self.assertRaisesRegex(ValidationError, "name and post"):
            claim.guest_approver = " "

    def test_no_gifts(self):
        with self.assertRaisesRegex(ValidationError, "No gifts"):
            self._reception(costs=[("foreign_gift", 500_000)])

    def test_the_restaurant_was_cheaper_or_dearer(self):
        claim = self._reception(costs=[("guest_meal", 4_500_000)])
        self.assertEqual(claim.amount_total, 5_460_000)
        claim.cost_ids.amount = 4_800_001
        self.assertEqual(claim.amount_total, 5_760_000)
        self.assertEqual(claim.allowance_ids[1].asked, 4_800_001)

    def test_bad_input_is_refused_in_words(self):
        for values, sentence in (
            ({"guest_count": 0}, "how many guests"),
            ({"host_count": -3}, "Own staff taking part may not be below zero"),
            ({"guest_meals": 3}, "Invited meals: 3 is more than the 2"),
            ({"event_half_days": 3}, "Half-days: 3 is more than the 2"),
            ({"event_to": "2026-06-01", "event_from": "2026-06-01"}, None),
            ({"event_from": "2018-01-01"}, "No norm"),
            ({"guest_count": 10**18}, "Number of guests: 1000000000000000000"),
            ({"guest_meal_times": float("inf")}, "Times the meal rate: inf"),
            ({"guest_count": 9_999_999, "host_count": 9_999_999}, None),
        ):
            with self.subTest(values=values), self.env.cr.savepoint():
                if not sentence:
                    self._reception(**values)
                    continue
                with self.assertRaisesRegex(ValidationError, sentence):
                    self._reception(**values)

    def test_who_came_must_be_said(self):
        claim = self._reception(guest_delegation=False)
        with self.assertRaisesRegex(UserError, "who the guests were"):
            claim.action_submit()

    # -------------------------------------------------------------------- foreign
    def test_delegation_of_five(self):
        """Scenario: from the facts to the money, each đồng at its item."""
        claim = self._delegation_of_five()
        self.assertEqual(
            self._amounts(claim),
            [
                ("foreign_lodging", 15_400_000),  # head, 2 nights
                ("foreign_lodging", 15_400_000),  # deputy head
                ("foreign_lodging", 28_800_000),  # three members
                ("foreign_food", 20_000_000),  # 5 × 2 days
                ("foreign_food", 5_000_000),  # half on the day of the banquet
                ("foreign_banquet", 20_000_000),  # ten people
                ("foreign_drink", 2_880_000),  # 9 × 2 × 160,000
                ("foreign_flowers", 1_000_000),
                ("foreign_gift", 1_800_000),
                ("interpreting", 1_500_000),
            ],
        )
        self.assertFalse(claim.has_unverified_rate)
        self.assertEqual(claim.amount_total, 111_780_000)
        items = {}
        for line in claim.line_ids:
            items[line.item_id.code] = items.get(line.item_id.code, 0) + line.amount
        self.assertEqual(
            items, {"6853": 59_600_000, "6852": 45_000_000, "6899": 7_180_000}
        )
        self._pay(claim)
        for item, amount in items.items():
            self.assertCounters(self.line[item], held=0, spent=amount)
        self.assertEqual(
            sum(claim.sudo().move_id.line_ids.filtered("board_id").mapped("debit")),
            111_780_000,
        )

    def test_a_unit_that_only_works_with_the_delegation(self):
        with self.assertRaisesRegex(ValidationError, "Lodging of foreign guests"):
            self._delegation_of_five(foreign_is_lead=False)
        claim = self._delegation_of_five(
            foreign_is_lead=False,
            foreign_nights=0,
            foreign_food_days=0,
            foreign_banquet_date=False,
            foreign_flowers=False,
            foreign_gift_head=False,
        )
        self.assertEqual(
            self._amounts(claim),
            [("foreign_drink", 2_880_000), ("interpreting", 1_500_000)],
        )
        with self.assertRaisesRegex(ValidationError, "articles 13 and 15"):
            claim.cost_ids = self._costs([("foreign_other", 1_000)])

    def test_the_plan_of_a_special_guest_pays_for_guests_only(self):
        claim = self._delegation_of_five(
            foreign_class="special",
            guest_approver="Ban Bí thư",
            costs=[("foreign_other", 2_000_000), ("per_diem", 1_000)],
        )
        with self.assertRaisesRegex(UserError, "does not pay for Travel allowance"):
            claim.action_submit()

    def test_breakfast_that_the_room_does_not_include(self):
        facts = {
            "foreign_class": "c",
            "foreign_deputies": 0,
            "foreign_members": 1,
            "event_half_days": 0,
            "foreign_nights": 1,
            "foreign_food_days": 0,
            "foreign_banquet_date": False,
            "foreign_flowers": False,
            "foreign_gift_head": False,
            "interpreter_count": 0,
        }
        room = [("foreign_lodging", 6_900_000)]
        claim = self._delegation_of_five(**facts, costs=room)
        self.assertEqual(claim.amount_total, 6_900_000)
        claim.foreign_has_breakfast = False
        self.assertEqual(claim.amount_total, 7_220_000)
        claim.cost_ids.amount = 7_100_000
        self.assertEqual(claim.amount_total, 7_300_000)  # room and breakfast: 7.3 m

    def test_refusals_of_delegations_in_words(self):
        for values, sentence in (
            ({"foreign_class": "c"}, "Flowers are for"),
            ({"foreign_class": "c", "foreign_flowers": False}, "Gifts for the head"),
            ({"foreign_gift_members": 2}, "who decided them"),
            ({"foreign_pays": "part"}, "guests pay that themselves"),
            ({"foreign_pays": "none"}, "guests pay that themselves"),
            ({"foreign_nights": 4}, "Nights in rooms: 4 is more than the 3"),
            ({"foreign_banquet_date": "2026-06-13"}, "outside the visit"),
            ({"foreign_service_people": 1, "foreign_service_days": 1}, "serving staff"),
            ({"translation_pages_to_vi": 1, "translation_rare_pct": 31}, "0 to 30"),
            ({"event_from": "2026-05-17"}, "No norm"),
            ({"foreign_members": -1}, "Members may not be below zero"),
            (
                {"foreign_class": "special", "costs": [("foreign_other", 1)]},
                "approved plan",
            ),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                self._delegation_of_five(**values)

    def test_incomplete_facts_come_to_nothing(self):
        claim = self._delegation_of_five(foreign_class=False)
        self.assertFalse(claim.allowance_ids)
        with self.assertRaisesRegex(UserError, "Nothing is to be paid yet"):
            claim.action_submit()

    def test_stored_amounts_speak_vietnamese(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        claim = self._reception(guest_meal_times=2, guest_approver="Chủ tịch")
        self.assertEqual(claim.line_ids.mapped("name")[0], "Giải khát tiếp khách")
