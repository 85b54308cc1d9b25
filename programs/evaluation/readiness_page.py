"""What the pages of readiness show: six criteria with figure and source, what changed since, who does what next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from districts.locations.models import TargetLocation
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import Anyone
from p2emas.methods.readiness import MET, Readiness
from p2emas.workflow.models import Step, last_notes
from programs.evaluation.criteria import WORDS, CriterionAnswer, criterion_answers, readiness_of, shown_answer
from programs.evaluation.models import Evaluation
from programs.evaluation.reading import readiness_inputs


def stored_answers(evaluation: Evaluation) -> list[CriterionAnswer]:
    return [CriterionAnswer.stored(row) for row in evaluation.criteria]


def stored_result(evaluation: Evaluation) -> Readiness:
    """What follows from the stored criteria; the decision may be another one."""
    needed = evaluation.inputs["thresholds"]["needed"]
    return readiness_of(stored_answers(evaluation), needed, evaluation.waived)


def ready_despite(evaluations: Sequence[Evaluation]) -> dict[int, str]:
    """By key, of those decided ready although their criteria say otherwise: with how many, and why; one query at most.

    The reason is the note of the step; a verdict from before it was asked for has its own reason there.
    """
    ready = [each for each in evaluations if each.verdict == Evaluation.Verdict.READY]
    against = [(each, result) for each in ready if not (result := stored_result(each)).is_ready]
    notes = last_notes([each for each, _result in against], "decide")
    return {
        each.pk: f"Diputuskan siap dengan {len(result.met)} dari {len(each.criteria)} syarat: "
        f"{notes.get(each.pk) or each.reason}"
        for each, result in against
    }


@dataclass(frozen=True)
class CriterionRow:
    number: int
    answer: CriterionAnswer
    state: str

    @property
    def word(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True)
class ReadinessPage:
    evaluation: Evaluation
    user: Anyone

    @cached_property
    def answers(self) -> list[CriterionAnswer]:
        return stored_answers(self.evaluation)

    @cached_property
    def rows(self) -> list[CriterionRow]:
        waived = self.evaluation.waived
        return [CriterionRow(number, each, shown_answer(each, waived)) for number, each in enumerate(self.answers, 1)]

    @property
    def needed(self) -> int:
        return self.evaluation.inputs["thresholds"]["needed"]

    @cached_property
    def result(self) -> Readiness:
        return stored_result(self.evaluation)

    @cached_property
    def despite(self) -> str:
        """With how few criteria it was decided ready, and why; empty where they say the same as the verdict."""
        return ready_despite([self.evaluation]).get(self.evaluation.pk, "")

    @property
    def headline(self) -> str:
        village = self.evaluation.target_location.village
        return f"{village} memenuhi {len(self.result.met)} dari {len(self.answers)} syarat siap ditularkan"

    @property
    def missing(self) -> list[str]:
        """What is not met, in words of the criteria."""
        return [f"Syarat {row.number}: {row.answer.title}" for row in self.rows if row.state != MET]

    @cached_property
    def steps(self) -> list[tuple[str, Step]]:
        return self.evaluation.open_steps(self.user) if isinstance(self.user, User) else []

    @property
    def links(self) -> list[tuple[str, Step]]:
        return [(name, step) for name, step in self.steps if not step.own_page]

    @property
    def may_decide(self) -> bool:
        return any(name == "decide" for name, _step in self.steps)

    @property
    def may_compute(self) -> bool:
        return isinstance(self.user, User) and self.evaluation.may_compute(self.user)

    @property
    def may_pass_on(self) -> bool:
        """Whether the reader may open a round that passes this success on."""
        ready = self.evaluation.target_location.status == TargetLocation.Status.READY and bool(self.evaluation.verdict)
        return ready and isinstance(self.user, User) and self.user.has_role(*COORDINATORS)

    @property
    def is_proposers(self) -> bool:
        """Whether the reader proposed it, and so cannot decide it."""
        return isinstance(self.user, User) and self.evaluation.submitted_by_id == self.user.pk


@dataclass(frozen=True)
class EvaluationReplay:
    """The stored inputs computed once more, and what is known today beside them."""

    same: bool
    changes: list[str]

    @classmethod
    def of(cls, evaluation: Evaluation, on) -> "EvaluationReplay":
        stored = stored_answers(evaluation)
        again = criterion_answers(evaluation.inputs)
        same = len(stored) == len(again) and all(map(CriterionAnswer.agrees, stored, again))
        current = criterion_answers(readiness_inputs(evaluation.target_location.village, on))
        return cls(same, changes_between(stored, current))


def changes_between(before: Sequence[CriterionAnswer], after: Sequence[CriterionAnswer]) -> list[str]:
    """A sentence for each criterion whose answer or figure differs."""
    found = []
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old.agrees(new):
            continue
        became = f" menjadi {new.word.lower()}" if old.answer != new.answer else ""
        found.append(f"Syarat {number}{became} ({old.figure} menjadi {new.figure}).")
    return found
