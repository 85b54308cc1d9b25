"""Indicator 5: how far are work and money against the target of the quarter?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, Round

from p2emas.accounts.models import Agency
from p2emas.ui import charts, formats
from programs.dashboards.answers import Answer, Shortened, change_text
from programs.dashboards.focus import focus_by_agency
from programs.dashboards.scope import Scope
from programs.planning.models import PlanLine, PlanLineTarget
from programs.reporting.models import ProgressReport, ReportingPeriod
from programs.reporting.report_parts import ReportLine

DEFINITION = (
    "Fisik: rata-rata realisasi fisik kumulatif, ditimbang dengan pagu. Keuangan: realisasi keuangan kumulatif dibagi "
    "pagu. Target: target fisik s.d. triwulan, ditimbang dengan pagu. Hanya laporan yang sudah disetujui; kegiatan "
    "yang belum ada angkanya, ADD, dan Dana Desa di luar hitungan. Poin = fisik dikurangi target, hanya dari kegiatan "
    "yang punya target triwulan itu. Perubahan: SKPD yang disetujui pada kedua triwulan."
)
FAR_BEHIND = 10  # points below the target


@dataclass(frozen=True)
class Progress:
    """Sums over approved lines: ``amount`` and ``spent`` in rupiah, the weighted ones in rupiah x percent.

    ``targeted`` is the rupiah of the lines with a target, ``aimed`` their own physical progress: only those can be
    ahead of or behind a target.
    """

    amount: int = 0
    spent: int = 0
    physical: Fraction = Fraction(0)
    target: Fraction = Fraction(0)
    targeted: int = 0
    aimed: Fraction = Fraction(0)
    is_sample: bool = False

    @property
    def physical_percent(self) -> Fraction | None:
        return self.physical / self.amount if self.amount else None

    @property
    def money_percent(self) -> Fraction | None:
        return Fraction(self.spent * 100, self.amount) if self.amount else None

    @property
    def target_percent(self) -> Fraction | None:
        return self.target / self.targeted if self.targeted else None

    @property
    def points(self) -> Fraction | None:
        return (self.aimed - self.target) / self.targeted if self.targeted else None


@dataclass(frozen=True)
class ProgressRow:
    agency: Agency
    progress: Progress
    chart: charts.Chart


def progress_by_agency(scope: Scope, periods: list[ReportingPeriod]) -> dict[int, dict[int, Progress]]:
    """Period id -> agency id -> progress of its approved report; one query. Agencies without one are absent.

    The database adds the rupiah of lines that stand at the same percent; these weights stay whole numbers.
    """
    found: dict[int, dict[int, Progress]] = {period.pk: {} for period in periods}
    sums: dict[tuple[int, int], list[int]] = {}
    for period, agency, physical, goal, amount, spent, invented in _sums_by_percent(scope, periods):
        sum_of = sums.setdefault((period, agency), [0] * 7)
        aims = goal is not None
        parts = (amount, spent, physical * amount, aims * amount, aims and physical * amount, aims and goal * amount)
        for n, part in enumerate((*parts, invented)):
            sum_of[n] += part
    for (period, agency), (amount, spent, physical, targeted, aimed, target, invented) in sums.items():
        found[period][agency] = Progress(
            amount, spent, Fraction(physical, 100), Fraction(target, 100), targeted, Fraction(aimed, 100), invented > 0
        )
    return found


def _sums_by_percent(scope: Scope, periods: list[ReportingPeriod]) -> Iterable[tuple]:
    """(period, agency, physical, target, amount, spent, invented lines); percents in hundredths, as whole numbers."""
    lines = (
        ReportLine.objects.filter(report__period__in=periods, report__status__in=ProgressReport.APPROVED_STATES)
        .exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS)
        .exclude(spent_to_date=None)
        .exclude(physical_to_date=None)
    )
    if scope.agency:
        lines = lines.filter(report__agency=scope.agency)
    if scope.district:
        lines = lines.in_district(scope.district.pk)
    goals = PlanLineTarget.objects.filter(plan_line=OuterRef("plan_line"), quarter=OuterRef("report__period__number"))
    aim = Subquery(goals.order_by().values_list(_hundredths("physical")))
    return (
        lines.annotate(done=_hundredths("physical_to_date"), aim=aim)
        .order_by()
        .values_list("report__period_id", "report__agency_id", "done", "aim")
        .annotate(
            Sum("plan_line__amount"), Sum("spent_to_date"), invented=Count("pk", filter=Q(report__is_sample=True))
        )
    )


def _hundredths(field: str) -> Cast:
    return Cast(Round(F(field) * 100), IntegerField())


def _sum(parts) -> Progress:
    parts = list(parts)
    return Progress(
        sum(p.amount for p in parts),
        sum(p.spent for p in parts),
        sum((p.physical for p in parts), Fraction(0)),
        sum((p.target for p in parts), Fraction(0)),
        sum(p.targeted for p in parts),
        sum((p.aimed for p in parts), Fraction(0)),
        any(p.is_sample for p in parts),
    )


def progress_answer(scope: Scope) -> Answer:
    earlier = scope.earlier
    found = progress_by_agency(scope, [scope.period, earlier] if earlier else [scope.period])
    now = found[scope.period.pk]
    whole = _sum(now.values())
    agencies = _agencies(scope, now.keys())
    rows = [ProgressRow(agency, now.get(agency.pk, Progress()), _chart(now.get(agency.pk))) for agency in agencies]
    rows.sort(key=lambda row: (row.progress.points is None, row.progress.points or 0, row.agency.short_name))
    behind = [row for row in rows if row.progress.points is not None and row.progress.points < -FAR_BEHIND]
    answer = Answer(
        key="realisasi",
        number=5,
        question="Sesuai rencana?",
        finding=_finding(whole, behind),
        value=formats.percent(whole.physical_percent) if whole.amount else "–",
        basis=f"fisik; keuangan {formats.percent(whole.money_percent)}; "
        f"target {formats.percent(whole.target_percent, 0)}; "
        f"{len(now)} dari {len(agencies)} SKPD disetujui",
        definition=DEFINITION,
        header=["SKPD", "Pagu (Rp)", "Realisasi (Rp)", "Fisik (%)", "Keuangan (%)", "Target fisik (%)", "Poin"],
        rows=[
            [
                row.agency.short_name,
                row.progress.amount or None,
                row.progress.spent if row.progress.amount else None,
                row.progress.physical_percent,
                row.progress.money_percent,
                row.progress.target_percent,
                row.progress.points,
            ]
            for row in rows
        ],
        is_sample=whole.is_sample,
    )
    if whole.amount:
        answer.sign = "watch" if behind else "good"
        answer.sign_label = f"{len(behind)} SKPD jauh tertinggal" if behind else "Tidak ada yang jauh tertinggal"
    if earlier:
        answer.change = _change(now, found[earlier.pk], earlier)
    answer.drawing = {"rows": Shortened(rows), "whole": whole}
    return answer


def _agencies(scope: Scope, reported: Collection[int]) -> list[Agency]:
    """In one kecamatan only those that have work there: the others have nothing to be approved."""
    agencies = scope.agencies(having=reported)
    if scope.district is None:
        return agencies
    there = {*reported, *focus_by_agency(scope, scope.year, scope.on)}
    return [agency for agency in agencies if agency.pk in there]


def _change(now: dict[int, Progress], before: dict[int, Progress], earlier: ReportingPeriod) -> str:
    """Over the agencies that both quarters know: who is not approved yet would look like a leap of the others."""
    both = now.keys() & before.keys()
    text = change_text(
        _sum(now[key] for key in both).physical_percent,
        _sum(before[key] for key in both).physical_percent,
        earlier.short,
    )
    return f"{text}, {len(both)} SKPD yang sama" if text and now.keys() != before.keys() else text


def _chart(progress: Progress | None) -> charts.Chart:
    if progress is None:
        return charts.dumbbell(None, None)
    return charts.dumbbell(progress.physical_percent, progress.money_percent, progress.target_percent)


def _finding(whole: Progress, behind: list[ProgressRow]) -> str:
    if not whole.amount:
        return "Belum ada laporan yang disetujui pada triwulan ini"
    sentence = f"Fisik {formats.percent(whole.physical_percent)}"
    if whole.target_percent is not None:
        sentence += f" dari target {formats.percent(whole.target_percent, 0)}"
    return sentence + (f"; {len(behind)} SKPD jauh tertinggal" if behind else "")
