"""/ringkasan/: the page of the regent and those beside them, exactly one A4 on screen, in print and as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import naming
from p2emas.exports.lists import SAMPLE_HEADING, ListColumn, ListFile
from p2emas.ui.formats import long_date, table_date
from p2emas.workflow.models import DecidedChain, last_notes
from programs.dashboards.answers import Answer, Picture
from programs.dashboards.board import INDICATORS
from programs.dashboards.reachable import day_of, idle_villages
from programs.dashboards.readings import locations
from programs.dashboards.scope import Scope
from programs.reporting.reading.forms import MISSING, STATUS_GROUPS, UNVERIFIED, VERIFIED
from programs.reporting.reports.models import ProgressReport

SENTENCES = ("fokus", "serempak", "tepat-waktu", "realisasi", "tersendat", "hasil", "kesiapan")
DECISIONS = 3
STILL = 5
REASON = 90  # characters
VILLAGE_HEADER = ["Desa", "Kecamatan", "Alasan atau keadaan"]
DECISION_HEADER = ["Keputusan", "Di tangan", "Sejak"]
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

    @property
    def short_sentence(self) -> str:
        """For the one page; the evidence behind its number has all of it."""
        short = shorten(self.reason, REASON, placeholder=" …")
        return short if short.endswith("…") else f"{short}."


@dataclass(frozen=True)
class WaitingDecision:
    """``holder`` is the office that has to act, ``since`` the day on which it got the record."""

    record: DecidedChain
    name: str
    holder: str
    since: datetime
    is_sample: bool


@dataclass(frozen=True)
class Verified:
    """Reports of the quarter: verified, sent and not verified yet, and neither; each count has its list of reports."""

    approved: int
    waiting: int
    missing: int

    @classmethod
    def of(cls, scope: Scope) -> "Verified":
        states = ProgressReport.objects.filter(period=scope.period).values_list("status", flat=True)
        counts = {word: sum(state in group for state in states) for word, group in STATUS_GROUPS.items()}
        return cls(counts[VERIFIED], counts[UNVERIFIED], counts[MISSING])

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """The words with the number, the filter of the list of reports that shows them, and what follows."""
        return [
            (f"{self.approved} laporan terverifikasi", VERIFIED, ""),
            (f"{self.waiting} belum diverifikasi", UNVERIFIED, ", tidak dihitung"),
            (f"{self.missing} belum masuk", MISSING, ""),
        ]

    def __str__(self) -> str:
        return " · ".join(words + rest for words, _word, rest in self.parts)


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
        still, decisions = still_villages(scope), waiting_decisions()
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
    def still_title(self) -> str:
        return still_title(self.scope, len(self.still) + self.still_rest)

    @property
    def decisions_title(self) -> str:
        return f"Keputusan yang ditunggu{_dated(self.scope)}, tertua di atas"


VILLAGE_COLUMNS: list[ListColumn] = [
    ("Kode desa", lambda row: row.location.village.code),
    ("Desa", lambda row: str(row.location.village)),
    ("Kecamatan", lambda row: str(row.location.village.district)),
    ("Alasan atau keadaan", lambda row: row.reason),
    (SAMPLE_HEADING, lambda row: row.location.is_sample),
]
DECISION_COLUMNS: list[ListColumn] = [
    ("Keputusan", lambda row: row.name),
    ("Di tangan", lambda row: row.holder),
    ("Sejak", lambda row: row.since),
    (SAMPLE_HEADING, lambda row: row.is_sample),
]


@dataclass(frozen=True)
class SummaryEvidenceRow:
    url: str
    name: str
    cells: dict[str, str]  # under their headings, which a phone shows beside them
    is_sample: bool


@dataclass(frozen=True)
class SummaryEvidence:
    """All rows of what the leaders' page only counts."""

    title: str
    header: list[str]
    rows: list[SummaryEvidenceRow]
    nothing: str
    file: ListFile

    @classmethod
    def of_villages(cls, scope: Scope) -> "SummaryEvidence":
        still = still_villages(scope)
        rows = [
            SummaryEvidenceRow(row.location.get_absolute_url(), str(row.location.village),
                        dict(zip(VILLAGE_HEADER[1:], _place_and_reason(row), strict=True)),
                        row.location.is_sample)
            for row in still
        ]  # fmt: skip
        title = still_title(scope, len(still))
        file = ListFile.of(f"desa-tidak-bergerak-{scope.period.code}", title, VILLAGE_COLUMNS, still)
        return cls(title, VILLAGE_HEADER, rows, "Semua lokasi sasaran berjalan.", file)

    @classmethod
    def of_decisions(cls, scope: Scope) -> "SummaryEvidence":
        waiting = waiting_decisions()
        rows = [
            SummaryEvidenceRow(row.record.get_absolute_url(), row.name,
                        dict(zip(DECISION_HEADER[1:], (row.holder, table_date(row.since)), strict=True)),
                        row.is_sample)
            for row in waiting
        ]  # fmt: skip
        title = f"{len(rows)} keputusan yang ditunggu{_dated(scope)}" if rows else "Tidak ada keputusan yang ditunggu"
        file = ListFile.of(f"keputusan-ditunggu-{scope.period.code}", title, DECISION_COLUMNS, waiting)
        return cls(title, DECISION_HEADER, rows, "Tidak ada keputusan yang ditunggu.", file)


def _place_and_reason(row: StillVillage) -> tuple[str, str]:
    return str(row.location.village.district), f"{row.reason[:1].upper()}{row.reason[1:]}"


def still_title(scope: Scope, count: int) -> str:
    return (f"{count} desa tidak bergerak" if count else "Tidak ada desa yang berhenti") + _dated(scope)


def _dated(scope: Scope) -> str:
    """Of an earlier quarter: that villages and decisions are read as they are today. Of the newest it is clear."""
    return "" if scope.period == scope.periods[0] else f" per {long_date(scope.today)}"


def still_villages(scope: Scope) -> list[StillVillage]:
    return list(_still(scope))


def waiting_decisions() -> list[WaitingDecision]:
    """The oldest first."""
    return sorted(_decisions(), key=lambda row: row.since)


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
            yield WaitingDecision(
                record, name[:1].upper() + name[1:], names.office_head, record.submitted_at, record.is_sample
            )
        elif record.status == "DECIDED" and record.decided_at:
            yield WaitingDecision(record, f"SK {name}", names.head, record.decided_at, record.is_sample)


def _unfinished() -> Iterator[tuple[Any, str]]:
    for determination in CompetencyDetermination.objects.unfinished().select_related("district"):
        yield determination, f"kompetensi inti {determination.district}"
    for selection in SelectionRound.objects.unfinished():
        yield selection, f"lokasi sasaran: {selection}"
    for recruitment in RecruitmentRound.objects.unfinished():
        yield recruitment, f"pendamping: {recruitment}"
