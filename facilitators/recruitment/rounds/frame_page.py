"""Pages of the tables that make up a round: what was typed, what is stored, and both when two people saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict

from districts.locations.models import TargetLocation
from facilitators.recruitment.rounds.forms import RulesForm
from facilitators.recruitment.rounds.frame_forms import (
    DocumentFormSet,
    PlaceFormSet,
    RequirementFormSet,
    RubricFormSet,
    VersionOnlyForm,
)
from facilitators.recruitment.rounds.framing import FramePart, NamesSwapped, save_parts, save_places
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Requirement, RubricCriterion
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import error_items
from p2emas.workflow.views import edit_conflict_page, versions_of

ROWS = "baris"


@dataclass(frozen=True)
class FrameTable:
    """One table of the frame: its formset, relation, columns (field, heading, css) and words."""

    model: type[FramePart]
    formset: Callable[..., Any]
    relation: str
    columns: tuple[tuple[str, Any, str], ...]
    title: str
    intro: str
    name: str  # the field that names a row


TABLES = {
    "syarat": FrameTable(
        Requirement,
        RequirementFormSet,
        "requirements",
        (
            ("text", "Syarat", "name"),
            ("least_age", "Umur paling muda", "num"),
            ("most_age", "Umur paling tua", "num"),
            ("least_education", "Pendidikan paling rendah", "select"),
        ),
        "Syarat",
        (
            "Syarat mutlak: terpenuhi atau tidak, terbaca dari berkas; yang tidak memenuhi satu saja gugur saat berkas "
            "diperiksa. Bila syarat menyebut umur (pada hari pendaftaran ditutup) atau pendidikan, isi juga kolomnya: "
            "pelamar yang isiannya di luar syarat diberi tahu saat mengisi, dan boleh tetap melamar."
        ),
        "text",
    ),
    "berkas": FrameTable(
        DocumentKind,
        DocumentFormSet,
        "documents",
        (
            ("name", "Berkas", "name"),
            ("hint", "Petunjuk bagi pelamar", "pct"),
            ("required", "Wajib", "check"),
            ("sensitive", "Catat pembukaannya", "check"),
        ),
        "Berkas yang diminta",
        "Pelamar memotret atau mengunggahnya. Pembukaan KTP, ijazah, dan sejenisnya dicatat dengan nama petugas.",
        "name",
    ),
    "rubrik": FrameTable(
        RubricCriterion,
        RubricFormSet,
        "criteria",
        (
            ("name", "Kriteria", "name"),
            ("part", "Bagian", "select"),
            ("hint", "Petunjuk penilai", "pct"),
            ("weight", "Bobot (%)", "num"),
        ),
        "Rubrik dan bobot",
        "Bobot kriteria dihitung dalam bagiannya: rubrik berkas 100, rubrik wawancara 100.",
        "name",
    ),
}


@dataclass(frozen=True)
class FrameShown:
    """What ``recruitment/round_frame.html`` shows."""

    record: RecruitmentRound
    form: forms.BaseForm
    fields: list[forms.BoundField]
    rows: forms.BaseFormSet
    drawn: list[
        tuple[forms.BaseForm, list[tuple[forms.BoundField, Any, str]]]
    ]  # each row, its cells: box, heading, css
    table: FrameTable
    errors: list[dict[str, str]]


class FramePage:
    """A table of the frame, with the round's rules above it on the page of the rubric."""

    def __init__(self, record: RecruitmentRound, part: str, data: QueryDict | None) -> None:
        self.record, self.part, self.table = record, part, TABLES[part]
        self.rows = self.table.formset(data, queryset=getattr(record, self.table.relation).all(), prefix=ROWS)
        if part == "rubrik":
            self.form: forms.BaseForm = RulesForm(data, instance=record)
        else:
            self.form = VersionOnlyForm(data, initial={"version": record.version})

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    def save(self) -> bool:
        """False: the page has a sentence that says why. Raises ``EditConflict``."""
        rows = self.rows.save(commit=False)
        version = self.form.cleaned_data["version"]
        try:
            save_parts(
                record=RecruitmentRound.objects.get(pk=self.record.pk),
                seen=-1 if version is None else version,
                model=self.table.model,
                rows=rows,
                dropped=self.rows.deleted_objects,
                fields=self.form.values() if isinstance(self.form, RulesForm) else None,
            )
        except NamesSwapped:
            self.form.add_error(None, "Dua baris bertukar nama. Simpan dahulu satu baris dengan nama sementara.")
            return False
        return True

    def conflict(self, request: UserRequest) -> HttpResponse:
        """What was typed beside what is stored now."""
        stored = RecruitmentRound.objects.get(pk=self.record.pk)
        fresh = FramePage(stored, self.part, None)
        mine, theirs = versions_of(self.form)[0], versions_of(fresh.form)[1]
        for number, form in enumerate(self.rows.forms, start=1):
            mine |= versions_of(form, f"Baris {number}, ")[0]
        for number, form in enumerate(fresh.rows.forms, start=1):
            theirs |= versions_of(form, f"Baris {number}, ")[1]
        return edit_conflict_page(
            request,
            stored,
            mine=mine,
            theirs=theirs,
            replace={"version": stored.version},
            parts=[self.table.relation],
        )

    def shown(self) -> FrameShown:
        cells = self.table.columns
        return FrameShown(
            record=self.record,
            form=self.form,
            fields=[self.form[name] for name in self.form.fields if name != "version"],
            rows=self.rows,
            drawn=[(form, [(form[name], label, css) for name, label, css in cells]) for form in self.rows],
            table=self.table,
            errors=error_items(self.form, self.rows),
        )


