"""What only the operating system can give: disk space, Pango, Chromium."""

import ctypes
import os
import shutil
import subprocess

from .console import Progress, warn
from .errors import OfficeError
from .process import run

PANGO_LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz-subset.so.0",
)
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# libatomic1 is for the program that drives the browser
CHROMIUM_PACKAGES = ("chromium", "fonts-dejavu-core", "libatomic1")
FIRST_START_BYTES = 4 << 30


def require_disk(folder, needed=FIRST_START_BYTES):
    """Raise OfficeError when the disk has too little room for a first start."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OfficeError(
            f"Only {free >> 20} MB are free in {folder}; the first start needs "
            f"{needed >> 20} MB.",
            "Free some space, or set OFFICE_HOME to a folder on a larger disk.",
        )


def ensure_pango():
    """Have what prints forms, or tell how to get it; never stops anything."""
    if all(has_library(name) for name in PANGO_LIBRARIES):
        return
    try:
        install(PANGO_PACKAGES, "printing forms")
    except OfficeError as error:
        warn(f"Forms cannot be printed as PDF yet. {error.todo or error.what}")


def ensure_chromium():
    """The path of the browser. Raises OfficeError when it cannot be had."""
    if not find_chromium() or not has_library("libatomic.so.1"):
        install(CHROMIUM_PACKAGES, "the browser tests")
    return find_chromium()


def find_chromium():
    """The path of an installed Chromium or Chrome, or None."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def has_library(name):
    """Whether a shared library of the system can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install(packages, purpose):
    """Install system packages as root.

    Raises OfficeError that names the command when not root, or when it fails.
    """
    command = "apt-get install --no-install-recommends " + " ".join(packages)
    if os.geteuid() or not shutil.which("apt-get"):
        raise OfficeError(
            f"System packages are missing for {purpose}.", f"Run as root: {command}"
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with Progress(f"System packages for {purpose}"):
        subprocess.run(
            ["apt-get", "-q", "update"], env=environment, capture_output=True
        )
        run(
            ["apt-get", "-q", "-y", *command.split()[1:]],
            env=environment,
            what=f"System packages for {purpose} could not be installed",
            todo=f"Run as root: {command}",
        )
