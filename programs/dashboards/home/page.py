"""/beranda/: what waits for somebody, what others expect of them, what they did last, and the dates ahead."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists

from districts.locations.models import TargetLocation
from districts.locations.overview.waiting import UnfinishedDecision, unfinished_decisions
from facilitators.placements.waiting import OwnWork, work_of_user
from p2emas.accounts.models import Holiday, User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.calendar.page import DayOfDates
from p2emas.notifications.models import Notification
from p2emas.notifications.page import NoticeLine, grouped
from p2emas.staffing.absences import Absence
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from programs.dashboards.home.ahead import dates_ahead
from programs.dashboards.home.expected import ExpectedRow, asked_of_others, expected_of
from programs.dashboards.home.last_steps import LastStep, last_steps_of, last_steps_of_all
from programs.dashboards.home.task import Waiting
from programs.dashboards.home.three_things import FirstThing, three_things
from programs.dashboards.home.waiting import waiting_of
from programs.reporting.reports.models import ProgressReport, ReportingPeriod

NEWS_SHOWN = 5
DECISIONS_SHOWN = 8


@dataclass(frozen=True)
class PeriodReports:
    """The newest quarter: who sent what, those that need action first. ``rows``: report, working days late."""

    rows: list[tuple[ProgressReport, int]]
    received: int
    approved: int

    @property
    def expected(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class HomePage:
    """By the user's roles; the number of queries does not depend on the number of rows."""

    today: date
    period: ReportingPeriod | None
    first_things: list[FirstThing]
    waiting: list[Waiting]
    expected: list[ExpectedRow]
    asked: list[ExpectedRow]
    decisions: list[UnfinishedDecision]
    reports: PeriodReports | None
    last_steps: list[LastStep]
    steps_title: str
    ahead: list[DayOfDates]
    stands_in: list[Absence]
    locations: list[TargetLocation]
    work: OwnWork | None
    news: list[NoticeLine]
    has_role: bool

    @classmethod
    def of(cls, user: User, today: date) -> "HomePage":
        period = ReportingPeriod.objects.first()
        reads_only = user.has_role(Role.LEADER, Role.AUDITOR) and not user.has_role(*COORDINATORS)
        return cls(
            today=today,
            period=period,
            first_things=three_things(user),
            waiting=waiting_of(user, today, is_empty_site=period is None),
            expected=expected_of(user, today),
            asked=asked_of_others(user),
            decisions=unfinished_decisions(user)[:DECISIONS_SHOWN] if reads_only else [],
            reports=_reports_of(period, today) if user.sees_everything and period is not None else None,
            last_steps=last_steps_of_all(user) if reads_only else last_steps_of(user),
            steps_title="Langkah terakhir" if reads_only else "Terakhir Anda kerjakan",
            ahead=dates_ahead(user, today),
            stands_in=list(Absence.objects.named_on(today).filter(stand_in=user).for_table()),
            locations=list(_own_locations(user, today)),
            work=work_of_user(user, today),
            news=_news(user, today),
            has_role=bool(user.role_codes) or user.is_superuser,
        )

    @property
    def heading(self) -> str:
        """What is true: that something waits, or for those who only read what is prepared."""
        if self.waiting or not self.decisions:
            return "Yang menunggu Anda"
        return f"{len(self.decisions)} keputusan sedang disiapkan"

    @property
    def nothing_waits(self) -> str:
        """Where no task is open: what comes next, so that the page still leads on."""
        if not self.ahead:
            return "Tidak ada yang perlu Anda kerjakan sekarang. Yang baru tampil di sini pada hari itu juga."
        first = self.ahead[0]
        return (
            "Tidak ada yang perlu Anda kerjakan sekarang. Tanggal berikutnya: "
            f"{formats.weekday_date(first.day)}, {first.rows[0].date.title}."
        )


def _news(user: User, today: date) -> list[NoticeLine]:
    """The newest notices that nobody has read yet."""
    unread = Notification.objects.for_user(user).unread().prefetch_related("record")[:NEWS_SHOWN]
    return [line for group in grouped(unread, today) for line in group.lines]


def _own_locations(user: User, today: date):
    """Villages that a facilitator looks after, as target locations."""
    if not user.has_role(Role.FACILITATOR):
        return TargetLocation.objects.none()
    scopes = user.village_scopes.in_force(today)
    own = TargetLocation.objects.in_force(today).filter(village__in=scopes.of_villages().values("village"))
    return own.exclude(Exists(scopes.of_the_regency())).for_table()


def _reports_of(period: ReportingPeriod, today: date) -> PeriodReports:
    reports = list(ProgressReport.objects.filter(period=period).select_related("agency", "period"))
    order = {status: place for place, status in enumerate(("NOT_STARTED", "DRAFT", "VERIFYING", "WAITING", "RETURNED"))}
    reports.sort(key=lambda report: (order.get(report.status, 9), report.agency.short_name))
    holidays = Holiday.objects.dates_around(period.due_on, max(today, period.due_on))
    rows = [
        (report, max(1, working_days_between(report.due_on, today, holidays)) if report.is_overdue(today) else 0)
        for report in reports
    ]
    return PeriodReports(
        rows,
        received=sum(report.received_on is not None for report in reports),
        approved=sum(report.status in ProgressReport.APPROVED_STATES for report in reports),
    )
