"""WHAT was planned in the demo: the programme, activities with indicators, and plan versions with their lines."""

from datetime import date, datetime
from typing import Any

from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas import clock
from p2emas.management.demo.people import MEMBERS, Cast
from p2emas.management.demo.plan_data import (
    ACTIVE,
    ADDED_2019,
    CHANGED_2019,
    FIELDS,
    INCOME,
    OUTPUTS,
    WORKS_2017,
    WORKS_2018,
    WORKS_2019,
    Work,
)
from programs.framework.models import Activity, Indicator, IndicatorTarget, Outcome, Program
from programs.nomenclature.funds import fill_funds
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan

SAMPLE_SOURCE = "DATA CONTOH, rekaan untuk demo"
MILLION = 1_000_000
MISSION = (
    "Mengembangkan ekonomi kerakyatan berbasis pedesaan untuk meningkatkan kesejahteraan masyarakat "
    "(misi Bupati Sintang yang dijabarkan P2-EMAS, menurut pemberitaan 2017)."
)


def make_plans(cast: Cast, locations: dict[str, TargetLocation], outcome: Outcome) -> None:
    """Create the plans of 2017 to 2019 and the one change of August 2019.

    That of 2017 came after the first coordination meeting of March; it prepared, so it has no quarterly reports.
    """
    for works, drafted, agreed, effective_on in (
        (WORKS_2017, datetime(2017, 4, 3, 9), datetime(2017, 4, 10, 10), date(2017, 4, 11)),
        (WORKS_2018, datetime(2017, 12, 4, 9), datetime(2017, 12, 18, 10), date(2018, 1, 2)),
        (WORKS_2019, datetime(2018, 12, 3, 9), datetime(2018, 12, 18, 10), date(2019, 1, 2)),
    ):
        year = effective_on.year
        for code, *_rest in MEMBERS:
            own = [work for work in works if work.agency == code]
            if own:
                with clock.at(drafted):
                    plan = WorkPlan.objects.create(agency=cast.agencies[code], year=year, is_sample=True)
                    for index, work in enumerate(own, 1):
                        activity = _activity(plan, work, f"{FIELDS[code][0]}.01.15.{index:02d}", outcome)
                        _line(plan, work, activity, locations)
                documents = _documents(f"DPA {FIELDS[code][0]}/{year} (contoh)", agreed.date(), year)
                _set(plan, cast, agreed, documents, effective_on)
    _make_change(cast, outcome, locations)


def make_programme() -> Outcome:
    """Before anything else: papers and letters of the demo say its name."""
    fill_funds()
    program = Program.objects.create(name="P2-EMAS", starts=2017, ends=2021, mission=MISSION)
    return Outcome.objects.create(program=program, name="Pendapatan pelaku kompetensi inti di lokasi sasaran naik")


def _activity(plan: WorkPlan, work: Work, code: str, outcome: Outcome) -> Activity:
    activity = Activity.objects.create(
        agency=plan.agency, year=plan.year, outcome=outcome, code=code, name=work.name,
        programme_name=f"{FIELDS[plan.agency.code][1]} (contoh)", is_sample=True,
    )  # fmt: skip
    name, unit, formula, target = work.output or OUTPUTS[work.link]
    output = Indicator.objects.create(
        activity=activity, name=name, unit=unit, formula=formula, source="Laporan bidang teknis", is_sample=True
    )
    IndicatorTarget.objects.create(
        indicator=output, year=plan.year, baseline=0, baseline_year=min(2017, plan.year - 1),
        baseline_source=SAMPLE_SOURCE, target=target, is_sample=True,
    )  # fmt: skip
    if work.name in INCOME:
        village, baseline, _values = INCOME[work.name]
        income = Indicator.objects.create(
            activity=activity, name="Pendapatan anggota kelompok", unit="Rp ribu per bulan", formula="end_value",
            source="Catatan pendamping per anggota", ledger=Indicator.Ledger.WELFARE, notebook=Indicator.Notebook.INCOME,
            is_sample=True,
        )  # fmt: skip
        IndicatorTarget.objects.create(
            indicator=income, year=plan.year, village=Village.objects.get(code=village), baseline=baseline,
            baseline_year=2017, baseline_source=SAMPLE_SOURCE, target=round(baseline * 1.3), is_sample=True,
        )  # fmt: skip
    if work.name in ACTIVE:
        _members(activity, Village.objects.get(code=work.place))
    return activity


