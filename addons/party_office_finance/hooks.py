"""What an installation sets up once."""


def post_init_hook(env):
    """Set the companies up in đồng, with the accounts and journals that payments
    need.
    """
    env["res.company"]._party_setup_all()
