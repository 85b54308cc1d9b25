"""A hint for an agency's home page: the month that has ended is not filled yet. Never an alarm: nobody verifies it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.ui.formats import MONTHS
from programs.monthly.kinds import PROGRESS
from programs.planning.models import WorkPlan

FILLED = Q(lines__monthly_progress__money__isnull=False, lines__monthly_progress__physical__isnull=False)


@dataclass(frozen=True)
class MonthTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def month_tasks(user: User, today: date) -> list[MonthTask]:
    """One a plan of ``user``'s agencies. Nothing once the quarter has ended: then its report says it."""
    month = today.month - 1
    if not month or not PROGRESS.takes(month):
        return []
    plans = WorkPlan.objects.for_user(user).filter(agency__in=user.staff_agency_ids, year=today.year)
    given = Count("lines", filter=FILLED & Q(lines__monthly_progress__month=month), distinct=True)
    counted = plans.in_force(date(today.year, month, 1)).annotate(line_count=Count("lines", distinct=True), given=given)
    return [_task(plan, month) for plan in counted.order_by("agency", "pk") if plan.given < plan.line_count]


def _task(plan: WorkPlan, month: int) -> MonthTask:
    name, missing = MONTHS[month - 1], plan.line_count - plan.given  # type: ignore[attr-defined]  # annotated
    return MonthTask(
        missing,
        f"Realisasi bulan {name} {plan.year}",
        f"{missing} dari {plan.line_count} baris belum ada data. Angka bulanan tidak diverifikasi.",  # type: ignore[attr-defined]
        reverse("monthly:month-figures", args=[plan.pk, month]),
        "Isi bulan ini",
    )
