"""The Vietnamese sort order for the embedded server.

The server is built without ICU, so its order comes from a locale of the C
library, compiled into the state folder from Debian's locale sources.
"""

import os
import shutil
import subprocess

from .apt import unpack
from .errors import OfficeError

LOCALE = "vi_VN.UTF-8"


def prepare_sort_order(layout, apt, pin):
    """Compile the locale once. Raises OfficeError when that fails."""
    target = layout.locale / LOCALE
    if (target / "LC_COLLATE").exists():
        return
    layout.locale.mkdir(parents=True, exist_ok=True)
    sources = layout.locale / "sources.partial"
    shutil.rmtree(sources, ignore_errors=True)
    apt.update()
    for deb in apt.download([apt.show(pin["package"])[0]]):
        unpack(deb, sources)
    compiled = layout.locale / f"{LOCALE}.partial"
    shutil.rmtree(compiled, ignore_errors=True)
    result = subprocess.run(
        ["localedef", "--no-archive", "-i", pin["name"], "-f", "UTF-8", compiled],
        env={**os.environ, "I18NPATH": str(sources / "usr" / "share" / "i18n")},
        capture_output=True,
        text=True,
    )
    # A status of 1 only means warnings.
    if result.returncode > 1 or not (compiled / "LC_COLLATE").exists():
        raise OfficeError(
            f"The Vietnamese sort order could not be compiled:\n{result.stderr.strip()}"
        )
    compiled.replace(target)
    shutil.rmtree(sources)
