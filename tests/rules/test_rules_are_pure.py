"""No rule imports Odoo, reads the clock, or has more than the standard library.

One has more: amounts in words correct the converter of num2words, which Odoo uses.
"""

import ast
import sys
import unittest

from .loader import ROOT

ALLOWED = set(sys.stdlib_module_names)
LIBRARIES = {"amount_in_words.py": {"num2words"}}
CLOCK = {"today", "now", "utcnow"}


class TestRulesArePure(unittest.TestCase):
    def rules(self):
        paths = sorted(ROOT.glob("addons/*/rules/**/*.py"))
        self.assertTrue(paths)
        for path in paths:
            yield (
                path.relative_to(ROOT),
                ast.parse(path.read_text(encoding="utf-8"), str(path)),
            )

    def test_only_the_standard_library(self):
        for path, tree in self.rules():
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                else:
                    continue
                for name in names:
                    with self.subTest(path=str(path), line=node.lineno):
                        allowed = ALLOWED | LIBRARIES.get(path.name, set())
                        self.assertIn(name.split(".")[0], allowed)

    def test_relative_imports_stay_in_the_package(self):
        for path, tree in self.rules():
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom):
                    with self.subTest(path=str(path), line=node.lineno):
                        self.assertLess(node.level, 2)

    def test_dates_are_arguments(self):
        for path, tree in self.rules():
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    with self.subTest(path=str(path), line=node.lineno):
                        self.assertNotIn(node.func.attr, CLOCK)
