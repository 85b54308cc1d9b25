"""The lists of reports and quarters: filters in the URL, sorting, paging, CSV, and what they cost."""

import gzip
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas import clock
from programs.models import ProgressReport, ReportingPeriod
from programs.reporting.compliance.measures import reporting_rates
from tests.factories import AgencyFactory, ProgressReportFactory, ReportingPeriodFactory
from tests.programs.reporting.helpers import report_with_lines, text_of

LIST = reverse("reporting:report-list")
PERIODS = reverse("reporting:period-list")


@pytest.fixture
def three(db) -> dict[str, ProgressReport]:
    """A late draft, one that waits, and an approved one of the quarter before."""
    first, second = (
        AgencyFactory(code="distanbun", short_name="Pertanian"),
        AgencyFactory(code="dkpp", short_name="Pangan"),
    )
    return {
        "draft": ProgressReportFactory(draft=True, agency=first, due_on=date(2019, 10, 7)),
        "waiting": ProgressReportFactory(sent=True, agency=second),
        "old": ProgressReportFactory(
            approved=True,
            agency=first,
            plan__sequence=2,
            period=ReportingPeriodFactory(number=2),
            first_submitted_at=datetime(2019, 7, 5, tzinfo=UTC),
        ),
    }


def shown(response) -> list[int]:
    return [row["pk"] for row in response.context["rows"]]


@pytest.mark.parametrize(("who", "named"), [("coordinator", True), ("agency_operator", False)])
def test_column_of_agencies_is_shown_where_there_are_several(client_as, three, who, named):
    at = three["draft"].agency if who == "agency_operator" else None

    assert ("urut=skpd" in client_as(who, at=at).get(LIST).content.decode()) is named


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"draft", "waiting", "old"}),
        ({"periode": "2019-T2"}, {"old"}),
        ({"skpd": "dkpp"}, {"waiting"}),
        ({"status": "draf"}, {"draft"}),
        ({"terlambat": "on"}, {"draft"}),
        ({"periode": "2019-T3", "skpd": "distanbun", "status": "menunggu"}, set()),
        ({"periode": "2031-T9"}, {"draft", "waiting", "old"}),
        ({"status": "entah", "skpd": "tidak-ada"}, {"draft", "waiting", "old"}),
    ],
)
def test_filters_are_in_the_url(client_as, three, query, names):
    response = client_as("coordinator").get(LIST, query)

    assert set(shown(response)) == {three[name].pk for name in names}


@pytest.mark.parametrize("written", ["{number}", "{number_lower}", "{pk}", "0{pk}", " {number} "])
def test_report_is_found_by_its_number(client_as, three, written):
    report = three["waiting"]
    text = written.format(number=report.number, number_lower=report.number.lower(), pk=report.pk)

    assert shown(client_as("auditor").get(LIST, {"nomor": text})) == [report.pk]


@pytest.mark.parametrize("text", ["LAP-2018-T3-{pk}", "LAP-2019-T2-{pk}", "999999"])
def test_number_of_another_quarter_finds_nothing(client_as, three, text):
    response = client_as("auditor").get(LIST, {"nomor": text.format(pk=three["waiting"].pk)})

    assert shown(response) == []
    assert "Tidak ada laporan yang cocok" in text_of(response)


def test_unreadable_number_says_how_to_write_it(client_as, three):
    response = client_as("auditor").get(LIST, {"nomor": "lap 3"})

    page = response.content.decode()
    assert response.status_code == 200 and "<title>Galat:" in page and 'value="lap 3"' in page
    assert "Tulis nomor seperti LAP-2019-T3-0042" in text_of(response)


@pytest.mark.parametrize("sort", ["periode", "skpd", "status", "jatuh-tempo", "dikirim"])
def test_sorting_turns_round(client_as, three, sort):
    client = client_as("coordinator")

    up, down = (shown(client.get(LIST, {"urut": way})) for way in (sort, f"-{sort}"))

    assert set(up) == set(down) == {report.pk for report in three.values()}
    assert up != down


def test_late_flag_is_beside_the_state(client_as, three):
    rows = {row["pk"]: row["late"] for row in client_as("coordinator").get(LIST).context["rows"]}

    assert rows == {three["draft"].pk: True, three["waiting"].pk: False, three["old"].pk: False}


def test_row_says_what_the_report_says(client_as, three):
    for row in client_as("coordinator").get(LIST).context["rows"]:
        report = ProgressReport.objects.get(pk=row["pk"])
        assert row == {
            "pk": report.pk,
            "number": report.number,
            "status": report.status,
            "agency": report.agency.short_name,
            "period": report.period.short,
            "due_on": report.due_on,
            "sent_at": report.first_submitted_at,
            "late": report.is_late(clock.today()),
        }


