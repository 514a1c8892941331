"""Databases for tests, made quickly as copies of one with the core installed."""

import contextlib
import os
import shutil

from .addons import DEMO, find_addons, read_manifest
from .install import LANGUAGE, Installer
from .stamps import fingerprint


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
        """A database with only the core addons that ours depend on."""
        self._copy(self._core(), database)

    def install(self, database, modules):
        """Install modules into a database, without tests."""
        title = f"Database {database}"
        Installer(self.odoo, database).install(modules, "--no-http", title=title)

    def _core(self):
        needed = set()
        for addon in self.ours.values():
            needed |= set(read_manifest(addon / "__manifest__.py").get("depends", []))
        modules = sorted(needed - set(self.ours))
        pins = self.odoo.layout.config / "requirements.txt"
        key = fingerprint(self.odoo.source.version, pins, *modules)[:10]
        name = f"core_{key}"
        if not self.server.exists(name):
            partial = f"{name}_new"
            self.drop(partial)
            self.server.create(partial)
            Installer(self.odoo, partial).install(
                modules,
                *(f"--load-language={LANGUAGE}", "--no-http"),
                title="Core addons for the tests",
            )
            self._rename(partial, name)
        return name

    def drop(self, database):
        """Drop a database with its files."""
        self.server.drop(database)
        shutil.rmtree(self._files(database), ignore_errors=True)

    def _rename(self, database, name):
        self.server.rename(database, name)
        with contextlib.suppress(FileNotFoundError):
            self._files(database).rename(self._files(name))

    def _copy(self, source, target):
        self.drop(target)
        self.server.create(target, template=source)
        if self._files(source).exists():
            shutil.copytree(
                self._files(source), self._files(target), copy_function=os.link
            )

    def _files(self, database):
        return self.odoo.data / "filestore" / database
