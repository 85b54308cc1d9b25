"""What the page of one round shows: where it stands, what is missing, its applications by state, what comes next."""

from typing import Any

from django.db.models import Count, prefetch_related_objects
from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.access import refusal_of
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui import formats
from p2emas.workflow.riwayat import timeline

Status = RecruitmentRound.Status
TRACK = (
    Status.DRAFT,
    Status.PUBLISHED,
    Status.CLOSED,
    Status.SELECTION,
    Status.SUBMITTED,
    Status.DECIDED,
    Status.ANNOUNCED,
)
PARTS = ("places", "requirements", "documents", "criteria", "seats")
FRAME = ("places__target_location__village__district", "requirements", "documents", "criteria")
FORWARD = ("publish", "close", "start_selection")
SHOWN = 8


def page_of(record: RecruitmentRound, user: User) -> dict[str, Any]:
    """Context of the page; the frame and the seats are read once."""
    prefetch_related_objects([record], "seats", *FRAME)
    reads = record.may_read_applications(user)
    steps = [(name, step) for name, step in record.open_steps(user) if not step.own_page]
    counts = counts_of(record) if reads else {}
    context: dict[str, Any] = {
        "record": record,
        "track": track_of(record),
        "tasks": tasks_of(record, user, counts) if user.sees_everything else [],
        "reads": reads,
        "counts": [
            {"code": code, "word": word, "n": counts[code]}
            for code, word in Application.Status.choices
            if code in counts
        ],
        "total": sum(counts.values()),
        "seated": record.seats_of(user),
        "steps": steps,
        "forward": next((name for name, _step in steps if name in FORWARD and not refusal_of(record, name)), ""),
        "may_edit": record.may_edit(user),
        "may_amend": record.may_amend(user),
        "places": record.places.all(),
        "requirements": record.requirements.all(),
        "documents": record.documents.all(),
        "criteria": record.criteria.all(),
        "schedule": schedule_of(record),
        "links": _links(record, user),
    }
    if not context["forward"] and not context["seated"] and record.may_amend(user):
        context["ahead"] = ahead_of(record, context["tasks"])
    if user.sees_everything:
        context["history"] = timeline(record)[:SHOWN]
    return context


