"""Indicator 4: who reports in time?"""

from collections.abc import Sequence

from programs.dashboards.answers import (
    SHOWN,
    Answer,
    LazyDrawing,
    Picture,
    Shortened,
    agency_code_first,
    count_change_text,
)
from programs.dashboards.readings import holidays
from programs.dashboards.scope import Scope
from programs.fieldwork.months import NO_MONTH, Month, VisitedMonths, visited_months
from programs.reporting.compliance.measures import MatrixRow, Timeliness, compliance_matrix
from programs.reporting.reports.models import ReportingPeriod

DEFINITION = (
    "Laporan SKPD yang pertama kali dikirim paling lambat pada jatuh temponya, dibagi laporan yang diharapkan pada "
    "triwulan itu. Hari dihitung hari kerja."
)
QUARTERS_SHOWN = 4


def timely_answer(scope: Scope) -> Answer:
    at = scope.periods.index(scope.period)
    periods = scope.periods[at : at + QUARTERS_SHOWN][::-1]
    matrix = compliance_matrix(periods, scope.agencies(periods=periods), scope.today, holidays(scope))
    rates = matrix.rates_by_period
    now = rates[-1]
    header = ["SKPD", *(period.short for period in periods)]
    answer = Answer(
        key="tepat-waktu",
        number=4,
        question="Laporan tepat waktu",
        finding=f"{now.on_time} dari {now.expected} laporan {scope.period} masuk tepat waktu"
        if now.expected
        else f"Tidak ada laporan yang diharapkan pada {scope.period}",
        value=f"{now.on_time} dari {now.expected}" if now.expected else "–",
        basis=f"laporan SKPD {scope.period}" + ("; tidak dibedakan menurut kecamatan" if scope.district else ""),
        definition=DEFINITION,
        header=header,
        rows=[_cells(row) for row in matrix.rows],
        coded=agency_code_first(header, matrix.rows, _cells, lambda row: row.agency),
        is_sample=matrix.is_sample,
    )
    still_open = sum(row.cells[-1].timeliness is Timeliness.OPEN for row in matrix.rows)
    if now.expected:
        answer.sign, answer.sign_label = _sign(now.expected - now.received, still_open)
    # a quarter before its date, when nobody is late yet, is not worse than one after it
    if len(rates) > 1 and rates[-2].expected and not still_open:
        answer.change = count_change_text(now.on_time, rates[-2].on_time, periods[-2].short)
    answer.small = Picture(parts=(now.on_time, now.received - now.on_time, now.expected - now.received))
    answer.is_wide = True
    answer.drawing = LazyDrawing(
        lambda: {
            "periods": periods,
            "rows": _shown(matrix.rows),
            "footer": list(zip(periods, rates, strict=True)),
            "visits": _visits(scope, periods),
        }
    )
    return answer


def _visits(scope: Scope, periods: Sequence[ReportingPeriod]) -> list[VisitedMonths]:
    """What facilitators owe, beside the agencies: visits in the months of each quarter that are over."""
    last = min(Month.of(periods[-1].ends), Month.of(scope.today).previous)
    if scope.agency is not None or last < (first := Month.of(periods[0].starts)):
        return []
    by_month = visited_months(first, last, district=scope.district)
    quarters = [
        sum((made for month, made in by_month.items() if period.starts <= month.first <= period.ends), NO_MONTH)
        for period in periods
    ]
    return quarters if any(each.expected for each in quarters) else []


def _cells(row: MatrixRow) -> list[object]:
    return [row.agency.short_name, *(cell.words for cell in row.cells)]


def _sign(out: int, still_open: int) -> tuple[str, str]:
    """The sign of the answer, and its words: how many reports are out, and of how many the date has not passed."""
    if not out:
        return "good", "Semua laporan masuk"
    label = f"{out} laporan belum masuk"
    if still_open:
        label += f", {still_open} belum jatuh tempo"
    return ("watch" if out > still_open else "none"), label


def _shown(rows: list[MatrixRow]) -> Shortened:
    """Of many agencies those first that owe the newest report, then those that owed one before."""
    if len(rows) > SHOWN:
        rows = sorted(rows, key=lambda row: [not cell.is_problem for cell in reversed(row.cells)])
    return Shortened(rows)
