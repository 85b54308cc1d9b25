"""Filters of the evidence page, as they are in the URL."""

from typing import Any

from django import forms

from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import measures
from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas.accounts.models import User
from p2emas.ui.forms import field_of

STANDARD = "luas"


class EvidenceFilterForm(forms.Form):
    """``?ukuran=luas&kecamatan=61.05.19&komoditas=lada``"""

    ukuran = forms.ChoiceField(label="Ukuran", required=False)
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
        self.measures = {measure.slug: measure for measure in measures().values()}
        choices = [(word, measure.label) for word, measure in self.measures.items()]
        field_of(self, "ukuran", forms.ChoiceField).choices = choices
        field_of(self, "kecamatan", forms.ModelChoiceField).queryset = District.objects.visible_in_office(user)

    def chosen(self) -> dict[str, Any]:
        """Measure, kecamatan and commodity; a filter that cannot be read is no filter."""
        self.is_valid()
        measure = self.measures.get(self.cleaned_data.get("ukuran") or STANDARD)
        return {
            "measure": measure.code if measure else ProductionFigure.Measure.HECTARE,
            "district": self.cleaned_data.get("kecamatan"),
            "commodity": self.cleaned_data.get("komoditas"),
        }
