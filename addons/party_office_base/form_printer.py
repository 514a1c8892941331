"""Print forms: few in this process, many in several processes at once."""

import atexit
import io
import json
import logging
import mimetypes
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from threading import Lock

from pypdf import PdfWriter

from odoo.tools import file_open

import odoo.addons

from .form_drawing import (
    FORM_HOST,  # noqa: F401 (offered to those who print)
    Drawing,
    FormAddressRefused,  # noqa: F401
    PrinterMissing,  # noqa: F401
    static_path,
)

_logger = logging.getLogger(__name__)

#: From how many documents on a part of a batch is worth a process of its own, which
#: needs about a second to begin.
BATCH = 50
PROCESSES = 4
WORKER = Path(__file__).with_name("form_worker.py")
TIMEOUT = 120

# Pango's fonts are not made for threads
_lock = Lock()
_cache = {}
# fonts are closed while the libraries are still there
atexit.register(_cache.clear)


def _open_static(path):
    # file_open refuses what lies outside the addons' folders
    return file_open(path, "rb")


def read_static(url):
    """Return ``(bytes, MIME type)`` of an addon's static file.

    :param str url: absolute, below ``FORM_HOST``
    :raises FormAddressRefused: for everything else
    """
    path = static_path(url)
    with _open_static(path) as file:
        return file.read(), mimetypes.guess_type(path)[0] or "application/octet-stream"


def _drawing():
    """Return the drawing of this process, made with the first form: it takes a while.

    :raises PrinterMissing: when WeasyPrint or Pango cannot be loaded
    """
    if "drawing" not in _cache:
        _cache["drawing"] = Drawing(_open_static)
    return _cache["drawing"]


def print_forms(pages_html):
    """Return one PDF (bytes) of several documents.

    Each begins on a page of its own and counts its own pages.

    :param pages_html: iterable of ``str``, one HTML document each; the first part is
        drawn while the next one is still being made
    :raises PrinterMissing: when WeasyPrint or Pango cannot be loaded
    """
    pages = iter(pages_html)
    processes = min(PROCESSES, os.cpu_count() or 1)
    part = list(islice(pages, BATCH))
    if len(part) < BATCH or processes == 1:
        return _print_here([*part, *pages])
    with ThreadPoolExecutor(processes) as threads:
        jobs = []
        while part:
            jobs.append(threads.submit(_print_elsewhere, part))
            part = list(islice(pages, BATCH))
        return _joined([job.result() for job in jobs])


def _print_here(pages):
    with _lock:
        return _drawing().pdf(pages)


def _print_elsewhere(pages):
    """Return the PDF of a part of a batch, drawn by a process of its own."""
    job = {"pages": pages, "roots": list(odoo.addons.__path__)}
    try:
        done = subprocess.run(
            [sys.executable, str(WORKER)],
            input=json.dumps(job).encode(),
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.SubprocessError) as error:
        # the batch is printed all the same, only later
        reason = getattr(error, "stderr", None) or str(error).encode()
        _logger.info("A batch of forms is printed without helpers: %s", reason[-500:])
        return _print_here(pages)
    return done.stdout


def _joined(pdfs):
    """Return one PDF of several (bytes).

    Each part brings its fonts, some 10 kB: looking for identical objects would take
    longer than drawing a dozen pages.
    """
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf), import_outline=False)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()
