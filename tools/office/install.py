"""Installing our addons into a database, and upgrading them when they change."""

import json
import re

from .addons import code_hash, find_addons
from .console import Progress, say
from .errors import OfficeError
from .server import quote

MARKER = "party_office.code"
UNFINISHED = "party-office: installation not finished"
LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")
LANGUAGE = "vi_VN"


class Installer:
    """Keeps one database in step with the code in the checkout."""

    def __init__(self, odoo, database):
        self.odoo = odoo
        self.server = odoo.server
        self.database = database
        self.log = odoo.layout.log / f"install-{database}.log"

    def ensure(self, modules):
        """Create, finish or upgrade the database so that it has these modules.

        Returns True when it was created. Raises OfficeError when Odoo fails, or
        when the database exists and is not ours.
        """
        if self.server.exists(self.database) and self._unfinished():
            say(
                f"The installation of {self.database} was interrupted; "
                "starting it anew."
            )
            self.server.drop(self.database)
        if not self.server.exists(self.database):
            self._create(modules)
            return True
        self._upgrade(modules)
        return False

    def install(self, modules, *options, title="Installing"):
        """Install modules with Odoo's log as the progress."""
        self._load(title, "-i", ",".join(modules), *options)

    def _create(self, modules):
        self.server.create(self.database)
        self.server.sql(
            f'COMMENT ON DATABASE "{self.database}" IS {quote(UNFINISHED)};'
        )
        self.install(modules, f"--load-language={LANGUAGE}", "--no-http")
        self._write_marker(modules)
        self.server.sql(f'COMMENT ON DATABASE "{self.database}" IS NULL;')

    def _upgrade(self, modules):
        known = self._read_marker()
        wanted = self._hashes(modules)
        new = [name for name in modules if name not in known]
        changed = [n for n in wanted if n in known and wanted[n] != known[n]]
        if known.get("odoo") != wanted["odoo"]:
            changed = ["base"]
        if not (new or changed):
            return
        options = ["--no-http"]
        options += ["-u", ",".join(changed)] if changed else []
        options += ["-i", ",".join(new)] if new else []
        names = ", ".join(sorted({*new, *changed} - {"odoo"}))
        self._load(f"Upgrading {names}", *options)
        self._write_marker({*modules, *known} - {"odoo"})

    def _load(self, title, *options):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w") as log, Progress(title) as progress:

            def on_line(line):
                log.write(line + "\n")
                found = LOADING.search(line)
                if found and found[3] != "1":  # base comes first and alone
                    progress.update(int(found[2]), int(found[3]), found[1])

            self.odoo.stream(
                *("server", "-d", self.database, "--stop-after-init"),
                *options,
                what=f"{title}: Odoo failed",
                on_line=on_line,
            )

    def _unfinished(self):
        rows = self.server.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = {quote(self.database)};"
        )
        return rows == [[UNFINISHED]]

    def _read_marker(self):
        try:
            rows = self.server.sql(
                f"SELECT value FROM ir_config_parameter WHERE key = {quote(MARKER)};",
                self.database,
            )
        except OfficeError:
            raise OfficeError(
                f"The database {self.database} exists and is not an Odoo database.",
                "Choose another name with --db.",
            ) from None
        return json.loads(rows[0][0]) if rows else {}

    def _write_marker(self, modules):
        value = quote(json.dumps(self._hashes(modules)))
        self.server.sql(
            "INSERT INTO ir_config_parameter (key, value, create_date, write_date) "
            f"VALUES ({quote(MARKER)}, {value}, now(), now()) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value;",
            self.database,
            as_admin=False,
        )

    def _hashes(self, modules):
        ours = find_addons(self.odoo.layout.addons)
        hashes = {n: code_hash(ours[n]) if n in ours else "" for n in modules}
        return {**hashes, "odoo": self.odoo.source.version}
