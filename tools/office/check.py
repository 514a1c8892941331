"""`./office check`: all checks of the code that need no database."""

import subprocess
import time

from .addons import find_addons
from .console import say
from .leaks import find_leaks
from .python_env import prepare_environment

CODE = ("office", "tools", "tests", "addons")


def run_checks(layout, settings):
    """Run every check, show what they find, and return the exit code."""
    prepare_environment(layout, with_tests=True)
    tools = layout.venv / "bin"
    code = [name for name in CODE if (layout.checkout / name).exists()]
    addons = [
        path.relative_to(layout.checkout).as_posix()
        for folder in (layout.addons, layout.test_addons)
        for path in find_addons(folder).values()
    ]
    checks = {
        "ruff check": [tools / "ruff", "check", *code],
        "ruff format": [tools / "ruff", "format", "--check", *code],
    }
    if addons:
        # An addon that only holds tests has no page to be described on.
        pylint = [tools / "pylint", "--rcfile=.pylintrc"]
        shipped = [name for name in addons if not name.startswith("tests")]
        tests = [name for name in addons if name.startswith("tests")]
        checks["pylint-odoo"] = [*pylint, *shipped]
        if tests:
            checks["pylint-odoo, tests"] = [*pylint, "--disable=missing-readme", *tests]
        checks["odoo hooks"] = [tools / "oca-checks-odoo-module", *addons]
        po_files = sorted(layout.addons.glob("*/i18n/*.po*"))
        tool = layout.checkout / "tools" / "po_tool.py"
        checks["translations"] = [layout.python, tool, "check", *po_files]
    failed = [
        name for name, command in checks.items() if not _run(layout, name, command)
    ]
    leaks = find_leaks(layout.checkout)
    if leaks:
        say("\n".join(leaks))
        failed.append("leaks")
    say("Checks failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def _run(layout, name, command):
    started = time.monotonic()
    result = subprocess.run(
        command,
        cwd=layout.checkout,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    passed = not result.returncode
    if not passed:
        say(result.stdout)
    word = "passed" if passed else "FAILED"
    say(f"{name}: {word} in {time.monotonic() - started:.1f} s")
    return passed
