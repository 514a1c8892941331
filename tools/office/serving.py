"""Running Odoo as a server until somebody asks it to stop."""

import re
import subprocess
import time

from .errors import OfficeError
from .network import answers, free_port, is_free
from .process import die_with_parent, stop
from .proxy import Proxy


class OdooServer:
    """A running Odoo. Use as a context manager; it ends with the block."""

    def __init__(self, odoo, database, host, port, workers, log):
        self.odoo = odoo
        self.database = database
        self.host = host
        self.port = port
        self.workers = workers
        self.log = log
        self.child = None
        self._proxy = None

    @property
    def url(self):
        """Where a browser on this machine finds it."""
        return f"http://localhost:{self.port}"

    def __enter__(self):
        # With workers the live channel has a port of its own, and one address
        # for both needs a proxy: nginx in production, a small one here.
        options = ["--http-interface", self.host, "--http-port", self.port]
        if self.workers:
            inner, live = free_port(), free_port()
            options = ["--http-interface", "127.0.0.1", "--http-port", inner]
            options += ["--gevent-port", live, "--proxy-mode"]
            self._proxy = Proxy(self.host, self.port, inner, live)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as log:
            self.child = subprocess.Popen(
                self.odoo.command(
                    *("server", "-d", self.database),
                    f"--db-filter=^{re.escape(self.database)}$",
                    *("--workers", self.workers, *options),
                ),
                env=self.odoo.environment(),
                cwd=self.odoo.layout.state,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        try:
            if self._proxy:
                self._proxy.start()
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused):
        stop(self.child)
        if self._proxy:
            self._proxy.stop()

    def _wait_until_ready(self, patience=300):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.child.poll() is not None:
                break
            if answers(f"http://127.0.0.1:{self.port}/web/login", timeout=60):
                return
            time.sleep(0.2)
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        raise OfficeError(f"Odoo did not start:\n{tail}", f"The whole log: {self.log}")


def require_port(host, port):
    """Raise OfficeError when something else listens there."""
    if not is_free(port, host):
        raise OfficeError(
            f"Port {port} is taken by another program.",
            f"Stop that program, or choose another port: --port {port + 1}",
        )
