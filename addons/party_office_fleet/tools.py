"""Small helpers of the cars."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from odoo.addons.party_office_base.tools import OFFICE_TIMEZONE


def exact(value):
    """Return a stored number as the rules take it, without the noise of a float."""
    return Decimal(str(value or 0))


def local_moment(record, moment):
    """Return a stored moment (UTC) in the time of the office, without a zone.

    Fuel is settled by the days of the office, whatever time zone a user has.
    """
    zone = record.env.company.sudo().partner_id.tz or OFFICE_TIMEZONE
    utc = moment.replace(tzinfo=ZoneInfo("UTC"))
    return utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
