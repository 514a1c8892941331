import re
import subprocess
import sys
import tomllib
import unittest

from office.leaks import find_leaks

from .support import CHECKOUT, folder, write

CONFIG = CHECKOUT / "config"


class TestPins(unittest.TestCase):
    def test_every_requirement_is_exact_and_named_once(self):
        seen = set()
        for name in ("requirements.txt", "requirements-test.txt"):
            for line in (CONFIG / name).read_text().splitlines():
                if not line or line.startswith("#"):
                    continue
                self.assertRegex(line, r"^[\w.-]+==[\w.]+$")
                package = line.partition("==")[0].lower().replace("_", "-")
                self.assertNotIn(package, seen)
                seen.add(package)

    def test_odoo_is_pinned_by_checksum(self):
        pins = tomllib.loads((CONFIG / "odoo-package.toml").read_text())
        self.assertRegex(pins["odoo"]["sha256"], r"^[0-9a-f]{64}$")

    def test_scans_are_recognised_with_what_is_pinned(self):
        pins = tomllib.loads((CONFIG / "odoo-package.toml").read_text())
        self.assertIn("tesseract-ocr-vie", pins["companions"]["packages"])
        requirements = (CONFIG / "requirements.txt").read_text()
        for package in ("pypdfium2", "tesserocr"):
            self.assertRegex(requirements, rf"(?m)^{package}==")

    def test_every_allowed_log_line_has_a_reason(self):
        before = ""
        for line in (CONFIG / "log-allow.txt").read_text().splitlines():
            if line and not line.startswith("#"):
                re.compile(line)
                self.assertTrue(before.startswith("#"), f"no reason above: {line}")
            before = line


class TestLeaks(unittest.TestCase):
    def test_found(self):
        root = folder(self)
        subprocess.run(["git", "init", "-q", root], check=True)
        write(root / "a.py", "fine\npath = '" + "/home" + "/somebody/x'\n")
        write(root / "b.txt", "see https://" + "pypi" + ".example/simple\n")
        self.assertEqual(
            find_leaks(root),
            [
                "a.py:2: a path of one machine",
                "b.txt:1: the host of a package registry",
            ],
        )


class TestEntry(unittest.TestCase):
    def test_help(self):
        result = subprocess.run(
            [sys.executable, CHECKOUT / "office", "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        for command in ("run", "test", "check", "bench", "odoo", "backup", "restore"):
            self.assertRegex(result.stdout, rf"(?m)^    {command} ")

    def test_only_the_standard_library(self):
        code = "import sys; sys.path.insert(0, 'tools'); import office.cli"
        modules = [path.stem for path in (CHECKOUT / "tools/office").glob("*.py")]
        imports = "".join(f"; import office.{name}" for name in modules)
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", code + imports],
            cwd=CHECKOUT,
            check=True,
        )
