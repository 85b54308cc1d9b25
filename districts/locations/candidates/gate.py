"""The one page on which the gate of all proposed candidates is checked: one saving, all or nothing."""

from dataclasses import dataclass

from django.http import QueryDict

from districts.locations.candidates.forms import VerdictForm
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.proposals import GateVerdict, check_gate
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.ui.forms import error_items

MOST_AT_ONCE = 100  # the rest comes after these are saved


@dataclass(frozen=True)
class GateShown:
    """What ``locations/gate_check.html`` shows."""

    selection: SelectionRound
    rows: list[tuple[Candidate, VerdictForm]]
    waiting: int
    errors: list[dict[str, str]]


class GatePage:
    def __init__(self, selection: SelectionRound, data: QueryDict | None) -> None:
        self.selection = selection
        proposed = selection.candidates.proposed().for_table().order_by("village__district__name", "village__name")
        self.rows = [
            (candidate, VerdictForm(data, prefix=f"c{candidate.pk}", use_required_attribute=False))
            for candidate in proposed[:MOST_AT_ONCE]
        ]
        self.waiting = proposed.count() if len(self.rows) == MOST_AT_ONCE else len(self.rows)

    def save(self, actor: User) -> int | None:
        """How many were decided; None when something forbids it, which is then a sentence in its row."""
        valid = [form.is_valid() for _candidate, form in self.rows]
        if not all(valid):
            return None
        verdicts = [
            GateVerdict(candidate, form.cleaned_data["step"], form.cleaned_data["note"])
            for candidate, form in self.rows
            if form.cleaned_data["step"]
        ]
        refusals = check_gate(verdicts=verdicts, actor=actor)
        for candidate, form in self.rows:
            if candidate.pk in refusals:
                candidate.status = Candidate.Status.PROPOSED
                form.add_error("step", refusals[candidate.pk])
        return None if refusals else len(verdicts)

    def shown(self) -> GateShown:
        errors = error_items(*(form for _candidate, form in self.rows))
        return GateShown(self.selection, self.rows, self.waiting, errors)
