"""What an uninstallation takes away beside what Odoo does."""

from odoo.addons.party_office_base.database_guards import drop_guards


def uninstall_hook(env):
    """Drop the guards of this addon, which Odoo does not know of."""
    drop_guards(
        env, "party_archive_", "party_document_", "party_secrecy_", "party_thematic_"
    )
