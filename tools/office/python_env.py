"""The Python environment with everything that config/ pins."""

import shutil
import sys

from .console import Progress
from .process import run, stream
from .stamps import Stamps, fingerprint

NO_NETWORK = (
    "Check the network connection and the free disk space, then run the same "
    "command again: what was downloaded is kept."
)
PROOF = "import lxml, psycopg2, gevent, reportlab, sass, PIL, num2words, xlsxwriter"
PIP = (
    *("-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
    *("--no-deps", "--only-binary=:all:", "--progress-bar=off"),
)


def prepare_environment(layout, with_tests=False):
    """Create the environment and install the pins that changed.

    Raises OfficeError when Python lacks venv or pip fails.
    """
    stamps = Stamps(layout.stamps)
    value = fingerprint(sys.executable, sys.version)
    if not stamps.holds("python", value) or not layout.python.exists():
        _create(layout)
        stamps.forget("requirements")
        stamps.forget("requirements-test")
        stamps.write("python", value)
    for name in ["requirements"] + ["requirements-test"] * with_tests:
        path = layout.config / f"{name}.txt"
        if not stamps.holds(name, fingerprint(path)):
            _install(layout, path)
            stamps.write(name, fingerprint(path))


def site_packages(layout):
    """The environment's folder of installed packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return layout.venv / "lib" / version / "site-packages"


def _package(text):
    """The name in `name==1.0 (from …)` or in the path of a wheel."""
    return text.split(" ")[0].rpartition("/")[2].split("==")[0].split("-")[0]


def _create(layout):
    shutil.rmtree(layout.venv, ignore_errors=True)
    run(
        [sys.executable, "-m", "venv", layout.venv],
        what="The Python environment could not be created",
        todo="On Debian: apt-get install python3-venv",
    )


def _install(layout, path):
    wanted = [line for line in path.read_text().splitlines() if "==" in line]
    with Progress(f"Python packages ({path.stem})") as progress:
        seen = 0

        def on_line(line):
            nonlocal seen
            first, _, rest = line.partition(": " if "satisfied" in line else " ")
            if first in ("Collecting", "Processing", "Requirement already satisfied"):
                seen += 1
                progress.update(seen, len(wanted), _package(rest))

        stream(
            [layout.python, *PIP, "-r", path],
            on_line=on_line,
            what="pip could not install the Python packages",
            todo=NO_NETWORK,
            keep=30,
        )
        run([layout.python, "-c", PROOF], what="The Python packages do not load")
