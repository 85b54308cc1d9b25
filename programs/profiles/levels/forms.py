"""What the page of sums by level may be asked in its address."""

from datetime import date
from typing import Any

from django import forms

from p2emas.accounts.models import Agency
from p2emas.ui.forms import field_of
from programs.nomenclature.levels import Level, tidy
from programs.planning.models import WorkPlan
from programs.profiles.forms import ProfileYearForm

ALL = [("", "Semua")]


class LevelFilterForm(ProfileYearForm):
    """``?tahun=2019&skpd=distanbun&tingkat=PROGRAM&di=2.01``"""

    skpd = forms.ChoiceField(label="SKPD", required=False)
    tingkat = forms.ChoiceField(label="Tingkat", required=False, choices=Level.choices)
    di = forms.CharField(label="Di bawah kode", required=False, max_length=30)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, today=today)
        agencies = Agency.objects.filter(pk__in=WorkPlan.objects.decided().order_by().values("agency"))
        field_of(self, "skpd", forms.ChoiceField).choices = [*ALL, *agencies.values_list("code", "short_name")]

    def chosen(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @property
    def level(self) -> Level:
        return Level(self.chosen("tingkat") or Level.URUSAN)

    @property
    def under(self) -> str:
        return tidy(self.chosen("di"))

    @property
    def year(self) -> int:
        self.is_valid()  # a filter that is refused leaves the others as they are
        return self.cleaned_data.get("tahun") or self.today.year