def ahead_of(record: RecruitmentRound, tasks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first task that waits for the office; to receive applications is the applicants' part."""
    received = link_to("application-list", record)
    return next((task for task in tasks if task["url"] not in ("", received) and not task["done"]), None)


def counts_of(record: RecruitmentRound) -> dict[str, int]:
    """State -> how many applications; drafts are nobody's."""
    rows = record.applications.sent().order_by().values_list("status").annotate(Count("pk"))
    return dict(rows)


def track_of(record: RecruitmentRound) -> list[dict[str, Any]]:
    if record.status == Status.CANCELLED:
        return []
    here = TRACK.index(record.status)
    return [
        {"word": Status(code).label, "done": place < here, "current": place == here} for place, code in enumerate(TRACK)
    ]


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


# --- Tasks ----------------------------------------------------------------------------------------------------------


def tasks_of(record: RecruitmentRound, user: User, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Before publishing: what is missing. Afterwards: the way to the result."""
    if record.status == Status.CANCELLED:
        return []
    return _frame_tasks(record, user) if record.status == Status.DRAFT else _work_tasks(record, user, counts)


def _frame_tasks(record: RecruitmentRound, user: User) -> list[dict[str, Any]]:
    edits = record.may_edit(user)
    places = [place.number for place in record.places.all()]
    weights = {"DOSSIER": 0, "INTERVIEW": 0}
    for criterion in record.criteria.all():
        weights[criterion.part] += criterion.weight
    parts = (record.weight_test, record.weight_dossier, record.weight_interview)
    rubric = all(weights.values()) and sum(parts) == 100
    dated = bool(record.test_on and record.interviews_on and record.announced_on)
    ahead = clock.now() < record.closes_at
    late = "" if ahead else "Batas pendaftaran sudah lewat; ubah jadwalnya."
    n_requirements, n_documents = len(record.requirements.all()), len(record.documents.all())
    seats = len(record.seats.all())
    rows = [
        ("Teks dan kontak", True, "round-edit", ""),
        (
            "Jadwal",
            ahead and dated,
            "round-schedule",
            late or ("" if dated else "Tanggal tes, wawancara, dan pengumuman."),
        ),
        (
            "Formasi",
            bool(places),
            "round-places",
            f"{sum(places)} pendamping di {len(places)} desa",
        ),
        ("Syarat", n_requirements > 0, "round-requirements", f"{n_requirements} syarat"),
        ("Berkas yang diminta", n_documents > 0, "round-documents", f"{n_documents} berkas"),
        (
            "Rubrik dan bobot",
            rubric,
            "round-rubric",
            "Bobot tes {t}, berkas {d}, wawancara {i}".format(**_words(parts)),
        ),
        ("Anggota panel", seats > 0, "seat-list", f"{seats} panelis. Boleh sesudah terbit."),
    ]
    return [_task(record, label, done, name if edits else "", hint) for label, done, name, hint in rows]


def _words(parts: tuple[Any, ...]) -> dict[str, str]:
    return dict(zip("tdi", (formats.percent(part, 0) for part in parts), strict=True))


def _work_tasks(record: RecruitmentRound, user: User, counts: dict[str, int]) -> list[dict[str, Any]]:
    here = TRACK.index(record.status)
    reads, checks, selects = record.may_read_applications(user), record.may_check(user), record.may_select(user)
    waiting = record.applications.awaiting_check(clock.now()).count() if checks else 0
    passed, tested = counts.get("PASSED_FILES", 0), counts.get("PASSED_TEST", 0)
    invited = counts.get("INVITED", 0)
    seats, empty = record.may_seat(user), record.panels - len({seat.panel for seat in record.seats.all()})
    panel_hint = f"{empty} panel belum punya panelis" if empty > 0 else ""
    shown = here == 3
    rows = [
        (
            "Terima lamaran",
            here > 1,
            reads and "application-list",
            f"{sum(counts.values())} lamaran terkirim" if reads else "",
        ),
        (
            "Periksa berkas",
            here > 2,
            checks and waiting and "check-next",
            f"{waiting} menunggu diperiksa" if checks else "",
        ),
        ("Susun panel", here > 3 or empty <= 0, seats and "seat-list", panel_hint),
        (
            "Nilai tes tertulis",
            here > 3 or (shown and reads and not passed and bool(counts)),
            selects and "test-scores",
            f"{passed} belum diputuskan" if selects else "",
        ),
        (
            "Undang wawancara",
            here > 3 or (shown and reads and not tested and invited > 0),
            selects and "interview-plan",
            f"{tested} belum diundang" if selects else "",
        ),
        ("Panel menilai", here > 3, shown and record.seats_of(user) and "score-list", ""),
        ("Peringkat dan pilihan", here > 3, here >= 3 and record.may_read_scores(user) and "ranking", ""),
        ("Putuskan", here > 4, here == 4 and record.may_take(user, "decide") and "round-decide", ""),
        ("Umumkan", here > 5, here == 5 and record.may_take(user, "announce") and "round-announce", ""),
    ]
    return [_task(record, label, done, name, hint) for label, done, name, hint in rows]


def _task(record: RecruitmentRound, label: str, done: bool, name: Any, hint: str) -> dict[str, Any]:
    url = link_to(str(name or ""), record)
    return {"label": label, "done": bool(done), "url": url, "hint": hint, "state": "Belum"}


def _links(record: RecruitmentRound, user: User) -> list[tuple[str, str]]:
    """What belongs to the round and is no task: (address, words)."""
    wanted = [
        ("application-list", "Lamaran", record.may_read_applications(user)),
        ("seat-list", "Panel dan benturan kepentingan", user.sees_everything),
        ("score-list", "Lihat penilaian", record.status != Status.SELECTION and record.seats_of(user)),
        ("ranking", "Peringkat", record.status in TRACK[3:] and record.may_read_scores(user)),
        ("round-share", "Poster dan teks WhatsApp", user.sees_everything),
        ("access-list", "Siapa membuka data pribadi", record.may_read_applications(user)),
        ("application-export", "Ekspor data pribadi", record.may_export(user)),
    ]
    found = [(link_to(name, record), word) for name, word, may in wanted if may]
    if record.status in RecruitmentRound.PUBLIC:
        found.append((link_to("vacancy", record), "Halaman untuk pelamar"))
    if record.status == RecruitmentRound.Status.ANNOUNCED and user.has_role(*COORDINATORS):
        found.append((f"{reverse('training:course-create')}?seleksi={record.pk}", "Buat pembekalan yang diterima"))
    return [(url, word) for url, word in found if url]


def link_to(name: str, record: RecruitmentRound) -> str:
    """The page of a round by its name."""
    return reverse(f"recruitment:{name}", args=[record.code]) if name else ""
