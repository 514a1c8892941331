"""Draw forms with WeasyPrint: HTML in, one PDF out, nothing fetched from outside.

Imports nothing of Odoo: a large batch is drawn in processes of its own.
"""

import logging
import mimetypes
import posixpath
from urllib.parse import unquote, urljoin, urlsplit

#: Addresses in a template are relative to this host, which is nowhere: only static
#: files of addons are found there.
FORM_HOST = "http://forms.invalid/"
STYLESHEET = "/party_office_base/static/src/forms.css"


class PrinterMissing(Exception):
    """WeasyPrint, or the Pango libraries it draws text with, cannot be loaded."""


class FormAddressRefused(ValueError):
    """An address that a form may not load."""


def static_path(url):
    """Return the path (``addon/static/…``) of an addon's static file.

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
    return path


class Drawing:
    """WeasyPrint with our stylesheet, fonts and fetcher; the stylesheet is read once.

    :param open_static: opens a static file of an addon by its path, in binary mode
    :raises PrinterMissing: when WeasyPrint or Pango cannot be loaded
    """

    def __init__(self, open_static):
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
                path = static_path(url)
                with open_static(path) as file:
                    body = file.read()
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                return URLFetcherResponse(url, body, {"Content-Type": kind})

        self.html = weasyprint.HTML
        self.fetcher = StaticFetcher()
        self.fonts = FontConfiguration()
        self.css = weasyprint.CSS(
            url=urljoin(FORM_HOST, STYLESHEET),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def pdf(self, pages_html):
        """Return one PDF (bytes); each document begins on a page of its own and counts
        its own pages.
        """
        documents = [
            self.html(string=html, base_url=FORM_HOST, url_fetcher=self.fetcher).render(
                stylesheets=[self.css], font_config=self.fonts
            )
            for html in pages_html
        ]
        pages = [page for document in documents for page in document.pages]
        return documents[0].copy(pages).write_pdf()
