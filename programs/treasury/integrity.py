"""What no single table can see of payments: whose activity an entry is about."""

from collections.abc import Iterator

from django.db.models import F, Q

from programs.treasury.models import TreasuryEntry


def payments_elsewhere() -> Iterator[str]:
    """An entry is about an activity of its own agency and year, and was paid in that year."""
    other = ~Q(activity__agency=F("agency")) | ~Q(activity__year=F("year")) | ~Q(paid_on__year=F("year"))
    for entry in TreasuryEntry.objects.filter(other).select_related("agency", "activity").order_by("pk"):
        yield f"{entry} ({entry.agency}, {entry.year}): kegiatan {entry.activity.code} atau tanggalnya bukan miliknya."
