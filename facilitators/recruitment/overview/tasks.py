"""The tasks on the page of one round: until it is published what is missing, afterwards the way to its result."""

from decimal import Decimal

from django.urls import reverse

from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui import formats
from p2emas.workflow.track import Task, Track

Status = RecruitmentRound.Status
WAY = (
    Status.DRAFT,
    Status.PUBLISHED,
    Status.CLOSED,
    Status.SELECTION,
    Status.SUBMITTED,
    Status.DECIDED,
    Status.ANNOUNCED,
)


def track_of(record: RecruitmentRound) -> Track:
    return Track(WAY, record.status, off=(Status.CANCELLED,))


def round_address(name: str, record: RecruitmentRound) -> str:
    """The page ``name`` of a round."""
    return reverse(f"recruitment:{name}", args=[record.code])


def round_tasks(record: RecruitmentRound, user: User, counts: dict[str, int]) -> list[Task]:
    """``counts``: state -> how many applications, empty for those who may not read them."""
    track = track_of(record)
    if track.is_off:
        return []
    if track.at(Status.DRAFT):
        return _frame_tasks(record, user)
    return [
        *_application_tasks(record, track, user, counts),
        *_interview_tasks(record, track, user, counts),
        *_panel_tasks(record, track, user),
        *_result_tasks(record, track, user),
    ]


def _task(record: RecruitmentRound, label: str, done: bool, page: str, *, linked: bool, hint: str = "") -> Task:
    """``page`` is a URL name of the round; ``linked`` says whether the reader can do something there now."""
    return Task(label, done, round_address(page, record) if linked else "", hint)


# --- Before it is published -----------------------------------------------------------------------------------------


def _frame_tasks(record: RecruitmentRound, user: User) -> list[Task]:
    requirements, documents, seats = (len(part.all()) for part in (record.requirements, record.documents, record.seats))
    places = [place.number for place in record.places.all()]
    timed, missing_dates = _schedule(record)
    rubric, weights = _rubric(record)
    rows = [
        ("Teks dan kontak", True, "round-edit", ""),
        ("Jadwal", timed, "round-schedule", missing_dates),
        ("Formasi", bool(places), "round-places", f"{sum(places)} pendamping di {len(places)} desa"),
        ("Syarat", requirements > 0, "round-requirements", f"{requirements} syarat"),
        ("Berkas yang diminta", documents > 0, "round-documents", f"{documents} berkas"),
        ("Rubrik dan bobot", rubric, "round-rubric", weights),
        ("Anggota panel", seats > 0, "seat-list", f"{seats} panelis. Boleh sesudah terbit."),
    ]
    edits = record.may_edit(user)
    return [_task(record, label, done, page, linked=edits, hint=hint) for label, done, page, hint in rows]


def _schedule(record: RecruitmentRound) -> tuple[bool, str]:
    """Whether applicants can still apply and the later days are fixed, and what to do when not."""
    if clock.now() >= record.closes_at:
        return False, "Batas pendaftaran sudah lewat; ubah jadwalnya."
    if not (record.test_on and record.interviews_on and record.announced_on):
        return False, "Tanggal tes, wawancara, dan pengumuman."
    return True, ""


def _rubric(record: RecruitmentRound) -> tuple[bool, str]:
    """Whether both parts of the rubric have weights and the three shares are a whole, and these shares in words."""
    weights = {"DOSSIER": Decimal(), "INTERVIEW": Decimal()}
    for criterion in record.criteria.all():
        weights[criterion.part] += criterion.weight
    shares = (record.weight_test, record.weight_dossier, record.weight_interview)
    test, dossier, interview = (formats.percent(share, 0) for share in shares)
    words = f"Bobot tes {test}, berkas {dossier}, wawancara {interview}"
    return all(weights.values()) and sum(shares) == 100, words


# --- From the first application to the result -----------------------------------------------------------------------


def _application_tasks(record: RecruitmentRound, track: Track, user: User, counts: dict[str, int]) -> list[Task]:
    reads, checks = record.may_read_applications(user), record.may_check(user)
    waiting = record.applications.awaiting_check(clock.now()).count() if checks else 0
    empty = record.panels - len({seat.panel for seat in record.seats.all()})
    return [
        _task(
            record,
            "Terima lamaran",
            track.past(Status.PUBLISHED),
            "application-list",
            linked=reads,
            hint=f"{sum(counts.values())} lamaran terkirim" if reads else "",
        ),
        _task(
            record,
            "Periksa berkas",
            track.past(Status.CLOSED),
            "check-next",
            linked=waiting > 0,
            hint=f"{waiting} menunggu diperiksa" if checks else "",
        ),
        _task(
            record,
            "Susun panel",
            track.past(Status.SELECTION) or empty <= 0,
            "seat-list",
            linked=record.may_seat(user),
            hint=f"{empty} panel belum punya panelis" if empty > 0 else "",
        ),
    ]


def _interview_tasks(record: RecruitmentRound, track: Track, user: User, counts: dict[str, int]) -> list[Task]:
    """Done when nobody waits for them; without ``counts`` that is not known."""
    selects, over = record.may_select(user), track.past(Status.SELECTION)
    untested, uninvited, invited = (counts.get(state, 0) for state in ("PASSED_FILES", "PASSED_TEST", "INVITED"))
    known = track.at(Status.SELECTION) and bool(counts)
    return [
        _task(
            record,
            "Nilai tes tertulis",
            over or (known and not untested),
            "test-scores",
            linked=selects,
            hint=f"{untested} belum diputuskan" if selects else "",
        ),
        _task(
            record,
            "Undang wawancara",
            over or (known and not uninvited and invited > 0),
            "interview-plan",
            linked=selects,
            hint=f"{uninvited} belum diundang" if selects else "",
        ),
    ]


def _panel_tasks(record: RecruitmentRound, track: Track, user: User) -> list[Task]:
    over = track.past(Status.SELECTION)
    scores = track.at(Status.SELECTION) and record.seats_of(user)
    ranks = track.reached(Status.SELECTION) and record.may_read_scores(user)
    return [
        _task(record, "Panel menilai", over, "score-list", linked=scores),
        _task(record, "Peringkat dan pilihan", over, "ranking", linked=ranks),
    ]


def _result_tasks(record: RecruitmentRound, track: Track, user: User) -> list[Task]:
    decides = track.at(Status.SUBMITTED) and record.may_take(user, "decide")
    announces = track.at(Status.DECIDED) and record.may_take(user, "announce")
    drafts = track.reached(Status.DECIDED) and record.decree is None and user.has_role(*COORDINATORS)
    decreed = record.decree is not None and record.decree.status in record.decree.PUBLISHED
    return [
        _task(record, "Putuskan", track.past(Status.SUBMITTED), "round-decide", linked=decides),
        _task(record, "Umumkan", track.past(Status.DECIDED), "round-announce", linked=announces),
        Task("Buat konsep SK", record.decree is not None, reverse("profiles:decree-ready") if drafts else ""),
        Task("Berlakukan keputusan", decreed, record.decree.get_absolute_url() if record.decree else ""),
    ]
