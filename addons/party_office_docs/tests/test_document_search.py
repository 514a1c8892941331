from odoo.tests import freeze_time, tagged

from .common import DocsCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestDocumentSearch(DocsCase):
    """Words of a paper are found with and without tone marks, by who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls._directed(
            # the office does not read the papers of another body
            body_id=cls.body_a.id,
            abstract="V/v chuẩn bị Đại hội đại biểu toàn quốc",
            note="gửi kèm phụ lục",
        )
        cls.other = cls._registered(
            symbol="45-BC/HUYENUYT",
            abstract="Báo cáo kết quả kiểm tra, giám sát quý II",
        )
        cls.text = cls.env["party.document.text"]._of(cls.paper)
        cls.text.body = "quy hoach can bo lanh dao quan ly nhiem ky toi"

    def _found(self, words, key="clerk"):
        papers = self.env["party.document"].with_user(self.user[key])
        found = papers.search([("search_text", "ilike", words)])
        return found.sudo() & (self.paper | self.other)

    def test_words(self):
        for words, expected in (
            ("đại hội", self.paper),
            ("dai hoi", self.paper),
            ("ĐẠI   HỘI biểu", self.paper),
            ('"đại biểu toàn quốc"', self.paper),
            ('"toàn quốc đại biểu"', None),
            ("127-CV/BTCTWT đại hội", self.paper),
            ("45-bc/huyenuyt", self.other),
            ("Ban Tổ chức Trung ương (thử) giám sát", self.other),
            ("phụ lục", self.paper),
            ("quy hoạch cán bộ", self.paper),
            ("đại hội giám sát", None),
            (self.paper.name, self.paper | self.other),
            ("%", None),
            ("!!!", None),
            ("' & | ! ( :*", None),
            ("", self.paper | self.other),
        ):
            self.assertEqual(
                self._found(words), expected or self.paper.browse().sudo(), words
            )

    def test_changes_are_found(self):
        self.other.sudo().abstract = "Quyết toán ngân sách"
        self.assertFalse(self._found("giám sát"))
        self.assertEqual(self._found("quyet toan"), self.other)

    def test_negation_and_names(self):
        papers = self.env["party.document"].with_user(self.user["clerk"])
        rest = papers.search([("search_text", "not ilike", "đại hội")])
        self.assertIn(self.other, rest)
        self.assertNotIn(self.paper, rest)
        names = papers.name_search("dai hoi dai bieu")
        self.assertEqual([row[0] for row in names], self.paper.ids)

    def test_only_who_reads_finds(self):
        for key in ("staff_a", "head_a", "clerk", "office_chief"):
            self.assertEqual(self._found("đại hội", key), self.paper, key)
        outsiders = ("staff_b", "head_b", "accountant_b", "chief_accountant", "manager")
        for key in outsiders:
            papers = self.env["party.document"].with_user(self.user[key])
            for words in ("đại hội", "quy hoach can bo"):
                domain = [("search_text", "ilike", words)]
                self.assertFalse(papers.search(domain), key)
                self.assertEqual(papers.search_count(domain), 0, key)
                groups = papers.formatted_read_group(domain, ["state"], ["__count"])
                self.assertEqual(groups, [], key)
                self.assertFalse(papers.name_search(words), key)
            self.assertFalse(self.text.with_user(self.user[key]).has_access("read"))
            texts = self.env["party.document.text"].with_user(self.user[key])
            self.assertFalse(texts.search([("body", "ilike", "quy hoach")]))
        for key in ("staff_a", "clerk", "office_chief", "manager"):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(
                    self.text.with_user(self.user[key]).has_access(operation)
                )

    def test_a_secret_paper_has_no_text(self):
        stub = (
            self.env["party.document"]
            .with_user(self.user["clerk"])
            .create({"body_id": self.body.id, "secrecy": "secret"})
        )
        self.assertFalse(self.env["party.document.text"]._of(stub))
