"""Indicator 5: how far are work and money against the target of the quarter?"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from p2emas.accounts.models import Agency
from p2emas.ui import charts, formats
from programs.dashboards.answers import Answer, LazyDrawing, Picture, Shortened, agency_code_first, change_text
from programs.dashboards.focus import focus_in_scope
from programs.dashboards.readings import Figure, figures, newest_reports
from programs.dashboards.scope import Scope
from programs.reporting.reopening.public import under_correction
from programs.reporting.reports.models import ReportingPeriod

HEADER = ["SKPD", "Pagu (Rp)", "Realisasi (Rp)", "Fisik (%)", "Keuangan (%)", "Target fisik (%)", "Poin"]
DEFINITION = (
    "Fisik: rata-rata realisasi fisik kumulatif, ditimbang dengan pagu. Keuangan: realisasi keuangan kumulatif dibagi "
    "pagu. Target: target fisik s.d. triwulan, ditimbang dengan pagu. Hanya laporan yang sudah disetujui; kegiatan "
    "yang belum ada angkanya, ADD, dan Dana Desa di luar hitungan. Poin = fisik dikurangi target, hanya dari kegiatan "
    "yang punya target triwulan itu. Perubahan: SKPD yang disetujui pada kedua triwulan."
)
FAR_BEHIND = 10  # points below the target


@dataclass(frozen=True)
class AgencyProgress:
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
    def absorption(self) -> Fraction | None:
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
    progress: AgencyProgress
    chart: charts.Chart

    @property
    def is_far_behind(self) -> bool:
        points = self.progress.points
        return points is not None and points < -FAR_BEHIND

    @property
    def cells(self) -> list[object]:
        progress = self.progress
        return [
            self.agency.short_name,
            progress.amount or None,
            progress.spent if progress.amount or progress.spent else None,
            progress.physical_percent,
            progress.absorption,
            progress.target_percent,
            progress.points,
        ]


def progress_by_agency(scope: Scope, period: ReportingPeriod) -> dict[int, AgencyProgress]:
    """Agency id -> progress of its approved report of the quarter; agencies without one are absent.

    Targets are those of the scope's own quarter: of the one before it only what was done is compared.
    """
    lines, found = figures(scope), {}
    for agency, report in newest_reports(scope)[period.number].items():
        if report.quarter == period.number and (scope.agency is None or agency == scope.agency.pk):
            progress = _progress(lines[report.pk], scope, report.is_sample)
            if progress is not None:
                found[agency] = progress
    return found


def _progress(lines: list[Figure], scope: Scope, is_sample: bool) -> AgencyProgress | None:
    """Lines of the agency's own budget that say both how far they are; None where there is none.

    What was spent on work that the plan no longer has counts in any case: it weighs nothing and has no target.
    """
    here = scope.district.pk if scope.district else None
    count = amount = spent = done = target = targeted = aimed = 0
    for _village, district, _in_target, is_outside, ceiling, carried, money, physical, goal in lines:
        if is_outside or money is None or (physical is None and not carried):
            continue
        if here is not None and district != here:
            continue
        count += 1
        spent += money
        if carried or physical is None:  # weighs nothing
            continue
        amount += ceiling
        done += ceiling * physical
        if goal is not None:
            target += ceiling * goal
            targeted += ceiling
            aimed += ceiling * physical
    if not count:
        return None
    return AgencyProgress(
        amount, spent, Fraction(done, 100), Fraction(target, 100), targeted, Fraction(aimed, 100), is_sample
    )


def _sum(parts) -> AgencyProgress:
    parts = list(parts)
    return AgencyProgress(
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
    now = progress_by_agency(scope, scope.period)
    whole = _sum(now.values())
    agencies = _agencies(scope, now.keys())
    rows = [
        ProgressRow(agency, now.get(agency.pk, AgencyProgress()), _chart(now.get(agency.pk))) for agency in agencies
    ]
    rows.sort(key=lambda row: (row.progress.points is None, row.progress.points or 0, row.agency.short_name))
    behind = sum(row.is_far_behind for row in rows)
    answer = Answer(
        key="realisasi",
        number=5,
        question="Fisik dan keuangan terhadap target",
        finding=_finding(whole, behind),
        value=formats.percent(whole.physical_percent) if whole.amount else "–",
        basis=f"fisik; keuangan {formats.percent(whole.absorption)}; "
        f"target {formats.percent(whole.target_percent, 0)}; "
        f"{len(now)} dari {len(agencies)} SKPD disetujui",
        definition=DEFINITION,
        header=HEADER,
        rows=[row.cells for row in rows],
        coded=agency_code_first(HEADER, rows, lambda row: row.cells, lambda row: row.agency),
        is_sample=whole.is_sample,
    )
    if whole.amount:
        answer.sign = "watch" if behind else "good"
        answer.sign_label = f"{behind} SKPD jauh tertinggal" if behind else "Tidak ada yang jauh tertinggal"
    if earlier:
        answer.change = _change(now, progress_by_agency(scope, earlier), earlier)
    answer.small = Picture(share=whole.physical_percent, money=whole.absorption, target=whole.target_percent)
    answer.drawing = LazyDrawing(
        lambda: {"rows": Shortened(rows), "whole": whole, "corrections": under_correction(scope.year)}
    )
    return answer


def _agencies(scope: Scope, reported: Collection[int]) -> list[Agency]:
    """In one kecamatan only those that have work there: the others have nothing to be approved."""
    agencies = scope.agencies(having=reported)
    if scope.district is None:
        return agencies
    there = {*reported, *focus_in_scope(scope, scope.year, scope.on)}
    return [agency for agency in agencies if agency.pk in there]


def _change(now: dict[int, AgencyProgress], before: dict[int, AgencyProgress], earlier: ReportingPeriod) -> str:
    """Over the agencies that both quarters know: who is not approved yet would look like a leap of the others."""
    both = now.keys() & before.keys()
    text = change_text(
        _sum(now[key] for key in both).physical_percent,
        _sum(before[key] for key in both).physical_percent,
        earlier.short,
    )
    return f"{text}, {len(both)} SKPD yang sama" if text and now.keys() != before.keys() else text


def _chart(progress: AgencyProgress | None) -> charts.Chart:
    if progress is None:
        return charts.dumbbell(None, None)
    return charts.dumbbell(progress.physical_percent, progress.absorption, progress.target_percent)


def _finding(whole: AgencyProgress, behind: int) -> str:
    if not whole.amount:
        return "Belum ada laporan yang disetujui pada triwulan ini"
    sentence = f"Fisik {formats.percent(whole.physical_percent)}"
    if whole.target_percent is not None:
        sentence += f" dari target {formats.percent(whole.target_percent, 0)}"
    return sentence + (f"; {behind} SKPD jauh tertinggal" if behind else "")
