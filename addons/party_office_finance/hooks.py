"""What an installation sets up once, and an uninstallation takes away."""

from odoo.addons.party_office_base.database_guards import drop_guards


def post_init_hook(env):
    """Set the companies up in đồng, with the accounts and journals that payments need.

    When ``account`` is installed in the same run, core has put its generic chart of
    companies on a list to be loaded last; it would delete ours and set the currency
    back.
    """
    if hasattr(env.registry, "_auto_install_template"):
        del env.registry._auto_install_template
    env["res.company"]._party_setup_all()


def uninstall_hook(env):
    """Drop the guards of this addon, which Odoo does not know of."""
    drop_guards(env, "party_budget_", "party_cash_")
