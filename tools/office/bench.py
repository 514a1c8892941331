"""`./office bench`: runs the measurements in tests/bench, each prints a table."""

import os
import subprocess

from .console import say
from .network import free_port
from .sandbox import Sandbox
from .serving import OdooServer
from .workplace import Workplace

DATABASE = "party_office_bench"


def run_benchmarks(layout, settings):
    """Run every script against a fresh demo province; returns the exit code."""
    scripts = sorted((layout.checkout / "tests" / "bench").glob("bench_*.py"))
    if not scripts:
        say("There is nothing to measure yet: no tests/bench/bench_*.py.")
        return 0
    workplace = Workplace(layout, settings).prepare(with_tests=True)
    failed = 0
    with workplace.test_server() as server:
        odoo = workplace.odoo(server, profile="bench", data=layout.state / "test-data")
        databases = Sandbox(odoo)
        databases.fresh(DATABASE)
        databases.install(DATABASE, databases.modules(demo=True))
        log = layout.log / "bench-server.log"
        with OdooServer(odoo, DATABASE, "127.0.0.1", free_port(), 2, log) as running:
            environment = {
                **os.environ,
                "OFFICE_URL": running.url,
                "OFFICE_DB": DATABASE,
                "OFFICE_ODOO": str(odoo.launcher),
                "ODOO_RC": str(odoo.config),
            }
            for script in scripts:
                say(f"\n{script.stem}")
                command = [layout.python, script]
                failed += bool(subprocess.run(command, env=environment).returncode)
    return 1 if failed else 0
