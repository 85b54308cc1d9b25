"""Every number of /ringkasan/ is found again on the page behind its link; all counts of the world differ."""

import csv
import html
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from programs.reporting.reports.models import ProgressReport
from tests.facilitator_factories import RecruitmentRoundFactory
from tests.factories import (
    AgencyFactory,
    AgendaLineFactory,
    CommodityFactory,
    CompetencyDeterminationFactory,
    EvaluationFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    MeetingFactory,
    ObstacleFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.markup import words
from tests.programs.dashboards.test_dashboards import answer, reported, reported_before
from tests.programs.evaluation.test_readiness import given

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
FINDING = re.compile(r'<div class="finding">(.*?)</p>\s*</div>', re.DOTALL)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def at(month: int, day: int) -> datetime:
    return datetime(2019, month, day, 3, tzinfo=UTC)


def _decisions():
    """Two determinations that a head has to decide, one that waits for its decree, one round; and a draft."""
    for day in range(1, 4):
        made = CompetencyDeterminationFactory(status="SUBMITTED", submitted_by=UserFactory(), submitted_at=at(8, day))
    CompetencyDetermination.objects.filter(pk=made.pk).update(
        status="DECIDED", decided_by=UserFactory(), decided_at=at(9, 3)
    )
    RecruitmentRoundFactory(status="SUBMITTED", judged=True, submitted_at=at(7, 1))
    CompetencyDeterminationFactory(status="DRAFT")


@pytest.fixture
def world(user_as):
    """In TW III: 2 of 9 locations complete, 3 of 12 reports in time, 5 of 8 obstacles stuck, 4 of 7 measures better, 2 ready."""
    period = ReportingPeriodFactory()
    places = [TargetLocationFactory() for _each in range(9)]
    lines = [reported(place, amount=(n + 2) * 10_000_000, physical=31 + n * 7, spent=(n + 1) * 3_000_000)
             for n, place in enumerate(places[:2])]  # fmt: skip
    PlanLineFactory(
        plan=lines[0].plan_line.plan, target_location=places[0], commodity=CommodityFactory(), amount=17_000_000
    )
    reported_before(lines[0], spent_to_date=1_000_000, physical_to_date=11)
    for place in places[2:5]:
        reported(place, plan=lines[1].plan_line.plan, spent=0, physical=0, amount=13_000_000)
    agencies = [AgencyFactory() for _each in range(10)]
    for agency in agencies[:4]:
        ProgressReportFactory(agency=agency, sent=True)
    for agency in agencies[4:]:
        ProgressReportFactory(agency=agency)
    late = [report.pk for report in ProgressReport.objects.filter(agency__in=agencies[:3], period=period)]
    ProgressReport.objects.among(late).update(due_on=date(2019, 10, 1))
    _measures(lines[0], places[:7])
    _evaluations(places[:3])
    _obstacles()
    _decisions()
    places[8].take_step("postpone", seen=places[8].status, actor=user_as("coordinator"), note="Kontrak batal")
    return places


def _measures(line, places):
    indicator = IndicatorFactory(
        activity=line.plan_line.activity, ledger="WELFARE", formula="end_value", unit="Rp ribu"
    )
    for place, value in zip(places, (900, 910, 920, 930, 800, 700, None), strict=True):
        IndicatorTargetFactory(indicator=indicator, village=place.village, baseline=800)
        if value is not None:
            IndicatorValueFactory(report=line.report, indicator=indicator, village=place.village, value=value)


def _evaluations(places):
    """Six criteria met, five, and five without the visits, which no village is ready without."""
    for place, parts in zip(places, ({}, {"members": []}, {"visits": [7, 9]}), strict=True):
        EvaluationFactory(submitted=True, target_location=place, inputs=given(**parts))


def _obstacles():
    meeting = MeetingFactory(held=True, held_on=date(2019, 9, 27))
    missed = [ObstacleFactory(routed=True, due_on=date(2019, 9, 20), created_at=at(5 + n, 7 + n)) for n in range(2)]
    AgendaLineFactory(meeting=meeting).obstacles.set(missed)
    for n in range(3):
        ObstacleFactory(created_at=at(8, 3 + n))
    for n in range(3):
        ObstacleFactory(created_at=at(9, 20 + n))


def numbers(text: str) -> list[str]:
    return NUMBER.findall(text)


def table_of(page: str) -> list[list[str]]:
    body = re.search(r'id="tabel".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def test_every_number_of_a_sentence_is_on_its_evidence_page(client_as, world):
    client = client_as("leader")

    findings = FINDING.findall(client.get("/ringkasan/").text)

    assert len(findings) == 7
    for found in findings:
        [(link, _words)] = LINK.findall(found)
        evidence = words(client.get(html.unescape(link)).text)
        said = numbers(words(found))
        assert said
        assert [each for each in said if each not in numbers(evidence)] == []


COUNTED = {
    "serempak": lambda rows: (sum(row[2] == row[3] != "0" for row in rows), len(rows)),
    "tepat-waktu": lambda rows: (sum(row[-1] == "Tepat" for row in rows), sum("ikut" not in row[-1] for row in rows)),
    "tersendat": lambda rows: (sum(int(row[6]) > 30 for row in rows), len(rows)),
    "hasil": lambda rows: (sum(row[7][0].isdigit() and row[7] != "0" for row in rows), len(rows)),
    "kesiapan": lambda rows: (sum("ya" in row for row in rows), len(rows)),
}


@pytest.mark.parametrize(("key", "counts"), [
    ("serempak", (2, 9)), ("tepat-waktu", (3, 12)), ("tersendat", (5, 8)), ("hasil", (4, 7)), ("kesiapan", (2, 9)),
])  # fmt: skip
def test_count_is_that_of_the_rows_of_its_evidence(client_as, world, key, counts):
    rows = table_of(client_as("leader").get(f"/dasbor/{key}/?periode=2019-T3").text)

    assert COUNTED[key](rows) == counts
    assert answer(key).value == f"{counts[0]} dari {counts[1]}"


def test_shares_are_those_of_the_sums_of_their_evidence(client_as, world):
    client = client_as("leader")

    focus = table_of(client.get("/dasbor/fokus/?periode=2019-T3").text)[-1]
    progress = table_of(client.get("/dasbor/realisasi/?periode=2019-T3").text)

    rupiah = [int(cell.replace(".", "")) for cell in focus[1:5]]
    assert rupiah[0] > rupiah[3] and answer("fokus").value == f"{round(rupiah[3] * 100 / rupiah[0])}%" == f"{focus[5]}%"
    known = [
        [float(cell.replace(".", "").replace(",", ".")) for cell in row[1:4]] for row in progress if row[1][0].isdigit()
    ]
    assert len(known) == 2
    weighted = sum(amount * physical for amount, _spent, physical in known) / sum(row[0] for row in known)
    assert answer("realisasi").value == f"{weighted:.1f}%".replace(".", ",")


def test_obstacles_that_a_meeting_left_unanswered_are_marked_in_the_evidence(client_as, world):
    rows = table_of(client_as("leader").get("/dasbor/tersendat/?periode=2019-T3").text)

    assert sum(row[8] == "ya" for row in rows) == 2
    assert answer("tersendat").finding.endswith("; 2 belum dijawab sesudah rapat")


def test_three_counts_of_reports_lead_to_lists_of_as_many(client_as, world):
    client = client_as("leader")
    found = {words(text): html.unescape(link) for link, text in LINK.findall(client.get("/ringkasan/").text)}

    counted = {}
    for text, link in found.items():
        if link.startswith(f"{reverse('reporting:report-list')}?"):
            counted[text] = len(re.findall(r'<th scope="row"', client.get(link).text))

    assert counted == {"2 laporan terverifikasi": 2, "4 belum diverifikasi": 4, "6 belum masuk": 6}


def test_villages_that_do_not_move_are_all_on_the_page_behind_their_number(client_as, world):
    client = client_as("leader")
    found = {words(text): html.unescape(link) for link, text in LINK.findall(client.get("/ringkasan/").text)}

    text = next(text for text in found if text.endswith("desa tidak bergerak"))
    page = client.get(found[text]).text

    assert int(numbers(text)[0]) == len(re.findall(r'<th scope="row"', page)) > 5
    assert f"<h1>{text}</h1>" in page and "Kontrak batal" in page
    assert found[f"dan {int(numbers(text)[0]) - 5} desa lainnya"] == found[text]


def test_decisions_that_are_not_named_are_on_the_page_behind_their_number(client_as, world):
    client = client_as("leader")
    found = {words(text): html.unescape(link) for link, text in LINK.findall(client.get("/ringkasan/").text)}

    page = client.get(found["dan 1 keputusan lainnya"]).text

    rows = re.findall(r'<th scope="row">\s*<a href="([^"]+)"', page)
    assert len(rows) == len(set(rows)) == 4 and "<h1>4 keputusan yang ditunggu</h1>" in page
    assert all(client.get(link).status_code == 200 for link in rows)


@pytest.mark.parametrize("part", ["desa", "keputusan"])
def test_files_hold_the_rows_of_the_page(client_as, world, part):
    client = client_as("leader")
    page = client.get(f"/ringkasan/{part}/").text

    text = client.get(f"/ringkasan/{part}/", {"format": "csv"}).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    names = [words(name) for name in re.findall(r'<th scope="row">\s*<a[^>]*>(.*?)</a>', page, re.DOTALL)]
    assert [row["Desa" if part == "desa" else "Keputusan"] for row in rows] == names and len(names) > 3
    cells = [words(cell) for cell in re.findall(r"<td data-label[^>]*>(.*?)</td>", page, re.DOTALL)]
    kept = {"desa": ("Kecamatan", "Alasan atau keadaan"), "keputusan": ("Di tangan", "Sejak")}[part]
    told = [row[name].partition(" ")[0] if name == "Sejak" else row[name] for row in rows for name in kept]
    assert [cell.casefold() for cell in told] == [cell.casefold() for cell in cells]


def test_evidence_of_an_earlier_quarter_says_that_it_is_read_today(client_as, world):
    client = client_as("leader")

    shown = [client.get(f"/ringkasan/{part}/?periode=2019-T2").text for part in ("desa", "keputusan")]

    assert all(re.search(r"<h1>[^<]* per 8 Oktober 2019</h1>", page) for page in shown)


@pytest.mark.parametrize("part", ["desa", "keputusan"])
def test_evidence_without_rows_says_so_and_without_a_quarter_is_missing(client_as, part):
    client = client_as("leader")
    assert client.get(f"/ringkasan/{part}/").status_code == 404
    ReportingPeriodFactory()

    page = words(client.get(f"/ringkasan/{part}/").text)

    assert ("Semua lokasi sasaran berjalan." if part == "desa" else "Tidak ada keputusan yang ditunggu.") in page
