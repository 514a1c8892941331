"""A PostgreSQL server, embedded or the user's own, and its databases."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .console import warn
from .errors import OfficeError

TEMPLATE = "party_office_template"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
# Odoo's indexes need unaccent(text) to be immutable, and Odoo itself repeats
# the statement on databases it creates: so the role must own the function.
PREPARE = "".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS) + (
    "ALTER FUNCTION unaccent(text) IMMUTABLE;"
)


@dataclass(frozen=True)
class Server:
    """Where a server is, and the two roles: Odoo's own, and who creates."""

    host: str
    port: int
    user: str
    password: str
    admin: str
    admin_password: str
    programs: Path
    sslmode: str = "prefer"
    embedded: bool = True

    def sql(self, text, database="postgres", as_admin=True):
        """Run SQL and return the rows as lists of texts.

        Raises OfficeError with the server's message.
        """
        result = subprocess.run(
            [
                self.programs / "psql",
                *("-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e"),
                *("-v", "ON_ERROR_STOP=1", "-f", "-", "-d", database),
            ],
            input=text,
            capture_output=True,
            text=True,
            env=self.environment(as_admin),
            cwd="/",
        )
        if result.returncode:
            raise OfficeError(f"The database says: {result.stderr.strip()}")
        rows = result.stdout.rstrip("\n").split("\x1e")
        return [row.strip("\n").split("\x1f") for row in rows if row.strip("\n")]

    def environment(self, as_admin=True):
        """Environment variables for PostgreSQL's own programs."""
        password = self.admin_password if as_admin else self.password
        values = {
            **os.environ,
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.admin if as_admin else self.user,
            "PGSSLMODE": self.sslmode,
            "PGOPTIONS": "-c client_min_messages=warning",
        }
        if password:
            values["PGPASSWORD"] = password
        return values

    def make_owner(self):
        """Create Odoo's role and the template of its databases."""
        self.sql(
            f"CREATE ROLE {self.user} LOGIN CREATEDB PASSWORD {quote(self.password)};"
        )
        self.sql(f"CREATE DATABASE {TEMPLATE} OWNER {self.user};")
        self.sql(
            f"{PREPARE} ALTER FUNCTION unaccent(text) OWNER TO {self.user};", TEMPLATE
        )

    def exists(self, database):
        """Whether the database exists."""
        return bool(
            self.sql(f"SELECT 1 FROM pg_database WHERE datname = {quote(database)};")
        )

    def create(self, database):
        """Create a database for Odoo: sorted in Vietnamese, with extensions."""
        check_name(database)
        if self.embedded:
            self.sql(
                f'CREATE DATABASE "{database}" TEMPLATE "{TEMPLATE}" OWNER {self.user};'
            )
        else:
            self._create_on_named_server(database)

    def drop(self, database):
        """Drop a database, also when somebody is connected to it."""
        check_name(database)
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE);')

    def rename(self, database, name):
        """Give a database another name."""
        check_name(name)
        self.sql(f'ALTER DATABASE "{database}" RENAME TO "{name}";')

    def _create_on_named_server(self, database):
        create = f"CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE template0"
        try:
            self.sql(f"{create} LOCALE_PROVIDER icu ICU_LOCALE 'vi';")
        except OfficeError as error:
            warn(f"No Vietnamese sort order on this server. {error}")
            self.sql(f"{create};")
        for statement in PREPARE.split(";")[:-1]:
            try:
                self.sql(f"{statement};", database)
            except OfficeError as error:
                warn(f"An administrator must run on {database}: {statement}; {error}")


def named_server(url, programs):
    """The server that the user names.

    Raises OfficeError when the address is not usable.
    """
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    host = parts.hostname or options.get("host", [""])[0]
    user = unquote(parts.username or "")
    if parts.scheme not in ("postgres", "postgresql") or not host or not user:
        raise OfficeError(
            "DATABASE_URL is not an address of a PostgreSQL server.",
            "It looks like postgresql://user:password@host:5432/postgres",
        )
    if user == "postgres":
        raise OfficeError(
            'DATABASE_URL names the role "postgres", with which Odoo refuses to work.',
            "Create a role of its own: CREATE ROLE odoo LOGIN CREATEDB PASSWORD '…';",
        )
    password = unquote(parts.password or "")
    return Server(
        host=host,
        port=parts.port or 5432,
        user=user,
        password=password,
        admin=user,
        admin_password=password,
        programs=programs,
        sslmode=options.get("sslmode", ["prefer"])[0],
        embedded=False,
    )


def check_name(database):
    """Raise OfficeError when the name of a database needs care in SQL."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,61}", database):
        raise OfficeError(
            f"{database!r} is no good name for a database.",
            "Use small letters, digits and _ and begin with a letter.",
        )


def quote(text):
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
