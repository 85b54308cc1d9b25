"""What waits for whom: counts with one sentence and one button each."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from districts.competencies.waiting import competency_tasks
from districts.locations.overview.waiting import location_tasks
from facilitators.placements.waiting import placement_tasks
from facilitators.recruitment.waiting import recruitment_tasks
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.drafts.models import FormDraft
from p2emas.identity.gaps import gaps
from p2emas.identity.permissions import may_edit_identity
from p2emas.outbox.models import OutboxMessage
from p2emas.staffing.absences import NAMING, Absence
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from programs.aid.waiting import aid_tasks
from programs.coordination.waiting import meeting_tasks
from programs.dashboards.home.first_steps import missing_steps
from programs.dashboards.home.road import road_tasks
from programs.dashboards.home.task import MOST, Waiting
from programs.evaluation.models import Evaluation
from programs.fieldwork.waiting import visit_tasks
from programs.monthly.waiting import month_tasks
from programs.obstacles.waiting import obstacle_tasks
from programs.planning.models import WorkPlan
from programs.reporting.compliance.measures import days_late, holidays_for
from programs.reporting.reading.corrections import ways_to_correct
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.reopening import ReopenRequest

SHOWN = 12


def waiting_of(user: User, today: date, *, is_empty_site: bool) -> list[Waiting]:
    found: list[Waiting] = []
    if is_empty_site:  # with a quarter open the site works, and nothing is asked
        found += _first_steps(user)
    if user.has_role(*COORDINATORS):
        found += _for_coordinator(user, today)
    elif user.staff_agency_ids:
        found += _for_agency(user, today)
    tasks = [*competency_tasks(user), *location_tasks(user), *recruitment_tasks(user)]
    found += [Waiting(1, task.title, task.sentence, task.url, task.action) for task in tasks]
    found += [
        Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in placement_tasks(user, today)
    ]
    found += [
        Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in obstacle_tasks(user, today)
    ]
    found += [
        Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in visit_tasks(user, today)
    ]
    found += [
        Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in meeting_tasks(user, today)
    ]
    found += [Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in aid_tasks(user, today)]
    if user.has_role(*NAMING):
        found += _to_name(user, today)
    if may_edit_identity(user):
        found += _who_we_are()
    return found + _ended_drafts(user)


def _to_name(user: User, today: date) -> list[Waiting]:
    """Who asked for a deputy, the nearest day first."""
    asked = list(Absence.objects.all().to_name(user, today).for_table().order_by("valid_from", "pk")[: MOST + 1])
    if not asked:
        return []
    url = asked[0].get_absolute_url() if len(asked) == 1 else reverse("staffing:absence-list")
    return [Waiting(len(asked), "Pengganti menunggu ditetapkan", f"{asked[0]}, {asked[0].days}.", url, "Tetapkan")]


def _ended_drafts(user: User) -> list[Waiting]:
    """What the user typed and a step ended before it was saved, until they drop it."""
    count = FormDraft.objects.for_user(user).ended()[: MOST + 1].count()
    sentence = "Tahapnya berpindah sebelum isian Anda disimpan. Salin yang masih perlu, lalu buang."
    found = [Waiting(count, "Isian Anda yang berakhir", sentence, reverse("drafts:unsaved"), "Lihat")]
    return found if count else []


def _who_we_are() -> list[Waiting]:
    """What the head or a superuser still has to fill in, before a decree or a letter says it."""
    found = gaps()
    if not found:
        return []
    return [
        Waiting(len(found), "Identitas belum lengkap", " ".join(found[:3]), reverse("identity:identity"), "Lengkapi")
    ]


def _first_steps(user: User) -> list[Waiting]:
    """Leads the person who sets up an empty site to the first thing that is missing."""
    missing = missing_steps(user)
    return [Waiting(len(missing), "Langkah awal", s.sentence, str(s.url), s.action) for s in missing[:1]]


def _for_coordinator(user: User, today: date) -> list[Waiting]:
    tasks = [
        _queue(),
        _late(today),
        _plans(),
        *_letters(user),
        *road_tasks(),
        _to_reopen() if user.has_role(Role.COORDINATOR_HEAD) else None,
        _verdicts(user) if user.has_role(Role.COORDINATOR_HEAD) else None,
    ]
    return [task for task in tasks if task is not None and task.count]


def _queue() -> Waiting | None:
    queue = ProgressReport.objects.awaiting_verification().select_related("agency").order_by("submitted_at", "pk")
    reports = list(queue[: MOST + 1])
    if not reports:
        return None
    oldest = f"Tertua: {reports[0].agency.short_name}, dikirim {formats.long_date(reports[0].submitted_at)}."
    url = reverse("reporting:verification-queue")
    return Waiting(len(reports), "Laporan menunggu verifikasi", oldest, url, "Mulai verifikasi")


def _late(today: date) -> Waiting:
    overdue = ProgressReport.objects.overdue(today).filter(period__status=ReportingPeriod.Status.OPEN)
    late = list(overdue.select_related("agency").order_by("due_on", "pk")[: MOST + 1])
    names = "; ".join(report.agency.short_name for report in late[:3])
    others = f"lebih dari {MOST - 3}" if len(late) > MOST else len(late) - 3
    names += f"; dan {others} SKPD lain." if len(late) > 3 else "."
    return Waiting(len(late), "Laporan lewat jatuh tempo", names, reverse("reporting:compliance"), "Lihat kepatuhan")


def _plans() -> Waiting | None:
    plans = list(WorkPlan.objects.awaiting_coordinator().select_related("agency")[: MOST + 1])
    if not plans:
        return None
    one = f"Antara lain {plans[0].agency.short_name} {plans[0].year}."
    return Waiting(len(plans), "Rencana menunggu telaah", one, reverse("planning:plan-list"), "Buka rencana")


def _letters(user: User) -> Iterator[Waiting]:
    """What waits for its release, and what nobody got, or nobody knows whether somebody got it."""
    counts, url = OutboxMessage.objects.for_user(user).open_counts(), reverse("outbox:message-list")
    yield Waiting(counts["waiting"], "Surat belum dikirim", "Tinjau lalu kirim.", url, "Tinjau surat")
    failed = "Dicoba lagi otomatis. Periksa alamatnya, atau sampaikan lewat WhatsApp atau surat."
    yield Waiting(counts["failed"], "Surat gagal terkirim", failed, f"{url}?status=failed", "Lihat yang gagal")
    maybe = "Pengirimannya terputus dan tidak diulang sendiri. Tanyakan penerima, lalu coba lagi atau batalkan."
    yield Waiting(counts["maybe"], "Surat mungkin terkirim", maybe, f"{url}?status=maybe", "Periksa")


def _verdicts(user: User) -> Waiting | None:
    """Proposed by others; the one that has waited longest is opened."""
    proposed = list(Evaluation.objects.to_decide(user).for_table().order_by("submitted_at", "pk")[: MOST + 1])
    if not proposed:
        return None
    sentence = f"{proposed[0]}, diajukan {formats.long_date(proposed[0].submitted_at)}."
    return Waiting(len(proposed), "Putusan kesiapan", sentence, proposed[0].get_absolute_url(), "Buka")


def _to_reopen() -> Waiting | None:
    """Leads to the report that has waited longest; each is opened on its own page."""
    asked = ReopenRequest.objects.asked().select_related("report__agency", "report__period").order_by("asked_at", "pk")
    requests = list(asked[: MOST + 1])
    if not requests:
        return None
    report = requests[0].report
    sentence = f"Tertua: {report.agency.short_name}, {report.period.short}."
    return Waiting(len(requests), "Permintaan buka kembali", sentence, report.get_absolute_url(), "Buka laporan")


def _for_agency(user: User, today: date) -> list[Waiting]:
    """Each open report and plan of the user's agencies as a task of its own."""
    reports = list(
        ProgressReport.objects.for_user(user)
        .filter(status__in=ProgressReport.WITH_AGENCY, period__status=ReportingPeriod.Status.OPEN)
        .for_table()
        .order_by("due_on", "pk")[:SHOWN]
    )
    holidays = holidays_for(reports, today) if reports else frozenset()
    ways = ways_to_correct(reports)
    waiting = [
        Waiting(
            1,
            f"Laporan {report.period}",
            f"{report.get_status_display()}. {_due(report, today, holidays)}",
            ways.get(report.pk) or report.get_absolute_url(),
            "Perbaiki" if report.status == ProgressReport.Status.RETURNED else "Lanjutkan",
        )
        for report in reports
    ]
    plans = WorkPlan.objects.for_user(user).filter(status__in=WorkPlan.EDITABLE)[:SHOWN]
    waiting += [
        Waiting(
            1,
            f"Rencana kerja dan anggaran {plan.year}",
            f"{plan.get_status_display()}.",
            plan.get_absolute_url(),
            "Perbaiki" if plan.status == WorkPlan.Status.RETURNED else "Lanjutkan",
        )
        for plan in plans
    ]
    months = month_tasks(user, today)
    return waiting + [Waiting(task.count, task.title, task.sentence, task.url, task.action) for task in months]


def _due(report: ProgressReport, today: date, holidays: frozenset[date]) -> str:
    """How the report compares with its due date: one that came back was in time or late on the day it first came."""
    day, received = formats.long_date(report.due_on), report.received_on
    late = days_late(report.due_on, received or today, holidays)
    if received is not None:
        came = f"terlambat {late} hari kerja" if late else "tepat waktu"
        return f"Dikirim {formats.long_date(received)}, {came}."
    if late:
        return f"Jatuh tempo {day}, terlambat {late} hari kerja."
    return f"Jatuh tempo {day}, sisa {working_days_between(today, report.due_on, holidays)} hari kerja."
