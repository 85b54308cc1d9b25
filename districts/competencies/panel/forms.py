"""Forms of a determination by figures and panel: opening it, its setup, scores, discussion."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from districts.competencies.analysis.forms import MAX_YEARS
from districts.competencies.forms import DistrictAndYearForm
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.models import AssessorSeat, DeterminationCriterion, eligible_assessors
from districts.evidence.measures import measure_choices
from districts.evidence.models import Commodity
from p2emas import clock
from p2emas.instruments.forms import MinutesField
from p2emas.instruments.models import Minutes
from p2emas.ui.fields import IndonesianDateField, KeysField, QuantityField
from p2emas.ui.forms import NamedRowsFormSet, PlainForm, PlainModelForm, bound_length, depend_on_others, field_of
from p2emas.ui.layout import Actions, FromTemplate, Section, drawn_helper, form_helper

Kind, Figure = DeterminationCriterion.Kind, DeterminationCriterion.Figure
PANEL = Kind.PANEL.value


class OpenForm(DistrictAndYearForm):
    """What a determination is about. One kecamatan has one unfinished determination."""

    helper = form_helper("Lanjut")
    measure = forms.ChoiceField(
        label="Ukuran",
        help_text="Satu ukuran untuk satu hitungan: ton barang yang berbeda tidak dapat dijumlahkan.",
        error_messages={"required": "Pilih ukuran."},
    )

    class Meta:
        model = CompetencyDetermination
        fields = ["district", "year", "measure", "first_year", "last_year"]
        labels = {"year": "Tahun penetapan"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year
        field_of(self, "measure", forms.ChoiceField).choices = [("", "---------"), *measure_choices()]
        for name in ("first_year", "last_year"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if first is not None and last is not None:
            if first > last:
                self.add_error("last_year", "Tahun terakhir tidak boleh sebelum tahun pertama.")
            elif last - first >= MAX_YEARS:
                self.add_error("first_year", f"Pilih paling banyak {MAX_YEARS} tahun.")
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The method is set by the service, so its constraint cannot be judged here."""
        return super()._get_validation_exclusions() | {"method", "status"}  # type: ignore[misc]


def picked(analysis: int | None, commodity: int) -> str:
    """The box of a commodity: its number, behind that of the analysis where there are any."""
    return str(commodity) if analysis is None else f"{analysis}-{commodity}"


def unpicked(value: str) -> tuple[int | None, int]:
    analysis, _dash, commodity = value.rpartition("-")
    return int(analysis) if analysis else None, int(commodity)


