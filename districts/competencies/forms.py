"""Entering a decision of the past as it was."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from districts.competencies.models import CompetencyDetermination
from districts.regions.models import District
from p2emas import clock
from p2emas.instruments.forms import MinutesField
from p2emas.instruments.models import Minutes
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainModelForm, bound_length, field_of
from p2emas.ui.layout import form_helper


class DistrictAndYearForm(PlainModelForm):
    """What every determination is asked: a year that makes sense, and a kecamatan that is free."""

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 2000 <= year <= clock.today().year + 1:
            raise ValidationError("Isi tahun antara 2000 dan tahun depan.")
        return year

    def clean_district(self) -> District:
        """The constraint behind this looks at the status, which is no field of the form."""
        district = self.cleaned_data["district"]
        others = CompetencyDetermination.objects.unfinished().filter(district=district).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError("Kecamatan ini masih punya penetapan yang belum selesai.")
        return district


class RecordedDeterminationForm(DistrictAndYearForm):
    """A determination of method RECORDED: what was chosen, why, on what sources, with which minutes."""

    helper = form_helper("Simpan")
    decided_on = IndonesianDateField(label="Tanggal keputusan", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # what the page of an edit showed

    class Meta:
        model = CompetencyDetermination
        fields = ["district", "year", "chosen", "decided_on", "reason", "dissent", "sources", "minutes"]
        field_classes = {"minutes": MinutesField}
        help_texts = {
            "district": "Satu kecamatan hanya punya satu penetapan yang belum selesai.",
            "chosen": "Satu komoditas atau kerajinan yang menjadi kompetensi inti.",
            "reason": "Mengapa komoditas ini, dengan kalimat yang dapat dibaca warga.",
            "dissent": "Pendapat yang berbeda dalam rapat, bila ada.",
            "minutes": "Berita acara rapat, bila sudah dicatat.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "minutes", MinutesField).queryset = Minutes.objects.usable()
        field_of(self, "year", forms.IntegerField).min_value = 2000
        for name in ("reason", "dissent", "sources"):
            bound_length(self.fields[name], 4000)
            self.fields[name].widget.attrs["rows"] = 3
        if self.instance.pk is None:
            self.fields["year"].initial = clock.today().year
            del self.fields["version"]
        else:
            self.fields["district"].disabled = True
            self.initial["version"] = self.instance.version

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
