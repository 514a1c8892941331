"""Days and hours as they are at the office, whatever time zone a user has."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo.addons.party_office_base.tools import OFFICE_TIMEZONE


def zone(env):
    """Return the time zone of the office."""
    # settings of the company are read for every user
    return ZoneInfo(env.company.sudo().partner_id.tz or OFFICE_TIMEZONE)


def local(env, moment):
    """Return a stored (UTC, naive) datetime as local time of the office."""
    return moment.replace(tzinfo=UTC).astimezone(zone(env))


def midnight(env, day):
    """Return the beginning of a local day as it is stored (UTC, naive)."""
    begin = datetime.combine(day, time(), tzinfo=zone(env))
    return begin.astimezone(UTC).replace(tzinfo=None)
