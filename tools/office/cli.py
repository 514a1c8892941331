"""The command line: which commands there are and what they take."""

import argparse
import dataclasses
import signal
import sys
import traceback
from pathlib import Path

from .errors import OfficeError
from .layout import find_layout
from .settings import load_settings

EPILOG = """\
To begin: ./office run, then open the address it prints.
The first start downloads about 250 MB and takes some minutes; later ones seconds.
Settings: config/office.toml (see config/office.toml.example) or the environment.
State (database, downloads, logs): .office/ here, or the folder OFFICE_HOME names.
"""


def main(arguments):
    """Run one command and return its exit code."""
    parser = build_parser()
    # Everything after `odoo` is Odoo's own.
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "odoo":
        parser.error(f"unknown: {' '.join(rest)}")
    layout = find_layout()
    # Also when started in the background of a script, which ignores Ctrl-C.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        settings = load_settings(layout.config / "office.toml")
        chosen = {
            field.name: getattr(options, field.name)
            for field in dataclasses.fields(settings)
            if getattr(options, field.name, None) is not None
        }
        settings = dataclasses.replace(settings, **chosen)
        return options.act(layout, settings, options) or 0
    except OfficeError as error:
        return _fail(layout, error.what, error.todo)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except OSError as error:
        what = f"The system says: {error}"
        todo = "Free some disk space." if error.errno == 28 else ""
        return _fail(layout, what, todo)


def build_parser():
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="./office",
        description="Party Office: run it, test it, look after it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, title="commands"
    )

    run = _add(commands, "run", _run, "prepare everything and serve the office")
    run.add_argument("--port", type=int, help="where it listens (8069)")
    run.add_argument("--host", help="address it listens at (127.0.0.1)")
    run.add_argument("--db", default="party_office", help="database (party_office)")
    run.add_argument("--no-demo", action="store_true", help="without the demo province")
    run.add_argument("--workers", type=int, help="worker processes (0: threads)")

    _add(commands, "stop", _stop, "stop the office that is running")

    test = _add(commands, "test", _test, "run all tests, or those that match")
    test.add_argument(
        "pattern", nargs="?", help="a test file, a class, a method or an addon"
    )
    test.add_argument(
        "--no-browser", action="store_true", help="skip the browser tests"
    )

    _add(commands, "check", _check, "check the code: lint, format, translations")
    _add(commands, "bench", _bench, "measure how fast it is")
    text = "install and uninstall every choice of addons (takes long)"
    _add(commands, "combinations", _combinations, text)

    odoo = commands.add_parser(
        "odoo",
        help="Odoo's own command, for example: odoo shell -d party_office",
        add_help=False,
        prefix_chars="\0",
    )
    odoo.add_argument("arguments", nargs=argparse.REMAINDER)
    odoo.set_defaults(act=_odoo)

    backup = _add(commands, "backup", _backup, "save a database and its files")
    backup.add_argument("file", type=Path, help="file to write")
    backup.add_argument("--db", default="party_office", help="database (party_office)")

    restore = _add(commands, "restore", _restore, "bring a backup back")
    restore.add_argument("file", type=Path, help="file to read")
    restore.add_argument("--db", required=True, help="new database to create")
    restore.add_argument(
        "--keep-active",
        action="store_true",
        help="leave mail and scheduled jobs on; else the copy is neutralised",
    )

    translate = _add(commands, "translate", _translate, "bring i18n files up to date")
    translate.add_argument("addons", nargs="*", help="addons (all)")
    return parser


def _add(commands, name, act, text):
    command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    command.set_defaults(act=act)
    return command


def _run(layout, settings, options):
    from .run import serve

    serve(layout, settings, options.db, demo=not options.no_demo)


def _stop(layout, settings, options):
    from .stop import stop_office

    stop_office(layout)


def _test(layout, settings, options):
    from .testing import run_tests

    return run_tests(layout, settings, options.pattern, browser=not options.no_browser)


def _check(layout, settings, options):
    from .check import run_checks

    return run_checks(layout, settings)


def _bench(layout, settings, options):
    from .bench import run_benchmarks

    return run_benchmarks(layout, settings)


def _combinations(layout, settings, options):
    from .combinations import run_combinations

    return run_combinations(layout, settings)


def _odoo(layout, settings, options):
    from .shell import run_odoo

    return run_odoo(layout, settings, options.arguments)


def _backup(layout, settings, options):
    from .backup import back_up

    back_up(layout, settings, options.db, options.file)


def _restore(layout, settings, options):
    from .restore import restore

    restore(layout, settings, options.file, options.db, options.keep_active)


def _translate(layout, settings, options):
    from .translations import update_translations

    return update_translations(layout, settings, options.addons)


def _interrupt(*unused):
    raise KeyboardInterrupt


def _fail(layout, what, todo):
    print(f"\nError: {what}", file=sys.stderr)
    if todo:
        print(todo, file=sys.stderr)
    try:
        layout.log.mkdir(parents=True, exist_ok=True)
        with (layout.log / "office.log").open("a", encoding="utf-8") as log:
            log.write(traceback.format_exc() + "\n")
    except OSError:
        pass  # a full or closed disk: the message above has to do
    return 1
