"""Print forms with WeasyPrint: HTML in, one PDF out, nothing fetched from outside."""

import logging
import mimetypes
import posixpath
from threading import Lock
from urllib.parse import unquote, urljoin, urlsplit

from odoo.tools import file_open

#: Addresses in a template are relative to this host, which is nowhere: only static
#: files of addons are found there.
FORM_HOST = "http://forms.invalid/"
STYLESHEET = "/party_office_base/static/src/forms.css"

# Pango's fonts are not made for threads; the stylesheet is parsed once a process
_lock = Lock()
_cache = {}


class PrinterMissing(Exception):
    """WeasyPrint, or the Pango libraries it draws text with, cannot be loaded."""


class FormAddressRefused(ValueError):
    """An address that a form may not load."""


def read_static(url):
    """Return ``(bytes, MIME type)`` of an addon's static file.

    :param str url: absolute, below ``FORM_HOST``
    :raises FormAddressRefused: for everything else
    """
    parts = urlsplit(url)
    host = urlsplit(FORM_HOST)
    if (parts.scheme, parts.netloc) != (host.scheme, host.netloc):
        raise FormAddressRefused(f"a form may not load {url[:200]}")
    path = posixpath.normpath(unquote(parts.path)).lstrip("/")
    _module, _slash, rest = path.partition("/")
    if not rest.startswith("static/") or "\0" in path or "\\" in path:
        raise FormAddressRefused(f"not a static file: {path[:200]}")
    # file_open refuses what lies outside the addons' folders
    with file_open(path, "rb") as file:
        return file.read(), mimetypes.guess_type(path)[0] or "application/octet-stream"


def _weasyprint():
    """Return the library, loaded with the first form: it takes a while.

    :raises PrinterMissing: when it, or Pango, cannot be loaded
    """
    if "library" not in _cache:
        # they tell every step of every page and font
        for name in ("weasyprint.progress", "fontTools"):
            logging.getLogger(name).setLevel(logging.WARNING)
        try:
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import URLFetcher, URLFetcherResponse
        except (ImportError, OSError) as error:
            raise PrinterMissing(str(error)) from error

        class StaticFetcher(URLFetcher):
            """Serve data: addresses and static files of addons, refuse the rest."""

            def __init__(self):
                super().__init__(allowed_protocols=["data"], allow_redirects=False)

            def fetch(self, url, headers=None):
                if url[:5].lower() == "data:":
                    return super().fetch(url, headers)
                body, mimetype = read_static(url)
                return URLFetcherResponse(url, body, {"Content-Type": mimetype})

        fetcher = StaticFetcher()
        fonts = FontConfiguration()
        _cache["fetcher"] = fetcher
        _cache["fonts"] = fonts
        _cache["css"] = weasyprint.CSS(
            url=urljoin(FORM_HOST, STYLESHEET), url_fetcher=fetcher, font_config=fonts
        )
        _cache["library"] = weasyprint
    return _cache["library"]


def print_forms(pages_html):
    """Return one PDF (bytes) of several documents.

    Each begins on a page of its own and counts its own pages.

    :param pages_html: iterable of ``str``, one HTML document each
    :raises PrinterMissing: when WeasyPrint or Pango cannot be loaded
    """
    with _lock:
        weasyprint = _weasyprint()
        documents = [
            weasyprint.HTML(
                string=html, base_url=FORM_HOST, url_fetcher=_cache["fetcher"]
            ).render(stylesheets=[_cache["css"]], font_config=_cache["fonts"])
            for html in pages_html
        ]
        pages = [page for document in documents for page in document.pages]
        return documents[0].copy(pages).write_pdf()
