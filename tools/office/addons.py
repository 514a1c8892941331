"""Our addons: which there are, and when their code has changed."""

import ast

from .errors import OfficeError
from .stamps import fingerprint

BASE = "party_office_base"
DEMO = "party_office_demo"
IGNORED = {"__pycache__", "tests", "static/description"}


def find_addons(folder):
    """The installable addons in a folder: a dict of name and path.

    Raises OfficeError when a manifest cannot be read.
    """
    found = {}
    for manifest in sorted(folder.glob("*/__manifest__.py")):
        if read_manifest(manifest).get("installable", True):
            found[manifest.parent.name] = manifest.parent
    return found


def read_manifest(path):
    """The content of a manifest. Raises OfficeError when it is no dict."""
    try:
        content = ast.literal_eval(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        raise OfficeError(f"{path} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise OfficeError(f"{path} is not a manifest.")
    return content


def code_hash(addon):
    """Fingerprint of all that an upgrade of the addon would load."""
    files = [
        path
        for path in sorted(addon.rglob("*"))
        if path.is_file() and not _ignored(path.relative_to(addon))
    ]
    names = [path.relative_to(addon).as_posix() for path in files]
    return fingerprint(*names, *files)


def _ignored(path):
    return any(
        parent.as_posix() in IGNORED or parent.name == "__pycache__"
        for parent in path.parents
    )