def _members(activity: Activity, village: Village) -> None:
    """How many work in the groups of the village, and how many of them are women and men."""
    women, men = ACTIVE[activity.name][0]
    parts = (("", "", women + men), (", perempuan", "FEMALE", women), (", laki-laki", "MALE", men))
    for part, of_sex, baseline in parts:
        counted = Indicator.objects.create(
            activity=activity, name=f"Anggota aktif kelompok{part}", unit="orang", formula="end_value", counts_people=True,
            of_sex=of_sex, source="Catatan pendamping", ledger=Indicator.Ledger.WELFARE, is_sample=True,
        )  # fmt: skip
        IndicatorTarget.objects.create(
            indicator=counted, year=activity.year, village=village, baseline=baseline, baseline_year=2017,
            baseline_source=SAMPLE_SOURCE, target=round(baseline * 1.2), is_sample=True,
        )  # fmt: skip


def _line(plan: WorkPlan, work: Work, activity: Activity, locations, continues: PlanLine | None = None) -> PlanLine:
    in_force = locations.get(work.place) if not work.outside else None
    village = Village.objects.get(code=work.place) if work.outside else None
    commodity = Commodity.objects.get(name=work.commodity) if work.commodity else None
    group = CommunityGroup.objects.filter(village=in_force.village, commodity=commodity).first() if in_force else None
    line = PlanLine.objects.create(
        plan=plan, activity=activity, target_location=in_force, other_village=village, group=group,
        commodity=commodity, chain_link=work.link, fund=work.fund, start_month=work.month, volume=1, unit="paket",
        amount=work.million * MILLION, exception_reason=work.outside, continues=continues,
    )  # fmt: skip
    for quarter, percent in enumerate(planned_progress(work.month), 1):
        PlanLineTarget.objects.create(
            plan_line=line, quarter=quarter, money=line.amount * percent // 100, physical=percent
        )
    return line


def planned_progress(start_month: int) -> list[int]:
    """Cumulative target in percent at the end of each quarter, from the month in which the work starts."""
    months = 13 - start_month
    return [max(0, min(100, round(100 * (3 * quarter - start_month + 1) / months))) for quarter in (1, 2, 3, 4)]


def _documents(budget_doc_no: str, day: date, year: int) -> dict[str, Any]:
    """Budget document and regulation, all invented; the plan of 2017 came before there was a regulation on it."""
    found: dict[str, Any] = {"budget_doc_no": budget_doc_no, "budget_doc_date": day}
    if year > 2017:
        found |= {"regulation_no": f"Perbup 21/{year - 1} (contoh)", "regulation_date": date(year - 1, 7, 6)}
    return found


def _set(plan: WorkPlan, cast: Cast, moment: datetime, documents: dict[str, Any], effective_on: date) -> None:
    operator = cast.operators[plan.agency.code]
    with clock.at(moment):
        now = clock.now()
        plan.take_step("submit", seen="DRAFT", actor=operator, submitted_by=operator, submitted_at=now)
        plan.take_step("review", seen="SUBMITTED", actor=cast.coordinator)
        plan.take_step(
            "set", seen="REVIEWING", actor=cast.coordinator, decided_by=cast.coordinator, decided_at=now,
            **documents, effective_on=effective_on,
        )  # fmt: skip


def _make_change(cast: Cast, outcome: Outcome, locations) -> None:
    """The PERUBAHAN of August 2019: two amounts moved, one piece of work added."""
    before = WorkPlan.objects.get(agency=cast.agencies["distanbun"], year=2019)
    with clock.at(datetime(2019, 8, 12, 9)):
        plan = WorkPlan.objects.create(
            agency=before.agency, year=2019, kind=WorkPlan.Kind.PERUBAHAN, sequence=2, supersedes=before, is_sample=True
        )
        by_name = {work.name: work for work in WORKS_2019 if work.agency == "distanbun"}
        for line in before.lines.select_related("activity").order_by("pk"):
            work = by_name[line.activity.name]
            changed = Work(**{**work.__dict__, "million": CHANGED_2019.get(work.name, work.million)})
            _line(plan, changed, line.activity, locations, continues=line)
        for index, work in enumerate(ADDED_2019, 1):
            _line(plan, work, _activity(plan, work, f"{FIELDS['distanbun'][0]}.01.16.{index:02d}", outcome), locations)
    documents = _documents(f"DPPA {FIELDS['distanbun'][0]}/2019 (contoh)", date(2019, 9, 16), 2019)
    documents |= {"regulation_no": "Perbup 30/2019 (contoh)", "regulation_date": date(2019, 8, 26)}
    _set(plan, cast, datetime(2019, 9, 16, 10), documents, date(2019, 9, 20))
