"""Odoo's own command with our configuration."""

import configparser
import os
import secrets
from pathlib import Path

from .process import stream
from .python_env import site_packages
from .server import TEMPLATE

#: where Debian keeps the data of the recognition of scans
RECOGNITION = Path("usr/share/tesseract-ocr/5/tessdata")

LAUNCHER = """\
#!{python}
# Written by ./office. Odoo's workers run this file again with their arguments,
# which `python -m odoo` would not survive.
import os
import sys
from pathlib import Path

# scans are recognised with it; a folder that the user names goes first
if Path({recognition!r}).is_dir():
    os.environ.setdefault("TESSDATA_PREFIX", {recognition!r})
sys.path.insert(0, {library!r})
import odoo.cli

odoo.cli.main()
"""


class Odoo:
    """How to start Odoo against one server.

    `profile` names the configuration file in the state folder, so that tests
    and the served office have their own. `addons` are further addons folders.
    """

    def __init__(self, layout, source, server, profile="odoo", addons=(), data=None):
        self.layout = layout
        self.source = source
        self.server = server
        self.launcher = layout.state / "bin" / "odoo"
        self.config = layout.private / f"{profile}.conf"
        self.data = data or layout.data
        self.addons = (*addons, layout.addons)
        self._write_launcher()
        self._write_config()

    def command(self, *arguments):
        """The command line that runs Odoo with these arguments."""
        return [str(self.layout.python), str(self.launcher), *map(str, arguments)]

    def environment(self):
        """The environment Odoo runs in."""
        tools = f"{self.server.programs}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**os.environ, "ODOO_RC": str(self.config), "PATH": tools}

    def stream(self, *arguments, what, on_line):
        """Run Odoo to its end and hand over each line it logs.

        Raises OfficeError with the last lines when it fails.
        """
        stream(
            self.command(*arguments),
            env=self.environment(),
            cwd=self.layout.state,
            what=what,
            on_line=on_line,
            keep=40,
        )

    def _write_launcher(self):
        self.launcher.parent.mkdir(parents=True, exist_ok=True)
        text = LAUNCHER.format(
            python=self.layout.python,
            library=str(self.source.library),
            recognition=str(self.layout.odoo_root / RECOGNITION),
        )
        self.launcher.write_text(text, encoding="utf-8")
        self.launcher.chmod(0o755)

    def _write_config(self):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(self.layout.config / "odoo.dev.conf", encoding="utf-8")
        installed = site_packages(self.layout) / "odoo" / "addons"
        folders = [*self.source.addons, installed, *self.addons]
        used = [str(path) for path in folders if any(path.glob("*/__manifest__.py"))]
        parser["options"].update(
            {
                "db_host": self.server.host,
                "db_port": str(self.server.port),
                "db_user": self.server.user,
                "db_password": self.server.password or "False",
                "db_sslmode": self.server.sslmode,
                "db_template": TEMPLATE if self.server.embedded else "template0",
                "admin_passwd": secrets.token_urlsafe(24),
                "addons_path": ",".join(used),
                "data_dir": str(self.data),
                "pg_path": str(self.server.programs),
            }
        )
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.config.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.config.touch(mode=0o600)
        with self.config.open("w", encoding="utf-8") as target:
            parser.write(target)
