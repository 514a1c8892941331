"""`./office translate`: keeps the translation files in step with the code.

Each addon has `i18n/<addon>.pot`, exported by Odoo, and `i18n/vi.po`.
"""

import subprocess

from .console import Progress, say
from .errors import OfficeError
from .sandbox import Sandbox
from .workplace import Workplace

DATABASE = "party_office_i18n"


def update_translations(layout, settings, names=()):
    """Export the templates and merge them; returns 1 when texts lack Vietnamese."""
    workplace = Workplace(layout, settings).prepare(with_tests=True)
    with workplace.test_server() as server:
        odoo = workplace.odoo(
            server, profile="translate", data=layout.state / "test-data"
        )
        databases = Sandbox(odoo)
        modules = databases.modules(demo=True)
        databases.fresh(DATABASE)
        databases.install(DATABASE, modules)
        wanted = [name for name in modules if not names or name in names]
        folder = layout.state / "i18n"
        export_templates(odoo, DATABASE, wanted, folder)
    result = subprocess.run(
        [layout.python, layout.checkout / "tools" / "po_tool.py", "merge", folder]
        + [layout.addons / name for name in wanted]
    )
    return result.returncode


def export_templates(odoo, database, modules, folder):
    """Write `<module>.pot` for each module. Raises OfficeError when Odoo fails."""
    folder.mkdir(parents=True, exist_ok=True)
    with Progress("Export of texts") as progress:
        for number, name in enumerate(modules):
            target = folder / f"{name}.pot"
            target.unlink(missing_ok=True)
            result = subprocess.run(
                odoo.command(
                    *("i18n", "export", "-d", database, "-l", "pot"),
                    *("-o", target, "--", name),
                ),
                env=odoo.environment(),
                capture_output=True,
                text=True,
            )
            if result.returncode:
                raise OfficeError(f"{name} could not be exported:\n{result.stderr}")
            progress.update(number + 1, len(modules), name)


def stale_templates(layout, folder, modules):
    """Names of modules whose committed template differs from the exported one."""
    result = subprocess.run(
        [layout.python, layout.checkout / "tools" / "po_tool.py", "compare", folder]
        + [layout.addons / name for name in modules],
        capture_output=True,
        text=True,
    )
    if result.returncode:
        say(result.stdout + result.stderr)
    return result.stdout.split()
