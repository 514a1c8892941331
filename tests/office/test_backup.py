import tarfile
import unittest

from office.backup import DUMP, link_files, write_archive
from office.errors import OfficeError
from office.restore import extract, unpack_archive

from .support import folder, silence, write


class TestArchive(unittest.TestCase):
    def setUp(self):
        root = folder(self)
        self.stage = root / "stage"
        self.archive = root / "backup.tar.gz"
        write(self.stage / DUMP, "dump")
        one = write(self.stage / "filestore" / "ab" / "abc", "content")
        # Linked files, as the filestore of a copied database has them.
        (one.parent / "abd").hardlink_to(one)
        with silence():
            write_archive(self.stage, self.archive, {"format": 1, "database": "db"})
        self.target = root / "target"

    def unpack(self):
        with silence():
            return unpack_archive(self.archive, self.target)

    def repack(self, **changed):
        """Pack what the archive holds anew, with members changed or left out."""
        with tarfile.open(self.archive) as archive:
            extract(archive, self.stage)
        for name, text in changed.items():
            path = self.stage / name.replace("__", "/").replace("_DOT_", ".")
            path.unlink(missing_ok=True)
            if text is not None:
                write(path, text)
        with tarfile.open(self.archive, "w:gz") as archive:
            archive.add(self.stage, "")

    def test_round_trip(self):
        manifest = self.unpack()
        self.assertEqual(manifest["database"], "db")
        for name in ("abc", "abd"):
            path = self.target / "filestore" / "ab" / name
            self.assertEqual(path.read_text(), "content")

    def test_nobody_else_may_read_it(self):
        self.assertEqual(self.archive.stat().st_mode & 0o077, 0)

    def test_changed_member(self):
        self.repack(filestore__ab__abc="other")
        with self.assertRaisesRegex(OfficeError, "wrong checksum"):
            self.unpack()

    def test_missing_and_foreign_members(self):
        for change in ({"database_DOT_dump": None}, {"filestore__x": "x"}):
            with self.subTest(change):
                self.setUp()
                self.repack(**change)
                with self.assertRaisesRegex(OfficeError, "not complete"):
                    self.unpack()

    def test_cut_short(self):
        self.archive.write_bytes(self.archive.read_bytes()[:-40])
        with self.assertRaisesRegex(OfficeError, "cannot be read"):
            self.unpack()

    def test_not_an_archive(self):
        write(self.archive, "hello")
        with self.assertRaisesRegex(OfficeError, "cannot be read"):
            self.unpack()

    def test_files_are_linked_once(self):
        source, target = folder(self), folder(self)
        write(source / "ab" / "abc", "content")
        link_files(source, target)
        write(source / "ab" / "new", "content")
        link_files(source, target)
        self.assertEqual(
            sorted(path.name for path in target.glob("ab/*")), ["abc", "new"]
        )
