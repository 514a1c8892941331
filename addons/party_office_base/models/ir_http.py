from psycopg2.errors import SerializationFailure

from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.http import request

from ..contention import needed_rows, wait_in_line


class IrHttp(models.AbstractModel):
    """Run a request again, at once and in line, when its rows were taken by another."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        # the first statement of every try that Odoo itself makes after a pause
        if needed_rows() and not request.env.cr.readonly:
            wait_in_line(request.env.cr)
        return super()._authenticate(endpoint)

    @classmethod
    def _dispatch(cls, endpoint):
        try:
            result = super()._dispatch(endpoint)
            if needed_rows():
                # what is still pending may fail too
                request.env.cr.flush()
            return result
        except (ConcurrencyError, SerializationFailure):
            # uploaded files were read: Odoo rewinds them before its own next try
            if not needed_rows() or request.httprequest.files:
                raise
        env = request.env
        env.cr.rollback()
        env.transaction.reset()
        env.registry.reset_changes()
        wait_in_line(env.cr)
        return super()._dispatch(endpoint)
