"""January to March: the estimate, cash from the Treasury, the first claims."""

from odoo import Command
from odoo.exceptions import AccessError

from .year_case import CLAIM, DECISION, LARGE_CLAIM, TREASURY, YEAR, YearCase, on


class YearBegins(YearCase):
    """What is given, what is paid, and what does not go through."""

    # ---- January: the estimate
    @on("2027-01-04")
    def the_estimate_is_given(self):
        """The accountant enters the decision, the chief of office agrees, the chief
        accountant posts it: only now there is money.
        """
        decision = self.drafted(
            "01-QĐ/TU",
            "allocate",
            {
                "fuel": 120_000_000,
                "stationery": 60_000_000,
                "conference": 80_000_000,
            },
        )
        decision.action_submit()
        self.sign(decision, *DECISION)
        self.assertFalse(self.budget("fuel"))
        with self.refused("Only the chief accountant posts", error=AccessError):
            decision.action_post()
        self.by("chief_accountant", decision).action_post()
        self.assertBudget("fuel", allocated=120_000_000, available=120_000_000)
        self.assertBudget("stationery", allocated=60_000_000, available=60_000_000)
        self.assertBudget("conference", allocated=80_000_000, available=80_000_000)
        self.assertTreasury(self.fund, allocated=180_000_000, remaining=180_000_000)
        self.assertTreasury(self.fund_12, allocated=80_000_000, remaining=80_000_000)
        self.assertBooks({})

    @on("2027-01-05")
    def the_cash_book_begins(self):
        """The chief accountant opens the cash book: the box is empty."""
        self.by("chief_accountant", self.cash_box).action_opening_balance(0)
        self.assertBox(0)

    @on("2027-01-11")
    def cash_is_withdrawn(self):
        """30 million are withdrawn at the Treasury as an advance. The money is in the
        books at once, in the box only when the cashier says so.
        """
        self.first_withdrawal = self.at_the_treasury(
            "cash_advance", {"fuel": 20_000_000, "stationery": 10_000_000}
        )
        self.assertBooks({"1111": 30_000_000, "3371": -30_000_000})
        self.assertTreasury(self.fund, advance=30_000_000, remaining=150_000_000)
        self.assertBox(0)
        receipt = self.env["party.receipt"].search(
            [("move_id", "=", self.first_withdrawal.sudo().move_id.id)]
        )
        self.by("cashier", receipt).action_receive()
        self.assertBox(30_000_000)
        self.assertBooks({"1111": 30_000_000, "3371": -30_000_000})

    @on("2027-01-18")
    def the_first_claim_is_paid(self):
        """Claim 1, fuel in cash: approved it is held, posted it is spent, paid it
        leaves the box. Three persons: who asked, who posted, who paid.
        """
        claim = self.asked("Xăng tháng 1", "fuel", 4_850_000)
        self.assertBudget("fuel", held=0)
        self.sign(claim, *CLAIM)
        self.assertBudget("fuel", held=4_850_000, spent=0, available=115_150_000)
        self.assertEqual(claim.sudo().waiting_user_id, self.user["accountant_a"])
        entry = self.posted(claim)
        self.assertBudget("fuel", held=0, spent=4_850_000, available=115_150_000)
        self.assertEntry(
            entry,
            {
                "61112": 4_850_000,
                "1111": -4_850_000,
                "3371": 4_850_000,
                "5111": -4_850_000,
            },
        )
        self.assertBox(30_000_000)
        with self.refused("Only the cashier pays", error=AccessError):
            self.by("accountant_a", claim).action_pay()
        self.by("cashier", claim).action_pay()
        self.assertEqual(claim.state, "paid")
        self.assertBox(25_150_000)

    @on("2027-01-25")
    def ten_per_cent_are_withheld(self):
        """A decision withholds 10 % of every line: allocated, but not to be used."""
        self.withholding = self.decided(
            "07-QĐ/TU",
            "withhold",
            {"fuel": 12_000_000, "stationery": 6_000_000, "conference": 8_000_000},
        )
        self.assertBudget(
            "fuel",
            allocated=120_000_000,
            held=12_000_000,
            spent=4_850_000,
            available=103_150_000,
        )
        self.assertBudget("stationery", held=6_000_000, available=54_000_000)
        self.assertBudget("conference", held=8_000_000, available=72_000_000)
        # the Treasury's estimate stays as it is
        self.assertTreasury(self.fund, allocated=180_000_000, remaining=150_000_000)

    # ---- February: what does not go through
    @on("2027-02-17")
    def a_claim_is_refused(self):
        """Claim 2 is refused by the chief accountant: nothing was ever held."""
        claim = self.asked("Mua bút không có hóa đơn", "stationery", 3_200_000)
        self.sign(claim, "head_a", "accountant_a")
        with self.refused("Say why"):
            self.by("chief_accountant", claim).action_refuse(" ")
        self.by("chief_accountant", claim).action_refuse("Không có hóa đơn")
        self.assertEqual(claim.state, "refused")
        self.assertFalse(claim.sudo().waiting_user_id)
        self.assertBudget("stationery", held=6_000_000, spent=0, available=54_000_000)

    @on("2027-02-22")
    def a_claim_is_returned_and_sent_again(self):
        """Claim 3 is returned by the accountant, corrected, sent again under the same
        number, signed by all from the beginning, and paid.
        """
        claim = self.asked("Giấy in quý I", "stationery", 3_150_000)
        number = claim.name
        self.sign(claim, "head_a")
        self.by("accountant_a", claim).action_return("Hóa đơn ghi 2.980.000 đồng")
        self.assertEqual(claim.state, "returned")
        self.assertEqual(claim.sudo().waiting_user_id, self.user["staff_a"])
        claim.line_ids.amount = 2_980_000
        claim.action_submit()
        self.assertEqual(claim.name, number)
        self.sign(claim, *CLAIM)
        self.assertBudget("stationery", held=8_980_000, available=51_020_000)
        self.posted(claim)
        self.by("cashier", claim).action_pay()
        self.assertBudget(
            "stationery", held=6_000_000, spent=2_980_000, available=51_020_000
        )
        self.assertBox(22_170_000)

    @on("2027-02-23")
    def a_claim_is_cancelled(self):
        """Claim 4 is approved, then the trip is called off: its hold is free again."""
        claim = self.asked("Xăng chuyến công tác bị hoãn", "fuel", 1_500_000)
        self.sign(claim, *CLAIM)
        self.assertBudget("fuel", held=13_500_000, available=101_650_000)
        with self.refused("Say why"):
            claim.action_cancel()
        claim.action_cancel("Hoãn chuyến công tác")
        self.assertBudget("fuel", held=12_000_000, available=103_150_000)

    @on("2027-02-25")
    def the_treasury_advance_is_settled_in_part(self):
        """What claims 1 and 3 have spent is settled with the Treasury: advance becomes
        actual spending, no money moves, there is no entry.
        """
        settlement = self.at_the_treasury(
            "settle_advance",
            {"fuel": 4_850_000, "stationery": 2_980_000},
            settles=self.first_withdrawal,
        )
        self.assertFalse(settlement.sudo().move_id)
        self.assertTreasury(
            self.fund, advance=22_170_000, actual=7_830_000, remaining=150_000_000
        )
        self.assertEqual(self.first_withdrawal.amount_open, 22_170_000)

    @on("2027-02-26")
    def the_day_is_closed(self):
        """The cashier counts. A note of 20.000 is missing, so the day stays open; it is
        found, the count agrees, the day is closed.
        """
        notes = {500_000: 44, 100_000: 1, 50_000: 1}
        with self.refused("22.170.000", "22.150.000", "Less than the book: 20.000 đ"):
            self.counted(notes).action_close()
        day = self.counted(notes | {20_000: 1})
        day.action_close()
        self.assertRecordValues(
            day, [{"state": "closed", "counted": 22_170_000, "gap": 0}]
        )

    # ---- March: by transfer and cash
    @on("2027-03-08")
    def the_conference_is_claimed(self):
        """Claim 5, 25 million by transfer from fund 12: the chief of office himself
        approves it, and the supplier is owed the money.
        """
        self.conference_claim = self.asked_transfer(
            "Thuê hội trường hội nghị", "conference", 25_000_000
        )
        self.sign(self.conference_claim, *LARGE_CLAIM)
        entry = self.posted(self.conference_claim)
        self.assertEntry(entry, {"61112": 25_000_000, "331": -25_000_000})
        self.assertBudget(
            "conference", held=8_000_000, spent=25_000_000, available=47_000_000
        )
        self.assertTreasury(self.fund_12, actual=0, remaining=80_000_000)

    @on("2027-03-11")
    def the_treasury_pays_the_supplier(self):
        """A Treasury paper pays claim 5: the debt is gone, the estimate is used. Who
        posted the claim does not post its payment.
        """
        documents = self.env["party.treasury.move"].with_user(self.user["accountant_a"])
        paper = documents.create(
            {
                "kind": "transfer_actual",
                "date": "2027-03-11",
                "year": YEAR,
                "fund_id": self.fund_12.id,
                "claim_ids": [Command.set(self.conference_claim.ids)],
            }
        )
        paper.action_submit()
        self.sign(paper, *TREASURY)
        with self.refused("does not pay it as well", error=AccessError):
            paper.action_post()
        self.by("chief_accountant", paper).action_post()
        self.assertEntry(paper.sudo().move_id, {"331": 25_000_000, "5112": -25_000_000})
        self.assertEqual(self.conference_claim.state, "paid")
        self.assertTreasury(self.fund_12, actual=25_000_000, remaining=55_000_000)
        self.assertBudget("conference", spent=25_000_000, available=47_000_000)

    @on("2027-03-15")
    def two_more_claims_are_paid_in_cash(self):
        """Claims 6 and 7, stationery and fuel, use up most of the cash."""
        self.paid_in_cash("Văn phòng phẩm quý I", "stationery", 6_945_000)
        self.assertBox(15_225_000)
        self.paid_in_cash("Xăng tháng 2 và 3", "fuel", 14_300_000)
        self.assertBox(925_000)
        self.assertBudget("stationery", spent=9_925_000, available=44_075_000)
        self.assertBudget("fuel", spent=19_150_000, available=88_850_000)

    @on("2027-03-22")
    def the_treasury_advance_is_closed(self):
        """The advance of January was due at the end of February. What was spent since
        is settled, the rest of 925.000 goes back to the Treasury, out of the box.
        """
        self.assertTrue(self.first_withdrawal.overdue)
        self.at_the_treasury(
            "settle_advance",
            {"fuel": 14_300_000, "stationery": 6_945_000},
            settles=self.first_withdrawal,
        )
        self.assertTreasury(self.fund, advance=925_000, actual=29_075_000)
        repayment = self.at_the_treasury(
            "repay_advance",
            {"fuel": 850_000, "stationery": 75_000},
            settles=self.first_withdrawal,
        )
        self.assertEntry(repayment.sudo().move_id, {"3371": 925_000, "1111": -925_000})
        self.assertTreasury(
            self.fund,
            allocated=180_000_000,
            advance=0,
            actual=29_075_000,
            repaid=925_000,
            remaining=150_925_000,
        )
        self.assertFalse(self.first_withdrawal.overdue)
        self.assertBox(0)

    @on("2027-03-31")
    def the_first_quarter_ends(self):
        """54.075.000 spent, 29.075.000 of it from fund 13; no cash, no debts."""
        self.assertBudget("fuel", held=12_000_000, spent=19_150_000)
        self.assertBudget("stationery", held=6_000_000, spent=9_925_000)
        self.assertBudget("conference", held=8_000_000, spent=25_000_000)
        self.assertBooks(
            {"61112": 54_075_000, "5111": -29_075_000, "5112": -25_000_000}
        )
        self.note_the_quarter()
