"""What the query of a page of months may say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from p2emas.accounts.models import Agency, User
from p2emas.ui.forms import field_of
from programs.monthly.curve.curve import CurveMeasure
from programs.monthly.overview import years_with_plans
from programs.planning.forms import FilterForm
from programs.planning.models import WorkPlan


class MonthYearForm(forms.Form):
    """``years`` can be chosen; the current one is shown where nothing else is said, or the latest that there is."""

    tahun = forms.TypedChoiceField(coerce=int, required=False)

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int], current: int) -> None:
        super().__init__(data)
        self.years, self.current = years, current
        self.fields["tahun"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    @property
    def year(self) -> int:
        wanted = self.cleaned_data.get("tahun") if self.is_valid() else None
        if wanted:
            return wanted
        return self.current if self.current in self.years or not self.years else self.years[0]


class CurveForm(FilterForm):
    """``?tahun=2019&skpd=distanbun&ukuran=fisik``; what is missing or refused is the first that is offered."""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    ukuran = forms.ChoiceField(
        label="Ukuran", required=False, choices=[(each.value, each.value.capitalize()) for each in CurveMeasure]
    )
    program = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, user: User, current: int) -> None:
        super().__init__(data)
        self.years: Sequence[int] = years_with_plans(user)
        self.current = current
        plans = WorkPlan.objects.for_user(user).decided().filter(year=self.year).order_by()
        self.agencies = list(Agency.objects.filter(pk__in=plans.values("agency")).order_by("short_name", "pk"))
        field_of(self, "skpd", forms.ChoiceField).choices = [(each.code, each.short_name) for each in self.agencies]

    @property
    def year(self) -> int:
        field_of(self, "tahun", forms.ChoiceField).choices = [(year, year) for year in self.years]
        asked = self.data.get("tahun", "")
        wanted = next((year for year in self.years if str(year) == asked), None)
        return wanted or (self.current if self.current in self.years or not self.years else self.years[0])

    @property
    def agency(self) -> Agency | None:
        """None where no plan of the year may be seen."""
        asked = self._said("skpd")
        return next((each for each in self.agencies if each.code == asked), next(iter(self.agencies), None))

    @property
    def measure(self) -> CurveMeasure:
        return CurveMeasure(self._said("ukuran") or CurveMeasure.MONEY.value)

    @property
    def programme(self) -> str:
        return self._said("program") or ""

    def _said(self, name: str) -> Any:
        return self.chosen().get(name)
