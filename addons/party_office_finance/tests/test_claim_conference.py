from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TODAY, Form
from .event_common import EventCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimConference(EventCase):
    def test_conference_with_80_delegates(self):
        """Scenario: from the facts to the money, each đồng at its item."""
        claim = self._conference_80()
        self.assertEqual(
            self._amounts(claim),
            [
                ("conference_tea", 6_400_000),  # 80 × 2 × 40,000; the invoice says 7 m
                ("conference_meal", 3_000_000),  # 20 × 150,000
                ("conference_hall", 5_000_000),
                ("conference_document", 3_200_000),
            ],
        )
        self.assertEqual(claim.allowance_ids[0].asked, 7_000_000)
        self.assertTrue(claim.has_unverified_rate)
        self.assertEqual(claim.amount_total, 17_600_000)
        self.assertEqual(claim.amount_words, "Mười bảy triệu sáu trăm nghìn đồng")
        lines = {
            "6651": 3_200_000,
            "6655": 5_000_000,
            "6658": 3_000_000,
            "6699": 6_400_000,
        }
        self.assertEqual(self._lines(claim), lines)
        claim.action_submit()
        self._approve(claim)
        for item, amount in lines.items():
            self.assertCounters(self.line[item], held=amount, spent=0)
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        for item, amount in lines.items():
            self.assertCounters(
                self.line[item],
                held=0,
                spent=amount,
                available=500_000_000 - amount,
            )
        move = claim.sudo().move_id
        self.assertEqual(
            sum(move.line_ids.filtered("board_id").mapped("debit")), 17_600_000
        )
        self.assertEqual(claim.state, "paid")

    def test_collective_meals(self):
        claim = self._conference_80(
            conference_food="collective",
            conference_collected=9_000_000,
            costs=[("conference_meal", 16_000_000)],
            event_half_days=0,
        )
        # 130 % of 150,000 for 80 is 15,600,000; 9,000,000 are handed in
        self.assertEqual(
            self._amounts(claim),
            [("conference_meal", 3_000_000), ("conference_meal_topup", 3_600_000)],
        )
        self.assertEqual(claim.allowance_ids[1].asked, 16_000_000)
        self.assertIn("collective_meal", claim._paper_conditions())

    def test_lodging_by_invoice(self):
        claim = self._conference_80(
            conference_food="none",
            conference_lodging="invoice",
            conference_lodged=5,
            conference_nights=1,
            event_half_days=0,
            costs=[("conference_lodging", 2_500_000)],
        )
        # three rooms for five people at 700,000
        self.assertEqual(self._amounts(claim), [("conference_lodging", 2_100_000)])
        self.assertIn("lodging_invoice", claim._paper_conditions())

    def test_filled_in_on_the_form(self):
        form = Form(self.env["party.claim"].with_user(self.user["staff_a"]))
        form.kind_id = self.env.ref("party_office_finance.claim_kind_conference")
        form.description = "Hội nghị"
        form.event_from = "2026-06-10"
        self.assertEqual(str(form.event_to), "2026-06-10")
        form.delegate_count = 80
        form.event_half_days = 2
        self.assertIn("6.400.000 đ", form.calculation_box)
        form.unpaid_delegate_count = 20
        form.conference_food = "lump"
        self.assertEqual(form.conference_food_days, 1)
        self.assertIn("No norm", form.calculation_box)  # the area is missing
        form.conference_area_id = self.province
        self.assertIn("9.400.000 đ", form.calculation_box)
        with form.cost_ids.new() as paper:
            paper.component_id = self.env.ref(
                "party_office_finance.claim_component_conference_hall"
            )
            paper.amount = 5_000_000
        self.assertIn("14.400.000 đ", form.calculation_box)
        claim = form.save()
        self.assertEqual(claim.amount_total, 14_400_000)

    def test_amounts_follow_the_facts(self):
        claim = self._conference_80()
        claim.delegate_count = 100
        self.assertEqual(claim.amount_total, 18_200_000)  # refreshments: the invoice
        claim.cost_ids[2].amount = 9_000_000
        self.assertEqual(claim.amount_total, 19_200_000)  # 100 × 2 × 40,000
        claim.cost_ids[0].unlink()
        self.assertEqual(claim.amount_total, 14_200_000)
        claim.action_submit()
        for change in ({"delegate_count": 1}, {"event_plan": "x"}):
            with self.assertRaisesRegex(UserError, "already sent"):
                claim.write(change)
        with self.assertRaisesRegex(UserError, "already sent"):
            claim.cost_ids[0].amount = 1

    def test_zero_delegates(self):
        claim = self._conference_80(
            delegate_count=0, unpaid_delegate_count=0, conference_food="none", costs=[]
        )
        self.assertEqual(claim.amount_total, 0)
        with self.assertRaisesRegex(UserError, "Nothing is to be paid yet"):
            claim.action_submit()

    def test_bad_input_is_refused_in_words(self):
        for values, sentence in (
            ({"delegate_count": -1}, "Delegates may not be below zero"),
            ({"unpaid_delegate_count": 81}, "Of them not on a state payroll: 81"),
            ({"event_half_days": 3}, "Half-days: 3 is more than the 2"),
            ({"conference_food_days": 2}, "Days with food: 2 is more than the 1"),
            ({"delegate_count": 10**18}, "Delegates: 1000000000000000000 cannot be"),
            ({"conference_area_id": False}, "No norm"),
            ({"lecturer_half_days": 1}, "No norm"),
            ({"costs": [("conference_hall", 10**18)]}, "Amount: 10"),
            ({"costs": [("conference_hall", float("nan"))]}, "Amount: nan cannot be"),
            ({"costs": [("conference_lodging", 5)]}, "Lodging of delegates"),
            ({"costs": [("guest_meal", 5)]}, "Meals for guests"),
            (
                {
                    "conference_lodging": "lump",
                    "conference_lodged": 1,
                    "conference_nights": 1,
                    "costs": [("conference_lodging", 5)],
                },
                "never both",
            ),
        ):
            before = self.env["party.claim"].search_count([])
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                self._conference_80(**values)
            self.env.invalidate_all()
            self.assertEqual(self.env["party.claim"].search_count([]), before)

    def test_last_day_before_the_first(self):
        claim = self._conference_80()
        with self.assertRaisesRegex(ValidationError, "before the first day"):
            claim.event_to = "2026-06-09"
        with self.assertRaisesRegex(ValidationError, "too many"):
            claim.event_to = "2027-12-31"

    def test_number_of_queries(self):
        """A conference with 60 papers costs as many queries as one with six."""

        def queries(papers):
            costs = [("conference_hall", 1_000)] * papers
            claim = self._conference_80(costs=costs)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claim._recalculate()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)  # warms caches
        few, many = queries(6), queries(60)
        self.assertLess(many, 100)
        # rows are written in batches
        self.assertAlmostEqual(many, few, delta=4)

    def test_a_copy_takes_the_papers_along(self):
        copy = self._conference_80().copy()
        self.assertEqual(copy.amount_total, 17_600_000)
        self.assertEqual(len(copy.cost_ids), 3)

    def test_two_at_once(self):
        claims = self._conference_80() | self._conference_80()
        claims.write({"delegate_count": 40, "cost_ids": [Command.clear()]})
        self.assertEqual(claims.mapped("amount_total"), [6_200_000] * 2)
