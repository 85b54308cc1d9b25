"""The workbook of the values of candidates: candidates down, each criterion with its value and its source across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from districts.locations.candidates.measuring import RowForm, SourcesForm, ValueCell, save_values, stored_values
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, register_lane


@dataclass
class ValueForms:
    """The forms of all candidates, and what those that were sent are to store."""

    rows: list[tuple[Candidate, RowForm]]
    cells: list[ValueCell]


class ValueLane(Lane[SelectionRound]):
    code, title = "nilai-calon", "Isian Excel nilai calon"

    def find(self, user: User, pk: int) -> SelectionRound:
        selection = get_object_or_404(SelectionRound.objects.for_user(user), pk=pk)
        if not selection.is_worked_by(user):
            raise PermissionDenied
        return selection

    def is_open(self, record: SelectionRound) -> bool:
        return record.status in SelectionRound.MEASURING

    def closed(self, record: SelectionRound) -> str:
        return f"Penjaringan ini berstatus {record.get_status_display().lower()}, jadi nilainya tidak dapat diisi."

    def name_of(self, record: SelectionRound) -> str:
        return str(record)

    def file_name(self, record: SelectionRound) -> str:
        return f"nilai-calon-{record.year}-{record.pk}"

    def url_of(self, record: SelectionRound) -> str:
        return reverse("locations:value-table", args=[record.pk])

    def version_of(self, record: SelectionRound) -> int:
        return record.version

    def sheets(self, record: SelectionRound, data: Mapping[str, str] | None = None) -> list[LaneSheet]:
        criteria = list(record.criteria.all())
        forms = _forms(record, criteria, data)
        rows = [
            LaneRow(str(form.prefix), candidate.village.name, str(candidate.village.district), form)
            for candidate, form in forms.rows
        ]
        columns = tuple(column for criterion in criteria for column in _columns(criterion))
        return [LaneSheet("Nilai", "Calon", columns, rows, forms)]

    def save(self, record: SelectionRound, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        save_values(selection=record, seen=version, cells=sheets[0].whole.cells)
        return []


def _columns(criterion: Criterion) -> tuple[LaneColumn, LaneColumn]:
    unit = f" ({criterion.unit})" if criterion.unit else ""
    return (
        LaneColumn(f"{criterion}{unit}", f"v{criterion.pk}", "Kosong berarti belum ada data.", width=16, main=True),
        LaneColumn(f"Sumber {criterion}", f"s{criterion.pk}", "Dari mana nilainya; wajib bila nilainya ada.", width=24),
    )


def _forms(selection: SelectionRound, criteria: list[Criterion], data: Mapping[str, str] | None) -> ValueForms:
    candidates = list(selection.candidates.ranked().for_table())
    stored = stored_values(candidates)
    no_source = SourcesForm({"version": str(selection.version)}, criteria=[])
    no_source.full_clean()
    made = ValueForms([], [])
    for candidate in candidates:
        prefix = f"c{candidate.pk}"
        sent = data if data is not None and any(f"{prefix}-v{each.pk}" in data for each in criteria) else None
        values = stored.get(candidate.pk, {})
        form = RowForm(sent, prefix=prefix, criteria=criteria, stored=values, own=True)
        if form.is_bound and form.is_valid():
            made.cells += form.read(candidate, no_source)
        made.rows.append((candidate, form))
    return made


VALUE_LANE = register_lane(ValueLane())
