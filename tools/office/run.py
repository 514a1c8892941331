"""`./office run`: prepare everything, then serve until Ctrl-C."""

import csv
import secrets
import subprocess
import threading

from .addons import DEMO, find_addons
from .console import Progress, say
from .errors import OfficeError
from .install import Installer
from .instance import only_instance
from .serving import OdooServer, require_port
from .workplace import Workplace

SET_ADMIN_PASSWORD = """
env.ref("base.user_admin").password = {password!r}
env.cr.commit()
"""


def serve(layout, settings, database, demo=True):
    """Run the office. Raises OfficeError when it cannot start or falls over."""
    url = f"http://localhost:{settings.port}"
    with only_instance(layout, url=url, database=database):
        require_port(settings.host, settings.port)
        workplace = Workplace(layout, settings).prepare()
        modules = wanted_modules(layout, settings, demo)
        with workplace.server() as server:
            odoo = workplace.odoo(server)
            created = Installer(odoo, database).ensure(modules)
            password = ""
            if created and DEMO not in modules:
                password = _set_admin_password(odoo, database)
            log = layout.log / "odoo.log"
            with OdooServer(
                odoo, database, settings.host, settings.port, settings.workers, log
            ) as running:
                _announce(layout, running, modules, password)
                _wait(running)


def wanted_modules(layout, settings, demo):
    """The modules to install: all of addons/, the demo province if wanted.

    Raises OfficeError when there is nothing to install.
    """
    if settings.modules:
        return settings.modules.split(",")
    names = list(find_addons(layout.addons))
    if not demo and DEMO in names:
        names.remove(DEMO)
    if not names:
        raise OfficeError(f"There are no addons in {layout.addons}.")
    return names


def demo_logins(layout):
    """The logins of the demo province: dicts with login, name, role, password."""
    path = layout.addons / DEMO / "data" / "demo_logins.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _set_admin_password(odoo, database):
    password = secrets.token_urlsafe(12)
    with Progress("Password of the administrator"):
        result = subprocess.run(
            odoo.command("shell", "-d", database, "--no-http"),
            input=SET_ADMIN_PASSWORD.format(password=password),
            env=odoo.environment(),
            capture_output=True,
            text=True,
        )
    if result.returncode:
        raise OfficeError(f"The password could not be set:\n{result.stderr}")
    return password


def _announce(layout, running, modules, password):
    say(f"\nReady: {running.url}")
    logins = demo_logins(layout) if DEMO in modules else []
    rows = [(r["login"], r.get("password", ""), r["name"], r["role"]) for r in logins]
    if password:
        rows = [("admin", password, "Administrator", "shown only this once")]
    if rows:
        rows.insert(0, ("login", "password", "name", "role"))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        say()
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            say("  " + "  ".join(cells).rstrip())
    say(f"\nCtrl-C stops it. Log: {running.log}")


def _wait(running):
    status = running.child.wait()
    if threading.main_thread().is_alive():
        tail = "\n".join(running.log.read_text(errors="replace").splitlines()[-15:])
        raise OfficeError(
            f"Odoo ended by itself (status {status}):\n{tail}",
            f"The whole log: {running.log}",
        )
