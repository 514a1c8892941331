"""Read the words of one file: bytes on standard input, JSON on standard output.

It runs as a process of its own, with limits: a file that makes a library crash, hang or
eat memory costs its own text only. Nothing of Odoo is imported here.
"""

import contextlib
import io
import json
import re
import resource
import sys
import zipfile

#: pages that are read; the words of a paper stand in the first ones
TEXT_PAGES = 200
SCAN_PAGES = 20
#: a page with fewer letters has no layer of text worth the name
FEW_LETTERS = 20
DOTS_PER_INCH = 200
#: an A3 page at 300 dots per inch has 17 million
MOST_PIXELS = 30_000_000
MOST_CHARACTERS = 300_000
MOST_XML = 30_000_000
MEMORY = 3 << 30

IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")


class Unread(Exception):
    """The text was not read; the argument is the reason."""


def read(content, tessdata=""):
    """Return the text of a file and a reason why part of it is missing ("" for none).

    :param bytes content: PDF, DOCX, JPEG, PNG or TIFF
    :param str tessdata: folder of the recognition data; "" recognises no scans
    :raises Unread: naming the reason
    """
    if b"%PDF-" in content[:1024]:
        return read_pdf(content, tessdata)
    if content.startswith(b"PK"):
        return read_docx(content), ""
    if content.startswith(IMAGES):
        return read_image(content, tessdata), ""
    raise Unread("kind")


def read_docx(content):
    """Return the words of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [
                name
                for name in archive.namelist()
                if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
            ]
            if not names:
                raise Unread("kind")
            # what stands in the head comes first: a mark is looked for there
            names.sort(key=lambda name: ("header" not in name, "footer" in name))
            if sum(archive.getinfo(name).file_size for name in names) > MOST_XML:
                raise Unread("large")
            parts = [archive.read(name).decode("utf-8", "replace") for name in names]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unread("broken") from error
    xml = "\n".join(parts)
    xml = re.sub(r"</w:p>|<w:br\b[^>]*>|<w:cr/>", "\n", xml)
    xml = re.sub(r"<w:tab\b[^>]*>", "\t", xml)
    bare = re.sub(r"<[^>]*>", "", xml)
    for entity, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'")):
        bare = bare.replace(f"&{entity};", sign)
    return bare.replace("&amp;", "&")


def read_pdf(content, tessdata):
    """Return the words of a PDF; pages without words are recognised."""
    try:
        import pypdfium2
    except ImportError as error:
        raise Unread("library") from error
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unread("locked" if locked else "broken") from error
    texts, reason, scans = [], "", 0
    for number in range(min(count, TEXT_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()
            if sum(map(str.isalpha, text)) < FEW_LETTERS and _has_picture(page):
                if not tessdata:
                    raise Unread("scan")
                scans += 1
                if scans > SCAN_PAGES:
                    reason = "pages"
                    break
                text = f"{text}\n{recognise(_picture(page), tessdata)}"
        except pypdfium2.PdfiumError as error:
            raise Unread("broken") from error
        texts.append(text)
        if sum(map(len, texts)) > MOST_CHARACTERS:
            reason = "pages"
            break
    return "\n".join(texts), reason or ("pages" if count > TEXT_PAGES else "")


def _has_picture(page):
    # an empty back page is no scan; drawn letters are paths
    return next(page.get_objects(max_depth=3), None) is not None


def _picture(page):
    width, height = page.get_size()
    scale = DOTS_PER_INCH / 72
    if width * height * scale * scale > MOST_PIXELS:
        raise Unread("large")
    return page.render(scale=scale, grayscale=True).to_pil()


def read_image(content, tessdata):
    """Return the words of a picture; of a fax in TIFF, of its first pages."""
    if not tessdata:
        raise Unread("scan")
    try:
        from PIL import Image, ImageSequence
    except ImportError as error:
        raise Unread("library") from error
    texts = []
    try:
        with Image.open(io.BytesIO(content)) as image:
            for number, page in enumerate(ImageSequence.Iterator(image)):
                if number >= SCAN_PAGES:
                    break
                if page.width * page.height > MOST_PIXELS:
                    raise Unread("large")
                texts.append(recognise(page.convert("L"), tessdata))
    except Unread:
        raise
    except Image.DecompressionBombError as error:
        raise Unread("large") from error
    except Exception as error:
        # Pillow raises whatever its decoders raise
        raise Unread("broken") from error
    return "\n".join(texts)


def recognise(image, tessdata):
    """Return the words of a grey picture (PIL)."""
    try:
        import tesserocr
    except ImportError as error:
        raise Unread("library") from error
    try:
        api = tesserocr.PyTessBaseAPI(path=tessdata, lang="vie")
    except RuntimeError as error:
        raise Unread("data") from error
    with api:
        api.SetImage(image)
        api.SetSourceResolution(DOTS_PER_INCH)
        return api.GetUTF8Text()


def main():
    """Read standard input; the one argument is the folder of the data."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        text, reason = read(sys.stdin.buffer.read(), sys.argv[1])
        answer = {"text": text[:MOST_CHARACTERS], "reason": reason}
    except Unread as unread:
        answer = {"text": "", "reason": unread.args[0]}
    except MemoryError:
        answer = {"text": "", "reason": "large"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
