"""All months of a year: which agency has given how much of which month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from p2emas.accounts.models import Agency, User
from p2emas.ui.formats import MONTHS
from programs.monthly.figures import Origin, quarter_ended_by
from programs.monthly.findings import above_approved
from programs.monthly.models import ENDS_OF_QUARTERS, MonthlyProgress
from programs.monthly.reading import MonthReader
from programs.monthly.stored import StoredMonths
from programs.planning.models import PlanLine, WorkPlan

YEAR_MONTHS = range(1, 13)
TYPED_MONTHS = [month for month in YEAR_MONTHS if month not in ENDS_OF_QUARTERS]
UNKNOWN = format_html(' class="{}"', "meta")


@dataclass(frozen=True)
class MonthCell:
    """``words`` say how much is there; ``is_known`` where there is any figure; ``above`` lines contradict a report."""

    name: str
    url: str
    words: str
    is_known: bool
    agency: str
    above: int

    @property
    def link(self) -> str:
        """Drawn here, since a page has five hundred of them."""
        link = format_html(
            '<a href="{}"{}>{}<span class="visually-hidden">, {} {}</span></a>',
            *(self.url, "" if self.is_known else UNKNOWN, self.words, self.name, self.agency),
        )
        if not self.above:
            return link
        return format_html(
            '{}<br><span class="small"><svg class="icon" aria-hidden="true"><use href="#i-alert"/></svg> '
            "{} baris di atas laporan yang disetujui</span>",
            *(link, self.above),
        )


@dataclass(frozen=True)
class AgencyMonths:
    agency: Agency
    cells: list[MonthCell]


class YearOverview:
    """The agencies whose plans ``user`` may see and that have a set plan of ``year``; a constant number of queries.

    ``code`` chooses one of them. Months are compared with approved reports where there is one agency: that reads every
    line of the year.
    """

    def __init__(self, user: User, year: int, today: date, code: str = "") -> None:
        self.year, self.today = year, today
        self.plans = WorkPlan.objects.for_user(user).decided().filter(year=year)
        agencies = Agency.objects.filter(pk__in=self.plans.order_by().values("agency"))
        every = list(agencies.order_by("short_name", "pk"))
        self.agencies = [each for each in every if each.code == code] or every
        self.is_part = len(self.agencies) < len(every)
        alone = self.agencies[0].pk if len(self.agencies) == 1 else None
        self.compared = None if alone is None else MonthReader(year, YEAR_MONTHS, alone, ())
        self.stored = self.compared.stored if self.compared else StoredMonths(year, YEAR_MONTHS, None)
        self._addresses: dict[int, str] = {}

    @property
    def names(self) -> list[str]:
        return [name[:3] for name in MONTHS]

    @property
    def rows(self) -> list[AgencyMonths]:
        lines, filled = self._lines(), self._filled()
        return [
            AgencyMonths(agency, [self._cell(agency, month, lines, filled) for month in YEAR_MONTHS])
            for agency in self.agencies
        ]

    def _address(self, plan: int, month: int) -> str:
        """Worked out once for the months of a plan."""
        if plan not in self._addresses:
            self._addresses[plan] = reverse("monthly:month-figures", args=[plan, 1]).removesuffix("1/")
        return f"{self._addresses[plan]}{month}/"

    def _lines(self) -> dict[int, int]:
        lines = PlanLine.objects.agreed().filter(plan__in=self.plans.order_by().values("pk"))
        return dict(lines.order_by().values_list("plan").annotate(Count("pk")))

    def _filled(self) -> dict[tuple[int, int], int]:
        """(plan, month) -> lines with both figures; a column a month, so that nothing has to be sorted."""
        months = MonthlyProgress.objects.filter(
            line__plan__in=self.plans.order_by().values("pk"), money__isnull=False, physical__isnull=False
        )
        counts = {f"in_{month}": Count("pk", filter=Q(month=month)) for month in TYPED_MONTHS}
        rows = months.order_by().values_list("line__plan").annotate(**counts)
        return {(plan, month): count for plan, *of in rows for month, count in zip(TYPED_MONTHS, of, strict=True)}

    def _is_future(self, month: int) -> bool:
        return (self.year, month) > (self.today.year, self.today.month)

    def _cell(self, agency: Agency, month: int, lines: dict[int, int], filled: dict[tuple[int, int], int]) -> MonthCell:
        plan = self.stored.versions[agency.pk, month]
        words, known = self._of_report(agency.pk, month) if quarter_ended_by(month) else ("", False)
        if not words and self._is_future(month):
            words = "belum mulai"
        elif not words:
            count = filled.get((plan, month), 0)
            words, known = (f"{count} dari {lines.get(plan, 0)}", True) if count else ("belum ada data", False)
        above = self._above_approved(agency.pk, month)
        return MonthCell(MONTHS[month - 1], self._address(plan, month), words, known, str(agency), above)

    def _above_approved(self, agency: int, month: int) -> int:
        """Lines of a month that was typed of which a later quarter was approved with less."""
        reader = self.compared
        if reader is None or quarter_ended_by(month):
            return 0
        known = [row for row in reader.of(agency, month).rows if row.actual.is_known]
        return sum(bool(above_approved(month, row.actual, reader.approved(row.line))) for row in known)

    def _of_report(self, agency: int, month: int) -> tuple[str, bool]:
        report = self.stored.reports.get((agency, quarter_ended_by(month)))
        if report is None:
            return ("", False) if self._is_future(month) else ("laporan belum ada", False)
        words = {Origin.CORRECTED: "laporan, dikoreksi", Origin.UNVERIFIED: "laporan, belum diverifikasi"}
        return words.get(report.origin, "laporan"), True


def months_with_plans(user: User, today: date) -> list[tuple[int, int]]:
    """(year, month) of the years of those plans up to the month of ``today``, the latest first."""
    now = (today.year, today.month)
    every = [(year, month) for year in years_with_plans(user) for month in reversed(YEAR_MONTHS)]
    return [month for month in every if month <= now]


def years_with_plans(user: User) -> list[int]:
    """Years in which the user may see a set plan, the latest first."""
    plans = WorkPlan.objects.for_user(user).decided()
    return list(plans.order_by("-year").values_list("year", flat=True).distinct())
