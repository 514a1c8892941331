"""`./office combinations`: every choice of our addons, put in and taken off."""

from itertools import combinations

from .addons import BASE, DEMO, find_addons
from .console import say
from .errors import OfficeError
from .odoo_log import read_allowed
from .sandbox import Sandbox
from .tally import Tally
from .uninstall import uninstall_in_turn
from .workplace import Workplace

DATABASE = "party_office_choice"


def run_combinations(layout, settings):
    """Install each choice into a database of its own; returns the exit code."""
    optional = [n for n in find_addons(layout.addons) if n not in (BASE, DEMO)]
    choices = [
        choice
        for size in range(1, len(optional) + 1)
        for choice in combinations(optional, size)
    ]
    allowed = read_allowed(layout.config / "log-allow.txt")
    workplace = Workplace(layout, settings).prepare(with_tests=True)
    total = Tally()
    with workplace.test_server() as server:
        odoo = workplace.odoo(server, profile="test", data=layout.state / "test-data")
        databases = Sandbox(odoo)
        for choice in choices:
            databases.fresh(DATABASE)
            try:
                databases.install(DATABASE, [BASE, *choice])
            except OfficeError as error:
                say(str(error))
                total.add(Tally(0, 1))
                continue
            total.add(Tally(1, 0))
            # the last first: what is left has to go on without it
            total.add(uninstall_in_turn(odoo, DATABASE, choice[::-1], allowed))
    say(str(total))
    return 1 if total.failed else 0
