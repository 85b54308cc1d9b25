"""What an analysis is about, read from the query string: kecamatan, measure, years, sector."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.http import QueryDict

from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import measure_choices
from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.ui.fields import KeysField
from p2emas.ui.forms import PlainForm, field_of

Measure = ProductionFigure.Measure
# Goods that differ in kind are compared in rupiah or hectares first.
PREFERRED = (Measure.RUPIAH, Measure.HECTARE, Measure.WORKERS, Measure.TON)
MAX_YEARS = 15


class ManyHidden(forms.MultipleHiddenInput):
    allow_multiple_selected = True  # each value has a chip of its own


class AnalysisForm(PlainForm):
    """Bound to the query string over defaults: an address without keys shows the newest three years."""

    kecamatan = forms.ModelChoiceField(label="Kecamatan", queryset=District.objects.none(), to_field_name="code")
    ukuran = forms.ChoiceField(label="Ukuran")
    sejak = forms.IntegerField(label="Sejak tahun", min_value=1900, max_value=2100)
    sampai = forms.IntegerField(label="Sampai tahun", min_value=1900, max_value=2100)
    sektor = forms.ChoiceField(label="Sektor", required=False)
    hanya = KeysField(label="Hanya", queryset=Commodity.objects.all(), required=False, widget=ManyHidden)
    hitungan = forms.ModelChoiceField(
        label="Hitungan", queryset=Commodity.objects.all(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, query: QueryDict, *args, user: User, **kwargs) -> None:
        self.known = _known_years()
        data = self._defaults(user) | {key: query.get(key) for key in query} | {"hanya": query.getlist("hanya")}
        super().__init__(data, *args, **kwargs)
        field_of(self, "ukuran", forms.ChoiceField).choices = measure_choices()
        self.several_measures = len(set(query.getlist("ukuran"))) > 1
        field_of(self, "kecamatan", forms.ModelChoiceField).queryset = District.objects.visible_in_office(user)
        sectors = Commodity.objects.order_by("sector").values_list("sector", flat=True).distinct()
        field_of(self, "sektor", forms.ChoiceField).choices = [("", "Semua"), *((sector, sector) for sector in sectors)]

    def _defaults(self, user: User) -> dict[str, object]:
        district = District.objects.visible_in_office(user).first()
        measure = next((measure for measure in PREFERRED if measure in self.known), PREFERRED[0])
        newest = clock.today().year - 1
        first, last = self.known.get(measure, (newest - 2, newest))
        return {
            "kecamatan": district.code if district else "",
            "ukuran": measure,
            "sejak": max(first, last - 2),
            "sampai": last,
            "sektor": "",
        }

    def clean_ukuran(self) -> str:
        if self.several_measures:
            raise ValidationError("Pilih satu ukuran: dua satuan tidak dapat dihitung bersama.")
        return self.cleaned_data["ukuran"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for hidden in ("hitungan", "hanya"):  # nothing that anybody typed: no working is shown, nothing left out
            if self.errors.pop(hidden, None):
                data[hidden] = None
        first, last = data.get("sejak"), data.get("sampai")
        if first is not None and last is not None:
            if first > last:
                self.add_error("sampai", "Tahun terakhir tidak boleh sebelum tahun pertama.")
            elif last - first >= MAX_YEARS:
                self.add_error("sejak", f"Pilih paling banyak {MAX_YEARS} tahun.")
        return data


def _known_years() -> dict[str, tuple[int, int]]:
    """Measure -> first and last year with figures."""
    rows = ProductionFigure.objects.known().order_by().values_list("measure").annotate(Min("year"), Max("year"))
    return {measure: (first, last) for measure, first, last in rows}