def test_csv_holds_what_the_screen_shows(client_as, three):
    response = client_as("coordinator").get(LIST, {"format": "csv", "skpd": "dkpp"})

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert lines[0] == "Nomor;Kode SKPD;SKPD;Periode;Status;Jatuh tempo;Dikirim;Terlambat;Data contoh"
    assert lines[1:] == [
        f"{three['waiting'].number};dkpp;Pangan;2019-T3;Menunggu verifikasi;07-10-2019;04-10-2019 10.22;tidak;tidak"
    ]


def test_own_agency_is_not_offered_as_a_filter(client_as, three):
    client = client_as("agency_operator", at=three["draft"].agency)

    assert "skpd" not in client.get(LIST).context["filters"].form.fields


def test_empty_list_says_so(client_as):
    assert "Belum ada laporan" in text_of(client_as("coordinator").get(LIST))


def many_reports(count: int) -> None:
    period = ReportingPeriodFactory()
    for number in range(count):
        ProgressReportFactory(period=period, sent=number % 2 == 0, draft=number % 2 == 1)


@pytest.mark.parametrize("name", ["report-list", "period-list", "period-detail"])
def test_queries_do_not_grow_with_rows(client_as, name):
    client, counts = client_as("coordinator"), []
    for more in (1, 2):
        many_reports(more)
        if name == "period-list" and more == 2:
            ReportingPeriodFactory(number=1)
        url = reverse(f"reporting:{name}", args=[ReportingPeriod.objects.last().pk] if name == "period-detail" else [])
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_hundred_rows_are_light(client_as):
    many_reports(100)
    client = client_as("coordinator")

    response = client.get(LIST, {"baris": "100"})

    assert len(shown(response)) == 100
    assert len(gzip.compress(response.content)) <= 25_000


def test_quarters_say_how_many_reports_came(client_as, three):
    page = text_of(client_as("coordinator").get(PERIODS))
    assert "Triwulan III 2019" in page and "1 dari 2" in page and "Buka triwulan" in page

    own = text_of(client_as("agency_operator", at=three["draft"].agency).get(PERIODS))
    assert "0 dari 1" in own and "Buka triwulan" not in own


def test_withdrawn_report_does_not_count_as_come(client_as, three):
    withdrawn = three["waiting"]
    ProgressReport.objects.filter(pk=withdrawn.pk).update(status=ProgressReport.Status.DRAFT)

    newest = next(iter(client_as("coordinator").get(PERIODS).context["page"]))

    assert (newest, newest.received or 0, newest.expected) == (withdrawn.period, 0, 2)
    assert reporting_rates(withdrawn.period).received == 0


def test_no_quarter_yet_says_so(client_as):
    assert "Belum ada triwulan yang dibuka." in text_of(client_as("auditor").get(PERIODS))


def test_quarter_counts_its_states(client_as, three):
    response = client_as("coordinator").get(three["draft"].period.get_absolute_url())

    counts = {code: number for code, _word, number in response.context["counts"]}
    assert counts == {"DRAFT": 1, "WAITING": 1}
    assert (response.context["late"], response.context["without_plan"]) == (1, 0)


def test_reader_sees_the_content_and_no_way_to_fill(client_as):
    report = report_with_lines(2, filled=True, is_sample=True)

    page = client_as("auditor").get(report.get_absolute_url())

    assert "60.000.000" in text_of(page) and "Masih di tangan SKPD" in text_of(page) and "DATA CONTOH" in text_of(page)
    assert f"{report.get_absolute_url()}realisasi/" not in page.content.decode()


def test_reader_of_a_locked_period_is_told(client_as):
    report = report_with_lines(1)
    ReportingPeriod.objects.filter(pk=report.period_id).update(status=ReportingPeriod.Status.LOCKED)

    page = text_of(client_as("agency_operator", at=report.agency).get(report.get_absolute_url()))

    assert "Periode ini sudah dikunci." in page


def test_history_of_a_report_tells_steps_and_edits(client_as):
    report = report_with_lines(1)
    client = client_as("agency_operator", at=report.agency)
    line = report.lines.get()
    client.post(
        reverse("reporting:report-figures", args=[report.pk]),
        {"version": "1", f"b{line.pk}-spent_to_date": "5.000.000", f"b{line.pk}-physical_to_date": "5"},
    )

    page = text_of(client.get(reverse("reporting:report-history", args=[report.pk])))

    assert "Rp 5.000.000" in page and client.user.name in page


def test_short_history_counts_the_cells_of_a_long_save(client_as):
    report = report_with_lines(3)
    client = client_as("agency_operator", at=report.agency)
    data = {"version": "1"}
    for line in report.lines.all():
        data |= {f"b{line.pk}-spent_to_date": "5.000.000", f"b{line.pk}-physical_to_date": "5"}
    client.post(reverse("reporting:report-figures", args=[report.pk]), data)

    assert "6 isian baris laporan berubah" in text_of(client.get(report.get_absolute_url()))
