"""At most one served office for each state folder."""

import contextlib
import fcntl
import json
import os

from .errors import OfficeError


@contextlib.contextmanager
def only_instance(layout, **facts):
    """Hold the place of the running office; others learn `facts` from it.

    Raises OfficeError that says what is already running.
    """
    layout.state.mkdir(parents=True, exist_ok=True)
    with (layout.state / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = read_instance(layout)
            raise OfficeError(
                "The office is already running: {url} (database {database}, "
                "process {pid}).".format(**other),
                "Open it there, or stop it: ./office stop",
            ) from None
        path = layout.state / "run.json"
        path.write_text(json.dumps({"pid": os.getpid(), **facts}))
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def read_instance(layout):
    """What the running office says of itself; question marks if it is silent."""
    unknown = {"url": "?", "database": "?", "pid": "?"}
    try:
        return unknown | json.loads((layout.state / "run.json").read_text())
    except (OSError, ValueError):
        return unknown


def is_running(layout):
    """Whether an office is being served from this state folder."""
    try:
        with (layout.state / "run.lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
