"""A regency of any size for the leaders' page, built in bulk: work, reports, obstacles, measures, reasons, decisions."""

from datetime import UTC, date, datetime, timedelta

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.accounts.models import User
from programs.models import (
    IndicatorTarget,
    IndicatorValue,
    Obstacle,
    PlanLine,
    PlanLineTarget,
    ProgressReport,
    ReportLine,
)
from tests.factories import (
    ActivityFactory,
    AgendaLineFactory,
    CompetencyDeterminationFactory,
    DistrictFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    MeetingFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    UserFactory,
    VillageFactory,
)

LONG = "Kontrak pengadaan batal dan diulang sesudah perubahan anggaran disetujui. " * 12
LONG_NAME = 30  # longer than that of any village in Kalimantan
AGENCIES = 10
DAY = datetime(2019, 9, 15, tzinfo=UTC)


def _copies(model, first, rows):
    """Rows that are like ``first`` but for these fields; in one statement."""
    kept = {
        field.attname: getattr(first, field.attname) for field in model._meta.concrete_fields if field.attname != "id"
    }
    return model.objects.bulk_create([model(**(kept | row)) for row in rows])


def fill(count: int, coordinator: User, name: int = LONG_NAME) -> None:
    """``count`` target locations in TW III 2019 with the longest names and reasons that the forms take."""
    ReportingPeriodFactory(number=2)
    ReportingPeriodFactory()
    first = TargetLocationFactory()
    districts = [first.village.district, *(DistrictFactory() for _each in range(13))]
    villages = Village.objects.bulk_create(
        VillageFactory.build(district=districts[n % 14], name=f"Nanga {n} ".ljust(name, "a")) for n in range(1, count)
    )
    places = [first, *_copies(TargetLocation, first, [{"village_id": each.pk, "is_sample": True} for each in villages])]
    _work(places)
    _stuck(places)
    for place in places[: min(count, 7)]:
        place.take_step("postpone", seen=place.status, actor=coordinator, note=LONG)
    for day in range(1, 9):
        CompetencyDeterminationFactory(
            district=DistrictFactory(name=f"Kecamatan {day} ".ljust(name, "b")),
            status=CompetencyDetermination.Status.SUBMITTED,
            submitted_by=UserFactory(),
            submitted_at=datetime(2019, 9, day, tzinfo=UTC),
        )


def _work(places: list[TargetLocation]) -> None:
    """Each village has work of two agencies; of the first five agencies it has begun."""
    reports = [ProgressReportFactory(approved=True) for _each in range(AGENCIES)]
    for report in reports[5:7]:
        ProgressReport.objects.among([report.pk]).update(due_on=date(2019, 10, 1))
    ProgressReportFactory(sent=True)
    ProgressReportFactory()
    activities = [ActivityFactory(agency=report.agency, year=2019) for report in reports]
    spread = [(n, place, turn) for n, place in enumerate(places) for turn in (n % AGENCIES, (n + 3) % AGENCIES)]
    lines = PlanLine.objects.bulk_create(
        PlanLine(plan=reports[turn].plan, activity=activities[turn], target_location=place, start_month=3,
                 chain_link="TRAINING", amount=1_000_000 * (n + 3))
        for n, place, turn in spread
    )  # fmt: skip
    PlanLineTarget.objects.bulk_create(PlanLineTarget(plan_line=line, quarter=3, physical=75) for line in lines)
    ReportLine.objects.bulk_create(
        ReportLine(report=reports[turn], plan_line=line, spent_to_date=300_000 * (n + 3) if turn < 5 else 0,
                   physical_to_date=31 + n % 60 if turn < 5 else 0)
        for line, (n, _place, turn) in zip(lines, spread, strict=True)
    )  # fmt: skip
    indicator = IndicatorFactory(activity=activities[0], ledger="WELFARE", formula="end_value", unit="Rp ribu")
    measured = [place.village_id for place in places]
    target = IndicatorTargetFactory(indicator=indicator, village_id=measured[0], baseline=800)
    _copies(IndicatorTarget, target, [{"village_id": pk} for pk in measured[1:]])
    IndicatorValue.objects.bulk_create(
        IndicatorValue(report=reports[0], indicator=indicator, village_id=pk, value=790 + n)
        for n, pk in enumerate(measured[: len(measured) * 3 // 4])
    )


def _stuck(places: list[TargetLocation]) -> None:
    """One obstacle a village, each two days older than the one before; a meeting had three of them."""
    first = ObstacleFactory(routed=True, due_on=date(2019, 9, 20), text=LONG[:200], created_at=DAY)
    rows = _copies(
        Obstacle, first,
        [{"village_id": place.village_id, "created_at": DAY - timedelta(days=2 * n)} for n, place in enumerate(places)],
    )  # fmt: skip
    AgendaLineFactory(meeting=MeetingFactory(held=True, held_on=date(2019, 9, 27))).obstacles.set(rows[:3])
