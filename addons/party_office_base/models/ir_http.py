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
        rows = needed_rows()
        if rows and not request.env.cr.readonly:
            wait_in_line(request.env.cr, rows)
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
        wait_in_line(env.cr, needed_rows())
        _forget_changed_params()
        return super()._dispatch(endpoint)


def _forget_changed_params():
    """Take the parameters from the request anew: the first try may have changed them.

    Methods pop and add keys of the values that they are given; Odoo's own next try
    reads the body again for that reason.
    """
    kind = request.dispatcher.routing_type
    if kind in ("jsonrpc", "json2") and request.httprequest.content_length:
        body = request.get_json_data()
        sent = body.get("params", {}) if kind == "jsonrpc" else body
        if isinstance(sent, dict):
            # what came with the address stays
            request.params = request.params | sent
