"""Small helpers that every addon of the suite shares."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import fields

OFFICE_TIMEZONE = "Asia/Ho_Chi_Minh"


def local_today(env):
    """Return today's date (``date``) at the office.

    Legal days (assignments, substitutions, norms) change at midnight in Viet Nam,
    whatever time zone a user or the server has.
    """
    zone = ZoneInfo(env.company.sudo().partner_id.tz or OFFICE_TIMEZONE)
    now = fields.Datetime.now()
    return (
        datetime(
            now.year, now.month, now.day, now.hour, now.minute, tzinfo=ZoneInfo("UTC")
        )
        .astimezone(zone)
        .date()
    )
