"""What an installation sets up once."""


def pre_init_hook(env):
    """Create the PostgreSQL extensions that constraints and search rest on.

    They are trusted extensions: the owner of the database may create them. Without
    ``btree_gist`` the exclusion constraints (one primary accountant for each board and
    day) cannot exist, so a failure here stops the installation.
    """
    for extension in ("btree_gist", "pg_trgm", "unaccent"):
        env.cr.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def post_init_hook(env):
    """Give the administrator the role that keeps the configuration."""
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        admin.group_ids |= env.ref("party_office_base.group_manager")
