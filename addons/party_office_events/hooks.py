"""What an uninstallation takes away beside what Odoo does."""


def uninstall_hook(env):
    """Let go the rooms: the table of what is taken belongs to base and stays.

    Rooms of a later installation get the same ids again.
    """
    rows = env["party.occupancy"].search([("subject_model", "=", "party.room")])
    rows.unlink()
