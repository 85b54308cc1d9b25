"""The table of figures: what is saved, what comes back, what the quarter before says."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import PlanLine, ProgressReport, ReportingPeriod, ReportLine
from tests.factories import IndicatorFactory, PlanLineFactory, PlanLineTargetFactory, ReportLineFactory, WorkPlanFactory
from tests.programs.reporting.helpers import figures_data, lines_of, report_before, report_with_lines, text_of


@pytest.fixture
def operator(client_as):
    """``operator(report)``: the client of its agency, and the address of the figures page."""

    def make(report: ProgressReport):
        return client_as("agency_operator", at=report.agency), reverse("reporting:report-figures", args=[report.pk])

    return make


def saved(report: ProgressReport) -> list[tuple]:
    return [(line.spent_to_date, line.physical_to_date, line.nil_reason, line.unchanged) for line in lines_of(report)]


def errors_of(response) -> list[str]:
    return [error["message"] for error in response.context["errors"]]


def test_first_saving_makes_a_draft_and_counts_the_version(operator):
    report = report_with_lines(1, draft=False)
    client, url = operator(report)

    response = client.post(url, figures_data(report, {"money": "Rp 60.000.000", "physical": "70,5%"}))

    assert response.url == url
    report.refresh_from_db()
    assert (report.status, report.version) == (ProgressReport.Status.DRAFT, 2)
    assert saved(report) == [(60_000_000, Decimal("70.50"), "", False)]
    assert report.status_changes().get().step == "begin"
    assert "Tersimpan pukul 09.00" in text_of(client.get(url))
    line = report.lines.get()
    assert line.history.first().history_user == client.user


def test_saving_nothing_new_changes_nothing(operator):
    report = report_with_lines(1, draft=False)
    client, url = operator(report)

    client.post(url, figures_data(report, {}))

    report.refresh_from_db()
    assert (report.status, report.version) == (ProgressReport.Status.NOT_STARTED, 1)


@pytest.mark.parametrize(("lanjut", "indicator", "target"), [
    ({}, False, "report-figures"),
    ({"lanjut": "1"}, False, "report-obstacles"),
    ({"lanjut": "1"}, True, "report-indicators"),
])  # fmt: skip
def test_saving_leads_on(operator, lanjut, indicator, target):
    report = report_with_lines(1)
    if indicator:
        IndicatorFactory(activity=report.lines.get().plan_line.activity)
    client, url = operator(report)

    response = client.post(url, figures_data(report, {"money": "1000", "physical": "1"}, **lanjut))

    assert response.url == reverse(f"reporting:{target}", args=[report.pk])


def test_right_cells_are_saved_and_wrong_ones_come_back_as_typed(operator):
    report = report_with_lines(3)
    client, url = operator(report)

    response = client.post(
        url,
        figures_data(
            report,
            {"money": "12.50", "physical": "40"},
            {"money": "2000", "physical": "101"},
            {"money": "-5", "physical": "3", "reason": "x" * 301},
        ),
    )

    assert response.status_code == 200
    assert saved(report) == [(None, 40, "", False), (2000, None, "", False), (None, 3, "", False)]
    page = response.content.decode()
    assert page.count("Galat: Isi realisasi") == 1 and "<title>Galat:" in page
    for typed in ('value="12.50"', 'value="101"', 'value="-5"'):
        assert typed in page
    errors = errors_of(response)
    assert [error.split(":")[0] for error in errors] == [
        "Baris 1, realisasi keuangan",
        "Baris 2, realisasi fisik",
        "Baris 3, realisasi keuangan",
        "Baris 3, alasan nihil",
    ]
    assert page.count(errors[1]) == 2  # in the summary and beside the field
    line = lines_of(report)[0]
    assert f'href="#id_b{line.pk}-spent_to_date"' in page
    assert f'aria-describedby="id_b{line.pk}-spent_to_date_error"' in page
    assert f'id="id_b{line.pk}-spent_to_date_error"' in page


def test_right_rows_of_a_page_that_comes_back_show_what_was_saved(operator):
    report = report_with_lines(2)
    report_before(report)
    client, url = operator(report)

    page = client.post(url, figures_data(report, {"tetap": True}, {"money": "12.50"})).content.decode()

    assert 'value="41.500.000"' in page and 'value="12.50"' in page


def test_corrected_cells_are_saved_with_the_version_of_the_page_that_came_back(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    response = client.post(url, figures_data(report, {"money": "12.50", "physical": "40"}))
    assert 'name="version" value="2"' in response.content.decode()

    response = client.post(url, figures_data(report, {"money": "12500000", "physical": "40"}))

    assert response.status_code == 302
    assert saved(report) == [(12_500_000, 40, "", False)]


def test_figures_must_not_fall_below_the_quarter_before(operator):
    report = report_with_lines(1)
    report_before(report, spent=41_500_000, physical=Decimal("40.5"))
    client, url = operator(report)

    response = client.post(url, figures_data(report, {"money": "41.499.999", "physical": "40"}))

    assert errors_of(response) == [
        "Realisasi keuangan baris 1 di bawah triwulan lalu. Pilih sebabnya dan tulis alasannya di baris itu, "
        "atau isi 41.500.000 atau lebih",
        "Realisasi fisik baris 1 di bawah triwulan lalu. Pilih sebab “Salah ketik” dan tulis alasannya di baris itu, "
        "atau isi 40,5 atau lebih",
    ]
    assert saved(report) == [(None, None, "", False)]
    assert client.post(url, figures_data(report, {"money": "41500000", "physical": "40,5"})).status_code == 302


def test_spending_above_the_ceiling_is_saved(operator):
    """The verifier is told; the operator may be right (a shift of the budget that is not set yet)."""
    report = report_with_lines(1)
    client, url = operator(report)

    assert client.post(url, figures_data(report, {"money": "250.000.000", "physical": "90"})).status_code == 302


def test_spending_above_the_ceiling_is_said_at_the_field_and_before_sending(operator):
    """Two of three lines exceed unequal ceilings, one equals its own: none of them is an error."""
    report = report_with_lines(3)
    lines = lines_of(report)
    for line, amount in zip(lines, (85_000_000, 40_000_000, 70_000_000), strict=True):
        PlanLine.objects.filter(pk=line.plan_line_id).update(amount=amount)
    client, url = operator(report)
    typed = [{"money": money, "physical": "90"} for money in ("90000000", "40000000", "70000001")]

    left = client.post(url, figures_data(report, *typed, lanjut="1"), follow=True)
    page = client.get(url).text
    check = text_of(client.get(reverse("reporting:report-check", args=[report.pk])))

    assert [line.spent_to_date for line in lines_of(report)] == [90_000_000, 40_000_000, 70_000_001]
    assert "Realisasi di atas pagu pada baris 1, 3. Periksa lagi sebelum mengirim." in text_of(left)
    notes = [f"id_b{line.pk}-spent_to_date_note" for line in lines]
    assert [page.count(f'aria-describedby="{note}"') == page.count(f'id="{note}"') == 1 for note in notes] == [
        True,
        False,
        True,
    ]
    assert "Di atas pagu, lebih Rp 5.000.000." in page and "Di atas pagu, lebih Rp 1." in page
    assert "2 kegiatan di atas pagunya" in check
    assert "90.000.000 dari pagu" in check.replace("\xa0", " ") and "70.000.001 dari pagu" in check.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"physical": "68"}, "Isi realisasi keuangan baris 1, contoh 41.500.000"),
        ({"money": "50000000"}, "Isi realisasi fisik baris 1 dalam persen, contoh 60"),
    ],
)
def test_continuing_asks_for_the_other_half_of_a_row_that_saving_lets_pass(operator, row, sentence):
    report = report_with_lines(1)
    report_before(report)
    client, url = operator(report)

    assert client.post(url, figures_data(report, row)).status_code == 302
    response = client.post(url, figures_data(report, row, lanjut="1"))

    assert errors_of(response) == [sentence]


def test_continuing_asks_why_nothing_has_happened(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    nil = {"money": "0", "physical": "0"}

    response = client.post(url, figures_data(report, nil, lanjut="1"))
    assert errors_of(response) == ["Tulis mengapa realisasi baris 1 masih nihil"]
    assert "<details" in response.content.decode() and " open>" in response.content.decode()
    response = client.post(url, figures_data(report, nil | {"reason": "Lelang diulang"}, lanjut="1"))

    assert response.status_code == 302
    assert saved(report) == [(0, 0, "Lelang diulang", False)]


def test_tetap_copies_the_quarter_before(operator):
    report = report_with_lines(3)
    report_before(report)
    client, url = operator(report)

    client.post(
        url,
        figures_data(
            report,
            {"tetap": True},
            {"tetap": True, "money": "41.500.000", "physical": "40"},
            {"money": "50000000", "physical": "50"},
        ),
    )
    assert saved(report) == [(41_500_000, 40, "", True), (41_500_000, 40, "", True), (50_000_000, 50, "", False)]
    same = {"money": "41500000", "physical": "40", "tetap": True}
    client.post(url, figures_data(report, same, same, {"money": "50000000", "physical": "50", "tetap": True}))

    assert saved(report)[2] == (41_500_000, 40, "", True)


@pytest.mark.parametrize("typed", [{"money": "60000000"}, {"money": "12.50"}, {"physical": "70"}])
def test_tetap_beside_another_figure_is_asked_back_and_nothing_is_lost(operator, typed):
    report = report_with_lines(1)
    report_before(report)
    client, url = operator(report)

    response = client.post(url, figures_data(report, typed | {"tetap": True}))

    assert any("dicentang Tetap" in error for error in errors_of(response))
    assert next(iter(typed.values())) in response.content.decode()
    assert saved(report)[0][3] is False


def test_new_figure_speaks_louder_than_an_old_tick(operator):
    report = report_with_lines(1)
    report_before(report)
    client, url = operator(report)
    client.post(url, figures_data(report, {"tetap": True}))

    client.post(url, figures_data(report, {"money": "50000000", "physical": "40", "tetap": True}))

    assert saved(report) == [(50_000_000, 40, "", False)]


def test_tick_without_a_quarter_before_says_nothing(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    client.post(url, figures_data(report, {"money": "5", "physical": "4", "tetap": True}))

    assert saved(report) == [(5, 4, "", False)]


def test_page_shows_target_and_quarter_before_through_a_changed_plan(operator):
    report = report_with_lines(1)
    line = report.lines.get()
    PlanLineTargetFactory(plan_line=line.plan_line, quarter=3, physical=75)
    PlanLineTargetFactory(plan_line=line.plan_line, quarter=4, physical=99)
    old_plan = WorkPlanFactory(agreed=True, agency=report.agency, sequence=7)
    middle_plan = WorkPlanFactory(agreed=True, agency=report.agency, sequence=8)
    old = PlanLineFactory(plan=old_plan, activity=line.plan_line.activity)
    middle = PlanLineFactory(plan=middle_plan, activity=old.activity, continues=old)
    PlanLine.objects.filter(pk=line.plan_line_id).update(continues=middle)
    before = report_before(report, number=2)
    before.lines.all().delete()
    ReportLineFactory(report=before, plan_line=old, spent_to_date=38_750_000, physical_to_date=33)
    client, url = operator(report)

    page = text_of(client.get(url))

    assert "75%" in page and "99%" not in page
    assert "38.750.000 fisik 33%" in page


def test_village_money_is_apart_from_the_totals(operator):
    report = report_with_lines(1, filled=True)
    village = PlanLineFactory(plan=report.plan, fund="DD", amount=25_000_000)
    ReportLineFactory(report=report, plan_line=village, spent_to_date=7_000_000)
    client, url = operator(report)

    page = text_of(client.get(url))

    assert "Jumlah, 2 dari 2 baris terisi 100.000.000 60.000.000" in page
    assert "Di luar serapan: ADD dan Dana Desa 25.000.000 7.000.000" in page
    assert "di luar serapan" in page


def test_second_saver_sees_both_versions_and_overwrites_nothing(operator):
    report = report_with_lines(2)
    client, url = operator(report)
    stale = figures_data(report, {"money": "111", "physical": "1"}, {"money": "222", "physical": "2"})
    client.post(url, figures_data(report, {"money": "999", "physical": "1"}, {"money": "222", "physical": "2"}))

    response = client.post(url, stale)

    assert response.status_code == 409
    page = text_of(response)
    assert "Baris 1, realisasi keuangan 999 111" in page and "baris 2" not in page.lower()
    assert saved(report)[0][0] == 999
    again = stale | {"version": str(ProgressReport.objects.get(pk=report.pk).version)}
    assert f'name="version" value="{again["version"]}"' in response.content.decode()
    assert client.post(url, again).status_code == 302
    assert saved(report)[0][0] == 111


def test_retry_after_a_lost_reply_finds_its_own_figures(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    data = figures_data(report, {"money": "111", "physical": "1"})

    first, second = client.post(url, data), client.post(url, data)

    assert first.status_code == second.status_code == 302
    report.refresh_from_db()
    assert report.version == 2


def test_page_without_a_version_saves_nothing(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    data = figures_data(report, {"money": "5", "physical": "1"})
    del data["version"]

    assert client.post(url, data).status_code == 409
    assert client.post(url, {}).url == url  # nothing was typed, so that nothing could be overwritten
    report.refresh_from_db()
    assert (saved(report), report.version) == ([(None, None, "", False)], 1)


@pytest.mark.parametrize("version", ["", "abc", "-1", "٣", "9" * 30, "\x00"])
def test_nonsense_version_is_a_conflict(operator, version):
    report = report_with_lines(1)
    client, url = operator(report)

    assert client.post(url, figures_data(report, {"money": "5"}) | {"version": version}).status_code == 409


def test_rows_that_the_page_did_not_hold_stay_as_they_are(operator):
    report = report_with_lines(2, filled=True)
    client, url = operator(report)
    foreign = report_with_lines(1)
    data = figures_data(report, {"money": "70000000", "physical": "80"})
    data[f"b{foreign.lines.get().pk}-spent_to_date"] = "5"

    assert client.post(url, data).status_code == 302

    assert [row[0] for row in saved(report)] == [70_000_000, 60_000_000]
    assert saved(foreign)[0][0] is None


def lock(report: ProgressReport) -> None:
    ReportingPeriod.objects.filter(pk=report.period_id).update(status=ReportingPeriod.Status.LOCKED)


def send(report: ProgressReport, status: str) -> None:
    stamps = {"submitted_by": report.period.opened_by, "submitted_at": report.period.opened_at, "has_obstacles": False}
    ProgressReport.objects.filter(pk=report.pk).update(status=status, **stamps)


@pytest.mark.parametrize(
    ("state", "words"),
    [("locked", "sudah dikunci"), ("WAITING", "menunggu verifikasi"), ("VERIFYING", "sedang diverifikasi")],
)
def test_report_that_cannot_be_filled_says_why_and_keeps_what_was_typed_visible(operator, state, words):
    report = report_with_lines(1)
    client, url = operator(report)
    data = figures_data(report, {"money": "123456789"})
    lock(report) if state == "locked" else send(report, state)

    page, answer = client.get(url), client.post(url, data)

    assert page.status_code == 200 and words in text_of(page) and "<input" not in text_of(page)
    assert answer.status_code == 409
    assert words in text_of(answer) and "123456789" in answer.content.decode()
    assert saved(report) == [(None, None, "", False)]


def test_wrong_cells_of_a_locked_report_are_answered_by_the_lock_and_not_by_their_sentences(operator):
    """A user who corrects them first would learn of the lock only afterwards."""
    report = report_with_lines(1)
    client, url = operator(report)
    lock(report)

    answer = client.post(url, figures_data(report, {"money": "12.50"}))

    assert answer.status_code == 409
    assert "sudah dikunci" in text_of(answer) and "12.50" in answer.text


def test_approved_report_says_why_it_cannot_be_filled(operator):
    report = report_with_lines(1, draft=False, approved=True)
    client, url = operator(report)

    assert "sudah disetujui" in text_of(client.get(url))


def test_report_without_plan_cannot_be_filled(operator):
    report = report_with_lines(0)
    ProgressReport.objects.filter(pk=report.pk).update(plan=None)
    client, url = operator(report)

    for answer in (client.get(url), client.post(url, {"version": "1"})):
        assert "belum dipakai laporan ini" in text_of(answer)


def test_constraint_refuses_figures_that_the_form_never_lets_through(db):
    line = report_with_lines(1).lines.get()
    for bad in ({"spent_to_date": -1}, {"physical_to_date": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportLine.objects.filter(pk=line.pk).update(**bad)


def test_queries_do_not_grow_with_lines(operator):
    queries = []
    for count in (1, 3):
        report = report_with_lines(count)
        report_before(report)
        client, url = operator(report)
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        queries.append(len(seen))

    assert queries[0] == queries[1] <= 14


def test_day_of_the_deadline_is_not_late(operator):
    report = report_with_lines(1, due_on=date(2019, 10, 8))
    client, _url = operator(report)

    assert "(hari ini)" in text_of(client.get(report.get_absolute_url()))


def test_saving_many_lines_asks_no_more_than_saving_one(operator):
    """Each line is changed in another cell: what is written of one leaves the cells of the others alone."""
    report = report_with_lines(4, filled=True)
    client, url = operator(report)
    client.get(url)
    before = saved(report)
    stored = [{"money": str(money), "physical": str(physical).replace(".", ",")} for money, physical, *_rest in before]
    typed = [{"money": "61.000.000"}, {"money": "62.000.000"}, {"physical": "73,25"}, {"reason": "Menunggu lelang"}]

    counts = []
    for upto in (1, 4):
        rows = [stored[at] | (typed[at] if at < upto else {}) for at in range(4)]
        with CaptureQueriesContext(connection) as asked:
            assert client.post(url, figures_data(report, *rows)).status_code == 302
        counts.append(len(asked))

    assert counts[0] == counts[1]
    first, second, third, fourth = before
    assert saved(report) == [
        (61_000_000, *first[1:]),
        (62_000_000, *second[1:]),
        (third[0], Decimal("73.25"), *third[2:]),
        (*fourth[:2], "Menunggu lelang", fourth[3]),
    ]
    line = lines_of(report)[3]
    newest = line.history.first()
    assert (newest.nil_reason, newest.spent_to_date, newest.history_type) == ("Menunggu lelang", fourth[0], "~")
