"""QR codes on printed forms, drawn as SVG: sharp on every printer and small."""

from base64 import b64encode

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

#: white modules around the code, as the standard asks
QUIET = 4


def qr_address(text):
    """Return the ``data:`` address of an image of a QR code.

    :param str text: what a scanner reads
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    size = len(rows) + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {size} '
        f'{size}"><path d="{path}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _runs(row):
    """Yield ``(start, length)`` of each run of black modules.

    >>> list(_runs([True, True, False, True]))
    [(0, 2), (3, 1)]
    """
    start = None
    for x, black in enumerate([*row, False]):
        if black and start is None:
            start = x
        elif not black and start is not None:
            yield start, x - start
            start = None
