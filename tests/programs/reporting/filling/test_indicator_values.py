"""Indicator values: per village where the targets are, running sums, and what must not fall."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import IndicatorValue, ProgressReport
from programs.reporting.reading.welfare import village_results
from programs.reporting.sending.completeness import Completeness
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    OutcomeFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    VillageFactory,
)
from tests.programs.reporting.helpers import report_with_lines, text_of


def report_with_indicator(*villages, earlier=(), formula="increasing", target=4, **fields):
    """A report with one indicator; ``earlier`` are the values of the quarters before, oldest first."""
    report = report_with_lines(1, **fields)
    indicator = IndicatorFactory(activity=report.lines.get().plan_line.activity, formula=formula)
    for village in villages or [None]:
        IndicatorTargetFactory(indicator=indicator, village=village, target=target)
    for number, value in enumerate(earlier, start=1):
        before = ProgressReportFactory(
            approved=True,
            agency=report.agency,
            plan=report.plan,
            period=ReportingPeriodFactory(year=2019, number=number),
        )
        IndicatorValueFactory(
            report=before, indicator=indicator, village=villages[0] if villages else None, value=value
        )
    return report, indicator


@pytest.fixture
def operator(client_as):
    def make(report: ProgressReport):
        return client_as("agency_operator", at=report.agency), reverse("reporting:report-indicators", args=[report.pk])

    return make


def data_of(report, indicator, village=None, *, value="", reason="", source="", **extra) -> dict:
    prefix = f"i{indicator.pk}-{village.pk if village else 0}"
    version = ProgressReport.objects.get(pk=report.pk).version
    cells = {f"{prefix}-value": value, f"{prefix}-missing_reason": reason, f"{prefix}-source": source}
    return {"version": str(version), **cells, **extra}


def errors_of(response) -> list[str]:
    return [error["message"] for error in response.context["errors"]]


def test_value_is_saved_with_its_author(operator):
    report, indicator = report_with_indicator(draft=False)
    client, url = operator(report)

    response = client.post(url, data_of(report, indicator, value="1,5", source="Daftar hadir", lanjut="1"))

    assert response.url == reverse("reporting:report-obstacles", args=[report.pk])
    value = IndicatorValue.objects.get()
    assert (value.value, value.source, value.entered_by) == (Decimal("1.5"), "Daftar hadir", client.user)
    report.refresh_from_db()
    assert (report.status, report.version) == (ProgressReport.Status.DRAFT, 2)
    assert client.post(url, data_of(report, indicator, value="1,5", source="Daftar hadir")).url == url
    report.refresh_from_db()
    assert report.version == 2


def test_targets_per_village_ask_for_a_value_per_village(operator):
    here, there = VillageFactory(name="Ensaid Panjang"), VillageFactory(name="Mentajoi")
    report, indicator = report_with_indicator(here, there)
    client, url = operator(report)

    page = text_of(client.get(url))
    assert "Ensaid Panjang" in page and "Mentajoi" in page
    client.post(url, data_of(report, indicator, here, value="2") | data_of(report, indicator, there, value="0"))

    assert {(v.village, v.value) for v in IndicatorValue.objects.all()} == {(here, 2), (there, 0)}


def test_indicator_without_target_asks_for_one_value(operator):
    report = report_with_lines(1)
    indicator = IndicatorFactory(activity=report.lines.get().plan_line.activity)
    client, url = operator(report)

    assert "belum ada data" in text_of(client.get(url))
    assert client.post(url, data_of(report, indicator, value="3")).status_code == 302


def test_indicators_of_other_activities_are_left_out(operator):
    report, indicator = report_with_indicator()
    other = IndicatorFactory(activity__agency=report.agency, name="Indikator kegiatan lain")
    client, url = operator(report)

    client.post(url, data_of(report, other, value="3") | data_of(report, indicator, value="1"))

    assert other.name not in text_of(client.get(url))
    assert [value.indicator for value in IndicatorValue.objects.all()] == [indicator]


def outcome_indicator(report, *villages, ledger="WELFARE", outcome=None, **target):
    """An indicator of the outcome that the report's first line serves, with a target in each of ``villages``."""
    outcome = outcome or report.lines.order_by("pk").first().plan_line.activity.outcome
    indicator = IndicatorFactory(
        activity=None, outcome=outcome, name="Pendapatan keluarga", unit="Rp ribu", formula="end_value", ledger=ledger
    )
    for village in villages:
        IndicatorTargetFactory(**{"indicator": indicator, "village": village, "target": 900, "baseline": 700} | target)
    return indicator


