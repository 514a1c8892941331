"""April to September: a refusal, money that moves, advances, a correction."""

from odoo.exceptions import AccessError

from odoo.addons.party_office_finance.exceptions import BudgetShort

from .year_case import CLAIM, YearCase, on


class YearGoesOn(YearCase):
    """The budget is short, is moved, added to, and set free again."""

    # ---- April to June: short, moved, supplemented
    @on("2027-04-05")
    def cash_for_the_second_quarter(self):
        """40 million for fuel are withdrawn as actual spending."""
        self.cash_withdrawn("cash_actual", {"fuel": 40_000_000})
        self.assertTreasury(self.fund, actual=69_075_000, remaining=110_925_000)
        self.assertBox(40_000_000)
        self.assertEqual(self._balances()["3371"], -40_000_000)

    @on("2027-04-12")
    def an_advance_is_paid(self):
        """The member of staff gets 15 million for the fuel of a long trip: not spent
        yet, but not to be spent by others either.
        """
        self.first_advance = self.advance(
            "Xăng chuyến công tác dài ngày", "fuel", 15_000_000
        )
        self.assertEntry(
            self.first_advance.sudo().move_id, {"141": 15_000_000, "1111": -15_000_000}
        )
        self.assertBudget(
            "fuel",
            held=12_000_000,
            advanced=15_000_000,
            spent=19_150_000,
            available=73_850_000,
        )
        self.assertEqual(str(self.first_advance.due_date), "2027-05-31")
        self.assertBox(25_000_000)

    @on("2027-04-22")
    def a_claim_holds_money(self):
        """Claim 8, stationery of 6 million, is approved but not posted yet."""
        self.held_claim = self.asked("Mực in", "stationery", 6_000_000)
        self.sign(self.held_claim, *CLAIM)
        self.assertBudget("stationery", held=12_000_000, available=38_075_000)

    @on("2027-04-26")
    def the_budget_refuses(self):
        """Claim 9 asks 39 million: 925.000 more than is left. The refusal says the
        figures, who holds money, and who has some.
        """
        self.large_claim = self.asked_transfer("Máy in", "stationery", 39_000_000)
        self.sign(self.large_claim, "head_a", "accountant_a", "chief_accountant")
        with self.refused("925.000", error=BudgetShort) as refusal:
            self.sign(self.large_claim, "office_chief")
        (short,) = refusal.exception.context["lines"]
        self.assertEqual(short["id"], self.budget("stationery").id)
        self.assertEqual(short["missing"], 925_000)
        self.assertEqual(
            [row["amount"] for row in short["figures"]],
            # limit, spent, advanced, held, available, asked, missing
            [
                "60.000.000",
                "9.925.000",
                "0",
                "12.000.000",
                "38.075.000",
                "39.000.000",
                "925.000",
            ],
        )
        self.assertEqual(
            {row["name"]: row["amount"] for row in short["holders"]},
            {
                self.withholding.display_name: "6.000.000",
                self.held_claim.name: "6.000.000",
            },
        )
        self.assertEqual([row["amount"] for row in short["donors"]], ["73.850.000"])
        self.env.invalidate_all()
        self.assertEqual(self.large_claim.state, "submitted")
        self.assertBudget("stationery", held=12_000_000, available=38_075_000)

    @on("2027-04-28")
    def money_is_transferred_between_items(self):
        """5 million move from fuel to stationery by decision; now the same claim is
        approved, without being sent again.
        """
        self.decided(
            "23-QĐ/TU", "transfer", {"fuel": -5_000_000, "stationery": 5_000_000}
        )
        self.assertBudget("fuel", allocated=115_000_000, available=68_850_000)
        self.assertBudget("stationery", allocated=65_000_000, available=43_075_000)
        # inside a fund the Treasury's estimate does not change
        self.assertTreasury(self.fund, allocated=180_000_000)
        self.sign(self.large_claim, "office_chief")
        self.posted(self.large_claim)
        self.assertBudget(
            "stationery", held=12_000_000, spent=48_925_000, available=4_075_000
        )

    @on("2027-05-05")
    def both_stationery_claims_are_paid(self):
        """Claim 9 by the Treasury, claim 8 from the box."""
        self.transferred(self.large_claim)
        self.assertTreasury(self.fund, actual=108_075_000, remaining=71_925_000)
        self.posted(self.held_claim)
        self.by("cashier", self.held_claim).action_pay()
        self.assertBudget(
            "stationery", held=6_000_000, spent=54_925_000, available=4_075_000
        )
        self.assertBox(19_000_000)

    @on("2027-05-20")
    def the_advance_is_settled_with_less(self):
        """Claim 10 proves 12.400.000 of the 15 million: nothing is paid out, the
        advance owes 2.600.000.
        """
        claim = self.asked(
            "Xăng đã đổ", "fuel", 12_400_000, advance_id=self.first_advance.id
        )
        self.sign(claim, *CLAIM)
        entry = self.posted(claim)
        self.assertEntry(
            entry,
            {
                "61112": 12_400_000,
                "141": -12_400_000,
                "3371": 12_400_000,
                "5111": -12_400_000,
            },
        )
        self.assertRecordValues(claim, [{"state": "paid", "voucher_number": False}])
        self.assertBudget(
            "fuel",
            held=12_000_000,
            advanced=2_600_000,
            spent=31_550_000,
            available=68_850_000,
        )
        self.assertEqual(self.first_advance.remaining, 2_600_000)
        self.assertBox(19_000_000)

    @on("2027-05-25")
    def the_rest_of_the_advance_comes_back(self):
        """The accountant writes the receipt, the cashier confirms the money: the
        budget has it again.
        """
        receipts = self.env["party.receipt"].with_user(self.user["accountant_a"])
        receipt = receipts.create(
            {
                "kind": "advance_return",
                "advance_id": self.first_advance.id,
                "amount": 2_600_000,
                "description": "Hoàn tạm ứng còn thừa",
            }
        )
        receipt.action_issue()
        self.assertBudget("fuel", advanced=2_600_000, available=68_850_000)
        self.by("cashier", receipt).action_receive()
        self.assertEntry(receipt.sudo().move_id, {"1111": 2_600_000, "141": -2_600_000})
        self.assertEqual(self.first_advance.state, "settled")
        self.assertBudget("fuel", advanced=0, available=71_450_000)
        self.assertBox(21_600_000)

    @on("2027-06-08")
    def the_estimate_is_supplemented(self):
        """The province adds 20 million for fuel and 10 million for the conference."""
        self.decided(
            "41-QĐ/TU", "supplement", {"fuel": 20_000_000, "conference": 10_000_000}
        )
        self.assertBudget("fuel", allocated=135_000_000, available=91_450_000)
        self.assertBudget("conference", allocated=90_000_000, available=57_000_000)
        self.assertTreasury(self.fund, allocated=200_000_000, remaining=91_925_000)
        self.assertTreasury(self.fund_12, allocated=90_000_000, remaining=65_000_000)

    @on("2027-06-30")
    def the_second_quarter_ends(self):
        """The cash in the box is what was drawn and not spent (3371)."""
        self.assertBooks(
            {
                "1111": 21_600_000,
                "3371": -21_600_000,
                "61112": 111_475_000,
                "5111": -86_475_000,
                "5112": -25_000_000,
            }
        )
        self.note_the_quarter()

    # ---- July to September: an excess, a correction, a release
    @on("2027-07-05")
    def a_second_advance_is_paid(self):
        """15 million of fund 12 are withdrawn; 12 million of it are advanced."""
        self.cash_withdrawn("cash_actual", {"conference": 15_000_000})
        self.assertTreasury(self.fund_12, actual=40_000_000, remaining=50_000_000)
        self.assertBox(36_600_000)
        self.second_advance = self.advance(
            "Phục vụ hội nghị tại huyện", "conference", 12_000_000
        )
        self.assertBudget(
            "conference",
            held=8_000_000,
            advanced=12_000_000,
            spent=25_000_000,
            available=45_000_000,
        )
        self.assertBox(24_600_000)

    @on("2027-08-10")
    def a_wrong_item_is_corrected(self):
        """300.000 of the fuel was stationery. The accountant types the correction, but
        it moves budget without a claim: the chief accountant agrees first.
        """
        entry = self.typed(
            ("Điều chỉnh tiểu mục", "stationery", 300_000),
            ("Điều chỉnh tiểu mục", "fuel", -300_000),
        )
        with self.refused("a second person has to agree"):
            entry.action_post()
        with self.refused("Nobody agrees to his own entry", error=AccessError):
            entry.action_party_check()
        self.by("chief_accountant", entry).action_party_check()
        entry.action_post()
        self.assertBudget("fuel", spent=31_250_000, available=91_750_000)
        self.assertBudget("stationery", spent=55_225_000, available=3_775_000)

    @on("2027-08-20")
    def the_advance_is_settled_with_more(self):
        """Claim 11 proves 14.350.000 against 12 million: only the excess of 2.350.000
        is held, and paid by the cashier.
        """
        claim = self.asked(
            "Chi hội nghị tại huyện",
            "conference",
            14_350_000,
            advance_id=self.second_advance.id,
        )
        self.sign(claim, *CLAIM)
        self.assertBudget(
            "conference", held=10_350_000, advanced=12_000_000, available=42_650_000
        )
        entry = self.posted(claim)
        self.assertEntry(
            entry,
            {
                "61112": 14_350_000,
                "141": -12_000_000,
                "1111": -2_350_000,
                "3371": 14_350_000,
                "5112": -14_350_000,
            },
        )
        self.by("cashier", claim).action_pay()
        self.assertEqual(self.second_advance.state, "settled")
        self.assertBudget(
            "conference",
            held=8_000_000,
            advanced=0,
            spent=39_350_000,
            available=42_650_000,
        )
        self.assertBox(22_250_000)

    @on("2027-09-15")
    def what_was_withheld_is_released(self):
        """A decision releases the 10 %, not a đồng more than was withheld."""
        amounts = {"fuel": 12_000_000, "stationery": 6_000_000, "conference": 8_000_000}
        release = {"kind": "restore", "restores_id": self.withholding.id}
        too_much = self.drafted(
            "62-QĐ/TU", amounts=amounts | {"fuel": 12_000_001}, **release
        )
        with self.refused("still holds 12.000.000", "missing 1 đ"):
            too_much.action_submit()
        too_much.unlink()
        self.decided("62-QĐ/TU", amounts=amounts, **release)
        self.assertBudget("fuel", held=0, available=103_750_000)
        self.assertBudget("stationery", held=0, available=9_775_000)
        self.assertBudget("conference", held=0, available=50_650_000)

    @on("2027-09-30")
    def the_third_quarter_ends(self):
        """All advances are settled; 650.000 of the cash are of fund 12."""
        self.assertBooks(
            {
                "1111": 22_250_000,
                "3371": -22_250_000,
                "61112": 125_825_000,
                "5111": -86_475_000,
                "5112": -39_350_000,
            }
        )
        self.note_the_quarter()
