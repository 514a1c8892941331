"""Print a part of a large batch of forms in a process of its own.

Started by ``form_printer`` with this file as a script, so it must import nothing of
Odoo: it reads JSON (``pages``, ``roots``) from its input and writes one PDF.
"""

import json
import os
import sys


def open_below(roots):
    """Return a function that opens a file of an addon, and nothing outside.

    :param list roots: the folders that hold addons
    """
    folders = [os.path.realpath(root) for root in roots]

    def open_static(path):
        for folder in folders:
            full = os.path.realpath(os.path.join(folder, path))
            if full.startswith(folder + os.sep) and os.path.isfile(full):
                return open(full, "rb")
        raise FileNotFoundError(path)

    return open_static


def main():
    # a script finds the modules beside it
    import form_drawing

    job = json.load(sys.stdin)
    drawing = form_drawing.Drawing(open_below(job["roots"]))
    sys.stdout.buffer.write(drawing.pdf(job["pages"]))


if __name__ == "__main__":
    main()
