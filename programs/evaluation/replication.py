"""Target locations by the criteria of readiness: what the overview and the dashboard read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from districts.locations.models import TargetLocation
from p2emas.accounts.signed_in import Anyone
from p2emas.methods.readiness import Readiness
from programs.evaluation.criteria import TITLES, WORDS, CriterionAnswer, shown_answer
from programs.evaluation.models import Evaluation
from programs.evaluation.readiness_page import ready_despite, stored_answers, stored_result


@dataclass(frozen=True)
class OverviewRow:
    """One target location with its newest evaluation, if there is one."""

    location: TargetLocation
    evaluation: Evaluation | None
    despite: str = ""  # with how few criteria it was decided ready, and why

    @cached_property
    def answers(self) -> list[CriterionAnswer]:
        return stored_answers(self.evaluation) if self.evaluation else []

    @cached_property
    def result(self) -> Readiness | None:
        return stored_result(self.evaluation) if self.evaluation else None

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Code of the answer and its word, for each criterion; "" where nothing was computed."""
        if not self.answers:
            return [("", "belum dihitung")] * len(TITLES)
        waived = self.evaluation.waived if self.evaluation else []
        states = [shown_answer(each, waived) for each in self.answers]
        return [(state, WORDS[state]) for state in states]

    @property
    def is_ready(self) -> bool:
        return bool(self.result and self.result.is_ready)

    @property
    def is_sample(self) -> bool:
        return self.location.is_sample or bool(self.evaluation and self.evaluation.is_sample)


def newest_by_location(evaluations: Iterable[Evaluation]) -> dict[int, Evaluation]:
    """Of several of one location the newest that was not cancelled; they come in the order of the model."""
    found: dict[int, Evaluation] = {}
    for each in evaluations:
        if each.status != Evaluation.Status.CANCELLED:
            found.setdefault(each.target_location_id, each)
    return found


def overview_rows(user: Anyone, on: date) -> list[OverviewRow]:
    """Of the target locations in force on ``on``; two queries. Those that meet most come first.

    One more where a head decided that one is ready although its criteria say otherwise.
    """
    locations = TargetLocation.objects.in_force(on).select_related("village__district")
    evaluations = Evaluation.objects.for_user(user).filter(target_location__in=locations.order_by().values("pk"))
    newest = newest_by_location(evaluations)
    despite = ready_despite(list(newest.values()))
    pairs = [(location, newest.get(location.pk)) for location in locations.order_by("village__name", "pk")]
    rows = [OverviewRow(location, made, despite.get(made.pk, "") if made else "") for location, made in pairs]
    return sorted(rows, key=lambda row: -len(row.result.met) if row.result else 1)
