"""Symbols of papers as Party and state write them."""

import doctest
import unittest
from datetime import date

from .loader import load_rule

symbol = load_rule("party_office_docs", "symbol")
KINDS = ("CV", "ĐA", "QĐ", "BC", "CTr", "TTr", "GM")


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(symbol))
    return tests


class TestSymbol(unittest.TestCase):
    def parts(self, text):
        found = symbol.parse(text, KINDS)
        return found.number, found.year, found.kind, found.issuer

    def test_party_papers(self):
        self.assertEqual(self.parts("127-CV/BTCTW"), ("127", "", "CV", "BTCTW"))
        self.assertEqual(self.parts("09-ĐA/TU"), ("09", "", "ĐA", "TU"))
        self.assertEqual(self.parts("15a-QĐ/TU"), ("15a", "", "QĐ", "TU"))
        self.assertEqual(self.parts("05-BS/UBKTTU"), ("05", "", "BS", "UBKTTU"))
        self.assertEqual(
            self.parts("số:  127 – cv / btctw."), ("127", "", "cv", "btctw")
        )

    def test_state_papers(self):
        self.assertEqual(self.parts("45/BC-UBND"), ("45", "", "BC", "UBND"))
        self.assertEqual(self.parts("123/2026/QĐ-UBND"), ("123", "2026", "QĐ", "UBND"))
        self.assertEqual(self.parts("15/2026/NĐ-CP"), ("15", "2026", "NĐ", "CP"))
        self.assertEqual(self.parts("33/NQ-HĐND"), ("33", "", "NQ", "HĐND"))

    def test_official_letters_of_the_state_name_their_author(self):
        self.assertEqual(self.parts("1234/SNV-CCVC"), ("1234", "", "CV", "SNV"))
        self.assertEqual(self.parts("1234/UBND-NC"), ("1234", "", "CV", "UBND"))
        self.assertEqual(self.parts("88/VPCP"), ("88", "", "CV", "VPCP"))

    def test_what_is_no_symbol_stays_text(self):
        for text in ("", "   ", "không số", "CV/127", "127", "/", "-", "127-/TU"):
            found = symbol.parse(text, KINDS)
            self.assertEqual((found.kind, found.issuer), ("", ""), text)

    def test_same_symbol(self):
        key = symbol.compare_key("127-CV/BTCTW")
        for other in (
            " 127 - cv / btctw",
            "Số: 127–CV/BTCTW",
            "0127-CV/BTCTW",
            "127/CV-BTCTW",
        ):
            self.assertEqual(symbol.compare_key(other), key, other)
        for other in ("127-CV/BTCTU", "1270-CV/BTCTW", "127a-CV/BTCTW", "127-CT/BTCTW"):
            self.assertNotEqual(symbol.compare_key(other), key, other)
        self.assertEqual(symbol.compare_key(" ?? "), "")

    def test_decomposed_letters_are_the_same(self):
        composed, decomposed = "09-\u0110A/TU", "09-\u0110A/TU"
        self.assertEqual(symbol.compare_key("Kê\u0301"), symbol.compare_key("Kế"))
        self.assertEqual(symbol.compare_key(composed), symbol.compare_key(decomposed))

    def test_which_days_may_be_the_same_paper(self):
        day = date(2026, 1, 5)
        state = symbol.days_of_the_same("45/BC-UBND", day)
        self.assertEqual(state, (date(2026, 1, 1), date(2026, 12, 31)))
        party = symbol.days_of_the_same("127-CV/BTCTW", day)
        self.assertEqual(party, (date(2025, 1, 4), date(2027, 1, 6)))
