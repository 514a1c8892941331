"""`./office odoo …`: Odoo's own command with our configuration."""

import signal
import subprocess

from .workplace import Workplace


def run_odoo(layout, settings, arguments):
    """Run it in the foreground and return its exit code."""
    workplace = Workplace(layout, settings).prepare()
    with workplace.server() as server:
        odoo = workplace.odoo(server)
        command = odoo.command(*arguments)
        # Ctrl-C belongs to Odoo's shell, not to this program.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return subprocess.run(
                command,
                env=odoo.environment(),
                preexec_fn=lambda: signal.signal(
                    signal.SIGINT, signal.default_int_handler
                ),
            ).returncode
        finally:
            signal.signal(signal.SIGINT, before)
