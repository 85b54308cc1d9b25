"""What the page of an applicant's locked scores shows: each part as a table, the corrections below."""

from collections.abc import Sequence
from dataclasses import dataclass

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.panel.models import Part, SheetScore
from facilitators.recruitment.result.correction_forms import ScoreCorrectionForm
from facilitators.recruitment.rounds.models import RecruitmentRound


@dataclass(frozen=True)
class PartTable:
    """``rows``: question and the score of each panellist in the order of ``people``, None without one."""

    label: str
    people: list[str]
    rows: list[tuple[str, list[SheetScore | None]]]


@dataclass(frozen=True)
class CorrectionPage:
    """Context of ``recruitment/score_correct.html``."""

    record: RecruitmentRound
    application: Application
    parts: list[PartTable]
    corrections: list[ScoreCorrection]
    form: ScoreCorrectionForm | None

    @classmethod
    def of(
        cls,
        record: RecruitmentRound,
        application: Application,
        scores: Sequence[SheetScore],
        form: ScoreCorrectionForm | None,
    ) -> "CorrectionPage":
        """``scores``: those of ``correcting.correctable``, which decides their order."""
        return cls(
            record=record,
            application=application,
            parts=[_table(Part(part), scores) for part in dict.fromkeys(row.sheet.part for row in scores)],
            corrections=list(ScoreCorrection.objects.of_round(record).of_application(application.pk)),
            form=form if scores else None,
        )


def _table(part: Part, scores: Sequence[SheetScore]) -> PartTable:
    own = [row for row in scores if row.sheet.part == part]
    seats = {row.sheet.seat_id: str(row.sheet.seat.user) for row in own}
    questions = {row.criterion_id: row.criterion.name for row in sorted(own, key=lambda row: row.criterion_id)}
    given = {(row.criterion_id, row.sheet.seat_id): row for row in own}
    return PartTable(
        part.label,
        list(seats.values()),
        [(name, [given.get((criterion, seat)) for seat in seats]) for criterion, name in questions.items()],
    )
