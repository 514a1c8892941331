"""What stands on a paper of the Party, line by line (Guidance 36-HD/VPTW)."""

import doctest
import unittest
from datetime import date

from .loader import load_rule

rule = load_rule("party_office_docs", "paper_sheet")
text = load_rule("party_office_docs", "paper_text")


class TestPaperSheet(unittest.TestCase):
    def test_examples_in_the_rules(self):
        for module in (rule, text):
            self.assertFalse(doctest.testmod(module).failed)

    def test_numbers_of_the_guidance(self):
        for symbol, line in (
            ("127-QĐ/TW", "Số 127-QĐ/TW"),
            ("05-BS/UBKTTU", "Số 05-BS/UBKTTU"),
            ("", "Số …"),
            ("-CV/VPTU", "Số …-CV/VPTU"),
        ):
            self.assertEqual(rule.number_line(symbol), line)

    def test_small_days_and_months_get_a_zero(self):
        for day, line in (
            (date(2026, 4, 2), "Hà Tĩnh, ngày 02 tháng 4 năm 2026"),
            (date(2018, 2, 20), "Hà Tĩnh, ngày 20 tháng 02 năm 2018"),
            (date(2026, 12, 31), "Hà Tĩnh, ngày 31 tháng 12 năm 2026"),
        ):
            self.assertEqual(rule.place_and_day("Hà Tĩnh", day), line)

    def test_authority(self):
        for args, lines in (
            (
                ("tm", "Ban Thường vụ", "", "Phó Bí thư"),
                ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
            ),
            (
                ("kt", "", "Chánh Văn phòng", "Phó Chánh Văn phòng"),
                ("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
            ),
            (
                ("tl", "Ban Thường vụ", "", "Chánh Văn phòng"),
                ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
            ),
            (("self", "x", "y", "Trưởng  Ban"), ("TRƯỞNG BAN", "")),
        ):
            self.assertEqual(rule.authority_lines(*args), lines)
        with self.assertRaises(ValueError):
            rule.authority_lines("tuq", "", "", "")

    def test_recipients_end_with_a_full_stop(self):
        lines = rule.recipient_lines(
            [("Thường trực Tỉnh ủy;", 1), ("Các huyện ủy.", 12), ("  ", 3)],
            "Lưu Văn phòng Tỉnh ủy",
        )
        self.assertEqual(
            lines,
            (
                "- Thường trực Tỉnh ủy,",
                "- Các huyện ủy (12 bản),",
                "- Lưu Văn phòng Tỉnh ủy.",
            ),
        )
        self.assertEqual(rule.recipient_lines([]), ())

    def test_title(self):
        about = rule.Wording(abstract_prefix="về ")
        plain = rule.Wording()
        letter = rule.Wording(shows_kind=False)
        for kind, abstract, wording, lines in (
            ("Quyết định", "Kiện toàn", about, ("QUYẾT ĐỊNH", "về kiện toàn")),
            ("Quyết định", "Về việc cử", about, ("QUYẾT ĐỊNH", "về việc cử")),
            ("Báo cáo", "Kết quả năm.", plain, ("BÁO CÁO", "kết quả năm")),
            ("Công văn", "V/v họp", letter, ("", "V/v họp")),
            ("Thông báo", "", about, ("THÔNG BÁO", "")),
        ):
            self.assertEqual(rule.title_lines(kind, abstract, wording), lines)

    def test_missing_parts(self):
        sheet = rule.PaperSheet(
            motto="ĐẢNG CỘNG SẢN VIỆT NAM",
            superior="",
            body="TỈNH ỦY",
            number="Số 09-ĐA/TU",
            place_day="Hà Tĩnh, ngày 02 tháng 4 năm 2026",
            kind="ĐỀ ÁN",
            abstract="xây dựng",
            blocks=text.blocks_of("<p>Nội dung</p>"),
            authority="T/M BAN THƯỜNG VỤ",
            signer="Nguyễn Văn A",
            recipients=("- Lưu.",),
        )
        self.assertEqual(rule.missing_parts(sheet), [])


class TestPaperText(unittest.TestCase):
    def words(self, html):
        return [
            (block.kind, block.mark, "".join(run.text for run in block.runs))
            for block in text.blocks_of(html)
        ]

    def test_lists_inside_lists_and_breaks(self):
        self.assertEqual(
            self.words("<p>a<br>b</p><ol><li>c<ul><li>d</li></ul></li><li>e</li></ol>"),
            [
                ("text", "", "a"),
                ("text", "", "b"),
                ("item", "1.", "c"),
                ("item", "-", "d"),
                ("item", "2.", "e"),
            ],
        )

    def test_broken_html_is_read_all_the_same(self):
        for html in (
            "</p></b><td>x</td>",
            "<table><tr><td>x",
            "<b><i>x</b></i>",
            "<ul><li>x",
            "x\x00\x0b",
        ):
            found = text.text_of(text.blocks_of(html))
            self.assertEqual(found.strip(" -"), "x", html)

    def test_rows_of_a_table_are_equally_long(self):
        (table,) = text.blocks_of(
            "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
        )
        self.assertEqual([len(row) for row in table.rows], [2, 2])

    def test_scripts_are_left_out(self):
        self.assertEqual(self.words("<style>p{}</style><script>1</script>"), [])
