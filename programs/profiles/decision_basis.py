"""What the choice of a village and the competency of its kecamatan were computed from, without anybody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from districts.competencies.models import CompetencyDetermination
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.visits import SurveyVisit
from districts.locations.models import TargetLocation
from districts.locations.ranking.computing import RankingLine, Standing, standing_of
from p2emas.ui import charts


@dataclass(frozen=True)
class CriterionPoints:
    """One criterion: the candidate's value and where it comes from, and its points of at most ``most``."""

    criterion: str
    unit: str
    value: float | None
    points: float | None
    most: float
    source: str


@dataclass(frozen=True)
class ChosenVillage:
    """A village chosen in a round. ``line`` is None where the stored ranking does not hold the candidate."""

    candidate: Candidate
    standing: Standing
    line: RankingLine | None
    parts: list[CriterionPoints]
    visits: Sequence[SurveyVisit]

    @property
    def is_sample(self) -> bool:
        return self.candidate.is_sample or self.candidate.round.is_sample or any(v.is_sample for v in self.visits)

    @property
    def was_reserve(self) -> bool:
        """A reserve that moved up later: its reason says why it waited, not why it was chosen."""
        return self.candidate.choice == Candidate.Choice.RESERVE

    @property
    def score(self) -> float | None:
        return None if self.line is None or self.line.score is None else self.line.score * 100

    @property
    def chart(self) -> charts.Chart | None:
        if self.score is None:
            return None
        named = [(part.criterion, part.points) for part in self.parts]
        return charts.stacked(named, label=f"Sumbangan kriteria ke skor {self.candidate}", maximum=100, height=24)


def chosen_village(location: TargetLocation | None) -> ChosenVillage | None:
    """The round in which ``location`` was chosen, once its result is public; three queries at the most."""
    if location is None or location.candidate_id is None:
        return None
    parts = ("village", "commodity", "group", "round__run", "round__minutes")
    candidate = Candidate.objects.public().select_related(*parts).filter(pk=location.candidate_id).first()
    if candidate is None or candidate.round.run is None:
        return None
    standing = standing_of(candidate.round.run.inputs)
    line = next((line for line in standing.lines if line.id == candidate.pk), None)
    return ChosenVillage(candidate, standing, line, _parts(candidate, standing, line), list(candidate.visits.all()))


def _parts(candidate: Candidate, standing: Standing, line: RankingLine | None) -> list[CriterionPoints]:
    if line is None:
        return []
    sources = dict(candidate.values.values_list("criterion", "source"))
    known = [part * 100 for part in line.contributions]
    points: Sequence[float | None] = known or [None] * len(line.values)
    return [
        CriterionPoints(
            criterion["name"], criterion["unit"], value, gained, share * 100, sources.get(criterion["id"], "")
        )
        for criterion, value, gained, share in zip(
            standing.criteria, line.values, points, standing.weights, strict=True
        )
    ]


@dataclass(frozen=True)
class CompetencyBasis:
    """A competency decided on figures and a panel: options with their scores, and the figures of the chosen one."""

    options: list[tuple[str, float | None, int | None, bool]]
    figures: list[tuple[int, float | None]]
    unit: str
    assessors: int
    all_figures: int
    has_sample: bool


def competency_basis(determination: CompetencyDetermination | None) -> CompetencyBasis | None:
    """From what the decision stored; None for a recorded one."""
    if determination is None or not determination.results or not determination.inputs:
        return None
    inputs, results = determination.inputs, determination.results
    rows = sorted(results["rows"], key=lambda row: (row["rank"] is None, row["rank"] or 0, row["name"]))
    own = [figure for figure in inputs["figures"] if figure[:2] == [determination.district_id, determination.chosen_id]]
    return CompetencyBasis(
        options=[(row["name"], _points(row), row["rank"], row["commodity"] == determination.chosen_id) for row in rows],
        figures=sorted((figure[2], None if figure[3] is None else float(figure[3])) for figure in own),
        unit=inputs["unit"],
        assessors=inputs.get("assessors", 0),
        all_figures=len(inputs["figures"]),
        has_sample=any(figure[4] for figure in inputs["figures"]),
    )


def _points(row: dict[str, Any]) -> float | None:
    return None if row["score"] is None else row["score"] * 100
