"""The embedded PostgreSQL server: make it, start it, stop it.

Several `./office` commands may use one server at a time. Each holds a shared
lock; the one that leaves last stops the server.
"""

import contextlib
import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .console import Progress
from .errors import OfficeError
from .network import free_port, is_free
from .process import alive, run
from .server import Server
from .sort_order import LOCALE

ADMIN = "postgres"
OWNER = "odoo"
FAST_AND_LOOSE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class Cluster:
    """One embedded server. Use as a context manager; gives a `Server`.

    `durable=False` trades safety for speed: for tests only.
    """

    def __init__(self, layout, home, durable=True):
        self.home = home
        self.durable = durable
        self.name = home.folder.name
        self.data = home.folder / "data"
        self.secret = layout.private / f"{self.name}.json"
        self.log = layout.log / f"{self.name}.log"
        self._lock = None
        self._process = None

    def __enter__(self):
        self.secret.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self._starting():
            self._lock = open(self.secret.with_suffix(".users"), "w")
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self._create()
            if not self.running():
                self._start()
        return self.server()

    def __exit__(self, *unused):
        with self._starting():
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it
            finally:
                self._lock.close()
            self._stop()

    def server(self):
        """How to reach the running server."""
        secret = json.loads(self.secret.read_text())
        return Server(
            host="127.0.0.1",
            port=secret["port"],
            user=OWNER,
            password=secret["owner_password"],
            admin=ADMIN,
            admin_password=secret["admin_password"],
            programs=self.home.programs / "bin",
        )

    def running(self):
        """The process id of the running server, or None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            program = os.readlink(f"/proc/{pid}/exe")
        except (OSError, ValueError, IndexError):
            return None
        return pid if program.startswith(str(self.home.programs)) else None

    @contextlib.contextmanager
    def _starting(self):
        with self.secret.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self):
        complete = self.home.folder / "complete"
        if complete.exists():
            return
        with Progress(f"Database server ({self.name})"):
            self._remove_remains()
            secret = {
                "port": free_port(),
                "admin_password": secrets.token_urlsafe(24),
                "owner_password": secrets.token_urlsafe(24),
            }
            _write_private(self.secret, json.dumps(secret))
            os.chmod(self.home.folder, 0o700)
            self.home.own(self.home.folder)
            password = self.home.folder / "password"
            _write_private(password, secret["admin_password"] + "\n")
            self.home.own(password)
            run(
                [
                    self.home.programs / "bin" / "initdb",
                    *("-D", self.data, "-U", ADMIN, "-A", "scram-sha-256"),
                    *("-E", "UTF8", "--locale-provider=libc", f"--locale={LOCALE}"),
                    *("--lc-messages=C", f"--pwfile={password}", "--no-instructions"),
                ],
                what="The database server could not be set up",
                **self._options(),
            )
            password.unlink()
            self._start()
            self.server().make_owner()
            self._stop()
            complete.touch()

    def _remove_remains(self):
        if pid := self.running():
            os.kill(pid, signal.SIGINT)
        if self.data.exists():
            shutil.rmtree(self.data)

    def _start(self):
        secret = json.loads(self.secret.read_text())
        if not is_free(secret["port"]):
            secret["port"] = free_port()
            _write_private(self.secret, json.dumps(secret))
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = {
            "port": secret["port"],
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **memory_options(),
            **({} if self.durable else FAST_AND_LOOSE),
        }
        command = [self.home.programs / "bin" / "postgres", "-D", self.data]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._options(),
            )
        self._wait_until_ready(self._process)

    def _wait_until_ready(self, process, patience=120):
        check = [self.home.programs / "bin" / "pg_isready", "-q", "-h", "127.0.0.1"]
        check += ["-p", str(self.server().port)]
        deadline = time.monotonic() + patience
        while process.poll() is None and time.monotonic() < deadline:
            if not subprocess.run(check).returncode:
                return
            time.sleep(0.1)
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        raise OfficeError(
            f"The database server did not start:\n{tail}", f"See {self.log}."
        )

    def _stop(self):
        pid = self.running()
        if not pid:
            return
        os.kill(pid, signal.SIGINT)
        for _ in range(600):
            if self._process:
                self._process.poll()  # so that it does not stay as a zombie
            if not alive(pid):
                return
            time.sleep(0.1)

    def _options(self):
        return {
            "env": {**os.environ, "LOCPATH": str(self.home.locale), "TZ": "UTC"},
            "cwd": "/",
            **self.home.run_as,
        }


def memory_options():
    """Memory settings that fit this machine."""
    text = Path("/proc/meminfo").read_text()
    total = int(re.search(r"MemTotal:\s+(\d+) kB", text)[1]) // 1024
    return {
        "shared_buffers": f"{max(64, min(total // 8, 1024))}MB",
        "effective_cache_size": f"{total // 2}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_connections": "100",
        "random_page_cost": "1.1",
    }


def _write_private(path, text):
    partial = path.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(text)
    partial.replace(path)
