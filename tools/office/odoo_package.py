"""Odoo itself: from Debian's package, or from where the user says."""

import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from .apt import unpack
from .console import Progress, warn
from .errors import OfficeError
from .stamps import Stamps, fingerprint

PACKAGE_LIBRARY = Path("usr/lib/python3/dist-packages")


@dataclass(frozen=True)
class OdooSource:
    """Where the Python package `odoo` is found and where its addons are."""

    library: Path  # put on the Python path
    addons: tuple[Path, ...]
    version: str  # changes when databases must be upgraded


def named_source(folder):
    """The Odoo in a folder that the user named: checkout or installation.

    Raises OfficeError when there is no Odoo 19 in it.
    """
    folder = Path(folder).expanduser().resolve()
    candidates = [folder, folder / PACKAGE_LIBRARY]
    if folder.name == "odoo":
        candidates.append(folder.parent)
    for library in candidates:
        release = library / "odoo" / "release.py"
        if release.exists():
            break
    else:
        raise OfficeError(
            f"ODOO_SOURCE is {folder}, and there is no Odoo in it.",
            "Name the folder that holds odoo-bin, or the one that holds the "
            "Python package `odoo`.",
        )
    if "version_info = (19, 0" not in release.read_text(encoding="utf-8"):
        raise OfficeError(f"The Odoo in {folder} is not version 19.0.")
    folders = (library / "addons", library / "odoo" / "addons")
    addons = tuple(path for path in folders if any(path.glob("*/__manifest__.py")))
    return OdooSource(library, addons, fingerprint(release))


def prepare_package(layout, apt, pins):
    """Odoo from Debian's package, downloaded and unpacked when needed.

    `pins` is the content of config/odoo-package.toml. Raises OfficeError when
    the download or the unpacking fails.
    """
    stamps = Stamps(layout.stamps)
    odoo = {name: pins["odoo"][name] for name in ("package", "version", "sha256")}
    value = fingerprint(odoo, pins["companions"])
    if not stamps.holds("odoo-package", value):
        entry = _install(layout, apt, pins)
        stamps.write("odoo-package", value, note=entry["SHA256"])
    library = layout.odoo_root / PACKAGE_LIBRARY
    version = stamps.read("odoo-package")[1]
    return OdooSource(library, (library / "odoo" / "addons",), version)


def _install(layout, apt, pins):
    apt.update()
    entries = [choose(apt.show(pins["odoo"]["package"]), pins["odoo"])]
    entries += [apt.show(name)[0] for name in pins["companions"]["packages"]]
    with Progress("Download of Odoo") as progress:
        odoo, *companions = apt.download(entries, progress.update)
    partial = layout.odoo_root.with_name("root.partial")
    shutil.rmtree(partial, ignore_errors=True)
    with Progress("Unpacking Odoo") as progress:
        total = int(entries[0]["Installed-Size"]) * 1024
        unpack(odoo, partial, lambda done: progress.update(done, total))
        for deb in companions:
            unpack(deb, partial)
    shutil.rmtree(layout.odoo_root, ignore_errors=True)
    partial.replace(layout.odoo_root)
    package = layout.odoo_root / PACKAGE_LIBRARY / "odoo"
    for link in dangling_static_links(package, pins["odoo"]["harmless_links"]):
        warn(f"Odoo's file {link} leads nowhere: a picture or font may be missing.")
    return entries[0]


def choose(versions, pin):
    """The pinned version when the index still has it, else the best there is.

    Raises OfficeError when the index gives the pinned version another checksum.
    """
    for entry in versions:
        if entry["Version"] == pin["version"]:
            if entry["SHA256"] != pin["sha256"]:
                raise OfficeError(
                    f"{pin['package']} {pin['version']} has an unexpected checksum.",
                    "The mirror may be broken or tampered with. Try another one.",
                )
            return entry
    warn(
        f"{pin['package']} {pin['version']} has left the index; "
        f"taking {versions[0]['Version']}, which is signed but not the tested one."
    )
    return versions[0]


def dangling_static_links(package, harmless=()):
    """Links in the static folders that lead nowhere, relative to the package."""
    links = (
        path.relative_to(package).as_posix()
        for path in package.glob("addons/*/static/**/*")
        if path.is_symlink() and not path.exists()
    )
    return sorted(
        link for link in links if not any(fnmatch(link, name) for name in harmless)
    )
