"""How the search finds community groups: by name and registration, in the villages that the reader works on."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from p2emas.accounts.models import User
from p2emas.registry.kinds import Hit, SearchKind


def _rows(reader: Any) -> QuerySet[CommunityGroup]:
    if not isinstance(reader, User):
        return CommunityGroup.objects.none()
    groups = CommunityGroup.objects.for_user(reader).select_related("village__district", "commodity")
    return groups if reader.is_staff else groups.filter(village__active=True)


def _hit(group: CommunityGroup, reader: Any) -> Hit:
    """Its form where the reader works in the back office, else the page of its village."""
    village = group.village
    form = "admin:districts_communitygroup_change"
    url = reverse(form, args=[group.pk]) if reader.is_staff else village.get_absolute_url()
    parts = [group.get_kind_display(), f"{village}, Kecamatan {village.district}", str(group.commodity)]
    return Hit(group.name, url, " · ".join([*parts, *(["tidak aktif"] if not group.active else [])]))


GROUPS = SearchKind(
    code="group",
    title="Kelompok",
    place=4,
    model=CommunityGroup,
    rows=_rows,
    names=lambda group: [group.name],
    numbers=lambda group: [group.registration_no],
    hit=_hit,
    forgiving=True,
)
