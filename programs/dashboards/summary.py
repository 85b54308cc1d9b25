"""/ringkasan/: the page of the regent and those beside them, exactly one A4 on screen, in print and as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import naming
from p2emas.ui.formats import long_date
from p2emas.workflow.models import DecidedChain, last_notes
from programs.dashboards.answers import Answer, Picture
from programs.dashboards.board import INDICATORS
from programs.dashboards.reachable import day_of, idle_villages
from programs.dashboards.readings import locations
from programs.dashboards.scope import Scope
from programs.reporting.reports.models import ProgressReport

SENTENCES = ("fokus", "serempak", "tepat-waktu", "realisasi", "tersendat", "hasil")
DECISIONS = 3
STILL = 5
UNKNOWN = "Belum cukup data untuk satu kesimpulan"
HEADLINES = {
    ("good", "good"): "Pagu terpusat dan pekerjaan secepat rencana",
    ("good", "watch"): "Pagu terpusat, tetapi pekerjaan belum secepat rencana",
    ("watch", "good"): "Pekerjaan secepat rencana, tetapi pagu belum terpusat",
    ("watch", "watch"): "Pagu belum terpusat dan pekerjaan belum secepat rencana",
}


@dataclass(frozen=True)
class Sentence:
    """One indicator in words. ``figures`` has number and denominator, ``change`` is "" where nothing is compared."""

    key: str
    number: int
    words: str
    figures: str
    change: str
    picture: Picture | None

    @classmethod
    def of(cls, answer: Answer) -> "Sentence":
        figures = answer.basis if answer.value in answer.finding else f"{answer.value} {answer.basis}"
        return cls(answer.key, answer.number, answer.finding, figures, answer.change, answer.small)


@dataclass(frozen=True)
class StillVillage:
    location: TargetLocation
    reason: str


@dataclass(frozen=True)
class WaitingDecision:
    """``holder`` is the office that has to act, ``since`` the day on which it got the record."""

    record: DecidedChain
    name: str
    holder: str
    since: datetime


@dataclass(frozen=True)
class Verified:
    """Reports of the quarter: verified, sent and not verified yet, and neither."""

    approved: int
    waiting: int
    missing: int

    @classmethod
    def of(cls, scope: Scope) -> "Verified":
        states = ProgressReport.objects.filter(period=scope.period).values_list("status", flat=True)
        approved = sum(state in ProgressReport.APPROVED_STATES for state in states)
        waiting = sum(state in ("WAITING", "VERIFYING") for state in states)
        return cls(approved, waiting, len(states) - approved - waiting)

    def __str__(self) -> str:
        return (
            f"{self.approved} laporan terverifikasi · {self.waiting} belum diverifikasi, tidak dihitung · "
            f"{self.missing} belum masuk"
        )


@dataclass(frozen=True)
class SummaryPage:
    """``still`` and ``decisions`` are the first few; their ``_rest`` says how many others exist."""

    scope: Scope
    headline: str
    sentences: list[Sentence]
    still: list[StillVillage]
    still_rest: int
    decisions: list[WaitingDecision]
    decisions_rest: int
    verified: Verified
    has_sample: bool

    @classmethod
    def of(cls, scope: Scope) -> "SummaryPage":
        answers = [INDICATORS[key](scope) for key in SENTENCES]
        signs = {answer.key: answer.sign for answer in answers}
        still, decisions = list(_still(scope)), sorted(_decisions(), key=lambda row: row.since)
        return cls(
            scope=scope,
            headline=HEADLINES.get((signs["fokus"], signs["realisasi"]), UNKNOWN),
            sentences=[Sentence.of(answer) for answer in answers],
            still=still[:STILL],
            still_rest=max(0, len(still) - STILL),
            decisions=decisions[:DECISIONS],
            decisions_rest=max(0, len(decisions) - DECISIONS),
            verified=Verified.of(scope),
            has_sample=any(answer.is_sample for answer in answers),
        )

    @property
    def number(self) -> str:
        return f"RKS-{self.scope.period.code}"

    @property
    def dated(self) -> str:
        """Of an earlier quarter: that villages and decisions are read as they are today. Of the newest it is clear."""
        newest = self.scope.period == self.scope.periods[0]
        return "" if newest else f" per {long_date(self.scope.today)}"

    @property
    def still_title(self) -> str:
        count = len(self.still) + self.still_rest
        return (f"{count} desa tidak bergerak" if count else "Tidak ada desa yang berhenti") + self.dated

    @property
    def decisions_title(self) -> str:
        return f"Keputusan yang ditunggu{self.dated}, tertua di atas"


def _still(scope: Scope) -> Iterator[StillVillage]:
    """Postponed villages with the reason that was given, then those that will be without work; each once."""
    postponed = [row for row in locations(scope) if row.status == TargetLocation.Status.POSTPONED]
    reasons = last_notes(postponed, "postpone")
    for row in postponed:
        yield StillVillage(row, reasons.get(row.pk, "").strip().rstrip(".") or "alasan belum dicatat")
    told, day = {row.pk for row in postponed}, day_of(scope)
    for idle in idle_villages(scope):
        if idle.location.pk not in told:
            yield StillVillage(idle.location, idle.state(day))


def _decisions() -> Iterator[WaitingDecision]:
    """Records that a head has to decide, and decided ones that wait for the decree of the head of region."""
    names = naming.current()
    for record, name in _unfinished():
        if record.status == "SUBMITTED" and record.submitted_at:
            yield WaitingDecision(record, name[:1].upper() + name[1:], names.office_head, record.submitted_at)
        elif record.status == "DECIDED" and record.decided_at:
            yield WaitingDecision(record, f"SK {name}", names.head, record.decided_at)


def _unfinished() -> Iterator[tuple[Any, str]]:
    for determination in CompetencyDetermination.objects.unfinished().select_related("district"):
        yield determination, f"kompetensi inti {determination.district}"
    for selection in SelectionRound.objects.unfinished():
        yield selection, f"lokasi sasaran: {selection}"
    for recruitment in RecruitmentRound.objects.unfinished():
        yield recruitment, f"pendamping: {recruitment}"