@dataclass(frozen=True)
class PlacesShown:
    """What ``recruitment/round_places.html`` shows."""

    record: RecruitmentRound
    form: VersionOnlyForm
    rows: forms.BaseFormSet
    drawn: list[tuple[TargetLocation, forms.BaseForm]]
    errors: list[dict[str, str]]


class PlacesPage:
    """Every standing target location with how many facilitators it looks for."""

    def __init__(self, record: RecruitmentRound, data: QueryDict | None) -> None:
        self.record = record
        self.form = VersionOnlyForm(data, initial={"version": record.version})
        sought = dict(record.places.values_list("target_location", "number"))
        shown = TargetLocation.objects.standing() | TargetLocation.objects.filter(pk__in=sought)
        self.locations = list(shown.for_table().order_by("village__district__name", "village__name", "pk"))
        initial = [{"location": each.pk, "number": sought.get(each.pk)} for each in self.locations]
        self.rows = PlaceFormSet(data, initial=initial, prefix=ROWS)

    def is_valid(self) -> bool:
        """Rows of other locations than now make an old page."""
        valid = all([self.form.is_valid(), self.rows.is_valid()])
        typed = [row.cleaned_data.get("location") for row in self.rows] if valid else []
        if valid and typed != [location.pk for location in self.locations]:
            self.form.add_error(
                None, "Daftar lokasi sasaran berubah sejak halaman ditampilkan. Muat ulang halaman ini."
            )
            return False
        return valid

    def save(self) -> bool:
        """Raises ``EditConflict``."""
        numbers = [form.cleaned_data.get("number") for form in self.rows]
        save_places(
            record=RecruitmentRound.objects.get(pk=self.record.pk),
            seen=self.form.cleaned_data["version"],
            numbers={place.pk: number for place, number in zip(self.locations, numbers, strict=True)},
        )
        return True

    def conflict(self, request: UserRequest) -> HttpResponse:
        stored = RecruitmentRound.objects.get(pk=self.record.pk)
        fresh = PlacesPage(stored, None)
        mine: dict[str, str] = {}
        theirs: dict[str, str] = {}
        for place, form in zip(self.locations, self.rows, strict=True):
            mine |= versions_of(form, f"{place}, ")[0]
        for place, form in zip(fresh.locations, fresh.rows, strict=True):
            theirs |= versions_of(form, f"{place}, ")[1]
        return edit_conflict_page(
            request, stored, mine=mine, theirs=theirs, replace={"version": stored.version}, parts=["places"]
        )

    def shown(self) -> PlacesShown:
        return PlacesShown(
            record=self.record,
            form=self.form,
            rows=self.rows,
            drawn=list(zip(self.locations, self.rows, strict=False)),
            errors=error_items(self.form, self.rows),
        )
