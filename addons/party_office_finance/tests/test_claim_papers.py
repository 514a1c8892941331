from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.party_claim_kind_paper import CONDITIONS
from .common import TODAY, FinanceCase, Form


class PapersCase(FinanceCase):
    """A claim of kind fuel needs an invoice, from 5 million on a contract too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.env.ref("party_office_finance.paper_kind_invoice")
        cls.contract = cls.env.ref("party_office_finance.paper_kind_contract")
        cls.sheet = cls.env.ref("party_office_finance.paper_kind_fuel_sheet")
        cls.report = cls.env.ref("party_office_finance.paper_kind_trip_report")
        cls.ticket = cls.env.ref("party_office_finance.paper_kind_ticket")
        for values in (
            {"paper_kind_id": cls.invoice.id, "why": "each purchase has its invoice"},
            {"paper_kind_id": cls.contract.id, "amount_from": 5_000_000},
            {"paper_kind_id": cls.sheet.id},
            {"paper_kind_id": cls.report.id, "is_required": False},
            {"paper_kind_id": cls.ticket.id, "condition": "ticket"},
        ):
            cls.env["party.claim.kind.paper"].create(
                {"claim_kind_id": cls.kind.id, **values}
            )

    def _as(self, claim, user):
        return claim.with_user(self.user[user])

    def _photo(self, claim, kind, name="invoice.jpg"):
        """Attach a photo of a paper as its requester does."""
        photo = claim.env["ir.attachment"].create(
            {"name": name, "raw": name.encode(), "party_paper_kind_id": kind.id}
        )
        claim.attachment_ids = [Command.link(photo.id)]
        return photo

    def _announced(self, amounts=(1_000_000,)):
        """Return an approved claim whose invoice comes on paper."""
        claim = self._new_claim(list(amounts))
        claim.on_paper_kind_ids = self.invoice
        claim.action_submit()
        return self._approve(claim)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimPapers(PapersCase):
    def test_sending_says_what_is_missing_and_why(self):
        claim = self._new_claim([6_000_000])
        with self.assertRaises(UserError) as refusal:
            claim.action_submit()
        text = refusal.exception.args[0]
        self.assertIn("Missing papers (2)", text)
        self.assertIn("• Invoice or receipt: each purchase has its invoice", text)
        self.assertIn("• Contract", text)
        for other in (self.sheet, self.report, self.ticket):
            self.assertNotIn(other.name, text)
        self.assertEqual(claim.state, "draft")

    def test_below_the_amount_the_contract_is_not_asked_for(self):
        self.assertEqual(
            self._new_claim([4_999_999])._papers_missing().paper_kind_id, self.invoice
        )
        self.assertEqual(
            self._new_claim([5_000_000])._papers_missing().paper_kind_id,
            self.invoice | self.contract,
        )

    def test_a_condition_of_the_facts_asks_for_its_paper(self):
        claim = self._new_claim([1_000_000])
        self._photo(claim, self.invoice)
        self.assertFalse(claim._papers_missing())
        model = type(self.env["party.claim"])
        with patch.object(model, "_paper_conditions", lambda _: {"always", "ticket"}):
            self.assertEqual(claim._papers_missing().paper_kind_id, self.ticket)

    def test_a_photo_is_enough(self):
        claim = self._new_claim([1_000_000])
        photo = self._photo(claim, self.invoice)
        claim.action_submit()
        self.assertEqual(claim.state, "submitted")
        self.assertEqual((photo.res_model, photo.res_id), ("party.claim", claim.id))
        self._approve(claim)
        self._as(claim, "accountant_a").action_post()
        self.assertEqual(claim.state, "posted")

    def test_a_file_of_another_kind_is_not(self):
        claim = self._new_claim([1_000_000])
        self._photo(claim, self.report)
        with self.assertRaisesRegex(UserError, r"Missing papers \(1\)"):
            claim.action_submit()

    def test_an_announced_paper_must_come_before_posting(self):
        claim = self._announced()
        accountant = self._as(claim, "accountant_a")
        with self.assertRaisesRegex(UserError, "Invoice or receipt"):
            accountant.action_post()
        self.assertCounters(self.line_a, held=1_000_000, spent=0)
        accountant.action_receive_papers()
        self.assertRecordValues(
            claim.sudo().paper_ids,
            [
                {
                    "paper_kind_id": self.invoice.id,
                    "received_by_id": self.user["accountant_a"].id,
                }
            ],
        )
        accountant.action_give_back_papers(self.invoice.ids)
        with self.assertRaises(UserError):
            accountant.action_post()
        accountant.action_receive_papers(self.invoice.ids)
        accountant.action_post()
        self.assertEqual(claim.state, "posted")

    def test_a_paper_handed_in_before_sending_is_there(self):
        claim = self._new_claim([1_000_000])
        self._as(claim, "accountant_a").action_receive_papers(self.invoice.ids)
        claim.action_submit()
        self.assertEqual(claim.state, "submitted")

    def test_two_claims_are_received_at_once(self):
        claims = self._announced() | self._announced()
        self._as(claims, "accountant_a").action_receive_papers()
        self.assertEqual(len(claims.sudo().paper_ids), 2)

    def test_who_may_not_receive(self):
        claim = self._announced()
        for user in ("staff_a", "head_a", "accountant_b", "cashier", "manager"):
            with self.subTest(user), self.assertRaises(AccessError):
                self._as(claim, user).action_receive_papers(self.invoice.ids)
            with self.subTest(user, action="back"), self.assertRaises(AccessError):
                self._as(claim, user).action_give_back_papers(self.invoice.ids)
        own = self._new_claim([1], "chief_accountant")
        with self.assertRaisesRegex(AccessError, "his own"):
            self._as(own, "chief_accountant").action_receive_papers(self.invoice.ids)

    def test_what_may_not_be_received(self):
        claim = self._announced()
        accountant = self._as(claim, "accountant_a")
        for kinds in (self.ticket.ids, [0], "all", {"a": 1}, [[1]]):
            with self.subTest(kinds=kinds), self.assertRaises(UserError):
                accountant.action_receive_papers(kinds)
        with self.assertRaises(UserError):
            accountant.action_give_back_papers(self.invoice.ids)
        accountant.action_receive_papers()
        with self.assertRaisesRegex(UserError, "no paper left"):
            accountant.action_receive_papers()
        accountant.action_post()
        with self.assertRaises(UserError):
            accountant.action_give_back_papers(self.invoice.ids)

    def test_nothing_is_forged(self):
        claim = self._announced()
        values = {
            "claim_id": claim.id,
            "paper_kind_id": self.invoice.id,
            "received_by_id": self.user["accountant_a"].id,
            "received_on": "2026-06-10 00:00:00",
        }
        for user in ("staff_a", "accountant_a", "chief_accountant", "manager"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.env["party.claim.paper"].with_user(self.user[user]).create(values)
        draft = self._new_claim([1])
        with self.assertRaises(AccessError):
            draft.paper_ids = [Command.create(values)]

    def test_what_was_sent_stays_as_it_is(self):
        claim = self._new_claim([1_000_000])
        photo = self._photo(claim, self.invoice)
        before = claim.content_hash
        photo.party_paper_kind_id = self.contract
        claim.invalidate_recordset(["content_hash"])
        self.assertNotEqual(claim.content_hash, before)
        photo.party_paper_kind_id = self.invoice
        claim.invalidate_recordset(["content_hash"])
        self.assertEqual(claim.content_hash, before)
        claim.action_submit()
        for change in (
            lambda: photo.write({"party_paper_kind_id": self.contract.id}),
            lambda: claim.write({"on_paper_kind_ids": [self.contract.id]}),
            lambda: claim.write({"attachment_ids": [Command.clear()]}),
            lambda: photo.unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_claim_without_announced_papers_says_what_it_said_before(self):
        content = self._new_claim([1])._content_of(["on_paper_kind_ids", "board_id"])
        self.assertNotIn("on_paper_kind_ids", content)

    def test_papers_are_counted_once(self):
        claim = self._new_claim([6_000_000])
        claim.on_paper_kind_ids = self.invoice | self.contract
        self.assertEqual(claim._paper_count(), 2)
        self._photo(claim, self.invoice)
        self._photo(claim, self.report)
        self.assertEqual(claim._paper_count(), 3)

    def test_a_copy_has_no_papers(self):
        claim = self._announced()
        self._as(claim, "accountant_a").action_receive_papers()
        copy = claim.copy()
        self.assertFalse(copy.on_paper_kind_ids | copy.sudo().paper_ids.paper_kind_id)

    def test_checklist_follows_the_form(self):
        other = self.env.ref("party_office_finance.claim_kind_other")
        with Form(self.env["party.claim"].with_user(self.user["staff_a"])) as form:
            form.description = "Fuel"
            form.kind_id = other
            self.assertEqual(form.paper_checklist["rows"], [])
            form.kind_id = self.kind
            rows = form.paper_checklist["rows"]
            self.assertEqual(
                [(row["id"], row["required"], row["printed"]) for row in rows],
                [
                    (self.invoice.id, True, False),
                    (self.sheet.id, True, True),
                    (self.report.id, False, False),
                ],
            )
            self.assertFalse(form.paper_checklist["can_receive"])

    def test_checklist_says_who_has_the_paper(self):
        claim = self._announced()
        accountant = self._as(claim, "accountant_a")
        row = accountant.paper_checklist["rows"][0]
        self.assertTrue(row["on_paper"])
        self.assertFalse(row["received"])
        self.assertTrue(accountant.paper_checklist["can_receive"])
        self.assertFalse(claim.paper_checklist["can_receive"])
        accountant.action_receive_papers()
        self.assertEqual(
            claim.paper_checklist["rows"][0]["received"], "accountant_a, 15/06/2026"
        )

    def test_who_reads_what_was_handed_in(self):
        claim = self._announced()
        self._as(claim, "accountant_a").action_receive_papers()
        papers = self.env["party.claim.paper"]
        domain = [("claim_id", "=", claim.id)]
        seen = {
            user: papers.with_user(self.user[user]).search_count(domain)
            for user in self.user
        }
        readers = {
            "staff_a",
            "head_a",
            "accountant_a",
            "chief_accountant",
            "office_chief",
            "deputy_chief",
            "cashier",
            "manager",
        }
        self.assertEqual({user for user, count in seen.items() if count}, readers)

    def test_the_list_of_needed_papers_is_kept_by_the_chief_accountant(self):
        row = self.kind.paper_ids[0]
        for user in ("staff_a", "head_a", "accountant_a", "cashier", "office_chief"):
            with self.subTest(user), self.assertRaises(AccessError):
                row.with_user(self.user[user]).is_required = False
            with self.subTest(user), self.assertRaises(AccessError):
                self.invoice.with_user(self.user[user]).name = "x"
        row.with_user(self.user["chief_accountant"]).is_required = False
        self.assertFalse(self._new_claim([1])._papers_missing())

    def test_shipped_list(self):
        """Every kind asks for a paper that somebody has to bring; no row is blind."""
        codes = dict(CONDITIONS)
        for kind in self.env["party.claim.kind"].search([]):
            rows = self.papers_needed.filtered(
                lambda row, kind=kind: row.claim_kind_id == kind
            )
            brought = rows.filtered(lambda row: not row.paper_kind_id.is_printed)
            with self.subTest(kind.code):
                self.assertTrue(brought.filtered("is_required"))
                self.assertTrue(all(row.why for row in rows))
                self.assertLessEqual(set(rows.mapped("condition")), codes.keys())

    def test_queries_do_not_grow_with_the_claims(self):
        claims = self.env["party.claim"]
        for _number in range(8):
            claims |= self._announced()
        few, many = claims[:2], claims
        counts = []
        for some in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.user["accountant_a"]).mapped("paper_checklist")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
