"""Tables of a round's frame: places, requirements, papers and the rubric."""

from typing import Any

from django import forms

from facilitators.recruitment.rounds.requirements import (
    OLDEST,
    YOUNGEST,
    DocumentKind,
    Education,
    Requirement,
    RubricCriterion,
)
from p2emas.ui import formats
from p2emas.ui.fields import PercentField
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of

MOST_ROWS = 30
MOST_IN_A_PLACE = 20
NUMBER_WORDS = {
    "invalid": "Tulis angka bulat, contoh 1.",
    "min_value": "Isi 1 atau lebih, atau kosongkan.",
    "max_value": "Paling banyak %(limit_value)d pendamping untuk satu desa.",
}


AGE_WORDS = {
    "invalid": "Tulis umur dengan angka bulat, contoh 21.",
    "min_value": "Umur pelamar sedikitnya %(limit_value)d tahun.",
    "max_value": "Umur pelamar paling banyak %(limit_value)d tahun.",
}


class VersionOnlyForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(PlainForm):
    """How many facilitators one target location looks for."""

    location = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.IntegerField(
        label="Jumlah",
        required=False,
        min_value=1,
        max_value=MOST_IN_A_PLACE,
        error_messages=NUMBER_WORDS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class RequirementForm(PlainModelForm):
    class Meta:
        model = Requirement
        fields = ["text", "least_age", "most_age", "least_education"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("least_age", "most_age"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                required=False,
                min_value=YOUNGEST,
                max_value=OLDEST,
                error_messages=AGE_WORDS,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )
        level = field_of(self, "least_education", forms.TypedChoiceField)
        level.choices = [("", "Tidak diperiksa"), *Education.choices]
        level.widget.attrs["aria-label"] = "Pendidikan paling rendah"


class DocumentForm(PlainModelForm):
    class Meta:
        model = DocumentKind
        fields = ["name", "hint", "required", "sensitive"]


class RubricForm(PlainModelForm):
    weight = PercentField(label="Bobot (%)")

    class Meta:
        model = RubricCriterion
        fields = ["part", "name", "hint", "weight"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = field_of(self, "part", forms.TypedChoiceField)
        part.choices = RubricCriterion.Part.choices
        part.initial = part.initial or RubricCriterion.Part.DOSSIER
        part.widget.attrs["aria-label"] = "Bagian"


class RowsBase(forms.BaseModelFormSet):
    """Rows that are each there once; what makes them the same is in ``same``."""

    same: tuple[str, ...] = ()

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, ...]] = set()
        for form in self.kept():
            key = tuple(str(form.cleaned_data.get(name, "")).strip().casefold() for name in self.same)
            if key in seen:
                form.add_error(self.same[-1], self.twice)
            seen.add(key)

    twice = "Baris ini sudah ada di atas."

    def kept(self) -> list[Any]:
        """Forms whose row stays or comes."""
        filled = [form for form in self.forms if hasattr(form, "cleaned_data") and form.cleaned_data]
        return [form for form in filled if not form.cleaned_data.get("DELETE") and form.cleaned_data.get(self.same[-1])]


class RequirementRows(RowsBase):
    same = ("text",)


class DocumentRows(RowsBase):
    same = ("name",)


class RubricRows(RowsBase):
    same = ("part", "name")

    def clean(self) -> None:
        super().clean()
        sums: dict[str, Any] = {}
        for form in self.kept():
            part = form.cleaned_data.get("part")
            sums[part] = sums.get(part, 0) + (form.cleaned_data.get("weight") or 0)
        for part, word in RubricCriterion.Part.choices:
            if part in sums and sums[part] != 100 and not any(self.errors):
                raise forms.ValidationError(
                    f"Jumlah bobot rubrik {word.lower()} harus 100, sekarang {formats.number(sums[part])}."
                )


def _rows(model: Any, form: Any, base: Any, extra: int) -> Any:
    return forms.modelformset_factory(
        model, form=form, formset=base, extra=extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
    )


RequirementFormSet = _rows(Requirement, RequirementForm, RequirementRows, 4)
DocumentFormSet = _rows(DocumentKind, DocumentForm, DocumentRows, 3)
RubricFormSet = _rows(RubricCriterion, RubricForm, RubricRows, 4)
PlaceFormSet = forms.formset_factory(PlaceForm, extra=0, max_num=1000, absolute_max=1000)
