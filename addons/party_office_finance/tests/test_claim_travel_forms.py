from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .common import TODAY
from .travel_common import TravelCase

PAPER = "party_office_finance.claim_travel_paper"
SHEET = "party_office_finance.claim_travel_sheet"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimTravelForms(TravelCase):
    def _print(self, report, claims, user="staff_a"):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        content, _kind = reports._render_qweb_pdf(report, claims.ids)
        return pdf_pages(content)

    def _assert_in(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    def test_one_travel_paper_for_each_person(self):
        claim = self._trip(self.staff | self.head, travel_basis="12-KH/TU, 01/06/2026")
        claim.action_submit()
        pages = self._print(PAPER, claim)
        papers = [page for page in pages if "GIẤY ĐI ĐƯỜNG" in page]
        self.assertEqual(len(papers), 2)
        self._assert_in(
            papers[0],
            f"Số: {claim.name}-1",
            "Cấp cho: staff_a",
            "Được cử đi công tác tại: Bộ Tài chính, Hà Nội",
            "12-KH/TU, 01/06/2026",
            "Từ ngày 08 tháng 6 năm 2026 đến ngày 10 tháng 6 năm 2026",
            "Xe cơ quan",
            "Chứng nhận của cơ quan nơi công tác",
        )
        self._assert_in(" ".join(pages), "Tổng cộng: 2.100.000 đồng")
        self._assert_in(" ".join(pages), "Tổng cộng: 2.500.000 đồng")

    def test_sheet(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        claim = self._trip(self.staff | self.head)
        text = " ".join(self._print(SHEET, claim))
        self._assert_in(
            text,
            "BẢNG KÊ THANH TOÁN CÔNG TÁC PHÍ",
            "(Bản nháp, chưa gửi duyệt)",
            "Từ 07:00 ngày 08 tháng 6 năm 2026 đến 17:30 ngày 10 tháng 6 năm 2026",
            "3 300.000 900.00012/2025/TT-BTC, Điều 1",
            "2 800.000 1.600.000",
            "Cộng staff_a 2.100.000",
            "Cộng 4.600.000",
            "Bốn triệu sáu trăm nghìn đồng",
        )

    def test_sheet_says_why_something_is_not_paid(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        claim = self._trip(travel_host_lodging=True)
        text = " ".join(self._print(SHEET, claim))
        self.assertIn("Cộng 900.000", text)
        self.assertIn(claim.allowance_ids[1].remark, text)

    def test_month_sheet(self):
        claim = self._trip(
            kind_id=self.month_lump.id,
            month_lump_month="2026-05-01",
            traveller_ids=[(0, 0, {"employee_id": self.staff.id, "field_days": 15})],
        )
        text = " ".join(self._print(SHEET, claim))
        self._assert_in(text, "BẢNG KÊ KHOÁN CÔNG TÁC PHÍ THÁNG 5/2026", "700.000")

    def test_other_claims_and_other_boards(self):
        fuel = self._new_claim([10_000])
        for report in (PAPER, SHEET):
            with self.assertRaisesRegex(UserError, "business trips"):
                self._print(report, fuel)
        with self.assertRaises(AccessError):
            self._print(SHEET, self._trip(), "staff_b")
