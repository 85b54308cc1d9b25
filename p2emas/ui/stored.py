"""A stored value in the words of the screen, for histories."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from p2emas.ui import formats


def worded(tracked: models.Field, value: Any) -> str | None:
    """Money, dates and figures as every page writes them; None for what reads as it is stored."""
    if isinstance(value, datetime):
        return formats.table_moment(value)
    if isinstance(value, date):
        return formats.table_date(value)
    if isinstance(value, Decimal):
        return formats.number(value, getattr(tracked, "decimal_places", 2))
    return formats.rupiah(value) if type(tracked) is models.BigIntegerField else None
