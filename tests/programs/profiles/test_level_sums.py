"""Sums by level equal those of the lines, with amounts that are all different."""

from datetime import date

import pytest

from programs.nomenclature.levels import Level
from programs.nomenclature.versions import fill_versions
from programs.planning.models import PlanLine
from programs.profiles.levels.sums import LevelScope, level_sums
from tests.factories import (
    ActivityFactory,
    AgencyFactory,
    NomenclatureEntryFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2019, 10, 8)
# code, ceiling, spent: no two sums of some of them are equal
OURS = (
    ("2.01.03.15.02", 1, 1000),
    ("2.01.03.15.07", 2, 2000),
    ("2.01.15.09", 4, None),
    ("2.05.03.16.01", 8, 8000),
    ("1.06.01.15.01", 16, 16_000),
    ("rapat", 32, 32_000),
)
THEIRS = (("2.01.04.15.02", 64, 64_000), ("2.01.04.15.02.", 128, None))
VILLAGE = ("2.01.03.15.03", 256, 256_000)


@pytest.fixture
def agencies():
    found = []
    for code, rows in (("satu", OURS), ("dua", THEIRS)):
        plan = WorkPlanFactory(agency=AgencyFactory(code=code), agreed=True)
        period = ReportingPeriodFactory(number=3)
        report = ProgressReportFactory(agency=plan.agency, plan=plan, period=period, approved=True)
        for number, (text, amount, spent) in enumerate([*rows, VILLAGE]):
            activity = ActivityFactory(
                agency=plan.agency, year=2019, code=text, name=f"Kegiatan {text}", programme_name=f"Program {code}"
            )
            fund = "DD" if (text, amount, spent) == VILLAGE else "DAU"
            line = PlanLineFactory(plan=plan, activity=activity, amount=amount, fund=fund)
            ReportLineFactory(report=report, plan_line=line, spent_to_date=spent, physical_to_date=number)
        found.append(plan.agency)
    return found


def table(level, **chosen):
    return {row.code: (row.planned, row.spent) for row in level_sums(2019, DAY, level, LevelScope(**chosen)).rows}


def test_every_level_adds_up_to_the_lines(agencies):
    planned = sum(line.amount for line in PlanLine.objects.in_program_budget())

    for level in Level:
        sums = level_sums(2019, DAY, level)
        assert (sums.planned, sums.spent) == (planned, 123_000) == (255, 123_000), level


def test_levels_take_their_code_from_that_of_the_activity(agencies):
    assert table(Level.URUSAN) == {"1": (16, 16_000), "2": (79, 75_000), "": (160, 32_000)}
    assert table(Level.BIDANG) == {
        "1.06": (16, 16_000), "2.01": (71, 67_000), "2.05": (8, 8000), "": (160, 32_000),
    }  # fmt: skip
    assert table(Level.PROGRAM)["2.01.XX.15"] == (71, 67_000)  # of both agencies, with and without their number
    assert table(Level.KEGIATAN)["2.01.15.09"] == (4, None)  # no figure is not zero


def test_rows_below_a_code_add_up_to_its_row(agencies):
    for level, under in ((Level.BIDANG, "2"), (Level.PROGRAM, "2.01"), (Level.KEGIATAN, "2.01.XX.15")):
        above = level_sums(2019, DAY, list(Level)[list(Level).index(level) - 1])
        row = next(row for row in above.rows if row.code == under)

        below = level_sums(2019, DAY, level, LevelScope(under=under))

        assert row.below == level
        assert (below.planned, below.spent) == (row.planned, row.spent)
        assert all(each.planned != row.planned or len(below.rows) == 1 for each in below.rows)


def test_one_agency_alone(agencies):
    assert table(Level.BIDANG, agency="dua") == {"2.01": (64, 64_000), "": (128, None)}


def test_names_come_from_the_list_and_else_from_the_plan(agencies):
    fill_versions()
    NomenclatureEntryFactory(version__code="13/2006", level="BIDANG", code="2.01", name="Pertanian", parent_code="2")
    NomenclatureEntryFactory(
        version__code="13/2006", level="KEGIATAN", code="2.01.XX.15.02", name="Penyuluhan", parent_code="2.01.XX.15"
    )

    bidang = {row.code: row.name for row in level_sums(2019, DAY, Level.BIDANG).rows}
    leaf = {row.code: row.name for row in level_sums(2019, DAY, Level.KEGIATAN).rows}

    assert (bidang["2.01"], bidang["2.05"]) == ("Pertanian", "Nama belum ada di daftar")
    assert (leaf["2.01.03.15.02"], leaf["2.01.03.15.07"]) == ("Penyuluhan", "Kegiatan 2.01.03.15.07")


def test_codes_since_2021_have_five_levels():
    plan = WorkPlanFactory(agreed=True, year=2022)
    for code, amount in (("1.06.02.2.01.0001", 1), ("1.06.02.2.01.02", 2), ("1.06.02.2.02.0001", 4)):
        activity = ActivityFactory(
            agency=plan.agency, year=2022, code=code, nomenclature="050-5889", level="SUB_KEGIATAN"
        )
        PlanLineFactory(plan=plan, activity=activity, amount=amount)

    found = {level: {r.code: r.planned for r in level_sums(2022, date(2022, 6, 1), level).rows} for level in Level}

    assert found == {
        "URUSAN": {"1": 7},
        "BIDANG": {"1.06": 7},
        "PROGRAM": {"1.06.02": 7},
        "KEGIATAN": {"1.06.02.2.01": 3, "1.06.02.2.02": 4},
        "SUB_KEGIATAN": {"1.06.02.2.01.0001": 1, "1.06.02.2.01.02": 2, "1.06.02.2.02.0001": 4},
    }


def test_page_drills_down_and_downloads_what_it_shows(client_as, agencies):
    client = client_as("coordinator")

    page = client.get("/nomenklatur/jumlah/?tahun=2019&tingkat=BIDANG&di=2").content.decode()
    file = client.get("/nomenklatur/jumlah/?tahun=2019&tingkat=BIDANG&di=2&format=csv").content.decode()

    assert 'tingkat=PROGRAM&amp;di=2.01"' in page and "67.000" in page and "di=1" not in page
    assert ";2.01;" in file and ";71;67000;" in file and ";1.06;" not in file


def test_number_of_queries_does_not_grow(agencies, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        level_sums(2019, DAY, Level.KEGIATAN)
