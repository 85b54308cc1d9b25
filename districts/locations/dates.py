"""The days on which villages may be proposed, in the calendar."""

from typing import Any

from districts.locations.rounds.models import SelectionRound
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span


def proposals(reader: Any, span: Span) -> Dates:
    for each in SelectionRound.objects.for_user(reader).going_on():
        for name, day, word in (
            ("opens", each.opens, "Usulan lokasi sasaran dibuka"),
            ("closes", each.closes, "Usulan lokasi sasaran ditutup"),
        ):
            if day in span:
                key = f"lokasi-{each.pk}-{name}"
                yield CalendarDate(key, day, word, word, str(each.pk), f"{each.name}.", each.get_absolute_url())


DATES = (DateKind("lokasi", "Pemilihan lokasi", 40, proposals),)
