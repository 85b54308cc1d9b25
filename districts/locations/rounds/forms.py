"""Forms of a round: its frame, its criteria, and the query string of the list."""

from typing import Any

from django import forms

from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.queries import ListForm, search_field
from p2emas import clock
from p2emas.ui.fields import IndonesianDateField, QuantityField
from p2emas.ui.forms import NamedRowsFormSet, PlainForm, PlainModelForm, bound_length, bound_year, field_of
from p2emas.ui.layout import form_helper

GATE = (
    "Usaha warga sudah berjalan, tidak dari nol: ada kelompok dengan anggota, kegiatan yang dikerjakan rutin, "
    "hasil yang dapat diukur, dan harga jual."
)
MOST_CRITERIA = 10
YEARS_AHEAD = 5  # further ahead nobody chooses villages
ROWS = "kriteria"  # prefix of the rows of criteria


class RoundListForm(ListForm):
    cari = search_field("Cari nama penjaringan")
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), *SelectionRound.Status.choices], required=False)


class RoundForm(PlainModelForm):
    """The frame of a round in preparation; of an open one only the closing day and the sources."""

    helper = form_helper("Simpan")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opens = IndonesianDateField(label="Usulan dibuka")
    closes = IndonesianDateField(label="Usulan ditutup")

    class Meta:
        model = SelectionRound
        fields = ["name", "year", "quota", "opens", "closes", "gate", "seed", "sources"]
        labels = {"name": "Nama penjaringan", "year": "Tahun kerja", "quota": "Kuota desa"}
        help_texts = {"sources": "Surat, rapat, atau petunjuk yang menjadi dasar penjaringan ini."}

    FROZEN = ("name", "year", "quota", "opens", "gate", "seed")  # once it is open

    def __init__(self, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        """``whole``: every field in any state, to show again what was typed before the round opened."""
        super().__init__(*args, **kwargs)
        for name in ("gate", "sources"):
            bound_length(self.fields[name], 4000)
            self.fields[name].widget.attrs["rows"] = 3
        bound_year(self.fields["year"], clock.today().year + YEARS_AHEAD)
        if self.instance.pk is None:
            self.fields["gate"].initial = GATE
            self.fields["year"].initial = clock.today().year + 1
            self.fields["seed"].initial = clock.today().year  # any number will do, it is only kept
        elif self.instance.status == SelectionRound.Status.OPEN and not whole:
            for name in self.FROZEN:
                del self.fields[name]
        self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens") or self.instance.opens, data.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", "Penutupan tidak boleh sebelum pembukaan.")
        return data

    def values(self) -> dict[str, Any]:
        """What is to be stored, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class TieBreakForm(PlainForm):
    """The version of the round, and the row (by its prefix, it may be new) that breaks ties."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    tie_break = forms.ChoiceField(
        label="Penentu bila nilai sama",
        choices=[("", "Tidak ada: nilai yang sama tetap ditampilkan seri")]
        + [(f"{ROWS}-{place}", str(place + 1)) for place in range(MOST_CRITERIA + 5)],
        required=False,
        widget=forms.RadioSelect,
    )


class RoundCriterionForm(PlainModelForm):
    """One row of the table of criteria."""

    weight = QuantityField(label="Bobot (%)", max_digits=9, decimal_places=6)
    low = QuantityField(label="Batas bawah", min_value=None, decimal_places=4, max_digits=16)
    high = QuantityField(label="Batas atas", min_value=None, decimal_places=4, max_digits=16)

    class Meta:
        model = Criterion
        fields = ["name", "unit", "direction", "weight", "low", "high", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction = field_of(self, "direction", forms.TypedChoiceField)
        direction.choices = [(Criterion.Direction.BENEFIT, "tinggi"), (Criterion.Direction.COST, "rendah")]
        direction.widget.attrs["aria-label"] = "Baik bila"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low >= high:
            self.add_error("high", "Batas atas harus di atas batas bawah.")
        return data


class RoundCriteriaBase(NamedRowsFormSet):
    twice = "Kriteria dengan nama ini sudah ada."

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.values.exists():
                raise forms.ValidationError(f"{form.instance} sudah punya nilai calon, jadi tidak dapat dihapus.")
        if len(self.kept_names()) > MOST_CRITERIA:
            raise forms.ValidationError(f"Paling banyak {MOST_CRITERIA} kriteria.")


CriteriaFormSet = forms.modelformset_factory(
    Criterion,
    form=RoundCriterionForm,
    formset=RoundCriteriaBase,
    extra=3,
    can_delete=True,
    max_num=MOST_CRITERIA,
    absolute_max=MOST_CRITERIA + 5,
)
