"""Choices of the plan forms: only what this agency, this year and what is in force allow."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.forms.models import ModelChoiceIterator

from districts.evidence.models import CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.naming import named
from p2emas.ui.formats import MONTHS
from p2emas.ui.rows import RowField, key_typed
from programs.framework.models import Activity
from programs.nomenclature.checking import UNLISTED
from programs.planning.models import PlanLine, WorkPlan

MONTH_CHOICES = [("", "Pilih bulan"), *enumerate(MONTHS, start=1)]


class LinePlace:
    TARGET, OTHER, REGENCY = "target", "other", "regency"
    CHOICES = (
        (TARGET, "Lokasi sasaran"),
        (OTHER, "Desa lain, dengan alasan"),
        (REGENCY, named("Seluruh {territory}")),
    )


def activities(plan: WorkPlan) -> QuerySet[Activity]:
    return Activity.objects.of(plan.agency_id, plan.year).with_listing().order_by("code")


def target_locations(plan: WorkPlan, line: PlanLine) -> QuerySet[TargetLocation]:
    """In force on the plan's day, and the one that the line already has."""
    allowed = TargetLocation.objects.in_force(plan.day) | TargetLocation.objects.filter(Q(pk=line.target_location_id))
    return allowed.for_table().order_by("village__name", "pk")


def other_villages(plan: WorkPlan, line: PlanLine) -> QuerySet[Village]:
    """Active villages that are not target locations, and the one that the line already has."""
    targets = TargetLocation.objects.in_force(plan.day).order_by().values("village")
    allowed = Village.objects.public().exclude(pk__in=targets) | Village.objects.filter(Q(pk=line.other_village_id))
    return allowed.select_related("district").order_by("district__name", "name", "pk")


def recipient_groups(plan: WorkPlan, line: PlanLine, other_village: str | None) -> QuerySet[CommunityGroup]:
    """Active groups of the target locations and of the other village that is chosen; names only, no contacts."""
    places = Q(village__in=TargetLocation.objects.in_force(plan.day).order_by().values("village"))
    places |= Q(village=line.other_village_id) | Q(pk=line.group_id)
    if key := key_typed(other_village or ""):
        places |= Q(village=key)
    elif other_village:
        places |= Q(village__name__iexact=other_village.strip())
    allowed = CommunityGroup.objects.filter(Q(active=True) | Q(pk=line.group_id)).filter(places)
    return allowed.select_related("village").order_by("village__name", "name", "pk")


class _Grouped(ModelChoiceIterator):
    """Choices under headings; the queryset comes ordered by them."""

    field: "GroupedChoiceField"

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for heading, rows in groupby(self.field.offer.rows, key=self.field.heading_of):
            yield str(heading), [self.choice(row) for row in rows]


class GroupedChoiceField(RowField):
    iterator = _Grouped

    def __init__(self, *args, heading_of, **kwargs) -> None:
        self.heading_of = heading_of
        super().__init__(*args, **kwargs)

    def said(self, row: Model) -> str:
        return f"{row}, {self.heading_of(row)} [{row.pk}]"


class PlanLocationField(RowField):
    """A target location with the competency that it is based on: "Ensaid Panjang, Kelam Permai (tenun ikat)"."""

    search_fields = ("village__name", "village__code", "village__district__name", "core_competency__commodity__name")
    name_fields = ("village__name", "village__code")

    def label_from_instance(self, location: TargetLocation) -> str:
        return f"{location.village}, {location.village.district} ({location.core_competency.commodity})"


class PlanActivityField(RowField):
    search_fields = ("code", "name", "programme_name")

    def label_from_instance(self, activity: Activity) -> str:
        mark = f" ({UNLISTED})" if getattr(activity, "unlisted", False) else ""
        return f"{activity.code} {activity.name}{mark}"


class ListedCodeField(RowField):
    """A code of the list with its name: "2.01.XX.15.02 Penyuluhan"."""

    search_fields = ("code", "name")
    name_fields = ("code", "name")
