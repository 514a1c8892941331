"""Databases and Odoo processes of the measurements.

`./office bench` says in the environment where Odoo and its configuration are.
"""

import configparser
import json
import os
import subprocess
import sys
from pathlib import Path

ODOO = os.environ["OFFICE_ODOO"]
CONFIG = os.environ["ODOO_RC"]
CHECKOUT = Path(__file__).resolve().parents[2]
PEERS = Path(ODOO).parent.parent / "bench-addons"
MARK = "@bench "


def odoo(*arguments, **options):
    """Run Odoo to its end; a failure ends the measurement with what it said."""
    command = [sys.executable, ODOO, *arguments]
    done = subprocess.run(command, text=True, capture_output=True, **options)
    if done.returncode:
        raise SystemExit(f"odoo {' '.join(arguments)} failed:\n{done.stderr[-4000:]}")
    return done


def install_peers():
    """Install the pinned peers into a folder of their own; returns it."""
    pins = CHECKOUT / "config" / "requirements-bench.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
    pip.append("--disable-pip-version-check")
    subprocess.run([*pip, "--target", str(PEERS), "-r", str(pins)], check=True)
    return PEERS / "odoo" / "addons"


def addons_path(*folders):
    """The configured addons path with further folders."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CONFIG, encoding="utf-8")
    return ",".join([parser["options"]["addons_path"], *map(str, folders)])


def make_database(name, modules, *folders):
    """Make a database anew with modules installed, Vietnamese included."""
    drop_database(name)
    path = f"--addons-path={addons_path(*folders)}"
    options = ("--stop-after-init", "--no-http", "--load-language=vi_VN", path)
    odoo("-d", name, "-i", ",".join(modules), *options)


def drop_database(name):
    """Drop a database when it is there."""
    command = ("db", "-c", CONFIG, "drop", name)
    subprocess.run([sys.executable, ODOO, *command], capture_output=True, check=False)


def measure(database, script, *folders, **parameters):
    """Run a script in `odoo shell`; yields what it prints by `report(...)`.

    The script finds `env` and `parameters`. A fresh process for each call.
    """
    source = (Path(__file__).parent / script).read_text(encoding="utf-8")
    head = (
        f"import json\nparameters = json.loads({json.dumps(json.dumps(parameters))})\n"
        f"def report(**row):\n    print({MARK!r} + json.dumps(row), flush=True)\n"
    )
    path = f"--addons-path={addons_path(*folders)}"
    command = ("shell", "-d", database, "--no-http", path)
    done = odoo(*command, input=head + source)
    rows = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if not rows:
        raise SystemExit(f"{script} reported nothing:\n{done.stdout}{done.stderr}")
    return [json.loads(row.removeprefix(MARK)) for row in rows]
