"""Taking addons off a database again, one after the other."""

import re

from .console import say
from .errors import OfficeError
from .odoo_log import OdooLog
from .tally import Tally

OWN_TABLES = """
SELECT c.relname
  FROM ir_model m
  JOIN pg_class c ON c.relkind = 'r' AND c.relname = replace(m.model, '.', '_')
  JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
 WHERE m.model LIKE 'party.%'
 GROUP BY c.relname
HAVING array_agg(d.module::text) = ARRAY['{module}']
"""
#: Odoo tries to delete each row, and leaves what others need to the dropped tables
ATTEMPT = re.compile(r"odoo\.sql_db: bad query: b[\"'](DELETE|\\n|UPDATE)")
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r'"
#: triggers on tables of core, which would go on refusing rows
GUARDS = """
SELECT t.tgname || ' on ' || t.tgrelid::regclass
  FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND starts_with(p.proname, 'party_')
   AND NOT starts_with(t.tgrelid::regclass::text, 'party_')
"""


def uninstall_in_turn(odoo, database, modules, allowed):
    """Uninstall addons one by one: each is a test of a clean log and no table left.

    The last test is that no guard stays on a table of core. Whoever depends on an addon
    has to stand before it in ``modules``.
    """
    total = Tally()
    for module in modules:
        problem = _uninstall(odoo, database, module, allowed)
        if problem:
            say(f"\nUninstalling {module}:\n{problem}")
        total.add(Tally(0, 1) if problem else Tally(1, 0))
    guards = _names(odoo, database, GUARDS)
    if guards:
        say(f"\nGuards are left: {', '.join(sorted(guards))}")
    total.add(Tally(0, 1) if guards else Tally(1, 0))
    say(f"Uninstalling {', '.join(modules)}: {total}")
    return total


def _uninstall(odoo, database, module, allowed):
    """Uninstall one addon; returns what went wrong, empty when nothing did."""
    own = _names(odoo, database, OWN_TABLES.format(module=module))
    log = OdooLog([*allowed, ATTEMPT])
    try:
        odoo.stream(
            *("module", "uninstall", "-c", odoo.config, "-d", database, module),
            what=f"{module} cannot be uninstalled",
            on_line=log.feed,
        )
    except OfficeError as error:
        return str(error)
    log.finish()
    left = own & _names(odoo, database, TABLES)
    return "\n".join(
        [*log.unexpected, *(f"The table {name} is left." for name in left)]
    )


def _names(odoo, database, query):
    return {name for (name,) in odoo.server.sql(query, database)}
