"""`./office test`: all tests, on databases of their own."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from .addons import BASE, DEMO
from .console import Progress, say
from .errors import OfficeError
from .install import LANGUAGE, LOADING
from .network import free_port
from .odoo_log import OdooLog, read_allowed
from .sandbox import Sandbox
from .selection import BROWSER, select
from .serving import OdooServer
from .system import ensure_chromium
from .tally import Tally, unittest_tally
from .translations import export_templates, stale_templates
from .uninstall import uninstall_in_turn
from .workplace import Workplace

DATABASE = "party_office_test"
BROWSER_DATABASE = "party_office_e2e"
WORKERS = 2
SHOWN = 30  # problems of one kind on the screen


def run_tests(layout, settings, pattern=None, browser=True):
    """Run the selected tests and return the exit code."""
    started = time.monotonic()
    selection = select(layout, pattern)
    if not browser:
        selection.folders.pop(BROWSER, None)
    if selection.empty:
        raise OfficeError(f"No test matches {pattern!r}.")
    workplace = Workplace(layout, settings).prepare(with_tests=True)
    total = Tally()
    for folder, arguments in selection.folders.items():
        if folder != BROWSER:
            total.add(run_folder(layout, folder, arguments))
    if selection.tags or selection.demo_tags or BROWSER in selection.folders:
        with workplace.test_server() as server:
            total.add(OdooTests(workplace, server, selection).run())
    say(f"\nin {time.monotonic() - started:.0f} s")
    say(str(total))
    return 1 if total.failed or not total.passed else 0


def run_folder(layout, folder, arguments, **environment):
    """Run the unit tests of one folder, which need no Odoo."""
    if not any((layout.checkout / folder).glob("test_*.py")):
        return Tally()
    started = time.monotonic()
    names = [] if "-p" in arguments else ["-p", "test_*.py"]
    result = subprocess.run(
        [
            *(layout.python, "-W", "error::ResourceWarning", "-m", "unittest"),
            *("discover", "-t", ".", "-s", folder, *names, *arguments),
        ],
        cwd=layout.checkout,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    tally = unittest_tally(result.stdout, result.returncode)
    if tally.failed:
        say(result.stdout)
    say(f"{folder}: {tally} in {time.monotonic() - started:.0f} s")
    return tally


class OdooTests:
    """The tests that need Odoo, on one test server."""

    def __init__(self, workplace, server, selection):
        self.layout = workplace.layout
        self.selection = selection
        self.odoo = workplace.odoo(
            server,
            profile="test",
            addons=[self.layout.test_addons],
            data=self.layout.state / "test-data",
        )
        self.databases = Sandbox(self.odoo)
        self.allowed = read_allowed(self.layout.config / "log-allow.txt")

    def run(self):
        """Run them and return the tally.

        Two databases, two processes: what needs the demo province does not wait for
        the rest.
        """
        total = Tally()
        with ThreadPoolExecutor() as threads:
            jobs = [threads.submit(job) for job in (self._addons, self._demo)]
            for job in jobs:
                total.add(job.result())
        return total

    def _addons(self):
        if not self.selection.tags:
            return Tally()
        self.databases.fresh(DATABASE)
        modules = self.databases.modules(demo=False)
        return self._run_odoo(DATABASE, modules, self.selection.tags)

    def _demo(self):
        browser = BROWSER in self.selection.folders
        if not (self.selection.demo_tags or browser):
            return Tally()
        self.databases.fresh(BROWSER_DATABASE)
        modules = self.databases.modules(demo=True)
        total = self._run_odoo(BROWSER_DATABASE, modules, self.selection.demo_tags)
        if browser:
            total.add(self._run_browser(self.selection.folders[BROWSER]))
        if self.selection.everything:
            total.add(self._check_translations())
            # the last thing that is done with this database
            total.add(self._uninstall())
        return total

    def _uninstall(self):
        """Take our addons off again, who depends on another first."""
        addons = [name for name in self.databases.modules(demo=True) if name != BASE]
        order = [*sorted(addons, key=lambda name: name != DEMO), BASE]
        return uninstall_in_turn(self.odoo, BROWSER_DATABASE, order, self.allowed)

    def _check_translations(self):
        modules = self.databases.modules(demo=True)
        folder = self.layout.state / "i18n"
        export_templates(self.odoo, BROWSER_DATABASE, modules, folder)
        stale = stale_templates(self.layout, folder, modules)
        if stale:
            say(f"Texts changed in {', '.join(stale)}: run ./office translate")
        return Tally(0, 1) if stale else Tally(1, 0)

    def _run_odoo(self, database, modules, tags):
        log = OdooLog(self.allowed)
        path = self.layout.log / f"{database}.log"
        options = ["--http-port", free_port(), "--max-cron-threads", 0]
        if tags:
            options += ["--test-tags", ",".join(tags)]
        title = f"Odoo tests ({database})" if tags else f"Database {database}"
        crash = ""
        with path.open("w") as copy, Progress(title) as progress:

            def on_line(line):
                copy.write(line + "\n")
                log.feed(line)
                found = LOADING.search(line)
                if found and found[3] != "1":
                    progress.update(int(found[2]), int(found[3]), found[1])

            try:
                self.odoo.stream(
                    *("server", "-d", database, "-i", ",".join(modules)),
                    *(f"--load-language={LANGUAGE}", "--stop-after-init", *options),
                    what="Odoo failed",
                    on_line=on_line,
                )
            except OfficeError as error:
                crash = error.what
        log.finish()
        return self._judge(title, log, crash, path, counted=bool(tags))

    def _judge(self, title, log, crash, path, counted):
        tally = log.tally or Tally()
        for problem in log.problems[:SHOWN]:
            say(f"\n{problem}")
        for line in log.unexpected[:SHOWN]:
            say(f"\nUnexpected in the log:\n{line}")
        if max(len(log.problems), len(log.unexpected)) > SHOWN:
            say(f"\n… and more; all are in {path}\n")
        # A clean log is one more test; a crash is a failure that no test shows.
        tally.add(Tally(0, 1) if log.unexpected else Tally(1, 0))
        if crash and not (tally.failed or log.problems):
            say(f"\n{crash}")
            tally.add(Tally(0, 1))
        elif counted and not log.tally:
            say("Odoo ran no test.")
            tally.add(Tally(0, 1))
        say(f"{title}: {tally}. Log: {path}")
        return tally

    def _run_browser(self, arguments):
        if not any((self.layout.checkout / BROWSER).glob("test_*.py")):
            return Tally()
        try:
            chromium = ensure_chromium()
        except OfficeError as error:
            say(f"{BROWSER}: {error} Or leave them out: --no-browser")
            return Tally(0, 1)
        screenshots = self.layout.state / "screenshots"
        screenshots.mkdir(exist_ok=True)
        log_path = self.layout.log / "e2e-server.log"
        log_path.unlink(missing_ok=True)
        server = OdooServer(
            self.odoo, BROWSER_DATABASE, "127.0.0.1", free_port(), WORKERS, log_path
        )
        with server:
            tally = run_folder(
                self.layout,
                BROWSER,
                arguments,
                OFFICE_E2E_URL=server.url,
                OFFICE_E2E_DB=BROWSER_DATABASE,
                OFFICE_E2E_DEMO=str(self.layout.addons / DEMO),
                OFFICE_CHROMIUM=chromium,
                OFFICE_SCREENSHOTS=str(screenshots),
                OFFICE_SERVER_LOG=str(log_path),
            )
        log = OdooLog(self.allowed)
        for line in log_path.read_text(errors="replace").splitlines():
            log.feed(line)
        log.finish()
        tally.add(self._judge("Server log", log, "", log_path, counted=False))
        return tally
