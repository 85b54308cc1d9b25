"""The years whose chain can be read: those with a plan of anybody, the latest first."""

from django import forms

from p2emas.ui.forms import field_of
from programs.planning.forms import FilterForm
from programs.planning.models import WorkPlan


def planned_years() -> list[int]:
    return list(WorkPlan.objects.order_by("-year").values_list("year", flat=True).distinct())


class ChainYearForm(FilterForm):
    """``?tahun=2020``"""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, years: list[int]) -> None:
        super().__init__(data)
        field_of(self, "tahun", forms.ChoiceField).choices = [("", "Terbaru"), *((year, year) for year in years)]
