"""October to January: across the wall, reconciled, closed, carried over."""

from datetime import date

from odoo import Command

from odoo.addons.party_office_finance.exceptions import BudgetShort

from .year_case import CLAIM, DECISION, LARGE_CLAIM, YEAR, YearCase, on


class YearEnds(YearCase):
    """The last payments, the reports, and what becomes of the rest."""

    # ---- October to December: across the wall, the end
    @on("2027-10-04")
    def money_crosses_from_fund_12_to_fund_13(self):
        """Overtime may be paid by fund 13 only. 7.500.000 that the conference did not
        need cross by a numbered decision that names its basis; neither a supplement to
        fund 12 nor a transfer does it.
        """
        fund, item = self.keys["overtime"]
        self.keys["overtime of fund 12"] = self.fund_12, item
        wrong = self.drafted("70-QĐ/TU", "supplement", {"overtime of fund 12": 1})
        with self.refused("cannot pay for", "Funds that may: ", fund.display_name):
            wrong.action_submit()
        wrong.unlink()
        amounts = {"conference": -7_500_000, "overtime": 7_500_000}
        draft = self.drafted("71-QĐ/TU", "transfer", amounts)
        with self.refused("a transfer stays inside each fund"):
            draft.action_submit()
        draft.kind = "crossing"
        with self.refused("names its legal basis"):
            draft.action_submit()
        draft.basis = "Kết luận số 105-KL/TU ngày 01/10/2027"
        draft.action_submit()
        self.sign(draft, *DECISION)
        self.by("chief_accountant", draft).action_post()
        self.assertBudget("conference", allocated=82_500_000, available=43_150_000)
        self.assertBudget("overtime", allocated=7_500_000, available=7_500_000)
        self.assertTreasury(self.fund, allocated=207_500_000, remaining=99_425_000)
        self.assertTreasury(self.fund_12, allocated=82_500_000, remaining=42_500_000)

    @on("2027-10-12")
    def fuel_is_paid_by_transfer(self):
        """Claim 12, 28.600.000 for the fuel cards, paid by the Treasury."""
        claim = self.asked_transfer("Thẻ xăng quý IV", "fuel", 28_600_000)
        self.sign(claim, *LARGE_CLAIM)
        self.posted(claim)
        self.transferred(claim)
        self.assertBudget("fuel", spent=59_850_000, available=75_150_000)
        self.assertTreasury(self.fund, actual=136_675_000, remaining=70_825_000)

    @on("2027-10-18")
    def overtime_is_paid(self):
        """Claim 13 spends what has crossed, in cash."""
        self.paid_in_cash("Làm thêm giờ phục vụ hội nghị", "overtime", 6_900_000)
        self.assertBudget("overtime", spent=6_900_000, available=600_000)
        self.assertBox(15_350_000)

    @on("2027-11-16")
    def the_second_conference_is_paid(self):
        """Claim 14, 22 million from fund 12, paid by the Treasury."""
        claim = self.asked_transfer("Thuê hội trường lần hai", "conference", 22_000_000)
        self.sign(claim, *LARGE_CLAIM)
        self.posted(claim)
        self.transferred(claim)
        self.assertBudget("conference", spent=61_350_000, available=21_150_000)
        self.assertTreasury(self.fund_12, actual=62_000_000, remaining=20_500_000)

    @on("2027-12-07")
    def the_last_cash_claims_are_paid(self):
        """Claims 15 and 16, stationery and fuel."""
        self.paid_in_cash("Văn phòng phẩm quý IV", "stationery", 3_450_000)
        self.assertBudget("stationery", spent=58_675_000, available=6_325_000)
        self.paid_in_cash("Xăng tháng 11", "fuel", 9_990_000)
        self.assertBudget("fuel", spent=69_840_000, available=65_160_000)
        self.assertBox(1_910_000)

    @on("2027-12-15")
    def the_last_claim_is_posted(self):
        """Claim 17, 4.125.000 by transfer: posted, but not yet paid."""
        self.last_claim = self.asked_transfer("Sổ công tác", "stationery", 4_125_000)
        self.sign(self.last_claim, *CLAIM)
        self.posted(self.last_claim)
        self.assertBudget("stationery", spent=62_800_000, available=2_200_000)
        self.assertEqual(self._balances()["331"], -4_125_000)

    @on("2027-12-20")
    def past_days_are_reported(self):
        """The execution as of the ends of three quarters is what was noted then."""
        self.assertEqual(
            list(self.noted),
            [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30)],
        )
        for day, noted in self.noted.items():
            _report, rows = self.report("execution", day)
            found = {}
            fund = ""
            for row in rows:
                fund = row.cells["content"] if row.level == 1 else fund
                if not row.level:
                    cells = row.cells
                    found[fund, cells["code"]] = (
                        cells["allocated"],
                        cells["withheld"] + cells["held"],
                        cells["advanced"],
                        cells["spent"],
                        cells["available"],
                    )
            self.assertEqual(found, noted, day)

    @on("2027-12-21")
    def the_treasury_is_reconciled(self):
        """Fund 13 has spent 2.865.000 more than was drawn: a claim of 4.125.000 is not
        paid yet, cash of 1.260.000 is not spent yet. Fund 12 has 650.000 in the box.
        """
        report, rows = self.report("treasury_reconciliation")
        by_code = {row.cells["item"]: row.cells for row in rows}
        self.assertEqual(
            {
                key: by_code["13"][key]
                for key in ("given", "adjusted", "total", "advance", "actual")
            },
            {
                "given": 180_000_000,
                "adjusted": 27_500_000,
                "total": 207_500_000,
                "advance": 0,
                "actual": 136_675_000,
            },
        )
        expected = {
            # repaid, remaining, spent, difference, unpaid
            "13": (925_000, 70_825_000, 139_540_000, -2_865_000, 4_125_000),
            "12": (0, 20_500_000, 61_350_000, 650_000, 0),
        }
        columns = ("repaid", "remaining", "spent", "difference", "unpaid")
        for code, figures in expected.items():
            found = tuple(by_code[code][key] for key in columns)
            self.assertEqual(found, figures, code)
        cash_of_13, cash_of_12 = 1_260_000, 650_000
        self.assertEqual(cash_of_13 - by_code["13"]["unpaid"], -2_865_000)
        self.assertBox(cash_of_13 + cash_of_12)
        notes = "\n".join(report.notes)
        self.assertIn(self.last_claim.name, notes)
        self.assertIn("4.125.000", notes)

    @on("2027-12-29")
    def nothing_is_left_open(self):
        """The last claim is paid; what is left of the cash goes back to the Treasury,
        to each fund its own. Now the Treasury and the books agree to the đồng.
        """
        self.transferred(self.last_claim)
        self.at_the_treasury("repay_actual", {"fuel": 1_260_000})
        self.at_the_treasury("repay_actual", {"conference": 650_000})
        self.assertBox(0)
        _report, rows = self.report("treasury_reconciliation")
        for row in rows:
            if row.level:
                cells = row.cells
                self.assertEqual((cells["difference"], cells["unpaid"]), (0, 0))
        self.assertTreasury(
            self.fund,
            allocated=207_500_000,
            advance=0,
            actual=139_540_000,
            repaid=2_185_000,
            remaining=67_960_000,
        )
        self.assertTreasury(
            self.fund_12,
            allocated=82_500_000,
            advance=0,
            actual=61_350_000,
            repaid=650_000,
            remaining=21_150_000,
        )

    @on("2027-12-31")
    def the_year_ends(self):
        """The empty box is counted and closed. 17 claims: 15 paid, one refused, one
        cancelled; 200.890.000 spent, by every book.
        """
        self.counted({}).action_close()
        claims = self.env["party.claim"].search([("board_id", "=", self.board_a.id)])
        states = claims.mapped("state")
        self.assertEqual(
            {state: states.count(state) for state in set(states)},
            {"paid": 15, "refused": 1, "cancelled": 1},
        )
        paid = claims.filtered(lambda claim: claim.state == "paid")
        self.assertEqual(sum(paid.mapped("amount_total")), 200_890_000)
        self.assertBooks(
            {"61112": 200_890_000, "5111": -139_540_000, "5112": -61_350_000}
        )
        self.assertNothingDrifts()

    # ---- January: what becomes of the rest
    @on("2028-01-14")
    def the_rest_is_decided(self):
        """The chief accountant lets the year end be computed: autonomous money is
        carried over, the rest is cancelled; both by decision.
        """
        year_ends = self.env["party.year.end"].with_user(self.user["chief_accountant"])
        self.year_end = year_ends.create({"year": YEAR})
        self.year_end.action_compute()
        proposed = {
            line.item_id.code: (line.reason, line.carry_amount, line.cancel_amount)
            for line in self.year_end.line_ids
        }
        self.assertEqual(
            proposed,
            {
                "6503": ("autonomous", 65_160_000, 0),
                "6551": ("autonomous", 2_200_000, 0),
                "6105": ("autonomous", 600_000, 0),
                "6655": ("unused", 0, 21_150_000),
            },
        )
        self.assertFalse(self.year_end.open_ids)
        with self.refused("cannot be closed yet", "65.160.000", "21.150.000"):
            self.year_end.action_close_year()
        self.year_end.action_make_decisions()
        for number, decision in enumerate(self.year_end.decision_ids, 3):
            paper = Command.create({"name": "quyet-dinh.txt", "raw": b"signed"})
            decision.write({"name": f"{number}-QĐ/VPTU", "attachment_ids": [paper]})
            decision.action_submit()
            self.sign(decision, *DECISION)
            decision.action_post()

    @on("2028-01-20")
    def the_year_is_closed(self):
        """The old year has exactly what it has spent, the new one what was carried."""
        self.year_end.action_close_year()
        self.assertEqual(self.year_end.state, "closed")
        spent = {
            "fuel": 69_840_000,
            "stationery": 62_800_000,
            "overtime": 6_900_000,
            "conference": 61_350_000,
        }
        for key, amount in spent.items():
            self.assertBudget(
                key, allocated=amount, held=0, advanced=0, spent=amount, available=0
            )
        carried = {"fuel": 65_160_000, "stationery": 2_200_000, "overtime": 600_000}
        for key, amount in carried.items():
            self.assertBudget(
                key, YEAR + 1, allocated=amount, held=0, spent=0, available=amount
            )
        self.assertFalse(self.budget("conference", YEAR + 1))
        self.assertTreasury(self.fund, allocated=139_540_000, remaining=0)
        self.assertTreasury(self.fund_12, allocated=61_350_000, remaining=0)
        self.assertTreasury(
            self.fund, YEAR + 1, allocated=67_960_000, remaining=67_960_000
        )
        # the forms of the Treasury: given 180, adjusted to what was spent
        _report, rows = self.report("treasury_reconciliation")
        cells = next(row.cells for row in rows if row.cells["item"] == "13")
        columns = ("carried", "given", "adjusted", "total", "actual", "remaining")
        self.assertEqual(
            tuple(cells[key] for key in columns),
            (0, 180_000_000, -40_460_000, 139_540_000, 139_540_000, 0),
        )

    @on("2028-01-21")
    def the_closed_year_takes_no_more(self):
        """Neither an entry nor a claim nor a decision moves money of 2027, and what was
        posted stays posted.
        """
        entry = self.typed(("Quên", "fuel", -1_000), ("Quên", "stationery", 1_000))
        entry.date = "2027-12-31"
        self.by("chief_accountant", entry).action_party_check()
        with self.refused("The budget is closed"):
            entry.action_post()
        with self.refused("The budget is closed"):
            self.asked("Quên", "fuel", 1_000, date="2027-12-31")
        late = self.drafted("9-QĐ/TU", "supplement", {"fuel": 1_000})
        with self.refused("The budget is closed"):
            late.action_submit()
        posted = self.env["account.move"].search(
            [("date", "=", "2027-08-10"), ("party_checked_by_id", "!=", False)]
        )
        with self.refused("The budget is closed"):
            self.by("chief_accountant", posted).button_draft()
        self.env.invalidate_all()
        self.assertBudget("fuel", held=0, spent=69_840_000, available=0)

    @on("2028-01-25")
    def the_new_year_has_what_was_carried_over(self):
        """One đồng more than was carried over is refused, exactly that is held."""
        claim = self.asked("Xăng năm mới", "fuel", 65_160_001)
        self.sign(claim, "head_a", "accountant_a", "chief_accountant")
        with self.refused("Missing: 1 đ", error=BudgetShort):
            self.sign(claim, "office_chief")
        self.env.invalidate_all()
        self.by("office_chief", claim).action_return("Còn 65.160.000 đồng")
        claim.line_ids.amount = 65_160_000
        claim.action_submit()
        self.sign(claim, *LARGE_CLAIM)
        self.assertBudget("fuel", YEAR + 1, held=65_160_000, available=0)
        self.assertNothingDrifts()
