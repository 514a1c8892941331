from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .common import TODAY
from .event_common import EventCase
from .test_claim_fuel import FILLS

EVENT = "party_office_finance.claim_event_statement"
FUEL = "party_office_finance.claim_fuel_statement"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimEventForms(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls._new_car()

    def _print(self, report, claims, user="staff_a"):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        content, _kind = reports._render_qweb_pdf(report, claims.ids)
        return pdf_pages(content)

    def _assert_in(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    def test_statement_of_a_conference(self):
        text = " ".join(self._print(EVENT, self._conference_80()))
        self._assert_in(
            text,
            "BẢNG KÊ CHI HỘI NGHỊ",
            "Bản nháp",
            "Số đại biểu: 80 người, trong đó 20 người không hưởng lương",
            "160 × 40.000 7.000.000 6.400.000",
            "20 × 150.000 3.000.000",
            "Cộng 17.600.000",
            "Mười bảy triệu sáu trăm nghìn đồng",
            "Chứng từ kèm theo",
            "mức chưa kiểm chứng",
            "Người lập bảng kê",
        )

    def test_statement_of_a_delegation(self):
        text = " ".join(self._print(EVENT, self._delegation_of_five()))
        self._assert_in(
            text,
            "BẢNG KÊ CHI TIẾP KHÁCH NƯỚC NGOÀI",
            "Tỉnh ủy Luông Pha Băng",
            "hạng B",
            "chủ trì đón đoàn",
            "35/2026/TT-BTC",
            "Điều 7 khoản 3 điểm a",
        )

    def test_statement_of_fuel(self):
        fills = [FILLS[0], ("2026-06-20", 60.1, 20_500, 10_900, "102")]
        claim = self._new_fuel_claim(fills, fuel_reason="Đường sạt lở")
        text = " ".join(self._print(FUEL, claim))
        self._assert_in(
            text,
            "BẢNG KÊ NHIÊN LIỆU",
            "99T-123.45",
            "1C26TST 102",
            "Cộng 120,1 2.462.050",
            "29/2023/QĐ-UBND",
            "Vượt định mức (8 = 7 - 6) 0,1 lít",
            "2.460.000 đồng",
            "Giải trình vượt định mức: Đường sạt lở",
        )

    def test_statements_are_for_their_kinds(self):
        fuel = self._new_fuel_claim(FILLS)
        with self.assertRaisesRegex(UserError, "not for claims of the kind"):
            self._print(EVENT, fuel)
        with self.assertRaisesRegex(UserError, "not for claims of the kind"):
            self._print(FUEL, self._conference_80())
        with self.assertRaisesRegex(UserError, "not for claims of the kind"):
            self._print(FUEL, self._new_claim([5]))
        with self.assertRaisesRegex(UserError, "enter the car|nhập xe"):
            self._print(FUEL, self._new_fuel_claim([], fuel_from=False))
