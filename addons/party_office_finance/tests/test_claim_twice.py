"""Nothing is paid twice, and nothing changes behind an approval."""

import math

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .event_common import EventCase
from .payment_case import PaymentCase
from .travel_common import TravelCase


@tagged("post_install", "-at_install")
class TestTravelTwice(TravelCase):
    def test_claims_sent_in_the_same_moment_are_not_both_approved(self):
        first = self._trip(self.staff | self.third)
        second = self._trip(self.third, user="head_a")
        first.action_submit()
        # as a transaction sees it that began before the first was sent
        first.sudo().state = "draft"
        second.action_submit()
        first.sudo().state = "submitted"
        for claim in (first, second):
            # unlike assertRaisesRegex, this one takes back what was done before
            with self.assertRaises(UserError) as refused:
                self._approve(claim)
            self.assertIn("third is already paid", str(refused.exception))
        user = second.sudo().waiting_user_id
        second.with_user(user).action_return("The other claim pays him.")
        self.assertEqual(self._approve(first).state, "approved")

    def test_impossible_numbers_are_refused_in_words(self):
        trips = ("travel_distance", "travel_petrol_price")
        amounts = ("invoice_amount", "ticket_amount", "other_amount")
        counts = ("nights", "field_days", "sequence")
        cases = [
            *((name, math.nan) for name in (*trips, *amounts, *counts)),
            *((name, math.inf) for name in (*trips, *amounts, *counts)),
            *((name, 10**18) for name in counts),
        ]
        for name, number in cases:
            values = {name: number}
            if name not in trips:
                person = {"employee_id": self.staff.id, name: number}
                values = {"traveller_ids": [Command.create(person)]}
            with (
                self.subTest(name=name, number=number),
                self.assertRaisesRegex(ValidationError, "cannot be"),
            ):
                self._trip(**values)

    def test_the_last_day_of_the_calendar(self):
        with self.assertRaisesRegex(ValidationError, "no days of the calendar"):
            self._trip(
                travel_departure="9999-12-30 23:00:00",
                travel_return="9999-12-31 23:00:00",
            )


@tagged("post_install", "-at_install")
class TestPaperOfTwoDocuments(TravelCase):
    def test_a_paper_that_belongs_to_another_draft_is_evidence_too(self):
        draft = self._trip(
            travel_departure="2026-07-08 00:00:00", travel_return="2026-07-09 10:30:00"
        )
        paper = draft.env["ir.attachment"].create(
            {
                "name": "hotel.txt",
                "raw": b"one",
                "res_model": "party.claim",
                "res_id": draft.id,
            }
        )
        kind = self.env["party.paper.kind"].search([], limit=1)
        claim = self._trip(attachment_ids=[Command.link(paper.id)])
        paper.raw = b"two"
        claim.action_submit()
        for values in (
            {"raw": b"three"},
            {"res_id": claim.id},
            {"party_paper_kind_id": kind.id},
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "sent"):
                paper.write(values)
        with self.assertRaisesRegex(UserError, "sent"):
            paper.unlink()
        claim.action_withdraw()
        paper.raw = b"three"


@tagged("post_install", "-at_install")
class TestListAndPaper(PaymentCase):
    def _transfer(self, amount):
        return self._waiting_claim(
            amount, payment_method="transfer", partner_id=self.payee.id
        )

    def test_the_paper_pays_what_its_list_names(self):
        one, two = self._transfer(1_000_000), self._transfer(2_000_000)
        batch = self._ready_batch(one | two)
        paper = batch.treasury_id.with_user(self.user["accountant_a"])
        paper.claim_ids = one
        with self.assertRaisesRegex(UserError, batch.name):
            paper.action_submit()
        paper.claim_ids = one | two
        paper.action_submit()
        self.assertEqual(paper.state, "submitted")

    def test_what_stands_on_a_list_is_paid_by_no_other_paper(self):
        one, two = self._transfer(1_000_000), self._transfer(2_000_000)
        batch = self._ready_batch(one)
        batch.treasury_id.with_user(self.user["accountant_a"]).action_cancel()
        claims = (one | two).with_user(self.user["accountant_a"])
        context = claims.action_make_treasury_paper()["context"]
        paper = (
            self.env["party.treasury.move"]
            .with_user(self.user["accountant_a"])
            .with_context(**context)
            .create({"description": "Both", "year": 2026})
        )
        with self.assertRaisesRegex(UserError, batch.name):
            paper.action_submit()
        batch.action_cancel()
        paper.action_submit()
        self.assertEqual(paper.state, "submitted")


@tagged("post_install", "-at_install")
class TestEventTwice(EventCase):
    def _note(self, claim):
        return claim._decision_notes()[claim.id]

    def test_an_invoice_that_is_claimed_twice_is_told(self):
        first = self._conference_80()
        self.assertNotIn("also in", self._note(first))
        first.action_submit()
        second = self._conference_80()
        second.action_submit()
        self.assertIn(f"Invoice 00001 is also in {first.name}", self._note(second))
        third = self._conference_80(costs=[("conference_hall", 4_000_000)])
        self.assertNotIn("also in", self._note(third))

    def test_fuel_of_the_same_days_is_told(self):
        values = {
            "board_id": self.board_a.id,
            "kind_id": self.env.ref("party_office_finance.claim_kind_fuel_norm").id,
            "date": "2026-06-12",
            "description": "Fuel",
            "car_id": self._new_car().id,
            "fuel_from": "2026-06-01",
            "fuel_to": "2026-06-10",
            "odometer_start": 1000,
            "odometer_end": 2000,
        }
        fill = {"date": "2026-06-05", "litres": 50, "amount": 1_000_000}
        claims = self.env["party.claim"].with_user(self.user["staff_a"])
        first = claims.create({**values, "fill_ids": [Command.create(fill)]})
        self.assertNotIn("also in", first.fuel_box)
        first.action_submit()
        fill = {"date": "2026-06-11", "litres": 40, "amount": 800_000}
        days = {"fuel_from": "2026-06-10", "fuel_to": "2026-06-12"}
        second = claims.create({**values, **days, "fill_ids": [Command.create(fill)]})
        self.assertIn(f"also in {first.name}", second.fuel_box)
        self.assertIn(f"also in {first.name}", self._note(second))
        second.write({"fuel_from": "2026-06-11"})
        self.assertNotIn("also in", second.fuel_box)
