"""The page of a round's criteria: a table, the rule for equal scores, and both versions when two people saved."""

from dataclasses import dataclass
from decimal import Decimal

from django.forms import BaseModelFormSet
from django.http import HttpResponse, QueryDict

from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.forms import ROWS, CriteriaFormSet, RoundCriterionForm, TieBreakForm
from districts.locations.rounds.framing import save_criteria
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import error_items
from p2emas.workflow.views import edit_conflict_page, versions_of


@dataclass(frozen=True)
class CriteriaShown:
    """What ``locations/round_criteria.html`` shows."""

    selection: SelectionRound
    form: TieBreakForm
    rows: "BaseModelFormSet[Criterion, RoundCriterionForm]"
    marked: str  # prefix of the row that decides between equals
    total: Decimal | None
    errors: list[dict[str, str]]


class CriteriaPage:
    def __init__(self, selection: SelectionRound, data: QueryDict | None) -> None:
        self.selection = selection
        self.rows = CriteriaFormSet(data, queryset=selection.criteria.all(), prefix=ROWS)
        rule = next((row.prefix for row in self.rows if row.instance.pk == selection.tie_break_id), "")
        rule = rule if selection.tie_break_id else ""
        self.form = TieBreakForm(data, initial={"version": selection.version, "tie_break": rule})

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in (self.form, self.rows)]
        return all(valid) and self._rule_is_named()

    @property
    def _rule(self) -> str:
        """Name of the criterion in the marked row; empty when none is marked or the row is going or empty."""
        marked = [row for row in self.rows if row.prefix == self.form.cleaned_data["tie_break"]]
        kept = [row.cleaned_data for row in marked if not row.cleaned_data.get("DELETE")]
        return kept[0].get("name", "").strip() if kept else ""

    def _rule_is_named(self) -> bool:
        if self.form.cleaned_data["tie_break"] and not self._rule:
            self.form.add_error("tie_break", "Pilih penentu dari kriteria yang tetap ada di tabel.")
            return False
        return True

    def save(self) -> None:
        """Raises ``EditConflict``."""
        criteria = self.rows.save(commit=False)
        save_criteria(
            selection=self.selection,
            seen=self.form.cleaned_data["version"],
            criteria=criteria,
            dropped=self.rows.deleted_objects,
            tie_break=self._rule,
        )

    def conflict(self, request: UserRequest) -> HttpResponse:
        """What was typed beside what is stored now."""
        fresh = CriteriaPage(self.selection, None)
        mine, theirs = versions_of(self.form)[0], versions_of(fresh.form)[1]
        for number, form in enumerate(self.rows.forms, start=1):
            mine |= versions_of(form, f"Kriteria {number}, ")[0]
        for number, form in enumerate(fresh.rows.forms, start=1):
            theirs |= versions_of(form, f"Kriteria {number}, ")[1]
        return edit_conflict_page(
            request,
            self.selection,
            mine=mine,
            theirs=theirs,
            replace={"version": self.selection.version},
            parts=["criteria"],
            is_open=self.selection.may_edit(request.user),
        )

    def shown(self) -> CriteriaShown:
        total = sum((form.instance.weight for form in self.rows.initial_forms if form.instance.weight), Decimal(0))
        return CriteriaShown(
            selection=self.selection,
            form=self.form,
            rows=self.rows,
            marked=self.form["tie_break"].value() or "",
            total=total if self.rows.initial_forms else None,
            errors=error_items(self.form, self.rows),
        )
