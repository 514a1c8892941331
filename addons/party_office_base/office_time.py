"""Days and hours as they are at the office, whatever time zone a user has."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import fields

OFFICE_TIMEZONE = "Asia/Ho_Chi_Minh"


def zone(env):
    """Return the time zone of the office."""
    # settings of the company are read for every user
    return ZoneInfo(env.company.sudo().partner_id.tz or OFFICE_TIMEZONE)


def local(env, moment):
    """Return a stored (UTC, naive) datetime as local time of the office."""
    return moment.replace(tzinfo=UTC).astimezone(zone(env))


def stored(env, day, clock=time()):
    """Return a local day and time of the office as it is stored (UTC, naive)."""
    return datetime.combine(day, clock, zone(env)).astimezone(UTC).replace(tzinfo=None)


def midnight(env, day):
    """Return the beginning of a local day as it is stored (UTC, naive)."""
    return stored(env, day)


def local_today(env):
    """Return today's date (``date``) at the office.

    Legal days (assignments, substitutions, norms) change at midnight in Viet Nam,
    whatever time zone a user or the server has.
    """
    return local(env, fields.Datetime.now()).date()
