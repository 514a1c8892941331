import unittest

from office.cli import build_parser
from office.errors import OfficeError
from office.settings import load_settings
from office.stamps import Stamps, fingerprint

from .support import CHECKOUT, folder, silence, write


class TestSettings(unittest.TestCase):
    def setUp(self):
        self.path = folder(self) / "office.toml"

    def test_defaults(self):
        settings = load_settings(self.path, {})
        self.assertEqual((settings.host, settings.port), ("127.0.0.1", 8069))

    def test_environment_wins_over_file(self):
        write(self.path, 'port = 8100\nhost = "0.0.0.0"\n')
        settings = load_settings(self.path, {"OFFICE_PORT": "8200"})
        self.assertEqual((settings.host, settings.port), ("0.0.0.0", 8200))

    def test_mistakes_are_explained(self):
        for text, message in (
            ("prot = 1", "unknown setting: prot"),
            ('port = "many"', "must be a whole number"),
            ("port = ", "cannot be read"),
        ):
            with self.subTest(text), self.assertRaisesRegex(OfficeError, message):
                load_settings(write(self.path, text), {})

    def test_the_example_is_valid(self):
        example = (CHECKOUT / "config" / "office.toml.example").read_text()
        lines = [
            line[1:] for line in example.splitlines() if line[:1] == "#" != line[:2][1:]
        ]
        text = "\n".join(line for line in lines if line[:1].isalpha() and " = " in line)
        self.assertIn("database_url", text)
        load_settings(write(self.path, text), {})


class TestCommandLine(unittest.TestCase):
    def test_arguments_of_odoo_are_left_alone(self):
        options, rest = build_parser().parse_known_args(
            ["odoo", "shell", "-d", "x", "--no-http", "--help"]
        )
        self.assertEqual(
            [*options.arguments, *rest], ["shell", "-d", "x", "--no-http", "--help"]
        )

    def test_odoo_with_an_option_first(self):
        options, _ = build_parser().parse_known_args(["odoo", "--version"])
        self.assertEqual(options.arguments, ["--version"])

    def test_restore_needs_a_name(self):
        with silence(), self.assertRaises(SystemExit):
            build_parser().parse_args(["restore", "file"])


class TestStamps(unittest.TestCase):
    def test_a_step_is_done_once_for_each_input(self):
        stamps = Stamps(folder(self) / "stamps")
        pins = write(folder(self) / "pins", "a==1")
        self.assertFalse(stamps.holds("step", fingerprint(pins)))
        stamps.write("step", fingerprint(pins), note="19.0-1")
        self.assertTrue(stamps.holds("step", fingerprint(pins)))
        self.assertEqual(stamps.read("step")[1], "19.0-1")
        write(pins, "a==2")
        self.assertFalse(stamps.holds("step", fingerprint(pins)))

    def test_a_damaged_stamp_counts_as_none(self):
        stamps = Stamps(folder(self))
        write(stamps.folder / "step", "{")
        self.assertFalse(stamps.holds("step", "x"))

    def test_parts_are_kept_apart(self):
        self.assertNotEqual(fingerprint("ab", "c"), fingerprint("a", "bc"))
