"""Translation files: check, merge, compare. Runs in the environment (polib).

    po_tool.py check FILE.po…          report texts without a translation
    po_tool.py merge FOLDER ADDON…     bring ADDON/i18n in step with FOLDER/*.pot
    po_tool.py compare FOLDER ADDON…   name the addons whose template is stale

Exits with 1 when something is missing or stale.
"""

import sys
from pathlib import Path

import polib

LANGUAGE = "vi"
# What changes with every export and says nothing.
VOLATILE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator")


def main(arguments):
    """Run one command and return the exit code."""
    command, *rest = arguments
    paths = [Path(path) for path in rest]
    return {"check": check, "merge": merge, "compare": compare}[command](paths)


def check(files):
    """Report what lacks a translation, and templates that have no vi.po."""
    bad = 0
    for path in files:
        if path.suffix == ".pot":
            if not path.with_name(f"{LANGUAGE}.po").exists():
                print(f"{path.parent}: {LANGUAGE}.po is missing")
                bad += 1
            continue
        catalogue = polib.pofile(str(path))
        for entry in missing(catalogue):
            print(f"{path}:{entry.linenum}: not translated: {entry.msgid!r}")
            bad += 1
        template = path.parent / f"{path.parent.parent.name}.pot"
        if template.exists():
            lacking = texts(polib.pofile(str(template))) - texts(catalogue)
            for text in sorted(lacking):
                print(f"{path}: not in the file: {text!r}")
            bad += len(lacking)
    return 1 if bad else 0


def merge(paths):
    """Update template and translation of each addon; old translations stay."""
    folder, *addons = paths
    lacking = 0
    for addon in addons:
        template = polib.pofile(str(folder / f"{addon.name}.pot"))
        if not len(template):
            continue
        target = addon / "i18n" / f"{LANGUAGE}.po"
        target.parent.mkdir(exist_ok=True)
        for name in VOLATILE:
            template.metadata.pop(name, None)
        template.save(str(target.with_name(f"{addon.name}.pot")))
        catalogue = polib.pofile(str(target)) if target.exists() else polib.POFile()
        catalogue.header = catalogue.header or template.header
        catalogue.metadata = {**template.metadata, "Language": LANGUAGE}
        catalogue.merge(template)
        catalogue[:] = [entry for entry in catalogue if not entry.obsolete]
        catalogue.save(str(target))
        count = len(missing(catalogue))
        lacking += count
        print(f"{addon.name}: {len(catalogue)} texts, {count} without {LANGUAGE}")
    return 1 if lacking else 0


def compare(paths):
    """Print the addons whose committed template lacks or exceeds the export."""
    folder, *addons = paths
    stale = []
    for addon in addons:
        committed = addon / "i18n" / f"{addon.name}.pot"
        exported = texts(polib.pofile(str(folder / f"{addon.name}.pot")))
        have = texts(polib.pofile(str(committed))) if committed.exists() else set()
        if exported != have:
            stale.append(addon.name)
    print("\n".join(stale))
    return 1 if stale else 0


def missing(catalogue):
    """Entries without a translation, or with one that needs a look."""
    return [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]


def texts(catalogue):
    """All texts of a catalogue."""
    return {entry.msgid for entry in catalogue if not entry.obsolete}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
