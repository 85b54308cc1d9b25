"""Filters of the list of activities whose code is not in its list, as they are in the URL."""

from typing import Any

from django import forms

from p2emas.accounts.models import Agency
from p2emas.ui.forms import field_of
from programs.framework.querysets import ActivityQuerySet

ALL = [("", "Semua")]


class UnlistedFilterForm(forms.Form):
    """``?tahun=2019&skpd=distanbun&versi=13/2006``; a value that it refuses is no filter."""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    versi = forms.ChoiceField(label="Versi", required=False)

    def __init__(self, data: Any, *, activities: ActivityQuerySet) -> None:
        super().__init__(data)
        self.activities = activities
        years = activities.order_by("-year").values_list("year", flat=True).distinct()
        field_of(self, "tahun", forms.ChoiceField).choices = [*ALL, *((year, year) for year in years)]
        agencies = Agency.objects.filter(pk__in=activities.order_by().values("agency"))
        field_of(self, "skpd", forms.ChoiceField).choices = [*ALL, *agencies.values_list("code", "short_name")]
        versions = activities.order_by("nomenclature").values_list("nomenclature", flat=True).distinct()
        field_of(self, "versi", forms.ChoiceField).choices = [*ALL, *((version, version) for version in versions)]

    def apply(self) -> ActivityQuerySet:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        fields = {"tahun": "year", "skpd": "agency__code", "versi": "nomenclature"}
        return self.activities.unlisted().filter(**{fields[name]: value for name, value in chosen.items()})
