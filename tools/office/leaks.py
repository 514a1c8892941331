"""Finds what must not be in the repository: paths and hosts of one machine."""

import re
import subprocess

PATTERNS = {
    "a path of one machine": re.compile(r"(?<![\w.}])/(?:work|root|home/\w+)/\w"),
    "the host of a package registry": re.compile(
        r"https?://[^/\s]*\b(?:debian|pypi|pythonhosted|npmjs)\b"
    ),
}


def find_leaks(checkout):
    """Texts like `file:line: what`, for every tracked or new text file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        check=True,
    ).stdout.decode()
    leaks = []
    for name in filter(None, listed.split("\0")):
        try:
            lines = (checkout / name).read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, OSError):
            continue  # a picture, or deleted but still listed
        leaks += [
            f"{name}:{number}: {what}"
            for number, line in enumerate(lines, 1)
            for what, pattern in PATTERNS.items()
            if pattern.search(line)
        ]
    return leaks
