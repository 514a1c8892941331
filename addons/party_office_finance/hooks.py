"""What an installation sets up once."""


def post_init_hook(env):
    """Set the companies up in đồng, with the accounts and journals that payments need.

    When ``account`` is installed in the same run, core has put its generic chart of
    companies on a list to be loaded last; it would delete ours and set the currency
    back.
    """
    if hasattr(env.registry, "_auto_install_template"):
        del env.registry._auto_install_template
    env["res.company"]._party_setup_all()
