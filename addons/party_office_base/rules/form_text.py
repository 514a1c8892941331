"""Write dates and figures the way Vietnamese forms do.

Pure functions, standard library only.

>>> from datetime import date
>>> long_date(date(2026, 4, 2))
'ngày 02 tháng 4 năm 2026'
>>> figure(1200000)
'1.200.000'
"""

from decimal import ROUND_HALF_UP, Decimal

BLANK = "……"


def short_date(day):
    """Return a date (or datetime) in figures, or dots to fill in by hand.

    >>> short_date(None)
    '……/……/………'
    """
    return day.strftime("%d/%m/%Y") if day else f"{BLANK}/{BLANK}/………"


def long_date(day):
    """Return a date in words; days below 10 and months below 3 get a zero.

    A zero before a small number keeps anybody from writing a digit in front of it.

    >>> from datetime import date
    >>> long_date(date(2026, 2, 12))
    'ngày 12 tháng 02 năm 2026'
    >>> long_date(False)
    'ngày …… tháng …… năm ………'
    """
    if not day:
        return f"ngày {BLANK} tháng {BLANK} năm ………"
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment(local):
    """Return a local date and time.

    >>> from datetime import datetime
    >>> moment(datetime(2026, 4, 2, 8, 5))
    '08:05 ngày 02/04/2026'
    """
    return f"{local:%H:%M} ngày {short_date(local)}" if local else ""


def figure(value, places=0):
    """Return a number with Vietnamese thousands and decimals.

    :param int places: decimals at most; zeros at the end are left out

    >>> figure(-1234.5, 3)
    '-1.234,5'
    >>> figure(20, 3)
    '20'
    """
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _point, rest = f"{exact:,f}".partition(".")
    rest = rest.rstrip("0")
    text = whole.replace(",", ".")
    return f"{text},{rest}" if rest else text
