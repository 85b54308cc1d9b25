"""What others expect of somebody, and what they wait for from others: each with its date and in whose hands it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from p2emas import naming
from p2emas.accounts.models import Holiday, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.staffing.absences import Absence
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from programs.coordination.items import ActionItem
from programs.coordination.querysets import ADDRESSED
from programs.coordination.waiting import EACH
from programs.obstacles.models import Obstacle
from programs.planning.models import WorkPlan
from programs.reporting.reports.models import ProgressReport

SHOWN = 5


@dataclass(frozen=True)
class ExpectedRow:
    title: str
    url: str
    about: str
    due: date | None = None
    late: int = 0  # working days

    @property
    def late_words(self) -> str:
        return f"Lewat {self.late} hari kerja"


def expected_of(user: User, today: date) -> list[ExpectedRow]:
    """Of the agencies where the user works; what the list of tasks has one by one is not said twice."""
    agencies = user.agency_ids(*ADDRESSED, *COORDINATORS)
    if not agencies:
        return []
    routed = Obstacle.objects.filter(status=Obstacle.Status.ROUTED, responsible__in=agencies)
    obstacles = list(routed.for_table().order_by("due_on", "pk")[: SHOWN + 1])
    told = ActionItem.objects.told_to_addressee().filter(responsible__in=agencies)
    told = told.with_nobody_there(today).filter(nobody_there=False)  # those are tasks of the coordinators
    items = list(told.for_table().order_by("due_on", "pk")[: SHOWN + 1])
    if user.has_role(*ADDRESSED):
        obstacles = obstacles if len(obstacles) > 1 else []
        items = items if len(items) > EACH else []
    days = [day for day in (*(o.due_on for o in obstacles), *(i.due_on for i in items)) if day is not None]
    first = min([*days, today])
    holidays = Holiday.objects.dates_around(first, today) if first < today else frozenset()
    rows = [_row(each, f"Jawaban kendala: {each}", _who_raised(each), today, holidays) for each in obstacles]
    rows += [_row(each, str(each), _where_promised(each), today, holidays) for each in items]
    return sorted(rows, key=lambda row: (row.due or date.max, row.title))[:SHOWN]


def _row(record: Obstacle | ActionItem, title: str, about: str, today: date, holidays: frozenset[date]) -> ExpectedRow:
    due = record.due_on
    late = max(1, working_days_between(due, today, holidays)) if due is not None and due < today else 0
    return ExpectedRow(title, record.get_absolute_url(), about, due, late)


def _who_raised(obstacle: Obstacle) -> str:
    raised = obstacle.raised_by.short_name if obstacle.raised_by else "pendamping"
    return f"Dilaporkan {raised}, diteruskan kepada {obstacle.responsible}."


def _where_promised(item: ActionItem) -> str:
    source = f"Tindak lanjut {item.meeting}" if item.meeting else "Disposisi"
    return f"{source}, kepada {item.responsible}."


def asked_of_others(user: User) -> list[ExpectedRow]:
    """What the user's agency has handed over and others hold now; coordinators see that in lists of their own."""
    if user.has_role(*COORDINATORS) or user.is_superuser:
        return []
    return [*_obstacles(user), *_at_office(user), *_absences(user)][:SHOWN]


def _obstacles(user: User) -> Iterator[ExpectedRow]:
    mine = Q(raised_by_user=user) | Q(raised_by__in=user.staff_agency_ids)
    held = Q(status=Obstacle.Status.REPORTED) | Q(status=Obstacle.Status.ROUTED)
    raised = Obstacle.objects.for_user(user).filter(mine & held).exclude(responsible__in=user.agency_ids(*ADDRESSED))
    for each in raised.for_table().order_by("due_on", "pk")[:SHOWN]:
        owner = each.responsible.short_name if each.responsible else naming.current().office_name
        day = f", batas {formats.long_date(each.due_on)}" if each.due_on else ""
        yield ExpectedRow(f"Kendala: {each}", each.get_absolute_url(), f"Ditunggu dari {owner}{day}.")


def _at_office(user: User) -> Iterator[ExpectedRow]:
    staff, office = user.staff_agency_ids, naming.current().office_name
    if not staff:
        return
    reports = ProgressReport.objects.awaiting_verification().filter(agency__in=staff).for_table()
    for report in reports.order_by("submitted_at", "pk")[:SHOWN]:
        sent = formats.long_date(report.submitted_at)
        yield ExpectedRow(
            f"Laporan {report.period}", report.get_absolute_url(), f"Dikirim {sent}, diverifikasi {office}."
        )
    for plan in WorkPlan.objects.awaiting_coordinator().filter(agency__in=staff).for_table()[:SHOWN]:
        yield ExpectedRow(f"Rencana kerja {plan.year}", plan.get_absolute_url(), f"Ditelaah {office}.")


def _absences(user: User) -> Iterator[ExpectedRow]:
    asked = Absence.objects.filter(status=Absence.Status.ASKED, asked_by=user)
    for each in asked.for_table()[:SHOWN]:
        yield ExpectedRow(f"Pengganti: {each}", each.get_absolute_url(), "Menunggu ditetapkan kepala.")
