"""`./office stop`: end the office that is running."""

import os
import signal
import time

from .console import say
from .errors import OfficeError
from .instance import is_running, read_instance


def stop_office(layout, patience=60):
    """Stop it and wait. Raises OfficeError when it does not end."""
    if not is_running(layout):
        say("The office is not running.")
        return
    pid = read_instance(layout)["pid"]
    if not isinstance(pid, int):
        raise OfficeError("The office is just starting; try again in a moment.")
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while is_running(layout):
        if time.monotonic() > deadline:
            raise OfficeError(f"The office (process {pid}) does not stop.")
        time.sleep(0.2)
    say("Stopped.")
