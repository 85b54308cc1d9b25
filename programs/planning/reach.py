"""Until when each line of a plan can still begin, read with the calendar of holidays of its year."""

from collections.abc import Collection, Iterable
from datetime import date

from p2emas import clock
from p2emas.accounts.models import Holiday
from p2emas.ui.formats import long_date
from programs.planning.models import PlanLine
from programs.planning.start.latest import LatestStart, latest_start


def holidays_of(year: int) -> Collection[date]:
    """One query; procurement of the first weeks of a year begins in the year before."""
    return Holiday.objects.dates_around(date(year - 1, 7, 1), date(year, 12, 31))


def latest_of(line: PlanLine, holidays: Collection[date]) -> LatestStart:
    """Of a line with ``plan`` and ``procurement`` loaded."""
    return latest_start(
        year=line.plan.year,
        start_month=line.start_month,
        season=line.season,
        method=line.procurement,
        holidays=holidays,
    )


def latest_of_lines(lines: Iterable[PlanLine], year: int) -> dict[int, LatestStart]:
    """Line id -> its latest beginning, in one query for all of them."""
    holidays = holidays_of(year)
    return {line.pk: latest_of(line, holidays) for line in lines}


def latest_words(line: PlanLine) -> str:
    """As the form of the line says it."""
    found = latest_of(line, holidays_of(line.plan.year))
    if not (line.procurement or line.season):
        return f"Tanpa cara pengadaan dan musim: mulai paling lambat {found.month}, bulan mulainya."
    return latest_sentence(found, clock.today())


def latest_sentence(found: LatestStart, on: date) -> str:
    """ "Pengadaan (Tender, 45 hari kerja) paling lambat dimulai Juli 2019, agar pekerjaan mulai sampai ..."."""
    what = f"Pengadaan ({found.procurement}, {found.working_days} hari kerja)" if found.procurement else "Pekerjaan"
    words = f"{what} paling lambat dimulai {found.month}"
    if found.procurement:
        words += f", agar pekerjaan mulai sampai {long_date(found.work_until)}"
    return f"{words}. Sudah lewat." if not found.is_reachable(on) else f"{words}."
