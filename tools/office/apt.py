"""Debian packages without root: a private apt state, download and unpack.

The mirror and the signing keys are the machine's own, only the suite differs.
apt checks the signature of the index and the checksum of every package.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

from .console import Progress
from .errors import OfficeError
from .process import die_with_parent, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SOURCES = Path("/etc/apt")
NOT_DEBIAN = (
    "Set ODOO_SOURCE to an Odoo 19 checkout and DATABASE_URL to a PostgreSQL "
    "server: then nothing of Debian's is needed."
)
NO_NETWORK = (
    "Check the network connection and run the same command again: "
    "it continues where it stopped."
)


def find_mirror(folder=SOURCES):
    """The first main Debian archive in the machine's apt sources.

    Raises OfficeError when there is none.
    """
    files = [folder / "sources.list"]
    files += sorted(folder.glob("sources.list.d/*.list"))
    files += sorted(folder.glob("sources.list.d/*.sources"))
    for path in files:
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if not re.match(r"deb\s|uris:", line.strip(), re.IGNORECASE):
                continue
            for uri in re.findall(r"\b[a-z+]+:/\S+", line):
                if uri.rstrip("/").endswith("/debian"):
                    return uri
    raise OfficeError(
        "No Debian mirror found in this machine's apt sources.", NOT_DEBIAN
    )


class PrivateApt:
    """An apt of our own in `folder`, for one suite."""

    def __init__(self, folder, suite):
        self.folder = folder
        self.suite = suite
        self.archives = folder / "debs"
        self._updated = False

    def update(self):
        """Fetch the signed index, once. Raises OfficeError when that fails."""
        if self._updated:
            return
        self._write_configuration()
        with Progress("Package index"):
            run(
                ["apt-get", "-q", "-o", "APT::Update::Error-Mode=any", "update"],
                env=self._environment(),
                what="Debian's package index could not be fetched",
                todo=NO_NETWORK,
            )
        self._updated = True

    def show(self, package):
        """All versions in the index, best first: dicts of their fields."""
        text = run(
            ["apt-cache", "show", "--", package],
            env=self._environment(),
            what=f"Debian's index has no package {package}",
        )
        versions = []
        for block in text.strip().split("\n\n"):
            found = re.findall(r"^([A-Za-z0-9-]+): (.*)$", block, re.MULTILINE)
            if found:
                versions.append(dict(found))
        return versions

    def download(self, entries, on_bytes=lambda done, total: None):
        """Fetch the packages that are not there yet and return their paths.

        `entries` are results of `show`; `on_bytes(done, total)` is told how far
        it is. Raises OfficeError when a download or a checksum fails.
        """
        self.archives.mkdir(parents=True, exist_ok=True)
        total = sum(int(entry["Size"]) for entry in entries)
        have = 0
        paths = []
        for entry in entries:
            path = self.archives / unquote(Path(entry["Filename"]).name)
            if not (path.exists() and sha256(path) == entry["SHA256"]):
                self._fetch(
                    entry, path, lambda done, base=have: on_bytes(base + done, total)
                )
            have += int(entry["Size"])
            on_bytes(have, total)
            paths.append(path)
        return paths

    def _fetch(self, entry, path, on_bytes):
        partial = self.folder / "partial" / entry["Package"]
        partial.mkdir(parents=True, exist_ok=True)
        command = [
            "apt-get",
            "-q",
            "download",
            f"{entry['Package']}={entry['Version']}",
        ]
        log = partial / "log"
        with (
            log.open("w") as output,
            subprocess.Popen(
                command,
                cwd=partial,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            ) as child,
        ):
            while child.poll() is None:
                try:
                    child.wait(0.3)
                except subprocess.TimeoutExpired:
                    on_bytes(sum(f.stat().st_size for f in _files(partial)))
        debs = [f for f in _files(partial) if f.suffix == ".deb"]
        if child.returncode or not debs:
            raise OfficeError(
                f"{entry['Package']} could not be downloaded:\n"
                + log.read_text().strip(),
                NO_NETWORK,
            )
        if sha256(debs[0]) != entry["SHA256"]:
            debs[0].unlink()
            raise OfficeError(
                f"The downloaded {entry['Package']} is damaged.", "Run it again."
            )
        debs[0].replace(path)
        shutil.rmtree(partial)

    def _environment(self):
        return {
            **os.environ,
            "APT_CONFIG": str(self.folder / "apt.conf"),
            "LC_ALL": "C",
        }

    def _write_configuration(self):
        for tool in ("apt-get", "dpkg-deb", "tar"):
            if not shutil.which(tool):
                raise OfficeError(
                    f"{tool} is missing: not a Debian system?", NOT_DEBIAN
                )
        if not KEYRING.exists():
            raise OfficeError(f"{KEYRING} is missing: not a Debian system?", NOT_DEBIAN)
        for name in ("state/lists/partial", "cache/archives/partial", "etc"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "status").touch()
        source = self.folder / "etc" / "sources.list"
        source.write_text(
            f"deb [signed-by={KEYRING} check-valid-until=no] "
            f"{find_mirror()} {self.suite} main\n"
        )
        architecture = run(
            ["dpkg", "--print-architecture"], what="dpkg does not answer"
        ).strip()
        (self.folder / "apt.conf").write_text(
            f'Dir::State "{self.folder}/state";\n'
            f'Dir::State::status "{self.folder}/status";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            f'Dir::Etc::sourcelist "{source}";\n'
            'Dir::Etc::sourceparts "-";\n'
            f'APT::Architectures "{architecture}";\n'
            'Acquire::Languages "none";\n'
            'Acquire::Retries "3";\n'
            'APT::Sandbox::User "";\n'
        )


def unpack(deb, target, on_bytes=lambda done: None):
    """Unpack a package into a folder. Raises OfficeError when that fails."""
    target.mkdir(parents=True, exist_ok=True)
    done = 0
    with (
        subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", deb],
            stdout=subprocess.PIPE,
            preexec_fn=die_with_parent,
        ) as reader,
        subprocess.Popen(
            ["tar", "-x", "--no-same-owner", "-C", target],
            stdin=subprocess.PIPE,
            preexec_fn=die_with_parent,
        ) as writer,
    ):
        try:
            while chunk := reader.stdout.read(1 << 20):
                writer.stdin.write(chunk)
                done += len(chunk)
                on_bytes(done)
            writer.stdin.close()
        except BrokenPipeError:
            reader.kill()
    if reader.returncode or writer.returncode:
        raise OfficeError(
            f"{deb.name} could not be unpacked into {target}.",
            "Is the disk full? Free some space and run the same command again.",
        )


def sha256(path):
    """Checksum of a file, as hexadecimal text."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]
