"""Functions and triggers that our addons keep in the database, beside Odoo."""

from odoo.tools import SQL


def drop_guards(env, *prefixes):
    """Drop the functions whose names begin so, with all triggers that call them.

    Odoo drops an addon's tables when it is uninstalled, but knows nothing of functions:
    a guard that stayed on a table of core would refuse its rows for ever after.

    :param prefixes: beginnings of names, e.g. ``party_archive_``
    """
    for prefix in prefixes:
        rows = env.execute_query(
            SQL(
                "SELECT p.oid::regprocedure::text FROM pg_proc p"
                " WHERE p.pronamespace = current_schema::regnamespace"
                " AND starts_with(p.proname, %s)",
                prefix,
            )
        )
        for (signature,) in rows:
            # the signature comes from the catalogue, quoted as it has to be
            env.cr.execute(f"DROP FUNCTION {signature} CASCADE")  # pylint: disable=sql-injection
