import unittest

from office.apt import find_mirror, sha256
from office.errors import OfficeError
from office.odoo_package import choose, dangling_static_links, named_source

from .support import folder, silence, write

PIN = {"package": "odoo-19", "version": "19.0-1", "sha256": "aa"}


class TestMirror(unittest.TestCase):
    def setUp(self):
        self.sources = folder(self)

    def test_one_line_format(self):
        write(
            self.sources / "sources.list",
            "# deb http://old.example/debian sid main\n"
            "deb http://mirror.example/debian-security bookworm-security main\n"
            "deb [arch=amd64] http://mirror.example/debian/ bookworm main\n",
        )
        self.assertEqual(find_mirror(self.sources), "http://mirror.example/debian/")

    def test_deb822_format(self):
        write(
            self.sources / "sources.list.d" / "debian.sources",
            "Types: deb\nURIs: http://a.example/debian-security\n\n"
            "Types: deb\nURIs: http://a.example/debian\nSuites: bookworm\n",
        )
        self.assertEqual(find_mirror(self.sources), "http://a.example/debian")

    def test_other_system(self):
        write(self.sources / "sources.list", "deb http://a.example/ubuntu noble main\n")
        with self.assertRaisesRegex(OfficeError, "No Debian mirror"):
            find_mirror(self.sources)


class TestPinnedPackage(unittest.TestCase):
    def test_pinned_version_wins_over_newer(self):
        pinned = {"Version": "19.0-1", "SHA256": "aa"}
        newer = {"Version": "19.0-2", "SHA256": "bb"}
        self.assertIs(choose([newer, pinned], PIN), pinned)

    def test_pinned_version_is_gone(self):
        newer = {"Version": "19.0-2", "SHA256": "bb"}
        with silence() as said:
            self.assertIs(choose([newer], PIN), newer)
        self.assertIn("19.0-1 has left the index; taking 19.0-2", said.getvalue())

    def test_other_checksum_is_refused(self):
        with self.assertRaisesRegex(OfficeError, "unexpected checksum"):
            choose([{"Version": "19.0-1", "SHA256": "bb"}], PIN)

    def test_sha256(self):
        path = write(folder(self) / "file", "abc")
        self.assertTrue(sha256(path).startswith("ba7816bf"))


class TestNamedSource(unittest.TestCase):
    def test_checkout(self):
        root = folder(self).resolve()
        write(root / "odoo" / "release.py", "version_info = (19, 0, 0)")
        write(root / "addons" / "web" / "__manifest__.py")
        write(root / "odoo" / "addons" / "base" / "__manifest__.py")
        source = named_source(root)
        self.assertEqual(source.library, root)
        self.assertEqual(source.addons, (root / "addons", root / "odoo" / "addons"))

    def test_the_package_itself(self):
        root = folder(self).resolve()
        write(root / "odoo" / "release.py", "version_info = (19, 0, 0)")
        self.assertEqual(named_source(root / "odoo").library, root)

    def test_nothing_there(self):
        with self.assertRaisesRegex(OfficeError, "no Odoo in it"):
            named_source(folder(self))

    def test_other_version(self):
        root = folder(self)
        write(root / "odoo" / "release.py", "version_info = (18, 0, 0)")
        with self.assertRaisesRegex(OfficeError, r"not version 19\.0"):
            named_source(root)

    def test_dangling_links(self):
        root = folder(self)
        write(root / "addons" / "web" / "static" / "lib" / "good.ttf")
        link = root / "addons" / "web" / "static" / "lib" / "bad.ttf"
        link.symlink_to("nowhere")
        self.assertEqual(dangling_static_links(root), ["addons/web/static/lib/bad.ttf"])
        self.assertEqual(dangling_static_links(root, ["addons/web/static/lib/*"]), [])
