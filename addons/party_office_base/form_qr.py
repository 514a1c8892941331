"""QR codes on printed forms, as small black-and-white images."""

import io
from base64 import b64encode

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

#: white modules around the code, as the standard asks
QUIET = 4
#: pixels of a module: enough to stay sharp on paper
SCALE = 6


def qr_address(text):
    """Return the ``data:`` address of an image of a QR code.

    :param str text: what a scanner reads
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    image = Image.new("1", (size, size), 1)
    image.putdata([0 if black else 1 for row in rows for black in row])
    buffer = io.BytesIO()
    image.resize((size * SCALE, size * SCALE), Image.Resampling.NEAREST).save(
        buffer, "PNG", optimize=True
    )
    return f"data:image/png;base64,{b64encode(buffer.getvalue()).decode()}"
