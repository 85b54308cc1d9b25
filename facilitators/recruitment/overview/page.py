"""What the page of one round shows: how far it is, what is missing, its applications by state, what comes next."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet, prefetch_related_objects
from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.overview.tasks import round_address, round_tasks, track_of
from facilitators.recruitment.rounds.access import refusal_of
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Place, Requirement, RubricCriterion
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui import formats
from p2emas.workflow.models import Step
from p2emas.workflow.riwayat import Entry, timeline
from p2emas.workflow.track import Station, Task

Status = RecruitmentRound.Status
PARTS = ("places", "requirements", "documents", "criteria", "seats")
FRAME = ("places__target_location__village__district", "requirements", "documents", "criteria")
FORWARD = ("publish", "close", "start_selection")
SHOWN = 8


@dataclass(frozen=True)
class StateCount:
    """How many applications are in one state."""

    code: str
    word: str
    n: int


@dataclass
class RoundPage:
    """Context of ``recruitment/round_detail.html``."""

    record: RecruitmentRound
    track: list[Station]
    tasks: list[Task]
    reads: bool
    counts: list[StateCount]
    total: int
    seated: bool
    steps: list[tuple[str, Step]]
    forward: str  # the step whose button is the main one
    ahead: Task | None  # otherwise the task that the reader continues with
    may_edit: bool
    may_amend: bool
    places: QuerySet[Place]
    requirements: QuerySet[Requirement]
    documents: QuerySet[DocumentKind]
    criteria: QuerySet[RubricCriterion]
    schedule: list[tuple[str, str]]
    links: list[tuple[str, str]]
    history: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, record: RecruitmentRound, user: User) -> "RoundPage":
        """The frame and the seats are read once."""
        prefetch_related_objects([record], "seats", *FRAME)
        reads, seated, may_amend = record.may_read_applications(user), record.seats_of(user), record.may_amend(user)
        steps = [(name, step) for name, step in record.open_steps(user) if not step.own_page]
        counts = counts_of(record) if reads else {}
        tasks = round_tasks(record, user, counts) if user.sees_everything else []
        forward = forward_of(record, steps)
        return cls(
            record=record,
            track=track_of(record).stations(),
            tasks=tasks,
            reads=reads,
            counts=_in_words(counts),
            total=sum(counts.values()),
            seated=seated,
            steps=steps,
            forward=forward,
            ahead=ahead_of(record, tasks) if may_amend and not forward and not seated else None,
            may_edit=record.may_edit(user),
            may_amend=may_amend,
            places=record.places.all(),
            requirements=record.requirements.all(),
            documents=record.documents.all(),
            criteria=record.criteria.all(),
            schedule=schedule_of(record),
            links=_links(record, user),
            history=timeline(record)[:SHOWN] if user.sees_everything else [],
        )


def forward_of(record: RecruitmentRound, steps: list[tuple[str, Step]]) -> str:
    """The step that would work now; "" where something is missing for each."""
    return next((name for name, _step in steps if name in FORWARD and not refusal_of(record, name)), "")


def ahead_of(record: RecruitmentRound, tasks: list[Task]) -> Task | None:
    """The first task that waits for the office; to receive applications is the applicants' part."""
    received = round_address("application-list", record)
    return next((task for task in tasks if task.url not in ("", received) and not task.done), None)


def counts_of(record: RecruitmentRound) -> dict[str, int]:
    """State -> how many applications; drafts are private."""
    rows = record.applications.sent().order_by().values_list("status").annotate(Count("pk"))
    return dict(rows)


def _in_words(counts: dict[str, int]) -> list[StateCount]:
    return [StateCount(code, word, counts[code]) for code, word in Application.Status.choices if code in counts]


def schedule_of(record: RecruitmentRound) -> list[tuple[str, str]]:
    days = [
        ("Pendaftaran dibuka", formats.moment(record.opens_at)),
        ("Pendaftaran ditutup", formats.moment(record.closes_at)),
    ]
    for label, day in (
        ("Tes tertulis", record.test_on),
        ("Wawancara mulai", record.interviews_on),
        ("Pengumuman", record.announced_on),
        ("Pembekalan mulai", record.training_on),
        ("Masa sanggah sampai", record.objections_until),
    ):
        days.append((label, formats.long_date(day) if day else "belum ditetapkan"))
    return days


def _links(record: RecruitmentRound, user: User) -> list[tuple[str, str]]:
    """What belongs to the round and is no task: (address, words)."""
    track = track_of(record)
    scores = not track.at(Status.SELECTION) and record.seats_of(user)  # while they are given, a task leads there
    reads = record.may_read_applications(user)
    wanted = [
        ("application-list", "Lamaran", reads),
        ("seat-list", "Panel dan benturan kepentingan", user.sees_everything),
        ("score-list", "Lihat penilaian", scores),
        ("ranking", "Peringkat", track.reached(Status.SELECTION) and record.may_read_scores(user)),
        ("result-texts", "Hasil untuk pelamar tanpa surel", track.at(Status.ANNOUNCED) and reads),
        ("round-share", "Poster dan teks WhatsApp", user.sees_everything),
        ("access-list", "Siapa membuka data pribadi", reads),
        ("application-export", "Ekspor data pribadi", record.may_export(user)),
        ("vacancy", "Halaman untuk pelamar", record.status in RecruitmentRound.PUBLIC),
    ]
    links = [(round_address(name, record), word) for name, word, may in wanted if may]
    if track.at(Status.ANNOUNCED) and user.has_role(*COORDINATORS):
        links.append((f"{reverse('training:course-create')}?seleksi={record.pk}", "Buat pembekalan yang diterima"))
    return links
