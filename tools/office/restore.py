"""`./office restore`: a new database from an archive of `./office backup`."""

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from .backup import DUMP, FILES, FORMAT, MANIFEST, checksum
from .console import Progress, say, warn
from .errors import OfficeError
from .process import run
from .server import check_name
from .workplace import Workplace

NOT_OURS = "Is it a file that ./office backup wrote?"


def restore(layout, settings, source, database, keep_active=False):
    """Create the database from the archive, whole or not at all.

    A copy is neutralised unless `keep_active`. Raises OfficeError when the
    archive is damaged or the database exists.
    """
    check_name(database)
    if not source.is_file():
        raise OfficeError(f"There is no file {source}.")
    workplace = Workplace(layout, settings).prepare()
    stage = layout.state / f"restore-{os.getpid()}.partial"
    with workplace.server() as server:
        odoo = workplace.odoo(server)
        files = odoo.data / "filestore" / database
        if server.exists(database) or files.exists():
            raise OfficeError(
                f"The database {database} exists already; nothing was changed.",
                "Choose another name with --db.",
            )
        partial = f"{database[:50]}_restoring"
        server.drop(partial)
        try:
            manifest = unpack_archive(source, stage)
            server.create(partial)
            load_dump(server, partial, stage / DUMP)
            if not keep_active:
                _neutralise(odoo, partial)
            report_missing(server, partial, stage / FILES)
            files.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(stage / FILES, files)
            server.rename(partial, database)
        except BaseException:
            server.drop(partial)
            if not server.exists(database):
                shutil.rmtree(files, ignore_errors=True)
            raise
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    state = "active" if keep_active else "neutralised: no mail, no scheduled jobs"
    say(
        f"Restored {manifest['database']} of {manifest['date']} "
        f"as {database} ({state})."
    )
    say(f"Serve it: ./office run --db {database}")


def unpack_archive(source, stage):
    """Unpack and verify the archive; returns its manifest.

    Raises OfficeError when a member is missing, damaged, or not in the manifest.
    """
    stage.mkdir(parents=True)
    (stage / FILES).mkdir()
    try:
        with Progress("Unpacking"), tarfile.open(source) as archive:
            extract(archive, stage)
        manifest = json.loads((stage / MANIFEST).read_text(encoding="utf-8"))
        sums = manifest["sha256"]
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise OfficeError(f"{source} cannot be read: {error}", NOT_OURS) from error
    if manifest.get("format") != FORMAT:
        raise OfficeError(f"{source} has an unknown format.", NOT_OURS)
    found = {
        path.relative_to(stage).as_posix()
        for path in stage.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    if found != set(sums) or DUMP not in found:
        raise OfficeError(f"{source} is not complete.", "Take another backup file.")
    with Progress("Checksums") as progress:
        for number, (name, expected) in enumerate(sums.items()):
            if checksum(stage / name) != expected:
                raise OfficeError(
                    f"{source} is damaged: {name} has a wrong checksum.",
                    "Take another backup file.",
                )
            progress.update(number + 1, len(sums))
    return manifest


def extract(archive, stage):
    """Write the plain files of an archive below a folder, and nothing elsewhere.

    Debian 12's Python is older than the filters of ``tarfile``. Raises OSError when a
    member leads out of the folder or is no plain file.
    """
    for member in archive:
        parts = Path(member.name).parts
        if member.isdir():
            continue
        # a hard link is read from its twin inside the archive
        plain = member.isfile() or member.islnk()
        if not plain or ".." in parts or Path(member.name).is_absolute():
            raise OSError(f"unexpected member {member.name}")
        target = stage.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.extractfile(member) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)


def load_dump(server, database, dump):
    """Load a dump into a fresh database, which has its extensions already."""
    environment = server.environment(as_admin=False)
    program = server.programs / "pg_restore"
    contents = run(
        [program, "--list", dump], env=environment, what="The dump cannot be read"
    )
    wanted = [line for line in contents.splitlines() if " EXTENSION " not in line]
    listing = dump.with_suffix(".list")
    listing.write_text("\n".join(wanted) + "\n")
    with Progress("Loading the database"):
        run(
            [
                program,
                *("--exit-on-error", "--no-owner", "--no-privileges", "--jobs=2"),
                *(f"--use-list={listing}", f"--dbname={database}", dump),
            ],
            env=environment,
            what="The database could not be loaded",
        )


def report_missing(server, database, files):
    """Warn when attachments have no file."""
    rows = server.sql(
        "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname <> '';",
        database,
    )
    missing = [row[0] for row in rows if not (files / row[0]).exists()]
    if missing:
        warn(f"{len(missing)} attachments have no file, the first is {missing[0]}.")


def _neutralise(odoo, database):
    with Progress("Neutralising"):
        result = subprocess.run(
            odoo.command("neutralize", "-d", database),
            env=odoo.environment(),
            capture_output=True,
            text=True,
        )
    if result.returncode:
        raise OfficeError(f"The copy could not be neutralised:\n{result.stderr}")
    odoo.server.sql(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
        "WHERE key = 'database.uuid';",
        database,
        as_admin=False,
    )
