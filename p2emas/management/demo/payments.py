"""SP2D of 2019 in the demo: of four agencies what they report, of one activity less, and one payment that came back."""

from collections.abc import Iterator
from datetime import date, datetime

from simple_history.utils import bulk_create_with_history

from p2emas import clock
from p2emas.management.demo.people import Cast
from p2emas.management.demo.reports import spent_to_date
from programs.framework.models import Activity
from programs.reporting.reports.models import ProgressReport
from programs.treasury.models import TreasuryEntry

PAYING = ("distanbun", "dkpp", "dpmpd", "disperindagkop")  # of the others no SP2D is known
LESS = "dpmpd"  # reports more for its first activity than it was paid
REFUND = "distanbun"  # something for its first activity came back
DAYS = (date(2019, 3, 18), date(2019, 6, 17), date(2019, 9, 16))
BACK = date(2019, 8, 5)
ACCOUNT = "5.2.2.01.01"


def make_payments(cast: Cast) -> None:
    with clock.at(datetime(2019, 10, 1, 9)):
        entries = [
            TreasuryEntry(sp2d_no=f"{number:05d}/SP2D/LS/2019", year=2019, is_sample=True, **fields)
            for number, fields in enumerate(_entries(), start=412)
        ]
        bulk_create_with_history(entries, TreasuryEntry, default_user=cast.coordinator, default_date=clock.now())


def _entries() -> Iterator[dict]:
    reports = ProgressReport.objects.filter(period__year=2019, period__number=3, agency__code__in=PAYING)
    for report in reports.select_related("agency", "period").order_by("agency__code"):
        for position, (activity, sums) in enumerate(_paid(report).items()):
            shared = {"agency": report.agency, "activity": activity, "account": ACCOUNT}
            for day, before, after in zip(DAYS, (0, *sums), sums, strict=False):
                less = (after - before) // 10 if report.agency.code == LESS and not position and day == DAYS[-1] else 0
                if after > before:
                    text = f"{activity.name}, termin {DAYS.index(day) + 1} (contoh)"
                    yield shared | {"paid_on": day, "amount": after - before - less, "text": text[:300]}
            if report.agency.code == REFUND and not position:
                yield shared | {"paid_on": BACK, "amount": 2_500_000, "text": "Uang muka kegiatan (contoh)"}
                yield shared | {
                    "paid_on": BACK,
                    "amount": -2_500_000,
                    "text": "Sisa uang muka disetor kembali (contoh)",
                }


def _paid(report: ProgressReport) -> dict[Activity, list[int]]:
    """What each activity has cost by the end of each of the three quarters, as its agency reports it."""
    found: dict[Activity, list[int]] = {}
    lines = report.lines.filter(carried="").select_related("plan_line__activity", "plan_line__target_location__village")
    for line in lines.order_by("plan_line__activity__code", "pk"):
        if not line.plan_line.is_village_money:
            sums = found.setdefault(line.plan_line.activity, [0, 0, 0])
            for quarter in (1, 2, 3):
                sums[quarter - 1] += spent_to_date(line.plan_line, report, quarter)
    return found
