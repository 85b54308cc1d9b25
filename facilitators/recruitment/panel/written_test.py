"""Results of the written test: the table they are typed into, and the step that applies them to everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import TestScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import PlainForm
from p2emas.ui.paging import Page, paginate
from p2emas.workflow.editing import claim_version

ROWS = 100
Status, Reason = Application.Status, Application.Reason


@dataclass(frozen=True)
class WrittenResult:
    """What was typed for one applicant: a score, nothing (not known), or that nobody came."""

    application: Application
    score: Decimal | None
    absent: bool
    source: str


@dataclass(frozen=True)
class WrittenOutcome:
    """Who would pass and fail with the current scores, and who has none."""

    passing: list[Application]
    failing: list[Application]
    unknown: list[Application]

    @property
    def scored(self) -> int:
        return len(self.passing) + len(self.failing)


@transaction.atomic
def save_results(
    *, record: RecruitmentRound, seen: int, results: Iterable[WrittenResult], actor: User
) -> tuple[int, int]:
    """Store scores that differ and take out who was absent; how many of each. Raises ``EditConflict``.

    Only applicants whose result is not applied yet are touched. An emptied score is removed: unknown, never 0.
    """
    claim_version(record, seen, RecruitmentRound.Status.SELECTION)
    results = list(results)
    open_ = record.applications.in_state(Status.PASSED_FILES).in_bulk([each.application.pk for each in results])
    known = {row.application_id: row for row in TestScore.objects.filter(application__in=open_)}
    changed = absent = 0
    for each in results:
        application = open_.get(each.application.pk)
        if application is None:
            continue
        changed += _keep(known.get(application.pk), application, each)
        if each.absent:
            application.take_step("fail_test", seen=Status.PASSED_FILES, actor=actor, rejected_for=Reason.ABSENT)
            absent += 1
    return changed, absent


def _keep(row: TestScore | None, application: Application, result: WrittenResult) -> bool:
    """Whether something was written."""
    if result.score is None or result.absent:
        if row is not None:
            row.delete()
        return row is not None
    if row is not None and row.score == result.score:
        return False
    row = row or TestScore(application=application)
    row.score, row.source = result.score, result.source
    row.save()
    return True


def outcome_of(record: RecruitmentRound) -> WrittenOutcome:
    waiting = record.applications.in_state(Status.PASSED_FILES).select_related("test_score").order_by("number", "pk")
    outcome = WrittenOutcome([], [], [])
    for application in waiting:
        score = getattr(application, "test_score", None)
        if score is None:
            outcome.unknown.append(application)
        elif score.score >= record.pass_mark:
            outcome.passing.append(application)
        else:
            outcome.failing.append(application)
    return outcome


@transaction.atomic
def apply_results(*, record: RecruitmentRound, seen: int, actor: User) -> WrittenOutcome:
    """Pass or fail everybody with a score, by the pass mark. Raises ``EditConflict`` when scores changed since."""
    claim_version(record, seen, RecruitmentRound.Status.SELECTION)
    outcome = outcome_of(record)
    for application in outcome.passing:
        application.take_step("pass_test", seen=Status.PASSED_FILES, actor=actor)
    for application in outcome.failing:
        application.take_step("fail_test", seen=Status.PASSED_FILES, actor=actor, rejected_for=Reason.TEST)
    return outcome


# --- The table ------------------------------------------------------------------------------------------------------


class HeadForm(PlainForm):
    """The version of the round, and the source of what is new on this page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(
        label="Sumber nilai", max_length=200, required=False, help_text="Misalnya nomor berita acara tes."
    )


class WrittenScoreForm(PlainForm):
    score = QuantityField(label="Nilai tes", required=False, max_value=100, max_digits=5)
    absent = forms.BooleanField(label="Tidak hadir", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("absent") and data.get("score") is not None:
            self.add_error("absent", "Yang tidak hadir tidak punya nilai. Kosongkan nilainya atau centangnya.")
        return data


@dataclass
class ScoreSheetPage:
    """One page of the table: those whose result is open with inputs, the others with what became of them."""

    record: RecruitmentRound
    query: QueryDict
    writes: bool
    data: QueryDict | None = None
    page: Page = field(init=False)
    rows: list[tuple[Application, WrittenScoreForm | None]] = field(init=False)

    def __post_init__(self) -> None:
        query = self.query.copy()
        query.pop("baris", None)
        self.page = paginate(self.record.applications.tested().for_tests(), query, size=ROWS)
        self.head = HeadForm(self.data, initial={"version": self.record.version})
        self.rows = [(application, self._form(application)) for application in self.page]

    def _form(self, application: Application) -> WrittenScoreForm | None:
        if not self.writes or application.status != Status.PASSED_FILES:
            return None
        score = getattr(application, "test_score", None)
        return WrittenScoreForm(
            self.data, prefix=f"t{application.pk}", initial={"score": score.score if score else None}
        )

    @property
    def forms(self) -> list[tuple[Application, WrittenScoreForm]]:
        return [(application, form) for application, form in self.rows if form]

    def results(self) -> list[WrittenResult] | None:
        """None when something cannot be read, which is then said in its row."""
        valid = [form.is_valid() for form in (self.head, *(form for _application, form in self.forms))]
        if not all(valid):
            return None
        source = self.head.cleaned_data["source"].strip()
        return [
            WrittenResult(application, form.cleaned_data["score"], form.cleaned_data["absent"], source)
            for application, form in self.forms
        ]
