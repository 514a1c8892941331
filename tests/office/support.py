"""Folders to try things in, and quiet."""

import contextlib
import io
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def folder(case):
    """An empty folder that is gone after the test."""
    temporary = tempfile.TemporaryDirectory()
    case.addCleanup(temporary.cleanup)
    return Path(temporary.name)


def write(path, text=""):
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@contextlib.contextmanager
def silence():
    """Swallow what is printed; gives the text."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        yield text