def village_of(report):
    return report.lines.order_by("pk").first().plan_line.village


@pytest.mark.parametrize("ledger", ["WELFARE", "PROGRESS"])
def test_outcome_is_told_for_the_villages_where_the_agency_works(operator, ledger):
    report = report_with_lines(1)
    indicator = outcome_indicator(report, village_of(report), VillageFactory(name="Desa lain"), ledger=ledger)
    client, url = operator(report)

    page = text_of(client.get(url))
    assert f"Pendapatan keluarga {indicator.outcome} · {village_of(report).name}" in page and "Desa lain" not in page
    client.post(url, data_of(report, indicator, village_of(report), value="850"))

    value = IndicatorValue.objects.get()
    assert (value.indicator, value.village, value.value) == (indicator, village_of(report), 850)


def test_approved_outcome_is_what_the_dashboard_reads(operator):
    report = report_with_lines(1)
    indicator = outcome_indicator(report, village_of(report))
    client, url = operator(report)
    client.post(url, data_of(report, indicator, village_of(report), value="850"))

    assert [result.value for result in village_results(2019, 3)] == [None]
    found = village_results(2019, 3, approved_only=False)
    assert [(result.village, result.value, result.improved) for result in found] == [(village_of(report), 850, True)]


def test_outcome_of_a_village_keeps_the_report_back_until_it_is_told(operator):
    report = report_with_lines(1, filled=True)
    indicator = outcome_indicator(report, village_of(report))
    client, url = operator(report)

    assert [gap.short for gap in Completeness(report).gaps] == [f"1. {indicator.name}, {village_of(report).name}"]
    client.post(url, data_of(report, indicator, village_of(report), reason="Survei baru Desember"))
    assert Completeness(report).gaps == []


def test_outcome_is_not_asked_without_target_work_or_year(operator):
    report = report_with_lines(2)
    first, second = (line.plan_line for line in report.lines.order_by("pk"))
    outcome_indicator(report)  # no target at all
    outcome_indicator(report, None)  # a target of the whole regency
    outcome_indicator(report, first.village, year=2018)
    second.activity.outcome = OutcomeFactory(name="Sasaran lain")
    second.activity.save()
    outcome_indicator(report, second.village)  # the work there serves another outcome
    client, url = operator(report)

    assert "Pendapatan keluarga" not in text_of(client.get(url))


def test_increasing_shows_the_running_sum(operator):
    report, indicator = report_with_indicator(earlier=[1, None])
    client, url = operator(report)
    client.post(url, data_of(report, indicator, value="2"))

    (row,) = client.get(url).context["indicators"].table.rows

    assert (row.before, row.to_date, row.achievement) == (1, 3, 75)


@pytest.mark.parametrize(("value", "expected"), [(None, (55, 55)), ("60", (55, 60))])
def test_percentage_shows_the_last_value(operator, value, expected):
    report, indicator = report_with_indicator(earlier=[50, 55], formula="percentage", target=80)
    client, url = operator(report)
    if value:
        client.post(url, data_of(report, indicator, value=value))

    (row,) = client.get(url).context["indicators"].table.rows

    assert (row.before, row.to_date) == expected


def test_negative_target_from_elsewhere_leaves_the_pages_standing(operator, client_as):
    """The administration writes targets too, and the method has no meaning below 0."""
    report, indicator = report_with_indicator(target=-5)
    IndicatorValueFactory(report=report, indicator=indicator, village=None, value=3)

    client, _url = operator(report)
    page = client.get(reverse("reporting:report-check", args=[report.pk]))

    assert page.status_code == 200 and "belum ada data" in text_of(page)


def test_nothing_known_is_no_zero(operator):
    report, _indicator = report_with_indicator()
    client, url = operator(report)

    (row,) = client.get(url).context["indicators"].table.rows

    assert (row.before, row.to_date, row.achievement, row.last) == (None, None, None, None)


@pytest.mark.parametrize(
    ("formula", "value", "sentence"),
    [
        ("percentage", "54,9", "Persentase baris 1 tidak boleh turun dari 55%. Isi 55 atau lebih"),
        ("percentage", "100,1", "Persentase baris 1 paling besar 100"),
        ("increasing", "-1", "Baris 1, nilai: Isi 0 atau lebih"),
        ("increasing", "1.5", "Baris 1, nilai: "),
        ("increasing", "9" * 20, "Baris 1, nilai: "),
    ],
)
def test_wrong_value_comes_back_with_its_sentence(operator, formula, value, sentence):
    report, indicator = report_with_indicator(earlier=[55], formula=formula)
    client, url = operator(report)

    response = client.post(url, data_of(report, indicator, value=value, source="Survei"))

    assert response.status_code == 200
    assert [error for error in errors_of(response) if error.startswith(sentence)]
    assert f'value="{value}"' in response.content.decode()
    saved = IndicatorValue.objects.get(report=report)
    assert (saved.value, saved.source) == (None, "Survei")


