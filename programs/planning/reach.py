"""Until when each line of a plan can still begin, read with the calendar of holidays of its year."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from p2emas import clock
from p2emas.accounts.models import Holiday
from p2emas.ui.formats import long_date
from programs.planning.models import PlanLine, months_between
from programs.planning.start.latest import LatestStart, latest_start
from programs.planning.start.models import ProcurementMethod


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


class Beginning(NamedTuple):
    """What decides until when a line can begin; many lines have the same. ``procurement`` is a key."""

    start_month: int
    season_first: int | None
    season_last: int | None
    procurement: int | None


def latest_of_each(
    beginnings: Iterable[Beginning], year: int, holidays: Collection[date]
) -> dict[Beginning, LatestStart]:
    """The latest of each of ``beginnings`` of plans of ``year``, in one query for all of them."""
    methods = ProcurementMethod.objects.in_bulk()
    return {
        each: latest_start(
            year=year,
            start_month=each.start_month,
            season=months_between(each.season_first, each.season_last),
            method=methods.get(each.procurement),
            holidays=holidays,
        )
        for each in set(beginnings)
    }


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
