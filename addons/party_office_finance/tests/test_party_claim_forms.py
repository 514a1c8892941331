import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .common import TODAY, FinanceCase

REQUEST = "party_office_finance.claim_payment_request"
VOUCHER = "party_office_finance.claim_payment_voucher"


class ClaimFormCase(FinanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board_a.budget_unit_code = "1234567"
        cls.user["staff_a"].name = "Nguyễn Thị Ước"

    def _print(self, report, claims, user):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        content, kind = reports._render_qweb_pdf(report, claims.ids)
        self.assertEqual(kind, "pdf")
        return pdf_pages(content)

    def _posted_claim(self, amounts, **values):
        claim = self._approved_claim(amounts, **values)
        claim.with_user(self.user["accountant_a"]).action_post()
        return claim


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyClaimForms(ClaimFormCase):
    def _assert_in(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    # ---------------------------------------------------------------- request
    def test_request_of_an_approved_claim(self):
        claim = self._approved_claim([1_005_000, 21_000])
        (text,) = self._print(REQUEST, claim, "staff_a")
        self._assert_in(
            text,
            "GIẤY ĐỀ NGHỊ THANH TOÁN",
            f"Số: {claim.name}",
            "Ngày 10 tháng 6 năm 2026",
            self.board_a.name.upper(),
            "Họ và tên người đề nghị: Nguyễn Thị Ước",
            "Fuel in June",
            "1 Fill 1 1.005.000",
            "Cộng 1.026.000",
            "Số tiền bằng chữ: Một triệu không trăm hai mươi sáu nghìn đồng.",
            "Nguồn 13, mục 6500, tiểu mục 6503",
            "Quá trình duyệt",
            "head_a Đồng ý 10:00 ngày 15/06/2026",
            "Người đề nghị",
            "Kế toán trưởng",
            "Thủ trưởng đơn vị",
        )
        self.assertNotIn("ĐẢNG CỘNG SẢN", text)
        # the deputy chief signs for the head of the unit, nobody else for another
        self.assertEqual(text.count("K/T"), 1)
        self._assert_in(text, "K/T Thủ trưởng đơn vị", "Phó Chánh Văn phòng")

    def test_request_is_vietnamese_for_everybody(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.user["staff_a"].lang = "en_US"
        self.fuel.with_context(lang="vi_VN").name = "Tiền nhiên liệu"
        claim = self._approved_claim([1_005_000]).with_context(lang="en_US")
        (text,) = self._print(REQUEST, claim, "staff_a")
        self._assert_in(text, "(Tiền nhiên liệu): 1.005.000 đồng", "Kính gửi:")

    def test_request_counts_the_papers(self):
        papers = self.env["ir.attachment"].create(
            [{"name": f"{number}.txt", "raw": b"1"} for number in range(2)]
        )
        claim = self._new_claim([10_000])
        self.assertIn("……", self._print(REQUEST, claim, "staff_a")[0])
        claim.sudo().attachment_ids = papers
        (text,) = self._print(REQUEST, claim, "staff_a")
        self._assert_in(text, "Kèm theo 2 chứng từ gốc", "(Bản nháp, chưa gửi duyệt)")

    def test_a_substitute_is_named_with_his_capacity(self):
        self.env["party.substitution"].create(
            {
                "user_id": self.user["head_a"].id,
                "substitute_id": self.user["head_b"].id,
                "date_from": "2026-06-01",
                "date_to": "2026-06-30",
                "capacity": "kt",
            }
        )
        claim = self._new_claim([500_000])
        claim.action_submit()
        seen = claim.content_hash
        substitute = claim.with_user(self.user["head_b"])
        substitute.with_context(approval_seen=seen).action_approve()
        (text,) = self._print(REQUEST, claim, "staff_a")
        self._assert_in(text, "head_b (K/T head_a) Đồng ý", "K/T Trưởng ban")

    def test_batch_is_one_pdf(self):
        claims = self._new_claim([10_000]) | self._new_claim([20_000], user="staff_b")
        pages = self._print(REQUEST, claims, "chief_accountant")
        self.assertEqual(len(pages), 2)
        self.assertIn("Mười nghìn đồng", pages[0])
        self.assertIn("Hai mươi nghìn đồng", pages[1])

    def test_a_long_claim_goes_over_pages(self):
        claim = self._new_claim([1_000] * 60)
        pages = self._print(REQUEST, claim, "staff_a")
        self.assertGreater(len(pages), 1)
        self.assertIn(f"2/{len(pages)}", pages[1])
        self.assertIn("STT Nội dung", pages[1])
        self.assertIn("Cộng 60.000", " ".join(pages))

    def test_text_is_escaped(self):
        claim = self._new_claim([1_000], description="A<b>B</b> & <img src='x'/>")
        (text,) = self._print(REQUEST, claim, "staff_a")
        self.assertIn("A<b>B</b> & <img src='x'/>", text)

    def test_who_may_not_read_may_not_print(self):
        claim = self._new_claim([10_000])
        for user in ("staff_b", "head_b"):
            with self.assertRaises(AccessError):
                self._print(REQUEST, claim, user)
        both = claim | self._new_claim([20_000], user="staff_b", board=self.board_b)
        with self.assertRaises(AccessError):
            self._print(REQUEST, both, "staff_a")

    # ---------------------------------------------------------------- voucher
    def test_voucher(self):
        claim = self._posted_claim([1_005_000, 21_000], payee_name="Trần Văn Lái")
        (text,) = self._print(VOUCHER, claim, "cashier")
        self._assert_in(
            text,
            "PHIẾU CHI",
            "Mẫu số: C41-BB",
            "Mã ĐVQHNS: 1234567",
            "Quyển số: 2026",
            f"Số: {claim.voucher_number}",
            "Ngày 15 tháng 6 năm 2026",
            "Họ và tên người nhận tiền: Trần Văn Lái",
            f"Địa chỉ: {self.board_a.name}",
            "Lý do chi: Fuel in June",
            "Số tiền: 1.026.000 đồng",
            "Một triệu không trăm hai mươi sáu nghìn đồng.",
            f"Nợ {self.expense.code}",
            f"Có {self.cash.code}",
            "Thủ quỹ",
            "Đã nhận đủ số tiền (viết bằng chữ):",
            "accountant_a",
        )
        self.assertNotIn("ĐẢNG CỘNG SẢN", text)

    def test_voucher_names_who_decided_and_paid(self):
        claim = self._posted_claim([1_005_000])
        claim.with_user(self.user["cashier"]).action_pay()
        (text,) = self._print(VOUCHER, claim, "accountant_a")
        self._assert_in(text, "chief_accountant", "deputy_chief", "cashier")

    def test_voucher_only_when_posted(self):
        claim = self._approved_claim([1_005_000])
        with self.assertRaisesRegex(UserError, claim.name):
            self._print(VOUCHER, claim, "accountant_a")
        posted = self._posted_claim([5_000])
        with self.assertRaisesRegex(UserError, claim.name):
            self._print(VOUCHER, claim | posted, "accountant_a")

    def test_no_cash_voucher_of_a_transfer(self):
        payee = self.env["res.partner"].create({"name": "Seller"})
        claim = self._posted_claim(
            [5_000], payment_method="transfer", partner_id=payee.id
        )
        with self.assertRaisesRegex(UserError, "transfer"):
            self._print(VOUCHER, claim, "accountant_a")

    def test_voucher_is_for_those_who_keep_the_money(self):
        claim = self._posted_claim([5_000])
        for user in ("accountant_a", "chief_accountant", "cashier", "office_chief"):
            self._print(VOUCHER, claim, user)
        with self.assertRaises(AccessError):
            self._print(VOUCHER, claim, "staff_a")

    def test_the_menu_offers_the_voucher_when_it_can_be_printed(self):
        voucher = self.env.ref("party_office_finance.claim_payment_voucher_report")
        draft, posted = self._new_claim([5_000]), self._posted_claim([5_000])
        for claim, offered in ((draft, []), (posted, voucher.ids)):
            valid = voucher.get_valid_action_reports("party.claim", claim.ids)
            self.assertEqual(valid, offered)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyClaimFormsHttp(HttpCase, ClaimFormCase):
    def _download(self, report, claims):
        """Ask as the web client's report handler does."""
        ids = ",".join(str(number) for number in claims.ids)
        return self.url_open(
            "/report/download",
            data={
                "data": json.dumps([f"/report/pdf/{report}/{ids}", "qweb-pdf"]),
                "context": json.dumps({"lang": "en_US", "active_ids": claims.ids}),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def test_download_and_open(self):
        claim = self._approved_claim([1_005_000])
        self.authenticate("test_staff_a", "test_staff_a")
        response = self._download(REQUEST, claim)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn(
            claim.name.replace("/", "-"), response.headers["Content-Disposition"]
        )
        self.assertIn(claim.name, pdf_pages(response.content)[0])
        response = self.url_open(f"/report/pdf/{REQUEST}/{claim.id}")
        self.assertEqual(response.status_code, 200)
        self.assertIn(claim.name, pdf_pages(response.content)[0])

    @mute_logger("odoo.addons.web.controllers.report", "odoo.http")
    def test_refusals(self):
        claim = self._approved_claim([1_005_000])
        self.authenticate("test_accountant_a", "test_accountant_a")
        # core answers with the error as JSON in a page
        response = self._download(VOUCHER, claim)
        self.assertNotIn("pdf", response.headers["Content-Type"])
        self.assertIn("is printed after posting", response.text)
        self.authenticate("test_staff_b", "test_staff_b")
        response = self._download(REQUEST, claim)
        self.assertNotIn("pdf", response.headers["Content-Type"])
        self.assertIn("AccessError", response.text)
