import unittest

from .support import folder, silence, write

try:
    import po_tool
except ImportError:  # polib is only in the environment of ./office test
    po_tool = None

POT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(text, translation=""):
    return f'msgid "{text}"\nmsgstr "{translation}"\n\n'


@unittest.skipUnless(po_tool, "run it with ./office test")
class TestPoTool(unittest.TestCase):
    def setUp(self):
        self.exported = folder(self)
        self.addon = folder(self) / "base_x"
        self.addon.mkdir()

    def export(self, *texts):
        body = "".join(entry(text) for text in texts)
        write(self.exported / "base_x.pot", POT + body)

    def run_tool(self, command, *paths):
        with silence() as said:
            status = po_tool.main([command, *map(str, paths)])
        return status, said.getvalue()

    def test_merge_keeps_what_is_translated_and_drops_what_is_gone(self):
        self.export("Board", "Car")
        po = write(
            self.addon / "i18n" / "vi.po",
            POT + entry("Board", "Ban") + entry("Old", "Cũ"),
        )
        status, said = self.run_tool("merge", self.exported, self.addon)
        self.assertEqual((status, said), (1, "base_x: 2 texts, 1 without vi\n"))
        self.assertIn("Ban", po.read_text(encoding="utf-8"))
        self.assertNotIn("Cũ", po.read_text(encoding="utf-8"))
        status, said = self.run_tool("check", po)
        self.assertEqual(status, 1)
        self.assertIn("not translated: 'Car'", said)

    def test_check_compares_with_the_template(self):
        write(self.addon / "i18n" / "base_x.pot", POT + entry("Board") + entry("Car"))
        po = write(self.addon / "i18n" / "vi.po", POT + entry("Board", "Ban"))
        status, said = self.run_tool("check", po)
        self.assertEqual(status, 1)
        self.assertIn("not in the file: 'Car'", said)

    def test_compare(self):
        self.export("Board")
        self.assertEqual(
            self.run_tool("compare", self.exported, self.addon), (1, "base_x\n")
        )
        self.run_tool("merge", self.exported, self.addon)
        self.assertEqual(self.run_tool("compare", self.exported, self.addon)[0], 0)
