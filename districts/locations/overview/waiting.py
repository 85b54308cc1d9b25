"""What of the decisions waits: for one person (the cards of the home page), and all that is not finished."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.waiting import TaskCard
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui import formats

# status -> what an unfinished determination or round waits for
DETERMINATION_WAITS = {
    "DRAFT": "Koordinator melengkapi isinya",
    "SCORED": "Nilai dari penilai",
    "DISCUSSED": "Koordinator mencatat pembahasan dan mengajukan",
    "SUBMITTED": "Keputusan kepala",
    "DECIDED": "Keputusan (SK) yang menetapkannya",
}
ROUND_WAITS = {
    "DRAFT": "Koordinator menetapkan kriteria dan membuka penjaringan",
    "OPEN": "Usulan desa dari kecamatan",
    "SURVEY": "Kunjungan survei dan nilai tiap kriteria",
    "SCORING": "Koordinator menandai pilihan dan mengajukan",
    "SUBMITTED": "Keputusan kepala",
    "DECIDED": "Keputusan (SK) yang menetapkannya",
}


@dataclass(frozen=True)
class UnfinishedDecision:
    """One decision that is not finished: what it is, where, and what it waits for."""

    kind: str
    record: CompetencyDetermination | SelectionRound
    name: str
    year: int
    waits: str


def unfinished_decisions(user: User) -> list[UnfinishedDecision]:
    """Every unfinished determination and round that ``user`` may see, those for a head's decision first."""
    found = [
        UnfinishedDecision("Lokasi", row, str(row), row.year, ROUND_WAITS[row.status])
        for row in SelectionRound.objects.for_user(user).unfinished()
    ]
    found += [
        UnfinishedDecision("Kompetensi inti", row, str(row.district), row.year, DETERMINATION_WAITS[row.status])
        for row in CompetencyDetermination.objects.for_user(user).unfinished().for_table()
    ]
    return sorted(found, key=lambda row: row.record.status != "SUBMITTED")


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
