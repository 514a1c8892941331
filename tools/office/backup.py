"""`./office backup`: a database and its files in one archive.

The archive is a tar (gzip) of `manifest.json`, `database.dump` (pg_dump's
custom format) and `filestore/`. The manifest has the checksum of every member.
"""

import contextlib
import datetime
import hashlib
import io
import json
import os
import shutil
import tarfile

from .console import Progress, say
from .errors import OfficeError
from .process import run
from .workplace import Workplace

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "filestore"
FORMAT = 1


def back_up(layout, settings, database, target):
    """Write the archive. Raises OfficeError when the target exists already."""
    if target.exists():
        raise OfficeError(f"{target} exists already.", "Choose another name.")
    if not target.absolute().parent.is_dir():
        raise OfficeError(f"The folder {target.absolute().parent} does not exist.")
    workplace = Workplace(layout, settings).prepare()
    stage = layout.state / f"backup-{os.getpid()}.partial"
    with workplace.server() as server, _removed_afterwards(stage):
        if not server.exists(database):
            raise OfficeError(f"There is no database {database}.")
        odoo = workplace.odoo(server)
        collect(server, database, odoo.data / "filestore" / database, stage)
        facts = {
            "format": FORMAT,
            "database": database,
            "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "odoo": odoo.source.version,
            "server": server.sql("SHOW server_version;")[0][0],
            "modules": dict(
                server.sql(
                    "SELECT name, latest_version FROM ir_module_module "
                    "WHERE state = 'installed' ORDER BY name;",
                    database,
                )
            ),
        }
        write_archive(stage, target, facts)
    say(f"Saved {database} in {target} ({target.stat().st_size / 1e6:.1f} MB).")


def collect(server, database, files, stage):
    """Put a consistent copy of database and files into the stage folder.

    Files are linked before and after the dump: nothing that the dump speaks of
    can have been cleaned away in between, and nothing newer is missing.
    """
    stage.mkdir(parents=True)
    (stage / FILES).mkdir()
    link_files(files, stage / FILES)
    with Progress("Dump of the database"):
        run(
            [
                server.programs / "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges"),
                f"--file={stage / DUMP}",
                database,
            ],
            env=server.environment(as_admin=False),
            what="The database could not be dumped",
        )
    link_files(files, stage / FILES)


def link_files(source, target):
    """Link every file of a folder tree that the target does not have yet."""
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                _link(path, copy)


def write_archive(stage, target, facts):
    """Pack the stage folder with a manifest; the target appears when complete."""
    members = sorted(path for path in stage.rglob("*") if path.is_file())
    sums = {}
    with Progress("Checksums") as progress:
        for number, path in enumerate(members):
            sums[path.relative_to(stage).as_posix()] = checksum(path)
            progress.update(number + 1, len(members))
    text = json.dumps({**facts, "sha256": sums}, indent=1).encode()
    partial = target.with_name(target.name + ".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with Progress("Archive") as progress, open(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as archive:
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
            for number, path in enumerate(members):
                name = path.relative_to(stage).as_posix()
                # Hard links in the stage must not become links in the archive.
                entry = archive.gettarinfo(path, name)
                entry.type, entry.linkname = tarfile.REGTYPE, ""
                entry.size = path.stat().st_size
                with path.open("rb") as content:
                    archive.addfile(entry, content)
                progress.update(number + 1, len(members))
        raw.flush()
        os.fsync(raw.fileno())
    partial.replace(target)


def checksum(path):
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _link(source, target):
    try:
        os.link(source, target)
    except PermissionError:
        shutil.copyfile(source, target)


@contextlib.contextmanager
def _removed_afterwards(folder):
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
