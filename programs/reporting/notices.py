"""What agencies and coordinators are told about reports; see ``p2emas/notifications``."""

from collections.abc import Iterator
from datetime import date, timedelta

from p2emas.accounts.models import Holiday
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.notifications.people import coordinators, staff_of
from p2emas.registry.kinds import DayNotice, NoticeKind, Told
from p2emas.ui.formats import long_date, weekday_date
from p2emas.workflow.models import StatusChange
from programs.reporting.compliance.measures import days_late
from programs.reporting.compliance.reminding import REMINDER
from programs.reporting.reports.deadlines import due_seen_on
from programs.reporting.reports.models import ProgressReport, ReportingPeriod

EARLY, LAST = 5, 1  # working days before the due date
NAMED = 3


def of_due_dates(today: date) -> Iterator[DayNotice]:
    """Five working days before the due date, one before it, and once after it.

    A run that was missed is made up by the next one, with the days that are really left; of two that were missed only
    the later one. A moved date is a new occasion.
    """
    soon = Holiday.objects.working_day_after(today, EARLY)
    waiting = ProgressReport.objects.filter(
        status__in=ProgressReport.NOT_RECEIVED, period__status=ReportingPeriod.Status.OPEN, due_on__lte=soon
    )
    for report in waiting.select_related("agency", "period").order_by("pk"):
        due = due_seen_on(report.due_on, today)
        stage = "lewat" if due.is_past else str(LAST if due.left <= LAST else EARLY)
        yield DayNotice(report, f"laporan-{report.pk}:{report.due_on}:{stage}", _due_words(report, due.left))


def _due_words(report: ProgressReport, left: int) -> Told:
    day = weekday_date(report.due_on)
    if left < 0:
        return Told(f"Laporan {report.period} lewat {-left} hari kerja", f"Jatuh temponya {day}. Masih dapat dikirim.")
    when = f"jatuh tempo {left} hari kerja lagi" if left else "jatuh tempo hari ini"
    return Told(f"Laporan {report.period} {when}", f"{day}. Sekarang: {report.get_status_display().lower()}.")


def of_late_agencies(today: date) -> Iterator[DayNotice]:
    """Once a quarter, when its date has passed: which agencies have not sent."""
    overdue = ProgressReport.objects.overdue(today).filter(period__status=ReportingPeriod.Status.OPEN)
    by_period: dict[ReportingPeriod, list[ProgressReport]] = {}
    for report in overdue.select_related("agency", "period").order_by("period", "agency__short_name"):
        if report.period.due_on < today:
            by_period.setdefault(report.period, []).append(report)
    for period, reports in by_period.items():
        names = "; ".join(report.agency.short_name for report in reports[:NAMED])
        more = f"; dan {len(reports) - NAMED} lagi" if len(reports) > NAMED else ""
        late = days_late(period.due_on, today, Holiday.objects.dates_around(period.due_on, today + timedelta(days=1)))
        title = f"{len(reports)} SKPD lewat tenggat {period.short}, {late} hari kerja"
        yield DayNotice(period, f"periode-{period.pk}:{period.due_on}", Told(title, f"{names}{more}."))


def _of_return(report: ProgressReport, change: StatusChange) -> Told:
    return Told(f"Laporan {report.period} dikembalikan untuk diperbaiki", change.note)


def _of_approval(report: ProgressReport, change: StatusChange) -> Told:
    return Told(f"Laporan {report.period} disetujui", f"{report.number}, {long_date(change.at)}.")


def _of_sending(report: ProgressReport, change: StatusChange) -> Told:
    again = " lagi" if change.old == ProgressReport.Status.RETURNED else ""
    return Told(f"Laporan {report.agency} {report.period.short} masuk{again}", "Menunggu verifikasi.")


NOTICES = (
    NoticeKind(
        "report-due", "Tenggat laporan", ProgressReport, staff_of, AGENCY_STAFF, "clock",
        of_day=of_due_dates, by_mail=True,
    ),
    NoticeKind(
        "report-returned", "Laporan dikembalikan", ProgressReport, staff_of, AGENCY_STAFF, "back",
        steps=("return",), of_step=_of_return, by_mail=True,
    ),
    NoticeKind(
        "report-approved", "Laporan disetujui", ProgressReport, staff_of, AGENCY_STAFF, "check",
        steps=("approve",), of_step=_of_approval, by_mail=True,
    ),
    NoticeKind(
        "report-sent", "Laporan menunggu verifikasi", ProgressReport, coordinators, COORDINATORS, "send",
        steps=("submit",), of_step=_of_sending,
    ),
    NoticeKind(
        "reports-late", "SKPD lewat tenggat", ReportingPeriod, coordinators, COORDINATORS, "alert",
        of_day=of_late_agencies, by_mail=True,
    ),
    REMINDER,
)  # fmt: skip
