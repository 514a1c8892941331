import unittest

from office.addons import code_hash, find_addons
from office.layout import Layout
from office.selection import select

from .support import folder, write

MANIFEST = "{'name': 'x'}"
TEST = "class TestBoard:\n    def test_scope(self): pass\n"


class TestSelection(unittest.TestCase):
    def setUp(self):
        root = folder(self).resolve()
        self.layout = Layout(root, root / ".office")
        for name in (
            "addons/base_x",
            "addons/party_office_demo",
            "tests/addons/test_x",
        ):
            write(root / name / "__manifest__.py", MANIFEST)
        write(root / "addons/base_x/tests/test_board.py", TEST)
        write(root / "tests/rules/test_split.py", "class TestSplit: pass")
        write(root / "tests/e2e/test_login.py", "class TestLogin: pass")

    def test_everything(self):
        selection = select(self.layout)
        self.assertEqual(selection.tags, ["/base_x", "/test_x"])
        self.assertEqual(selection.demo_tags, ["/party_office_demo"])
        self.assertEqual(
            list(selection.folders), ["tests/rules", "tests/office", "tests/e2e"]
        )

    def test_patterns(self):
        for pattern, tags, folders in (
            ("base_x", ["/base_x"], {}),
            ("addons/base_x", ["/base_x"], {}),
            (
                "addons/base_x/tests/test_board.py",
                ["/base_x/tests/test_board.py"],
                {},
            ),
            ("TestBoard", ["/base_x:TestBoard"], {}),
            ("TestBoard.test_scope", ["/base_x:TestBoard.test_scope"], {}),
            ("test_scope", ["/base_x.test_scope"], {}),
            ("tests/rules", [], {"tests/rules": []}),
            (
                "tests/e2e/test_login.py",
                [],
                {"tests/e2e": ["-p", "test_login.py"]},
            ),
            ("TestSplit", [], {"tests/rules": ["-k", "TestSplit"]}),
        ):
            with self.subTest(pattern):
                selection = select(self.layout, pattern)
                self.assertEqual(selection.tags, tags)
                self.assertEqual(selection.folders, folders)
        self.assertTrue(select(self.layout, "TestNothing").empty)


class TestAddons(unittest.TestCase):
    def setUp(self):
        self.addons = folder(self)
        self.addon = self.addons / "base_x"
        write(self.addon / "__manifest__.py", MANIFEST)
        write(self.addons / "old" / "__manifest__.py", "{'installable': False}")

    def test_only_installable(self):
        self.assertEqual(list(find_addons(self.addons)), ["base_x"])

    def test_hash_follows_code_but_not_tests(self):
        before = code_hash(self.addon)
        write(self.addon / "tests" / "test_a.py", "a")
        write(self.addon / "models" / "__pycache__" / "a.pyc", "a")
        self.assertEqual(code_hash(self.addon), before)
        write(self.addon / "models" / "a.py", "a")
        changed = code_hash(self.addon)
        self.assertNotEqual(changed, before)
        (self.addon / "models" / "a.py").rename(self.addon / "models" / "b.py")
        self.assertNotEqual(code_hash(self.addon), changed)
