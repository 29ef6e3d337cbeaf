"""Dates as data: a year, a month or a day, always compared as days; never the clock."""

import datetime as dt
import re
from calendar import monthrange
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from painrules.errors import shown

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

FIRST_DAY = dt.date.min
LAST_DAY = dt.date.max


def first_day(text: str) -> dt.date:
    """The first day that a date names: a bare year means 1 January.

    >>> first_day("2020-09").isoformat()
    '2020-09-01'

    Raises:
        ValueError: If the text is not a year, a month or a day.
    """
    found = _DATE.fullmatch(text)
    try:
        if found:
            year, month, day = (int(part) if part else 1 for part in found.groups())
            return dt.date(year, month, day)
    except ValueError:
        pass
    msg = f"{shown(text)} is not a date such as 2020, 2020-09 or 2020-09-30"
    raise ValueError(msg)


def last_day(text: str) -> dt.date:
    """The last day that a date names: a bare year means 31 December.

    >>> last_day("2020").isoformat()
    '2020-12-31'

    Raises:
        ValueError: If the text is not a year, a month or a day.
    """
    start = first_day(text)
    parts = text.count("-")
    if parts == 0:
        return dt.date(start.year, 12, 31)
    if parts == 1:
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start


def _as_text(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _checked(text: str) -> str:
    first_day(text)
    return text


DateText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_checked)]
"""A year, a month or a day, as text: ``2020``, ``2020-09`` or ``2020-09-30``."""
