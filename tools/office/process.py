"""Running other programs."""

import ctypes
import os
import signal
import subprocess

from .errors import OfficeError

PR_SET_PDEATHSIG = 1


def run(command, *, what, todo="", **options):
    """Run a command quietly and return what it printed.

    Raises OfficeError with `what` and the command's whole output when it fails
    or cannot be started.
    """
    try:
        result = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=options.pop("stdin", subprocess.DEVNULL)
            if "input" not in options
            else None,
            text=True,
            errors="replace",
            **options,
        )
    except OSError as error:
        raise OfficeError(f"{what}: {error}", todo) from error
    if result.returncode:
        raise OfficeError(f"{what}:\n{result.stdout.strip()}", todo)
    return result.stdout


def stream(command, *, what, on_line, todo="", keep=400, **options):
    """Run a command and hand each line it prints to `on_line`.

    Raises OfficeError with the last lines of the output when it fails.
    """
    lines = []
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        bufsize=1,
        preexec_fn=die_with_parent,
        **options,
    ) as child:
        try:
            for line in child.stdout:
                lines.append(line.rstrip())
                del lines[:-keep]
                on_line(lines[-1])
        except BaseException:
            stop(child)
            raise
    if child.returncode:
        raise OfficeError(f"{what}:\n" + "\n".join(lines), todo)


def die_with_parent():
    """In a child: be ended when the parent dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(child, first=signal.SIGTERM, patience=20):
    """End a child: ask, wait, and insist when it does not listen."""
    if child.poll() is not None:
        return
    child.send_signal(first)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def alive(pid):
    """Whether a process with this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
