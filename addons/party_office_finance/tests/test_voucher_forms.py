import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.form_qr import QUIET, SCALE, qr_address
from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .advance_common import AdvanceCase
from .common import TODAY

REQUEST = "party_office_finance.advance_request"
ADVANCE_VOUCHER = "party_office_finance.advance_payment_voucher"
CLAIM_VOUCHER = "party_office_finance.claim_payment_voucher"
SETTLEMENT = "party_office_finance.claim_advance_settlement"
RECEIPT = "party_office_finance.receipt_voucher"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestVoucherForms(AdvanceCase):
    """Phiếu chi, phiếu thu, giấy đề nghị tạm ứng, giấy thanh toán tạm ứng."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board_a.budget_unit_code = "1234567"
        cls.user["staff_a"].name = "Nguyễn Thị Ước"

    def _print(self, report, docs, user):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        content = reports._render_qweb_pdf(report, docs.ids)[0]
        return pdf_pages(content)

    def _assert_in(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    # ---------------------------------------------------------------- advances
    def test_request(self):
        advance = self._new_advance(10_400_000)
        (text,) = self._print(REQUEST, advance, "staff_a")
        self._assert_in(text, "(Bản nháp, chưa gửi duyệt)", "Số: ……")
        advance.action_submit()
        self._approve(advance)
        (text,) = self._print(REQUEST, advance, "staff_a")
        self._assert_in(
            text,
            "GIẤY ĐỀ NGHỊ TẠM ỨNG",
            "Mẫu số: C42-HD",
            "Mã ĐVQHNS: 1234567",
            f"Số: {advance.name}",
            "Tên tôi là: Nguyễn Thị Ước",
            "10.400.000 đồng",
            "Mười triệu bốn trăm nghìn đồng.",
            "Lý do tạm ứng: Fuel of a long trip",
            "Thời hạn thanh toán: ngày 31 tháng 7 năm 2026",
            "Nguồn 13, mục 6500, tiểu mục 6503",
            "Phụ trách bộ phận",
            "K/T Thủ trưởng đơn vị",
        )
        self.assertNotIn("nháp", text)

    def test_payment_voucher_of_an_advance(self):
        advance = self._approved_advance(10_000_000)
        with self.assertRaisesRegex(UserError, "no voucher yet"):
            self._print(ADVANCE_VOUCHER, advance, "cashier")
        advance.with_user(self.user["cashier"]).action_pay()
        (text,) = self._print(ADVANCE_VOUCHER, advance, "cashier")
        self._assert_in(
            text,
            "PHIẾU CHI",
            "Mẫu số: C41-BB",
            "Quyển số: 2026",
            f"Số: {advance.voucher_number}",
            "Ngày 15 tháng 6 năm 2026",
            "Họ và tên người nhận tiền: Nguyễn Thị Ước",
            f"Tạm ứng: Fuel of a long trip (đề nghị tạm ứng số {advance.name}",
            "Số tiền: 10.000.000 đồng",
            "Mười triệu đồng.",
            f"Định khoản: Nợ 141: 10.000.000; Có {self.cash.code}: 10.000.000.",
            "accountant_a",
        )
        with self.assertRaises(AccessError):
            self._print(ADVANCE_VOUCHER, advance, "staff_a")

    def test_no_cash_voucher_of_a_transfer(self):
        advance = self._approved_advance(10_000, payment_method="transfer")
        with self.assertRaisesRegex(UserError, "transfer"):
            self._print(ADVANCE_VOUCHER, advance, "accountant_a")

    # -------------------------------------------------------------- settlement
    def test_settlement_that_spent_too_much(self):
        advance = self._paid_advance(10_000_000)
        claim = self._settling_claim(advance, [7_000_000, 5_500_000])
        self._post(claim)
        (text,) = self._print(SETTLEMENT, claim, "staff_a")
        self._assert_in(
            text,
            "GIẤY THANH TOÁN TẠM ỨNG",
            "Mẫu số: C43-BB",
            f"Số: {claim.name}",
            "I. Số tiền tạm ứng 10.000.000",
            "các kỳ trước chưa chi hết 0",
            f"chứng từ số {advance.voucher_number}, ngày 15 tháng 6 năm 2026) "
            "10.000.000",
            "II. Số tiền đã chi 12.500.000",
            "1. Fill 1 7.000.000",
            "III. Chênh lệch 2.500.000",
            "(I − II) 0",
            f"được chi thêm theo chứng từ số {claim.voucher_number} 2.500.000",
            "Mười hai triệu năm trăm nghìn đồng.",
            "Kế toán thanh toán",
        )

    def test_settlements_one_after_the_other(self):
        """6 of 10 million, then 3; what the first said does not change."""
        advance = self._paid_advance(10_000_000)
        with freeze_time("2026-06-15 04:00:00"):
            first = self._settling_claim(advance, [6_000_000])
        with freeze_time("2026-06-16 04:00:00"):
            second = self._new_claim([3_000_000], advance_id=advance.id)
            (text,) = self._print(SETTLEMENT, second, "staff_a")
            self._assert_in(text, "chưa chi hết 4.000.000", "(I − II) 1.000.000")
            second.action_submit()
            self._approve(second)
        self._post(first)
        self._post(second)
        for claim, carried, received, left in (
            (first, "0", "10.000.000", "4.000.000"),
            (second, "4.000.000", "0", "1.000.000"),
        ):
            (text,) = self._print(SETTLEMENT, claim, "staff_a")
            self._assert_in(
                text,
                f"chưa chi hết {carried} 2.",
                f"năm 2026) {received} II",
                f"(I − II) {left}",
            )

    def test_settlement_names_the_receipt_of_the_rest(self):
        advance = self._paid_advance(10_000_000)
        claim = self._settling_claim(advance, [8_000_000])
        self._post(claim)
        receipt = self._returned(advance, 2_000_000)
        (text,) = self._print(SETTLEMENT, claim, "accountant_a")
        self._assert_in(
            text,
            "III. Chênh lệch 2.000.000",
            f"đã nộp lại theo phiếu thu số {receipt.name}, 15/06/2026 2.000.000",
        )

    def test_no_settlement_without_an_advance(self):
        with self.assertRaisesRegex(UserError, "settles no advance"):
            self._print(SETTLEMENT, self._new_claim([1_000]), "staff_a")

    # ----------------------------------------------------------------- receipt
    def _returned(self, advance, amount, receive=True):
        """Return the receipt of the rest of an advance (đồng)."""
        receipt = (
            self.env["party.receipt"]
            .with_user(self.user["accountant_a"])
            .create(
                {
                    "advance_id": advance.id,
                    "amount": amount,
                    "description": "Nộp lại tạm ứng",
                }
            )
        )
        receipt.action_issue()
        if receive:
            receipt.with_user(self.user["cashier"]).action_receive()
        return receipt

    def test_receipt(self):
        advance = self._paid_advance(10_000_000)
        receipt = self._returned(advance, 1_005_000, receive=False)
        (text,) = self._print(RECEIPT, receipt, "accountant_a")
        expected = (
            "PHIẾU THU",
            "Mẫu số: C40-BB",
            "Quyển số: 2026",
            f"Số: {receipt.name}",
            "Họ và tên người nộp tiền: Nguyễn Thị Ước",
            f"Nộp lại tạm ứng (tạm ứng số {advance.name})",
            "Số tiền: 1.005.000 đồng",
            "Một triệu không trăm linh năm nghìn đồng.",
            f"Nợ {self.cash.code}",
            "Có 141",
            "Người nộp tiền",
            "cashier",
        )
        self._assert_in(text, *expected, "(Chưa thu tiền)")
        receipt.with_user(self.user["cashier"]).action_receive()
        (text,) = self._print(RECEIPT, receipt, "cashier")
        self._assert_in(text, *expected)
        self.assertNotIn("Chưa thu", text)
        with self.assertRaises(AccessError):
            self._print(RECEIPT, receipt, "staff_a")

    def test_cancelled_and_draft_receipts(self):
        advance = self._paid_advance(10_000_000)
        receipt = self._returned(advance, 5_000, receive=False)
        receipt.with_user(self.user["accountant_a"]).action_cancel("nhầm số tiền")
        (text,) = self._print(RECEIPT, receipt, "accountant_a")
        self._assert_in(text, "(Đã hủy: nhầm số tiền)")
        draft = receipt.copy({"advance_id": advance.id})
        with self.assertRaisesRegex(UserError, "no number"):
            self._print(RECEIPT, draft, "accountant_a")

    # ---------------------------------------------------------------------- QR
    def _modules(self, address):
        """Return the rows of a QR image as booleans (black), without its border."""
        kind, data = address.split(",", 1)
        self.assertEqual(kind, "data:image/png;base64")
        image = Image.open(io.BytesIO(base64.b64decode(data)))
        size = image.width // SCALE
        rows = [
            [not image.getpixel((x * SCALE, y * SCALE)) for x in range(size)]
            for y in range(size)
        ]
        inner = slice(QUIET, size - QUIET)
        outside = rows[:QUIET] + rows[-QUIET:]
        self.assertFalse(any(any(row) for row in outside))
        return [row[inner] for row in rows[inner]]

    def test_qr_names_the_document(self):
        advance = self._new_advance(1_000)
        self.assertFalse(advance._form_qr())
        advance.action_submit()
        text = f"PARTY:party.advance:{advance.name}"
        self.assertEqual(advance._form_qr(), qr_address(text))
        rows = self._modules(advance._form_qr())
        # the three corners that a scanner looks for, each a square of seven
        for left, top in ((0, 0), (-7, 0), (0, -7)):
            self.assertEqual(rows[top][left:][:7], [True] * 7)
            self.assertEqual(rows[top + 1][left:][:7], [True, *[False] * 5, True])
            self.assertTrue(rows[top + 3][left + 3])
        self.assertNotEqual(rows, self._modules(qr_address(text + "1")))

    # --------------------------------------------------------- amounts in core
    def test_core_writes_amounts_in_our_words(self):
        for code in ("vi_VN", "en_US"):
            self.env["res.lang"]._activate_lang(code)
        dong = self.env.ref("base.VND").with_context(lang="vi_VN")
        self.assertEqual(
            dong.amount_to_text(1_021), "Một nghìn không trăm hai mươi mốt đồng"
        )
        self.assertNotIn("nghìn", dong.with_context(lang="en_US").amount_to_text(1_021))
        dollar = self.env.ref("base.USD").with_context(lang="vi_VN")
        self.assertNotIn("đồng", dollar.amount_to_text(1_021))
