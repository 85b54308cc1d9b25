"""Filters of the evidence page, as they are in the URL."""

from typing import Any

from django import forms

from districts.evidence.figures import ProductionFigure
from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas.accounts.models import User
from p2emas.ui.forms import field_of

Measure = ProductionFigure.Measure
MEASURE_WORDS = {
    "luas": Measure.HECTARE,
    "produksi": Measure.TON,
    "nilai": Measure.RUPIAH,
    "tenaga-kerja": Measure.WORKERS,
}
WORD_OF = {code: word for word, code in MEASURE_WORDS.items()}
STANDARD = "luas"


class EvidenceFilterForm(forms.Form):
    """``?ukuran=luas&kecamatan=61.05.19&komoditas=lada``"""

    ukuran = forms.ChoiceField(
        label="Ukuran", required=False, choices=[(word, code.label) for word, code in MEASURE_WORDS.items()]
    )
    kecamatan = forms.ModelChoiceField(
        label="Kecamatan",
        queryset=District.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Semua",
    )
    komoditas = forms.ModelChoiceField(
        label="Komoditas",
        queryset=Commodity.objects.all(),
        to_field_name="name",
        required=False,
        empty_label="Semua",
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        field_of(self, "kecamatan", forms.ModelChoiceField).queryset = District.objects.visible_in_office(user)

    def chosen(self) -> dict[str, Any]:
        """Measure, kecamatan and commodity; a filter that cannot be read is no filter."""
        self.is_valid()
        word = self.cleaned_data.get("ukuran") or STANDARD
        return {
            "measure": MEASURE_WORDS[word],
            "district": self.cleaned_data.get("kecamatan"),
            "commodity": self.cleaned_data.get("komoditas"),
        }
