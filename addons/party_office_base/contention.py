"""Rows that many people write at the same moment: a budget line, a voucher counter.

Odoo works in REPEATABLE READ, so the second of two writers fails and its request runs
again, five times at most, after random pauses. On a busy morning that is not enough.
Here a request notes the rows it needs. When one of them is taken it runs again at once:
first it waits in line for all of them, then its snapshot is taken, and it gets through.
"""

from zlib import crc32

from odoo.exceptions import ConcurrencyError
from odoo.http import request
from odoo.tools import SQL


def take_rows(env, table, ids):
    """Take rows that others write too, until the end of the transaction.

    Call it before the UPDATE. Never waits: who waits while he holds other rows ends in
    a deadlock.

    :param str table: name of the table
    :param ids: ids of the rows
    :raises ConcurrencyError: when another transaction has one of them; the HTTP layer
        then runs the request again, other callers use ``odoo.service.model.retrying``
    """
    keys = {(_table_key(table), row_id) for row_id in ids}
    if request:
        request.party_rows = getattr(request, "party_rows", set()) | keys
    tables, rows = zip(*sorted(keys), strict=True)
    busy = env.execute_query(
        SQL(
            """
            SELECT row_id
              FROM unnest(%s::int[], %s::int[]) AS wanted(table_key, row_id)
             WHERE NOT pg_try_advisory_xact_lock(table_key, row_id)
            """,
            list(tables),
            list(rows),
        )
    )
    if busy:
        raise ConcurrencyError(f"{table}: rows {[row for (row,) in busy]} are busy")


def needed_rows():
    """Return the rows that this request has asked for so far, in order."""
    return sorted(getattr(request, "party_rows", ())) if request else []


def wait_in_line(cr, keys):
    """Wait for the rows that an earlier try of this request needed.

    The locks outlive the rollback that gives the try a fresh snapshot, and are let go
    when the try ends, well or badly.
    """
    tables, rows = map(list, zip(*keys, strict=True))

    def let_go():
        # the cursor itself may be closing: the connection is still there
        with cr._cnx.cursor() as plain:
            plain.execute("SELECT pg_advisory_unlock_all()")
        cr._cnx.rollback()

    try:
        cr.execute(
            "SELECT pg_advisory_lock(table_key, row_id) "
            "FROM unnest(%s::int[], %s::int[]) AS wanted(table_key, row_id)",
            [tables, rows],
        )
    except BaseException:
        # those that it got outlive the rollback, and the connection is used again
        cr.postrollback.add(let_go)
        raise
    cr.rollback()
    cr.postcommit.add(let_go)
    cr.postrollback.add(let_go)


def _table_key(table):
    """Return a signed 32-bit number for a table, the same in every process."""
    return crc32(table.encode()) - 2**31
