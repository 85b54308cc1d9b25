"""Records to be found by the search: villages, groups, activities and reports, by the thousand, with their words."""

from benchmarks.searching import EXACT
from benchmarks.seed import reports
from districts.models import Commodity, CommunityGroup, District, Regency, Village
from p2emas.search.keeping import rebuild
from programs.models import Activity, Outcome, PlanLine, Program, WorkPlan

DISTRICTS, AGENCIES, QUARTERS = 14, 20, 8  # of 1,000 records; agencies and quarters grow by the root of the size
BATCH = 2000
ONSETS, RIMES = ("b", "d", "k", "l", "m", "n", "p", "r", "s", "t"), ("a", "ai", "an", "e", "ing", "o", "u", "ung")
SYLLABLES = [onset + rime for onset in ONSETS for rime in RIMES]
GOODS = ("lada", "karet", "kopi", "madu", "tenun", "ikan", "sapi")


def place_name(n: int) -> str:
    """Two words of two syllables; no two numbers below 40 million have the same."""
    syllables = [SYLLABLES[n * 7919 // 80**place % 80] for place in range(4)]
    return f"{syllables[0]}{syllables[1]} {syllables[2]}{syllables[3]}".title()


def seed(size: int) -> dict[str, int]:
    """So many thousand records, a square number; of each 100 villages, 400 groups, 300 activities, 160 reports."""
    root = round(size**0.5)
    reports(agencies=AGENCIES * root, periods=QUARTERS * root)
    villages = _villages(100 * size)
    goods = [Commodity.objects.create(name=name, sector="perkebunan", unit="ton") for name in GOODS]
    CommunityGroup.objects.bulk_create(
        (
            CommunityGroup(
                village=villages[n % len(villages)],
                name=f"Kelompok Tani {place_name(1_000_000 + n)}",
                kind="POKTAN",
                commodity=goods[n % len(goods)],
                registration_no=f"61.{n:07d}",
            )
            for n in range(400 * size)
        ),
        batch_size=BATCH,
    )
    _activities(300 * size)
    return {"records": rebuild()}


def _villages(count: int) -> list[Village]:
    """The first is the one that is asked for."""
    regency = Regency.objects.create(code="61.05", name="Kabupaten Sintang")
    districts = District.objects.bulk_create(
        District(regency=regency, code=f"61.05.{n + 1:02d}", name=place_name(2_000_000 + n), lat=n / 10, lng=n / 10)
        for n in range(DISTRICTS)
    )
    return Village.objects.bulk_create(
        (
            Village(
                district=districts[n % DISTRICTS],
                code=f"61.05.{n % DISTRICTS + 1:02d}.{2001 + n // DISTRICTS}",
                name=place_name(n) if n else EXACT,
                slug=f"desa-{n}",
            )
            for n in range(count)
        ),
        batch_size=BATCH,
    )


def _activities(count: int) -> None:
    """Each with a line of a plan that was set."""
    plans = list(WorkPlan.objects.order_by("pk"))
    program = Program.objects.create(name="P2-EMAS", starts=2000, ends=2030)
    outcome = Outcome.objects.create(program=program, name="Sasaran")
    of_plan = [plans[n % len(plans)] for n in range(count)]
    made = Activity.objects.bulk_create(
        (
            Activity(
                agency_id=plan.agency_id,
                year=plan.year,
                outcome=outcome,
                code=f"2.01.03.{n // 1000:02d}.{n % 1000:03d}",
                name=f"Pembinaan usaha {GOODS[n % len(GOODS)]} {place_name(3_000_000 + n)}",
            )
            for n, plan in enumerate(of_plan)
        ),
        batch_size=BATCH,
    )
    PlanLine.objects.bulk_create(
        (
            PlanLine(plan=plan, activity=activity, chain_link="PRODUCTION", start_month=3, amount=50_000_000)
            for plan, activity in zip(of_plan, made, strict=True)
        ),
        batch_size=BATCH,
    )
