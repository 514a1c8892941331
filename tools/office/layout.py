"""Where things are: the checkout and the state folder."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Layout:
    """The paths that more than one module uses."""

    checkout: Path
    state: Path

    @property
    def addons(self):
        return self.checkout / "addons"

    @property
    def test_addons(self):
        return self.checkout / "tests" / "addons"

    @property
    def config(self):
        return self.checkout / "config"

    @property
    def log(self):
        return self.state / "log"

    @property
    def stamps(self):
        return self.state / "stamps"

    @property
    def venv(self):
        return self.state / "venv"

    @property
    def python(self):
        return self.venv / "bin" / "python"

    @property
    def odoo_root(self):
        """Folder that Debian's packages are unpacked into."""
        return self.state / "odoo" / "root"

    @property
    def locale(self):
        return self.state / "locale"

    @property
    def data(self):
        """Odoo's data folder: filestore and sessions."""
        return self.state / "data"

    @property
    def private(self):
        """Passwords and ports chosen on this machine."""
        return self.state / "private"

    @property
    def tag(self):
        """Short name of this state folder, unique on the machine."""
        return hashlib.sha256(str(self.state).encode()).hexdigest()[:12]


def find_layout(environ=os.environ):
    """The layout of this checkout; the state is in OFFICE_HOME or `.office`."""
    home = environ.get("OFFICE_HOME")
    state = Path(home).expanduser().resolve() if home else CHECKOUT / ".office"
    return Layout(CHECKOUT, state)
