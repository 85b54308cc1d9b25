"""What the ranking page shows: each candidate's score in parts, the quota line, and how firm its place is."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from districts.locations.ranking.computing import SAME, Inputs, RankingLine, Standing, digest_of, inputs_of, standing_of
from districts.locations.ranking.sensitivity import SENSITIVE_BELOW
from districts.locations.rounds.criteria import RankingRun
from districts.locations.rounds.models import SelectionRound
from districts.locations.runs import run_of
from p2emas.ui import charts
from p2emas.ui.formats import number, percent
from p2emas.ui.paging import Page, paginate_list

PAGE = 100


@dataclass
class RankingRow:
    """One line as it is drawn. Scores are points of 100."""

    line: RankingLine
    chart: charts.Chart | None = None
    parts: list[float | None] = field(default_factory=list)
    points: float | None = None
    sign: str = ""
    firmness: str = ""
    notes: list[str] = field(default_factory=list)
    after_line: bool = False


@dataclass(frozen=True)
class CriterionKey:
    """A criterion as the bars show it: its name, the colour of its key, and its most points."""

    name: str
    tone: str
    most: float


@dataclass(frozen=True)
class DecisiveWeight:
    """A change of one weight that moves villages over the line, in words."""

    criterion: str
    change: str
    enters: str
    leaves: str


@dataclass(frozen=True)
class CriticalWeight:
    """By how many points of weight one criterion has to change until the two villages at the line tie."""

    criterion: str
    points: float | None
    weight: float
    is_reachable: bool


@dataclass
class RankingPage:
    selection: SelectionRound
    standing: Standing
    inputs: Inputs
    run: RankingRun | None
    page: Page
    digest: str
    is_stored: bool

    @property
    def second_way(self) -> str:
        """Whether another way of counting would choose the same villages, in words."""
        moved = self.standing.disagreeing
        if not moved:
            return "Cara hitung kedua menempatkan calon yang sama di atas garis kuota."
        names = ", ".join(str(line.village) for line in moved)
        return f"Cara hitung kedua menempatkan {len(moved)} calon di sisi lain garis kuota: {names}."

    @property
    def results(self) -> dict[str, Any] | None:
        return self.run.results if self.run else None

    @property
    def under_way(self) -> bool:
        return self.run is not None and self.run.results is None and not self.run.problem

    @property
    def criteria(self) -> list[CriterionKey]:
        return [
            CriterionKey(criterion["name"], _tone(place), share * 100)
            for place, (criterion, share) in enumerate(zip(self.standing.criteria, self.standing.weights, strict=True))
        ]

    @property
    def finding(self) -> str:
        """The heading: who leads, and how clear the line is."""
        ranked, quota = self.standing.ranked, self.standing.quota
        if not ranked:
            return "Belum ada calon yang nilainya lengkap"
        if self.standing.tied_at_line:
            return f"{len(self.standing.tied_at_line)} calon bernilai sama di garis kuota"
        if len(ranked) <= quota:
            return f"{len(ranked)} calon lengkap untuk {quota} tempat"
        last, following = ranked[quota - 1], ranked[quota]
        gap = ((last.score or 0) - (following.score or 0)) * 100  # ranked lines are scored
        points = next((text for places in (1, 2, 4) if (text := number(gap, places)) != "0"), number(gap, 7))
        return f"{last.village} di dalam kuota, {following.village} di luarnya dengan selisih {points} poin"

    @property
    def changes(self) -> list[DecisiveWeight]:
        """Weights whose change would move somebody over the line, in words."""
        if not self.results:
            return []
        return [
            DecisiveWeight(
                criterion=self.standing.criteria[change["criterion"]]["name"],
                change=f"{'+' if change['change'] > 0 else '−'}{percent(abs(change['change']) * 100)}",
                enters=self._villages(change["enters"]),
                leaves=self._villages(change["leaves"]),
            )
            for change in self.results["changes"]
            if change["enters"] or change["leaves"]
        ]

    def _villages(self, candidates: list[int]) -> str:
        names = {line.id: line.village for line in self.standing.lines}
        return ", ".join(names[each] for each in candidates if each in names)

    @property
    def critical(self) -> list[CriticalWeight]:
        """For each criterion the points of weight at which the two villages at the line tie.

        No weight falls below 0, so a shift that takes away more than there is cannot be reached; upwards there is no
        such end, because weights are scaled to each other.
        """
        found = self.results and self.results["critical"]
        if not found:
            return []
        rows = zip(self.standing.criteria, self.standing.weights, found["changes"], strict=True)
        return [
            CriticalWeight(
                criterion=criterion["name"],
                points=None if change is None else change * 100,
                weight=share * 100,
                is_reachable=change is None or share + change >= -SAME,
            )
            for criterion, share, change in rows
        ]

    @property
    def critical_pair(self) -> str:
        found = self.results and self.results["critical"]
        names = {line.id: line.village for line in self.standing.lines}
        return f"{names[found['inside']]} – {names[found['outside']]}" if found else ""

    @classmethod
    def of(cls, selection: SelectionRound, query: QueryDict, *, stored: bool = True) -> "RankingPage":
        """The page of ``selection``: on the inputs that its decision keeps, else on what is recorded now."""
        kept = selection.run if stored and selection.run_id else None
        inputs = kept.inputs if kept else inputs_of(selection)
        digest = kept.digest if kept else digest_of(inputs)
        run = kept or run_of(selection, digest)
        standing = standing_of(inputs)
        page = paginate_list(standing.lines, query, size=PAGE)
        shown = cls(selection, standing, inputs, run, page, digest, kept is not None)
        shares = _shares(run)
        page.rows = [_row(line, standing, shares) for line in page.rows]
        return shown


def _shares(run: RankingRun | None) -> dict[int, float]:
    """Candidate -> share of the draws inside the quota; empty while nothing is computed."""
    results = run.results if run else None
    return dict(zip(results["candidates"], results["in_quota"], strict=True)) if results else {}


def _row(line: RankingLine, standing: Standing, shares: dict[int, float]) -> RankingRow:
    row = RankingRow(line, parts=[part * 100 for part in line.contributions])
    if line.rank is None:
        row.notes = _gaps(line, standing)
        row.sign, row.firmness = "none", "Belum lengkap"
        return row
    row.points = line.score * 100 if line.score is not None else None
    names = [criterion["name"] for criterion in standing.criteria]
    row.chart = charts.stacked(list(zip(names, row.parts, strict=True)), label="", maximum=100, height=24)
    row.after_line = line.place == standing.quota + 1
    if line.id in shares:
        inside = shares[line.id]
        firm = inside >= SENSITIVE_BELOW if line.placed else inside <= 1 - SENSITIVE_BELOW
        row.sign, row.firmness = ("good", "Kokoh") if firm else ("watch", "Sensitif")
        row.notes.append(f"Di dalam kuota pada {percent(inside * 100)} simulasi bobot")
    if line in standing.disagreeing:
        row.notes.append(f"TOPSIS menempatkannya di sisi lain garis (peringkat {line.topsis_rank})")
    if line.tied:
        row.notes.append("Nilainya sama dengan calon lain")
    return row


def _gaps(line: RankingLine, standing: Standing) -> list[str]:
    names = ", ".join(standing.criteria[place]["name"] for place in line.missing)
    notes = [f"Belum ada data: {names}"]
    if line.bounds:
        bounds = line.bounds
        low, high = number(bounds.low * 100, 1), number(bounds.high * 100, 1)
        notes.append(f"Skor antara {low} dan {high}, peringkat {bounds.best_rank} sampai {bounds.worst_rank}")
        meaning = {
            True: "Di dalam kuota, apa pun nilainya nanti",
            False: "Di luar kuota, apa pun nilainya nanti",
            None: "Kekosongan ini menentukan garis kuota",
        }
        notes.append(meaning[line.bounds.in_quota])
    return notes


def _tone(place: int) -> str:
    return charts.CATEGORIES[min(place, len(charts.CATEGORIES) - 1)]
