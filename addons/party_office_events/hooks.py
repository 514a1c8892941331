"""What an uninstallation takes away beside what Odoo does."""

from odoo.addons.party_office_base.database_guards import drop_guards


def uninstall_hook(env):
    """Let go the rooms and drop the guards of this addon.

    The table of what is taken belongs to base and stays; rooms of a later installation
    get the same ids again.
    """
    rows = env["party.occupancy"].search([("subject_model", "=", "party.room")])
    rows.unlink()
    drop_guards(env, "party_service_", "party_supply_", "party_task_")
