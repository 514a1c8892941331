"""The text of files: of PDF and Word, and of scans when their recognition is there.

Nothing here raises: what was not read says why.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

#: what is read at once has to be small: somebody waits
AT_ONCE_BYTES = 5 << 20
AT_ONCE_SECONDS = 5
MOST_BYTES = 60 << 20
SECONDS = 120

READER = Path(__file__).with_name("file_text_reader.py")
#: where Debian's tesseract-ocr-vie puts its data; the environment goes first
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)
#: the first letters of files that can be read at all
SIGNS = (b"PK", b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")


class FileText(NamedTuple):
    """What a file says, and why it or a part was not read ("" when all was)."""

    text: str
    reason: str


def tessdata():
    """Return the folder of the Vietnamese recognition data, or ""."""
    for folder in (os.environ.get("TESSDATA_PREFIX"), *FOLDERS):
        if folder and Path(folder, "vie.traineddata").is_file():
            return folder
    return ""


def read_file(content, scans=True, seconds=SECONDS):
    """Return the ``FileText`` of a file.

    :param bytes content: of the file; its name is not believed
    :param bool scans: whether pictures are recognised, which takes seconds a page;
        otherwise the reason is "scan"
    :param seconds: the longest it may take
    """
    if not content:
        return FileText("", "empty")
    if not (content.startswith(SIGNS) or b"%PDF-" in content[:1024]):
        return FileText("", "kind")
    if len(content) > (MOST_BYTES if scans else AT_ONCE_BYTES):
        return FileText("", "large" if scans else "scan")
    folder = tessdata() if scans else ""
    try:
        done = subprocess.run(
            [sys.executable, str(READER), folder],
            input=content,
            capture_output=True,
            timeout=seconds,
            check=True,
            # recognition shall not take all processors of the server
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        found = FileText(**json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return FileText("", "time" if scans else "scan")
    except (OSError, subprocess.CalledProcessError, ValueError, TypeError):
        return FileText("", "broken")
    if found.reason == "scan" and scans:
        return FileText("", "data")
    if not found.text.strip() and not found.reason:
        return FileText("", "blank")
    return found
