"""Databases for tests and measurements, empty at the beginning.

Everything is installed in one run, as an office does it: core behaves otherwise
when ``account`` was there before our addons.
"""

import shutil

from .addons import DEMO, find_addons
from .install import LANGUAGE, Installer


class Sandbox:
    """Makes databases on the test server."""

    def __init__(self, odoo):
        self.odoo = odoo
        self.server = odoo.server
        layout = odoo.layout
        self.ours = {**find_addons(layout.addons), **find_addons(layout.test_addons)}

    def modules(self, demo):
        """Names of our addons: with the demo province, or with the test addons."""
        tests = find_addons(self.odoo.layout.test_addons)
        if demo:
            return [name for name in self.ours if name not in tests]
        return [name for name in self.ours if name != DEMO]

    def fresh(self, database):
        """Drop a database with its files and create it empty."""
        self.server.drop(database)
        files = self.odoo.data / "filestore" / database
        shutil.rmtree(files, ignore_errors=True)
        self.server.create(database)

    def install(self, database, modules):
        """Install modules into an empty database, without tests."""
        title = f"Database {database}"
        options = (f"--load-language={LANGUAGE}", "--no-http")
        Installer(self.odoo, database).install(modules, *options, title=title)
