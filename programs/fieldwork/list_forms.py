"""Filters of the list of visits, as they are written in the URL."""

from django import forms
from django.http import QueryDict

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.ui.forms import field_of
from programs.fieldwork.models import FieldReport
from programs.fieldwork.querysets import FieldReportQuerySet

ALL = ("", "Semua")
STATES = {
    "menunggu-foto": FieldReport.Status.WAITING,
    "terkirim": FieldReport.Status.SENT,
    "dikembalikan": FieldReport.Status.RETURNED,
    "diganti": FieldReport.Status.REPLACED,
}


class VisitFilterForm(forms.Form):
    """``?keadaan=dikembalikan&desa=ensaid-panjang``."""

    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[ALL, *((word, code.label) for word, code in STATES.items())]
    )
    desa = forms.ChoiceField(label="Desa", required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.visits = FieldReport.objects.for_user(user).arrived()
        villages = Village.objects.filter(pk__in=self.visits.order_by().values("village")).order_by("name", "slug")
        field_of(self, "desa", forms.ChoiceField).choices = [ALL, *villages.values_list("slug", "name")]

    def apply(self) -> FieldReportQuerySet:
        self.is_valid()
        found, chosen = self.visits, self.cleaned_data
        if word := chosen.get("keadaan"):
            found = found.filter(status=STATES[word])
        if slug := chosen.get("desa"):
            found = found.filter(village__slug=slug)
        return found