class SetupForm(PlainForm):
    """Which commodities of the figures are options, and who scores."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    options = forms.TypedMultipleChoiceField(
        label="Pilihan dari angka", coerce=unpicked, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = KeysField(
        label="Penilai",
        queryset=AssessorSeat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Panelis atau koordinator. Kepala memutuskan, jadi tidak menilai; yang mengajukan boleh menilai.",
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "options", forms.TypedMultipleChoiceField).choices = lines
        field_of(self, "people", KeysField).queryset = eligible_assessors(clock.today())


class SeatForm(PlainForm):
    helper = form_helper("Simpan")
    version = forms.IntegerField(widget=forms.HiddenInput)
    people = KeysField(
        label="Penilai",
        queryset=AssessorSeat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang tidak dicentang tidak menilai lagi dan kehilangan nilai yang sudah disimpannya.",
    )

    def __init__(self, *args: Any, seated: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # those who have a seat stay eligible, so that a change of role takes no seat away by itself
        field_of(self, "people", KeysField).queryset = eligible_assessors(clock.today(), and_also=seated)


class CraftForm(PlainForm):
    """An option without figures: a craft, or anything that statistics do not count."""

    commodity = forms.ModelChoiceField(
        label="Kerajinan atau komoditas", queryset=Commodity.objects.all(), required=False, empty_label="Pilih"
    )
    note = forms.CharField(label="Mengapa dipertimbangkan", max_length=300, required=False)

    def __init__(self, *args: Any, choices: list[tuple[Any, str]], **kwargs: Any) -> None:
        """``choices`` are read once for all rows; a row that is filled offers its own, or to be emptied."""
        super().__init__(*args, **kwargs)
        own = self.initial.get("commodity")
        if own is not None and not self.is_bound:
            choices = [("", "Hapus pilihan ini"), *(pair for pair in choices if pair[0] == own)]
        self.fields["commodity"].widget.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("commodity") and not data.get("note", "").strip():
            self.add_error("note", f"Tulis mengapa {data['commodity']} dipertimbangkan.")
        emptied = self.initial.get("commodity") is not None  # its note is still there
        if (
            data.get("note", "").strip()
            and not data.get("commodity")
            and "commodity" not in self.errors
            and not emptied
        ):
            self.add_error("commodity", "Pilih komoditasnya.")
        return data


CraftFormSet = forms.formset_factory(CraftForm, extra=1, max_num=10, absolute_max=12)


class CriterionForm(PlainModelForm):
    """One row: what is asked, who answers (the panel or a figure), weight, goalposts."""

    source = forms.ChoiceField(label="Dijawab oleh", choices=[(PANEL, "Penilaian panel 1–5"), *Figure.choices])
    weight = QuantityField(label="Bobot (%)", max_digits=6)
    low = QuantityField(label="Batas bawah", min_value=None, decimal_places=4, max_digits=14)
    high = QuantityField(label="Batas atas", min_value=None, decimal_places=4, max_digits=14)

    class Meta:
        model = DeterminationCriterion
        fields = ["name", "weight", "low", "high"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].initial = self.instance.figure or PANEL
        self.fields["source"].widget.attrs["aria-label"] = "Dijawab oleh"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        source, low, high = data.get("source"), data.get("low"), data.get("high")
        if source:
            self.instance.kind = PANEL if source == PANEL else Kind.EVIDENCE
            self.instance.figure = "" if source == PANEL else source
        if low is not None and high is not None:
            self._check_goalposts(low, high, by_panel=source == PANEL)
        return data

    def _check_goalposts(self, low: Decimal, high: Decimal, *, by_panel: bool) -> None:
        if low >= high:
            self.add_error("high", "Batas atas harus di atas batas bawah.")
        elif by_panel and not (low >= 0 and high <= 5):
            self.add_error("high", "Nilai panel 1 sampai 5, jadi batasnya di dalam 0 sampai 5.")


class CriteriaBase(NamedRowsFormSet):
    twice = "Kriteria dengan nama ini sudah ada."


CriteriaFormSet = forms.modelformset_factory(
    DeterminationCriterion,
    form=CriterionForm,
    formset=CriteriaBase,
    extra=2,
    can_delete=True,
    max_num=15,
    absolute_max=20,
)


class ScoreForm(PlainForm):
    """One assessor's scores: a row of radios for each option and PANEL criterion, none of them forced."""

    note = forms.CharField(
        label="Catatan Anda", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, options: list, criteria: list, scores: dict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.criteria = options, criteria
        for option, criterion in self.pairs():
            name = self.field_name(option.pk, criterion.pk)
            stored = scores.get((option.pk, criterion.pk))
            self.fields[name] = forms.TypedChoiceField(
                label=f"{option.commodity}, {criterion.name}",
                choices=[(score, str(score)) for score in range(1, 6)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=stored,
            )
        self.order_fields([name for name in self.fields if name != "note"])

    def pairs(self) -> Iterator[tuple]:
        return ((option, criterion) for criterion in self.criteria for option in self.options)

    @staticmethod
    def field_name(option: int, criterion: int) -> str:
        return f"nilai-{criterion}-{option}"

    def scores(self) -> dict[tuple[int, int], int | None]:
        return {
            (option.pk, criterion.pk): self.cleaned_data[self.field_name(option.pk, criterion.pk)]
            for option, criterion in self.pairs()
        }

    def rows(self) -> list[tuple]:
        """(criterion, [(option, bound field)]) for the page."""
        return [
            (criterion, [(option, self[self.field_name(option.pk, criterion.pk)]) for option in self.options])
            for criterion in self.criteria
        ]


class DiscussionForm(PlainModelForm):
    """What was said about the result, what was chosen, and why."""

    helper = drawn_helper(
        "version",
        Section(
            "Pilihan dan alasan",
            FromTemplate("districts/competencies/_chosen.html", "chosen"),
            *("reason", "discussion", "dissent", "sources", "decided_on", "minutes"),
            Actions("Simpan dan periksa"),
            css="narrow",
            name="keputusan",
        ),
        css="mt-5",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    decided_on = IndonesianDateField(label="Tanggal rapat", required=False)

    class Meta:
        model = CompetencyDetermination
        fields = ["chosen", "reason", "discussion", "dissent", "sources", "decided_on", "minutes"]
        field_classes = {"minutes": MinutesField}
        help_texts = {
            "reason": "Dua sampai lima kalimat yang dapat dibaca warga. Wajib sebelum diajukan.",
            "sources": "Dari mana keputusan ini diketahui. Wajib sebelum diajukan.",
            "discussion": "Pokok pembahasan rapat; masuk ke berita acara.",
            "dissent": "Pendapat yang berbeda dalam rapat, bila ada.",
            "minutes": "Wajib sebelum diajukan; konsepnya cukup.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = field_of(self, "chosen", forms.ModelChoiceField)
        chosen.queryset = Commodity.objects.filter(pk__in=self.instance.options.values("commodity"))
        chosen.widget = forms.RadioSelect()
        chosen.empty_label = None
        chosen.widget.choices = chosen.choices
        field_of(self, "minutes", MinutesField).queryset = Minutes.objects.usable()
        self.fields["version"].initial = self.instance.version
        for name in ("reason", "discussion", "dissent", "sources"):
            bound_length(self.fields[name], 4000)
            self.fields[name].widget.attrs["rows"] = 4
        depend_on_others(self, "chosen", "reason", "sources")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
