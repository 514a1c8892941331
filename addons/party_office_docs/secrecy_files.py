"""Files of secret papers leave the disk at once, not with the nightly clean-up."""

import contextlib
import logging
import os

from psycopg2.errors import LockNotAvailable

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def forget_attachments(registry, ids):
    """Delete attachments and their files, in a transaction of its own.

    :param registry: of the database
    :param ids: ids of ``ir.attachment``
    """
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        attachments = env["ir.attachment"].browse(ids).exists()
        names = [name for name in attachments.mapped("store_fname") if name]
        attachments.unlink()
    forget_files(registry, names)


def forget_files(registry, names):
    """Delete files of the filestore that no attachment uses any more.

    Called after the commit that removed the attachments. A file that cannot be deleted
    now stays in the list of the nightly clean-up.

    :param registry: of the database
    :param names: ``store_fname`` of removed attachments
    :return: names (``list``) of the files that are still used elsewhere
    """
    if not names:
        return []
    with registry.cursor() as cr:
        try:
            # as Odoo's own clean-up: nobody begins to use a file while it is deleted
            cr.execute("SET LOCAL lock_timeout TO '10s'")
            cr.execute("LOCK ir_attachment IN SHARE MODE")
        except LockNotAvailable:
            _logger.warning("%s secret files wait for the clean-up", len(names))
            return []
        return delete_unused(api.Environment(cr, SUPERUSER_ID, {}), names)


def delete_unused(env, names):
    """Delete the files that no attachment uses and return the names of the others.

    :param env: in superuser mode; nobody else may begin to use the files meanwhile
    :param names: ``store_fname`` of removed attachments
    """
    env.cr.execute(
        "SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)",
        [list(names)],
    )
    used = {name for (name,) in env.cr.fetchall()}
    for name in set(names) - used:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(env["ir.attachment"]._full_path(name))
    return sorted(used)
