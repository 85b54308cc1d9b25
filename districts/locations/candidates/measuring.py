"""The table of values: candidates down, criteria across. A cell left empty stays unknown, never 0."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from districts.locations.candidates.matching import CandidateMatch, candidate_matches
from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import PlainForm
from p2emas.ui.paging import Page, paginate
from p2emas.workflow.editing import claim_version

ROWS, ROWS_WITH_SOURCES = 50, 25


@dataclass(frozen=True)
class ValueCell:
    """What is to be stored for one candidate on one criterion."""

    candidate: Candidate
    criterion: Criterion
    value: Decimal | None
    source: str


@transaction.atomic
def save_values(*, selection: SelectionRound, seen: int, cells: Iterable[ValueCell]) -> int:
    """Write the cells that differ; how many did. Raises ``EditConflict``."""
    claim_version(selection, seen, *SelectionRound.MEASURING)
    cells = list(cells)
    owners = {cell.candidate.pk for cell in cells}
    known = {(row.candidate_id, row.criterion_id): row for row in CandidateValue.objects.filter(candidate__in=owners)}
    changed = 0
    for cell in cells:
        row = known.get((cell.candidate.pk, cell.criterion.pk))
        if row is None and cell.value is None:
            continue
        row = row or CandidateValue(candidate=cell.candidate, criterion=cell.criterion, is_sample=selection.is_sample)
        if row.pk is None or (row.value, row.source) != (cell.value, cell.source):
            row.value, row.source = cell.value, cell.source
            row.save()
            changed += 1
    return changed


class SourcesForm(PlainForm):
    """The version of the round and one source for each column, for cells that name none of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[f"s{criterion.pk}"] = forms.CharField(
                label=f"Sumber {criterion}", max_length=200, required=False, initial=criterion.source
            )

    def source_of(self, criterion: Criterion) -> str:
        return self.cleaned_data.get(f"s{criterion.pk}", "").strip()


class RowForm(PlainForm):
    """The values of one candidate, and their sources when these are typed cell by cell."""

    def __init__(
        self,
        *args: Any,
        criteria: list[Criterion],
        stored: dict[int, CandidateValue],
        own: bool,
        offered: CandidateMatch | None = None,
        **kw: Any,
    ) -> None:
        """``offered``: has values for cells in which nothing is stored yet; they count once they are saved."""
        super().__init__(*args, **kw)
        self.criteria, self.stored, self.own = criteria, stored, own
        for criterion in criteria:
            row = stored.get(criterion.pk)
            self.fields[f"v{criterion.pk}"] = QuantityField(
                label=str(criterion),
                required=False,
                min_value=None,
                decimal_places=4,
                max_digits=16,
                initial=row.value if row else offered.value_of(criterion.name) if offered else None,
            )
            if own:
                self.fields[f"s{criterion.pk}"] = forms.CharField(
                    label=f"sumber {criterion}",
                    max_length=200,
                    required=False,
                    initial=row.source if row else "",
                )

    def read(self, candidate: Candidate, sources: SourcesForm) -> list[ValueCell]:
        """Its cells; a value without any source becomes a sentence on the form."""
        cells = []
        for criterion in self.criteria:
            value = self.cleaned_data.get(f"v{criterion.pk}")
            source = self._source(criterion, value, sources)
            if value is not None and not source:
                self.add_error(f"v{criterion.pk}", f"Tulis sumber untuk {criterion}.")
            cells.append(ValueCell(candidate, criterion, value, source))
        return cells

    def _source(self, criterion: Criterion, value: Decimal | None, sources: SourcesForm) -> str:
        """Its own source; that of the column for what is new; what was stored for a value that stays."""
        stored = self.stored.get(criterion.pk)
        if value is None:
            return ""
        if self.own:
            return self.cleaned_data.get(f"s{criterion.pk}", "").strip() or sources.source_of(criterion)
        if stored and stored.value == value:
            return stored.source
        return sources.source_of(criterion)


def stored_values(candidates: Iterable[Candidate]) -> dict[int, dict[int, CandidateValue]]:
    """Candidate -> criterion -> what is stored, in one query."""
    stored: dict[int, dict[int, CandidateValue]] = {}
    for row in CandidateValue.objects.filter(candidate__in=[candidate.pk for candidate in candidates]):
        stored.setdefault(row.candidate_id, {})[row.criterion_id] = row
    return stored


@dataclass
class ValueSheet:
    """One page of the table, shown and read."""

    selection: SelectionRound
    query: QueryDict
    data: QueryDict | None = None
    criteria: list[Criterion] = field(init=False)
    page: Page = field(init=False)
    rows: list[tuple[Candidate, RowForm]] = field(init=False)

    def __post_init__(self) -> None:
        self.criteria = list(self.selection.criteria.all())
        self.own_sources = self.query.get("sumber") == "sel"
        query = self.query.copy()
        query.pop("baris", None)
        candidates = self.selection.candidates.ranked().for_table()
        self.page = paginate(candidates, query, size=ROWS_WITH_SOURCES if self.own_sources else ROWS)
        stored = stored_values(self.page)
        offered = self._offered()
        self.sources = SourcesForm(
            self.data, criteria=self.criteria, initial={"version": self.selection.version}, prefix="kolom"
        )
        self.rows = [
            (
                candidate,
                RowForm(
                    self.data,
                    prefix=f"c{candidate.pk}",
                    criteria=self.criteria,
                    stored=stored.get(candidate.pk, {}),
                    own=self.own_sources,
                    offered=offered.get(candidate.pk),
                ),
            )
            for candidate in self.page
        ]

    def _offered(self) -> dict[int, CandidateMatch]:
        """What is known of candidates of a round that passes a success on."""
        if not self.selection.is_replication:
            return {}
        rows = candidate_matches(self.selection, self.page, self.criteria)
        return {row.candidate.pk: row for row in rows}

    def cells(self) -> list[ValueCell] | None:
        """What is to be stored; None when something cannot be read, which is then said in its row."""
        valid = [form.is_valid() for form in (self.sources, *(form for _candidate, form in self.rows))]
        if not all(valid):
            return None
        cells = [cell for candidate, form in self.rows for cell in form.read(candidate, self.sources)]
        return cells if all(not form.errors for _candidate, form in self.rows) else None

    @property
    def missing(self) -> int:
        """Cells of this page without a value."""
        return sum(
            form.stored.get(criterion.pk) is None or form.stored[criterion.pk].value is None
            for _candidate, form in self.rows
            for criterion in self.criteria
        )
