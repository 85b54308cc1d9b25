"""Uploading the file of a year's plan, and the question which of its columns is which."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.imports.forms import TableField
from p2emas.imports.tables import letter
from p2emas.ui.formats import MONTHS
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import Section, form_helper
from programs.framework.models import Indicator, Outcome
from programs.planning.files.columns import COLUMNS, PARTS
from programs.planning.files.layout import FoundSheet, lacking
from programs.planning.files.models import PlanFile
from programs.planning.files.rows import choices_of
from programs.planning.files.services import year_refusal
from programs.planning.forms import YEARS_AHEAD, YEARS_BACK, own_agencies
from programs.planning.line_forms import LineValuesForm
from programs.planning.models import PlanLine, WorkPlan

NOT_READ = ("", "Tidak dibaca")


class PlanFileForm(PlainForm):
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label="SKPD", empty_label="Pilih SKPD")
    year = forms.TypedChoiceField(coerce=int, label="Tahun")
    berkas = TableField(
        label="Berkas rencana",
        help_text="Excel (.xlsx), LibreOffice (.ods), atau CSV; satu lembar atau beberapa. Paling besar 5 MB.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page of a template that was asked for in a wrong way has this form too.
        self.helper = form_helper("Unggah dan periksa", action=reverse("planning:file-upload"))
        _offer_own(self, user)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("agency") and data.get("year") and (refusal := year_refusal(data["agency"], data["year"])):
            self.add_error("year", refusal)
        return data


def _offer_own(form: PlainForm, user: User) -> None:
    """Agencies that the person drafts plans for, and the years around the present one."""
    agencies = own_agencies(user)
    field_of(form, "agency", forms.ModelChoiceField).queryset = agencies
    if len(agencies) == 1:
        form.initial["agency"] = agencies[0]
    present = clock.today().year
    years = range(present - YEARS_BACK, present + YEARS_AHEAD + 1)
    field_of(form, "year", forms.ChoiceField).choices = [(year, year) for year in years]
    form.initial.setdefault("year", present)


class TemplateForm(PlainForm):
    """``?agency=3&year=2020``: whose draft the template is filled with."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label="SKPD", empty_label="Pilih SKPD")
    year = forms.TypedChoiceField(coerce=int, label="Tahun")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "Unduh templat Excel", method="get", action=reverse("planning:file-template"), look="btn-outline-primary"
        )
        _offer_own(self, user)


class PlanColumnsForm(forms.Form):
    """For each heading of the file which of our columns it is; and what is the same for all rows."""

    def __init__(self, data: Any, *, file: PlanFile, sheets: list[FoundSheet], known: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="")
        self.sheets = sheets
        answered, same = known.get("columns", {}), known.get("same", {})
        groups = [self._add_sheet(sheet, answered) for sheet in sheets]
        guessed = {name for sheet in sheets for name in sheet.guesses(answered).values()}
        groups.append(
            Section("Sama untuk semua baris, bila tidak ada kolomnya", *self._add_same(guessed, same, file.year))
        )
        address = reverse("planning:file-columns", args=[file.pk])
        self.helper = form_helper("Baca dengan susunan ini", *groups, action=address, css="narrow")
        depend_on_others(self, *self.fields)

    def _add_sheet(self, sheet: FoundSheet, answered: Mapping[str, str]) -> Section:
        guesses, names = sheet.guesses(answered), []
        for each in sheet.headings:
            name = f"kolom-{sheet.index}-{each.place}"
            samples = f", misalnya {'; '.join(dict.fromkeys(each.samples))}" if each.samples else ""
            self.fields[name] = forms.ChoiceField(
                label=f"Kolom {letter(each.place)} “{each.text}”{samples}", choices=_offered(), required=False,
                initial=guesses.get(each.place, ""),
            )  # fmt: skip
            names.append(name)
        return Section(f"Lembar “{sheet.name}”" if sheet.name else "Kolom berkas", *names)

    def _add_same(self, guessed: set[str], same: Mapping[str, str], year: int) -> list[str]:
        names, options = [], words_to_choose(year)
        for column in COLUMNS:
            if not column.whole:
                continue
            name, initial = f"sama-{column.name}", same.get(column.name, "") if column.name not in guessed else ""
            if column.name in options:
                choices = [("", "Menurut kolomnya"), *((word, word) for word in options[column.name])]
                self.fields[name] = forms.ChoiceField(
                    label=column.header, choices=choices, required=False, initial=initial
                )
            else:
                self.fields[name] = forms.CharField(
                    label=column.header, max_length=200, required=False, initial=initial
                )
            names.append(name)
        return names

    @property
    def chosen(self) -> dict[int, dict[int, str]]:
        said = self.cleaned_data
        return {
            sheet.index: {
                each.place: said[name]
                for each in sheet.headings
                if said.get(name := f"kolom-{sheet.index}-{each.place}")
            }
            for sheet in self.sheets
        }

    @property
    def same(self) -> dict[str, str]:
        said, named = self.cleaned_data, {name for each in self.chosen.values() for name in each.values()}
        found = {column.name: said.get(f"sama-{column.name}", "") for column in COLUMNS if column.whole}
        return {name: text for name, text in found.items() if text and name not in named}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for sheet in self.sheets:
            taken: dict[str, str] = {}
            for each in sheet.headings:
                field = f"kolom-{sheet.index}-{each.place}"
                column = cleaned.get(field, "")
                if column and column in taken:
                    self.add_error(field, f"Isi ini sudah dipilih untuk kolom “{taken[column]}”.")
                elif column:
                    taken[column] = each.text
        for column in lacking(self.chosen, self.same):
            sentence = f"Pilih kolom mana yang berisi {column.header.lower()}"
            self.add_error(None, sentence + (", atau isi yang sama untuk semua baris." if column.whole else "."))
        return cleaned


def _offered() -> list[Any]:
    of_part = {word: [(c.name, c.header) for c in COLUMNS if c.part == part] for part, word in PARTS.items()}
    return [NOT_READ, *of_part.items()]


def words_to_choose(year: int) -> dict[str, list[str]]:
    """Words of what is chosen from a list."""
    values = LineValuesForm(instance=PlanLine(plan=WorkPlan(year=year)))
    return {
        "formula": [str(word) for _code, word in Indicator.Formula.choices],
        "chain_link": [str(word) for _code, word in PlanLine.ChainLink.choices],
        "fund": [word for _key, word in choices_of(field_of(values, "fund", forms.ChoiceField))],
        "start_month": list(MONTHS),
        "season_first": list(MONTHS),
        "season_last": list(MONTHS),
        "outcome": [outcome.name for outcome in Outcome.objects.all()],
    }


class PlanFileVersionForm(forms.Form):
    """The version of the plan that the page of differences showed; 0 of one that is not there yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
