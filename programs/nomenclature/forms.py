"""Filters of the list of codes, as they are in the URL."""

from typing import Any

from django import forms

from p2emas.ui.forms import field_of
from programs.nomenclature.levels import Level
from programs.nomenclature.models import NomenclatureEntry, NomenclatureEntryQuerySet
from programs.nomenclature.versions import NomenclatureVersion

ALL = [("", "Semua")]


class EntryFilterForm(forms.Form):
    """``?cari=perencanaan&versi=13/2006&tingkat=PROGRAM``; a value that it refuses is no filter."""

    cari = forms.CharField(label="Kode atau nama", required=False, max_length=120)
    versi = forms.ChoiceField(label="Versi", required=False)
    tingkat = forms.ChoiceField(label="Tingkat", required=False, choices=[*ALL, *Level.choices])

    def __init__(self, data: Any, *, versions: list[NomenclatureVersion]) -> None:
        super().__init__(data)
        field_of(self, "versi", forms.ChoiceField).choices = [*ALL, *((each.code, each.code) for each in versions)]

    def apply(self) -> NomenclatureEntryQuerySet:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        entries = NomenclatureEntry.objects.searched(chosen.get("cari", ""))
        if "versi" in chosen:
            entries = entries.of_version(chosen["versi"])
        if "tingkat" in chosen:
            entries = entries.filter(level=chosen["tingkat"])
        return entries
