"""What the user sees while something takes its time."""

import shutil
import sys
import time

WIDTH = 24


class Progress:
    """One long step, shown as a bar on a terminal and as few lines elsewhere.

    Use as a context manager; `update(done, total, note)` as often as wanted.
    """

    def __init__(self, title, stream=None):
        self.title = title
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self.started = time.monotonic()
        self._tenth = -1
        self._drawn = self.started

    def __enter__(self):
        if self.live:
            self._draw(f"{self.title} …")
        else:
            self._line(f"{self.title} …")
        return self

    def __exit__(self, kind, error, trace):
        seconds = time.monotonic() - self.started
        word = "done" if kind is None else "stopped"
        if self.live:
            self.stream.write("\r\x1b[K")
        self._line(f"{self.title}: {word} in {seconds:.0f} s")

    def update(self, done, total, note=""):
        """Say how far it is; cheap enough to call for every line of a log."""
        if total <= 0:
            return
        done = min(done, total)
        if self.live:
            now = time.monotonic()
            if done < total and now - self._drawn < 0.1:
                return
            self._drawn = now
            filled = WIDTH * done // total
            bar = "#" * filled + " " * (WIDTH - filled)
            self._draw(f"{self.title} [{bar}] {self._count(done, total)} {note}")
        elif (tenth := 10 * done // total) > self._tenth and self._patient():
            self._tenth = tenth
            self._line(f"{self.title}: {10 * tenth} % {note}".rstrip())

    def _patient(self):
        now = time.monotonic()
        if now - self._drawn < 1:
            return False
        self._drawn = now
        return True

    @staticmethod
    def _count(done, total):
        if total >= 1_000_000:
            return f"{done / 1e6:.0f}/{total / 1e6:.0f} MB"
        return f"{done}/{total}"

    def _draw(self, text):
        width = shutil.get_terminal_size().columns - 1
        self.stream.write("\r\x1b[K" + text[:width])
        self.stream.flush()

    def _line(self, text):
        self.stream.write(text + "\n")
        self.stream.flush()


def say(text=""):
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def warn(text):
    """Print a line that the user should notice but that stops nothing."""
    print(f"Note: {text}", file=sys.stderr, flush=True)
