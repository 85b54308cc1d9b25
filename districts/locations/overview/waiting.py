"""What of the decisions waits: for one person (the cards of the home page), and all that is not finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.waiting import TaskCard
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import DecidedChain, since_when

COORDINATOR, HEAD, HEAD_OF_REGION = "Koordinator", "{office_head}", "{head}"
DECREE = (HEAD_OF_REGION, "Keputusan (SK) yang menetapkannya")
# status -> in whose hands an unfinished determination or round is, and what it waits for
DETERMINATION_WAITS = {
    "DRAFT": (COORDINATOR, "Isinya dilengkapi"),
    "SCORED": ("Penilai", "Nilai dari penilai"),
    "DISCUSSED": (COORDINATOR, "Pembahasan dicatat, lalu diajukan"),
    "SUBMITTED": (HEAD, "Keputusan kepala"),
    "DECIDED": DECREE,
}
ROUND_WAITS = {
    "DRAFT": (COORDINATOR, "Kriteria ditetapkan, lalu penjaringan dibuka"),
    "OPEN": ("Kecamatan", "Usulan desa dari kecamatan"),
    "SURVEY": (COORDINATOR, "Kunjungan survei dan nilai tiap kriteria"),
    "SCORING": (COORDINATOR, "Pilihan ditandai, lalu diajukan"),
    "SUBMITTED": (HEAD, "Keputusan kepala"),
    "DECIDED": DECREE,
}
unfinished_recruitments: "Hook[[User], list[UnfinishedDecision]]" = Hook("rounds of facilitators that are not finished")


@dataclass(frozen=True)
class UnfinishedDecision:
    """One decision that is not finished: what it is, what it waits for, in whose hands, and since when."""

    kind: str
    record: DecidedChain
    name: str
    waits: str
    holder: str
    since: datetime | None

    @classmethod
    def of(cls, kind: str, row: Any, name: object, waiting: Mapping[str, tuple[str, str]]) -> "UnfinishedDecision":
        """``row`` comes with ``since``; see ``since_when``."""
        holder, waits = waiting[row.status]
        return cls(f"{kind} {row.year}", row, str(name), waits, said(holder), row.since)


def unfinished_decisions(user: User) -> list[UnfinishedDecision]:
    """Everything unfinished that ``user`` may see, what a head has to decide first, then the oldest."""
    rounds = SelectionRound.objects.for_user(user).unfinished().annotate(since=since_when(SelectionRound))
    found = [UnfinishedDecision.of("Lokasi", row, row, ROUND_WAITS) for row in rounds]
    records = CompetencyDetermination.objects.for_user(user).unfinished().for_table()
    found += [
        UnfinishedDecision.of("Kompetensi inti", row, row.district, DETERMINATION_WAITS)
        for row in records.annotate(since=since_when(CompetencyDetermination))
    ]
    found += unfinished_recruitments(user)
    return sorted(found, key=lambda row: (row.record.status != "SUBMITTED", row.since is None, row.since))


def location_tasks(user: User) -> list[TaskCard]:
    """Cards: proposals asked of a kecamatan, gates to check, rounds to decide."""
    tasks = []
    if user.has_role(Role.DISTRICT_ADMIN):
        tasks += [_proposals(selection, proposed) for selection, proposed in _accepting(user)]
    if user.has_role(*COORDINATORS):
        tasks += [_gate(selection, unchecked) for selection, unchecked in _to_check()]
    if user.has_role(Role.COORDINATOR_HEAD):
        waiting = SelectionRound.objects.filter(status=SelectionRound.Status.SUBMITTED)
        tasks += [_decision(selection) for selection in waiting.exclude(submitted_by=user)]
    return tasks


def _accepting(user: User) -> list[tuple[SelectionRound, int]]:
    """Rounds that take proposals, each with the number of those that ``user`` sees."""
    own = Count("candidates", filter=Q(candidates__in=Candidate.objects.for_user(user)))
    rows = SelectionRound.objects.for_user(user).accepting(clock.today()).annotate(own=own)
    return [(selection, selection.own) for selection in rows]


def _to_check() -> list[tuple[SelectionRound, int]]:
    """Rounds with candidates whose gate is not checked, and how many."""
    open_gates = Count("candidates", filter=Q(candidates__status=Candidate.Status.PROPOSED))
    rows = SelectionRound.objects.working().annotate(to_check=open_gates).filter(to_check__gt=0)
    return [(selection, selection.to_check) for selection in rows]


def _proposals(selection: SelectionRound, proposed: int) -> TaskCard:
    closes = formats.long_date(selection.closes)
    return TaskCard(
        f"Usulan desa: {selection}",
        f"Ditutup {closes}. {proposed} desa kecamatan Anda sudah diusulkan.",
        reverse("locations:candidate-create", args=[selection.pk]),
        "Usulkan desa",
    )


def _gate(selection: SelectionRound, unchecked: int) -> TaskCard:
    return TaskCard(
        f"Syarat dasar: {selection}",
        f"{unchecked} usulan desa belum diperiksa.",
        reverse("locations:gate-check", args=[selection.pk]),
        "Periksa syarat",
    )


def _decision(selection: SelectionRound) -> TaskCard:
    return TaskCard(
        f"Pilihan lokasi diajukan: {selection}",
        "Menunggu keputusan Anda.",
        selection.get_absolute_url(),
        "Baca dan putuskan",
    )
