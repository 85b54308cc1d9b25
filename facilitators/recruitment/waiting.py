"""What of a recruitment waits for one person; the home page of the roof above makes its cards of it."""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from districts.competencies.waiting import TaskCard
from districts.locations.overview.waiting import COORDINATOR, HEAD, UnfinishedDecision, unfinished_recruitments
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui.formats import long_date
from p2emas.workflow.models import since_when

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Status = RecruitmentRound.Status
ROUND_WAITS = {
    "DRAFT": (COORDINATOR, "Syarat dan formasi dilengkapi, lalu diterbitkan"),
    "PUBLISHED": ("Pelamar", "Lamaran sampai pendaftaran ditutup"),
    "CLOSED": (COORDINATOR, "Pemeriksaan berkas lamaran"),
    "SELECTION": ("Panitia", "Nilai tes dan nilai panitia, lalu diajukan"),
    "SUBMITTED": (HEAD, "Keputusan kepala"),
    "DECIDED": (COORDINATOR, "Pengumuman hasil"),
}


@unfinished_recruitments.provide
def rounds_not_finished(user: User) -> list[UnfinishedDecision]:
    """Among the decisions of the lower houses, for those who open the pages of the office."""
    rounds = RecruitmentRound.objects.in_office(user).unfinished().for_table()
    return [
        UnfinishedDecision.of("Pendamping", row, row, ROUND_WAITS)
        for row in rounds.annotate(since=since_when(RecruitmentRound))
    ]


def recruitment_tasks(user: User) -> list[TaskCard]:
    """Seats that score, files to check, rounds to close, to decide or to announce."""
    tasks = [_scoring(record) for record in RecruitmentRound.objects.selecting().seated(user)]
    if user.has_role(*COORDINATORS):
        tasks += [_checking(record) for record in _to_check(user)]
        tasks += [_closing(record) for record in RecruitmentRound.objects.overdue(clock.now())]
        tasks += [_announcement(record) for record in RecruitmentRound.objects.to_announce()]
    if user.has_role(Role.COORDINATOR_HEAD):
        tasks += [_decision(record) for record in RecruitmentRound.objects.to_decide(user)]
    return tasks


class RoundToCheck(TypedDict):
    to_check: int


def _to_check(user: User) -> "QuerySet[WithAnnotations[RecruitmentRound, RoundToCheck]]":
    """Rounds in which applications wait for the check, without those of the user's seats: a count would tell."""
    waiting = Count("applications", filter=Q(applications__in=Application.objects.awaiting_check(clock.now())))
    rounds = RecruitmentRound.objects.checking().unseated(user).for_table()
    return rounds.annotate(to_check=waiting).filter(to_check__gt=0)


def _scoring(record: RecruitmentRound) -> TaskCard:
    url = reverse("recruitment:score-list", args=[record.code])
    return TaskCard(
        f"Panel {record}", "Nilai Anda ditunggu; nilai panelis lain terlihat sesudahnya.", url, "Beri nilai"
    )


def _checking(record: "WithAnnotations[RecruitmentRound, RoundToCheck]") -> TaskCard:
    return TaskCard(
        f"Berkas lamaran: {record}",
        f"{record.to_check} lamaran menunggu diperiksa.",
        reverse("recruitment:check-next", args=[record.code]),
        "Periksa berkas",
    )


def _closing(record: RecruitmentRound) -> TaskCard:
    return TaskCard(
        f"Pendaftaran {record} lewat batasnya",
        "Tutup supaya pemeriksaan berkas dapat diselesaikan.",
        record.get_absolute_url(),
        "Buka tahap seleksi",
    )


def _decision(record: RecruitmentRound) -> TaskCard:
    return TaskCard(
        f"Hasil seleksi diajukan: {record}",
        "Menunggu keputusan Anda.",
        record.get_absolute_url(),
        "Baca dan putuskan",
    )


def _announcement(record: RecruitmentRound) -> TaskCard:
    sentences = ["Pelamar belum dapat membaca hasilnya."]
    if record.decided_at:
        sentences.insert(0, f"Diputuskan {long_date(record.decided_at)}.")
    if record.announced_on:
        sentences.append(f"Rencana pengumuman: {long_date(record.announced_on)}.")
    return TaskCard(
        f"Hasil seleksi belum diumumkan: {record}",
        " ".join(sentences),
        reverse("recruitment:round-announce", args=[record.code]),
        "Umumkan",
    )
