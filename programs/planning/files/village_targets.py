"""Targets of an indicator in single villages, as rows of a plan's file: whose they are, and which fields they fill."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django import forms

from districts.regions.models import Village
from programs.framework.models import Indicator, IndicatorTarget
from programs.planning.files.row_forms import FileChoices
from programs.planning.indicator_forms import VILLAGE_FIELDS, WHOLE_FIELDS, IndicatorFacts
from programs.planning.models import PlanLine, WorkPlan

VILLAGE = "target_village"  # the column that names it


class IndicatorsKnown:
    """What the forms of indicators read beside them, in two queries for all of them."""

    def __init__(self, plan: WorkPlan, stored: Sequence[Indicator], villages: Mapping[str, Mapping[int, Village]]):
        self._villages = villages
        self._targets: dict[int, list[IndicatorTarget]] = defaultdict(list)
        for row in IndicatorTarget.objects.filter(indicator__in=stored, year=plan.year).order_by("pk"):
            self._targets[row.indicator_id].append(row)
        measured = PlanLine.objects.agreed().filter(activity__in=[each.activity_id for each in stored])
        self._agreed = set(measured.order_by().values_list("activity", flat=True))

    def villages_of(self, code: str) -> Mapping[int, Village]:
        """Where the activity of this code is carried out."""
        return self._villages.get(code, {})

    def of(self, indicator: Indicator, code: str) -> IndicatorFacts:
        here = sorted(self.villages_of(code).values(), key=lambda village: (village.name, village.pk))
        agreed = bool(indicator.pk) and indicator.activity_id in self._agreed
        return IndicatorFacts(here, self._targets.get(indicator.pk or 0, []), agreed)


def village_named(known: FileChoices, text: str) -> Village | None:
    """The one village of this name or code; a target location is named by its village."""
    _kind, place = (known.places.find(text) if text else None) or ("", None)
    return getattr(place, "village", place)


def fields_filled(village: int | None, form: forms.BaseForm) -> set[str]:
    """The fields that a row of the whole fills, or one of a village."""
    if village:
        return {f"{name}_{village}" for name in VILLAGE_FIELDS}
    return {name for name in form.fields if name in WHOLE_FIELDS or not is_of_target(name)}


def is_of_target(name: str) -> bool:
    """Whether a field of the form of an indicator is one of a target, of the whole or of a village."""
    field, _underscore, key = name.rpartition("_")
    return name in WHOLE_FIELDS or (key.isdigit() and field in VILLAGE_FIELDS)


def fields_told(parts: Collection[int | None], first: int | None, form: forms.BaseForm) -> dict[int | None, set[str]]:
    """Of which fields each row speaks: of its own, the first also of those that no row fills."""
    told = {village: fields_filled(village, form) for village in parts}
    by_others = {name for village, names in told.items() if village != first for name in names}
    told[first] = (set(form.fields) | set(form.errors)) - by_others
    return told
