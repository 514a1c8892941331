"""The tables of this addon."""

import csv
import io

from odoo.tools import file_open

ADDON = "party_office_demo"


def read_table(name):
    """Return the rows (list of dicts) of ``data/<name>.csv``."""
    with file_open(f"{ADDON}/data/{name}.csv", "rb") as stream:
        return list(csv.DictReader(io.StringIO(stream.read().decode())))


def record(env, kind, key):
    """Return a record of this addon, for example ``record(env, "board", "btc")``."""
    return env.ref(f"{ADDON}.{kind}_{key.replace('.', '_')}")


def as_user(records, user):
    """Return records as a user has them after logging in, without superuser rights."""
    return records.with_user(user).with_context(lang=user.lang, tz=user.tz)