@pytest.mark.parametrize("formula", ["end_value", "decreasing"])
def test_other_formulas_may_fall(operator, formula):
    report, indicator = report_with_indicator(earlier=[55], formula=formula)
    client, url = operator(report)

    assert client.post(url, data_of(report, indicator, value="10")).status_code == 302


def test_missing_value_needs_a_reason_when_continuing(operator):
    report, indicator = report_with_indicator()
    client, url = operator(report)

    assert client.post(url, data_of(report, indicator)).status_code == 302
    response = client.post(url, data_of(report, indicator, lanjut="1"))
    assert errors_of(response) == ["Isi nilai baris 1, atau tulis mengapa belum ada data"]
    assert client.post(url, data_of(report, indicator, reason="Survei mundur", lanjut="1")).status_code == 302
    assert IndicatorValue.objects.get().missing_reason == "Survei mundur"


def test_value_and_reason_exclude_each_other(operator):
    report, indicator = report_with_indicator()
    client, url = operator(report)

    response = client.post(url, data_of(report, indicator, value="2", reason="Survei mundur"))

    assert "sudah bernilai" in errors_of(response)[0]
    assert (IndicatorValue.objects.get().value, IndicatorValue.objects.get().missing_reason) == (2, "")


def test_page_without_a_version_saves_nothing(operator):
    report, indicator = report_with_indicator()
    client, url = operator(report)
    data = data_of(report, indicator, value="1,5")
    version = int(data.pop("version"))

    assert client.post(url, data).status_code == 409
    assert client.post(url, {}).url == url  # nothing was typed, so that nothing could be overwritten
    report.refresh_from_db()
    assert (IndicatorValue.objects.exclude(value=None).exists(), report.version) == (False, version)


def test_second_saver_sees_both_versions(operator):
    report, indicator = report_with_indicator()
    client, url = operator(report)
    stale = data_of(report, indicator, value="2")
    client.post(url, data_of(report, indicator, value="3"))

    response = client.post(url, stale)

    assert response.status_code == 409
    assert "Baris 1, nilai 3 2" in text_of(response)
    assert IndicatorValue.objects.get().value == 3


def test_rows_that_the_page_did_not_hold_stay(operator):
    report, indicator = report_with_indicator()
    IndicatorValueFactory(report=report, indicator=indicator, value=2)
    client, url = operator(report)

    client.post(url, {"version": "1"})

    assert IndicatorValue.objects.get().value == 2


def test_queries_do_not_grow_with_indicators(operator):
    counts = []
    for more in (0, 2):
        report, _indicator = report_with_indicator(VillageFactory(), VillageFactory(), earlier=[])
        for _each in range(more):
            line = ReportLineFactory(report=report, plan_line=PlanLineFactory(plan=report.plan))
            IndicatorTargetFactory(
                indicator=IndicatorFactory(activity=line.plan_line.activity), village=VillageFactory()
            )
        client, url = operator(report)
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def posted(client, url, data) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url, data).status_code == 302
    return len(asked)


def test_saving_many_values_asks_no_more_than_saving_one(operator, user_as):
    villages = [VillageFactory() for _ in range(4)]
    report, indicator = report_with_indicator(*villages, draft=True)
    author = user_as("agency_operator", at=report.agency)
    for village in villages:
        IndicatorValueFactory(report=report, indicator=indicator, village=village, value=1, entered_by=author)
    client, url = operator(report)
    client.get(url)

    one = posted(client, url, data_of(report, indicator, villages[0], value="2"))
    several = {}
    for number, village in enumerate(villages[1:], start=3):
        several |= data_of(report, indicator, village, value=str(number), source=f"Daftar {number}")
    three = posted(client, url, several)

    assert three == one
    stored = IndicatorValue.objects.order_by("village_id").values_list("value", "source", "entered_by")
    saved_by = client.user.pk
    assert list(stored) == [
        (2, "", saved_by),
        (3, "Daftar 3", saved_by),
        (4, "Daftar 4", saved_by),
        (5, "Daftar 5", saved_by),
    ]
    newest = IndicatorValue.history.filter(village=villages[3]).order_by("-pk").first()
    assert (newest.value, newest.history_type, newest.history_user, newest.entered_by_id) == (
        5,
        "~",
        client.user,
        saved_by,
    )
