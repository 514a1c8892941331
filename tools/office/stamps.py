"""Remembering which steps are done, so that they are done once.

A step is done when its stamp holds the fingerprint of its inputs. The stamp is
written after the step, so an interrupted step is simply done again.
"""

import hashlib
import json


def fingerprint(*parts):
    """One short hash of texts, numbers and files (their content)."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if hasattr(part, "read_bytes") else str(part)
        digest.update(content if isinstance(content, bytes) else content.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:20]


class Stamps:
    """The stamps in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def read(self, name):
        """The fingerprint and note of a step, or two empty values."""
        try:
            content = json.loads((self.folder / name).read_text(encoding="utf-8"))
            return content["fingerprint"], content.get("note", "")
        except (OSError, ValueError, KeyError):
            return "", ""

    def holds(self, name, value):
        """Whether the step was done with exactly these inputs."""
        return self.read(name)[0] == value

    def write(self, name, value, note=""):
        """Record that the step is done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f".{name}.partial"
        content = {"fingerprint": value, "note": note}
        partial.write_text(json.dumps(content), encoding="utf-8")
        partial.replace(self.folder / name)

    def forget(self, name):
        """Make the step be done again."""
        (self.folder / name).unlink(missing_ok=True)
