"""The table of a month: filling, reading, two people, undo, drafts, and what is odd."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from p2emas import clock
from programs.models import MonthlyPlan, MonthlyProgress, WorkPlan
from programs.monthly.kinds import PLAN, PROGRESS
from programs.monthly.saving import version_of
from tests.factories import (
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> WorkPlan:
    plan = WorkPlanFactory(agreed=True)
    for name in ("Bibit lada", "Pelatihan cabai"):
        PlanLineFactory(plan=plan, activity__name=name, amount=100_000_000)
    return plan


def url_of(plan: WorkPlan, month: int = 8, name: str = "month-figures") -> str:
    return reverse(f"monthly:{name}", args=[plan.pk, month])


def typed(plan: WorkPlan, *rows: tuple[str, str], month: int = 8, kind=PROGRESS, **extra) -> dict[str, str]:
    data = {"version": str(version_of(plan, kind, month))} | extra
    for line, (money, physical) in zip(plan.lines.order_by("activity__code", "pk"), rows, strict=False):
        data |= {f"b{line.pk}-money": money, f"b{line.pk}-physical": physical}
    return data


def stored(plan: WorkPlan, month: int = 8, model=MonthlyProgress):
    rows = model.objects.filter(line__plan=plan, month=month).order_by("line__activity__code", "line")
    return [(row.money, row.physical) for row in rows]


def test_month_is_filled_and_its_edits_are_booked(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    answer = client.post(url_of(plan), typed(plan, ("40.000.000", "45,5"), ("", "")))

    assert (answer.status_code, answer.url) == (302, url_of(plan))
    assert stored(plan) == [(40_000_000, Decimal("45.5"))]
    month = MonthlyProgress.objects.get()
    assert month.history.get().history_user == client.user
    page = client.get(url_of(plan)).content.decode()
    assert "Realisasi bulan Agustus 2019" in page
    assert "1 dari 2 baris" in page
    assert 'value="40.000.000"' in page


def test_emptied_cells_are_unknown_and_keep_their_row(client_as, plan):
    line = plan.lines.order_by("activity__code", "pk").first()
    month = MonthlyProgressFactory(line=line)

    client_as("agency_operator", at=plan.agency).post(url_of(plan), typed(plan, ("", "61")))

    month.refresh_from_db()
    assert (month.money, month.physical) == (None, 61)
    assert month.history.count() == 2


def test_wrong_cells_come_back_and_right_ones_are_saved(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    answer = client.post(url_of(plan), typed(plan, ("12.50", "30"), ("5.000.000", "120")))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert stored(plan) == [(None, 30), (5_000_000, None)]
    assert "Baris 1, realisasi keuangan: " in page
    assert "Baris 2, realisasi fisik: " in page
    assert 'value="12.50"' in page and 'value="120"' in page
    assert "<title>Galat:" in page


def test_note_is_typed_beside_the_figures_and_taken_back_with_them(client_as, plan):
    client, line = client_as("agency_operator", at=plan.agency), plan.lines.order_by("activity__code", "pk").first()
    data = typed(plan, ("40.000.000", "45"))

    client.post(url_of(plan), data | {f"b{line.pk}-note": " Lelang diulang "})

    assert MonthlyProgress.objects.get().note == "Lelang diulang"
    page = client.get(url_of(plan))
    assert 'value="Lelang diulang"' in page.content.decode()
    assert "Lelang diulang" in client_as("auditor").get(url_of(plan)).content.decode()
    client.post(url_of(plan), page.context["undo"].cells | {"version": str(version_of(plan, PROGRESS, 8))})
    assert (stored(plan), MonthlyProgress.objects.get().note) == ([(None, None)], "")


def test_page_without_the_box_keeps_the_note(client_as, plan):
    line = plan.lines.order_by("activity__code", "pk").first()
    MonthlyProgressFactory(line=line, note="Lelang diulang")

    client_as("agency_operator", at=plan.agency).post(url_of(plan), typed(plan, ("7", "8")))

    assert (stored(plan), MonthlyProgress.objects.get().note) == ([(7, 8)], "Lelang diulang")


def test_note_that_is_too_long_says_its_row(client_as, plan):
    line = plan.lines.order_by("activity__code", "pk").first()

    answer = client_as("agency_operator", at=plan.agency).post(
        url_of(plan), typed(plan, ("7", "8")) | {f"b{line.pk}-note": "x" * 201}
    )

    assert "Baris 1, catatan: Catatan paling banyak 200 huruf." in answer.content.decode()
    assert (stored(plan), MonthlyProgress.objects.get().note) == ([(7, 8)], "")


def test_plan_of_a_month_takes_no_note(client_as, plan):
    line = plan.lines.order_by("activity__code", "pk").first()
    client = client_as("agency_operator", at=plan.agency)

    sent = typed(plan, ("7", "8"), kind=PLAN) | {f"b{line.pk}-note": "Lelang diulang"}
    client.post(url_of(plan, name="month-plan"), sent)

    assert stored(plan, model=MonthlyPlan) == [(7, 8)]
    assert "Catatan" not in client.get(url_of(plan, name="month-plan")).content.decode()


@pytest.mark.parametrize("money", ["-5", "1e9", "x" * 500, "999999999999999999999", "\x00", "٣"])
def test_no_text_breaks_the_page(client_as, plan, money):
    answer = client_as("agency_operator", at=plan.agency).post(url_of(plan), typed(plan, (money, money)))

    assert answer.status_code in (200, 302)
    assert all(figure is None or figure >= 0 for row in stored(plan) for figure in row)


def test_second_person_overwrites_nothing_unseen(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)
    early = typed(plan, ("1.000.000", "10"))
    client.post(url_of(plan), typed(plan, ("2.000.000", "20")))

    answer = client.post(url_of(plan), early)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert stored(plan) == [(2_000_000, 20)]
    assert "1.000.000" in page and "2.000.000" in page
    assert client.post(url_of(plan), early | {"version": str(version_of(plan, PROGRESS, 8))}).status_code == 302
    assert stored(plan) == [(1_000_000, 10)]


def test_page_without_a_version_changes_nothing(client_as, plan):
    data = typed(plan, ("1.000.000", "10"))
    del data["version"]

    answer = client_as("agency_operator", at=plan.agency).post(url_of(plan), data)

    assert (answer.status_code, stored(plan)) == (409, [])


def test_months_do_not_hold_each_other_up(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)
    august = typed(plan, ("5.000.000", "10"))
    client.post(url_of(plan, 7), typed(plan, ("4.000.000", "9"), month=7))

    assert client.post(url_of(plan, 8), august).status_code == 302
    assert (stored(plan, 7), stored(plan, 8)) == ([(4_000_000, 9)], [(5_000_000, 10)])


def test_last_saving_is_taken_back_with_one_click(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)
    client.post(url_of(plan), typed(plan, ("2.000.000", "20")))
    client.post(url_of(plan), typed(plan, ("3.000.000", "30")))
    page = client.get(url_of(plan))

    assert "Batalkan penyimpanan terakhir (1 baris)" in page.content.decode()
    undo = page.context["undo"].cells | {"version": str(version_of(plan, PROGRESS, 8))}
    client.post(url_of(plan), undo)

    assert stored(plan) == [(2_000_000, 20)]


def test_undo_is_gone_once_another_person_saved(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)
    client.post(url_of(plan), typed(plan, ("2.000.000", "20")))
    other = client_as("agency_head", at=plan.agency)
    other.post(url_of(plan), typed(plan, ("3.000.000", "30")))

    assert client.get(url_of(plan)).context["undo"] is None


def test_rak_is_filled_for_each_month_also_the_last_of_a_quarter(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    for month in (9, 11):
        data = typed(plan, ("70.000.000", "75"), month=month, kind=PLAN)
        assert client.post(url_of(plan, month, "month-plan"), data).status_code == 302

    assert [stored(plan, month, MonthlyPlan) for month in (9, 11)] == [[(70_000_000, 75)]] * 2
    assert MonthlyProgress.objects.count() == 0


@pytest.mark.parametrize("month", [9, 11])
def test_month_of_a_report_and_month_to_come_are_not_typed(client_as, plan, month):
    """September is told by the report; November has not begun on 8 October."""
    client = client_as("agency_operator", at=plan.agency)

    page = client.get(url_of(plan, month)).content.decode()
    answer = client.post(url_of(plan, month), typed(plan, ("5.000.000", "10"), month=month))

    assert '-money"' not in page
    assert (answer.status_code, stored(plan, month)) == (302, [])
    assert "Isian belum tersimpan" in client.get(url_of(plan, month)).content.decode()


def test_last_month_shows_the_report_and_says_that_nobody_verified_it(client_as, plan):
    report = ProgressReportFactory(
        sent=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=3)
    )
    for line in plan.lines.all():
        ReportLineFactory(report=report, plan_line=line, spent_to_date=33_000_000, physical_to_date=44)

    page = client_as("agency_operator", at=plan.agency).get(url_of(plan, 9)).content.decode()

    assert "laporan Triwulan III, belum diverifikasi" in page
    assert "33.000.000" in page and "66.000.000" in page


def test_month_before_is_beside(client_as, plan):
    line = plan.lines.order_by("activity__code", "pk").first()
    MonthlyProgressFactory(line=line, month=7, money=31_000_000, physical=33)
    MonthlyPlanFactory(line=line, month=8, money=39_000_000, physical=41)

    page = client_as("agency_operator", at=plan.agency).get(url_of(plan)).content.decode()

    assert "Juli (Rp)" in page and "31.000.000" in page
    assert "Rencana Agustus (Rp)" in page and "39.000.000" in page


@pytest.mark.parametrize(
    ("month", "figures", "sentence"),
    [
        (8, {"money": 60_000_001}, "Keuangan di atas laporan September yang disetujui, Rp 60.000.000."),
        (8, {"money": 60_000_000}, ""),
        (8, {"money": None, "physical": Decimal("70.5")}, "Fisik di atas laporan September yang disetujui, 70%."),
        (8, {"money": 9_999_999}, "Keuangan di bawah Juli, Rp 10.000.000."),
        (8, {"money": 10_000_000}, ""),
        (8, {"money": 20_000_000, "physical": 9}, "Fisik di bawah Juli, 10%."),
        (10, {"money": 60_000_000, "physical": 70}, ""),
        (10, {"money": 59_999_999, "physical": 70}, "Keuangan di bawah September, Rp 60.000.000."),
        (10, {"money": 100_000_001, "physical": 70}, "Keuangan di atas pagu, Rp 100.000.000."),
    ],
)
def test_what_is_odd_in_a_month_is_said_beside_it(client_as, plan, month, figures, sentence):
    line = plan.lines.order_by("activity__code", "pk").first()
    report = ProgressReportFactory(
        approved=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=3)
    )
    ReportLineFactory(report=report, plan_line=line, spent_to_date=60_000_000, physical_to_date=70)
    MonthlyProgressFactory(line=line, month=7, money=10_000_000, physical=10)
    MonthlyProgressFactory(line=line, month=month, **{"physical": 50} | figures)

    rows = client_as("coordinator").get(url_of(plan, month)).context["page"].rows

    assert [each.sentences for each in rows] == [[sentence] if sentence else [], []]


def test_sent_report_is_no_measure_for_a_month(client_as, plan):
    line = plan.lines.first()
    report = ProgressReportFactory(
        sent=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=3)
    )
    ReportLineFactory(report=report, plan_line=line, spent_to_date=1, physical_to_date=1)
    MonthlyProgressFactory(line=line, month=8)

    rows = client_as("coordinator").get(url_of(plan)).context["page"].rows

    assert [each.sentences for each in rows] == [[], []]


def test_month_of_another_version_leads_to_the_one_that_counts(client_as, plan):
    later = WorkPlanFactory(
        agreed=True, agency=plan.agency, kind="PERUBAHAN", sequence=2, supersedes=plan, effective_on=date(2019, 9, 20)
    )
    PlanLineFactory(plan=later)
    client = client_as("agency_operator", at=plan.agency)

    answer = client.get(url_of(plan, 10))
    sent = client.post(url_of(plan, 10), typed(plan, ("1.000.000", "5"), month=10))

    assert (answer.status_code, answer.url) == (302, url_of(later, 10))
    assert (sent.status_code, sent.url, MonthlyProgress.objects.count()) == (302, url_of(later, 10), 0)
    assert client.get(url_of(later, 8)).url == url_of(plan, 8)


def test_draft_is_offered_and_taken(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)
    line = plan.lines.order_by("activity__code", "pk").first()
    kept = client.post(
        reverse("drafts:draft-save", args=["bulanan", plan.pk]),
        {
            "isian": "8f6c1f6e-6f44-4a9a-9a53-1f0e7f1f6a11",
            "bagian": "8",
            "mulai": "1",
            f"b{line.pk}-money": "7.000.000",
            f"b{line.pk}-physical": "",
        },
    )

    page = client.get(url_of(plan)).content.decode()
    taken = client.get(url_of(plan), {"isian": "8f6c1f6e-6f44-4a9a-9a53-1f0e7f1f6a11"}).content.decode()

    assert kept.json()["words"].startswith("Tersimpan")
    assert "Pakai isian ini" in page and "Pakai isian ini" not in client.get(url_of(plan, 7)).content.decode()
    assert 'value="7.000.000"' in taken
    assert stored(plan) == []


def test_draft_of_a_month_that_is_none_is_not_kept(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    answer = client.post(
        reverse("drafts:draft-save", args=["bulanan", plan.pk]),
        {"isian": "8f6c1f6e-6f44-4a9a-9a53-1f0e7f1f6a11", "bagian": "13", "mulai": "1"},
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("month", [0, 13, 99])
def test_month_that_is_none_is_not_found(client_as, plan, month):
    assert client_as("coordinator").get(url_of(plan, month)).status_code == 404


def test_plan_that_is_not_set_has_no_months(client_as):
    draft = WorkPlanFactory()

    assert client_as("agency_operator", at=draft.agency).get(url_of(draft)).status_code == 404


def test_overview_says_how_much_of_each_month_is_there(client_as, plan):
    MonthlyProgressFactory(line=plan.lines.first(), month=7)
    MonthlyProgressFactory(line=plan.lines.first(), month=8, money=None)
    for quarter, state in ((1, {"approved": True}), (2, {"sent": True})):
        ProgressReportFactory(
            agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=quarter), **state
        )

    overview = client_as("coordinator").get(reverse("monthly:month-list")).context["overview"]

    (row,) = overview.rows
    assert [cell.words for cell in row.cells] == [
        "belum ada data",
        "belum ada data",
        "laporan",
        "belum ada data",
        "belum ada data",
        "laporan, belum diverifikasi",
        "1 dari 2",
        "belum ada data",
        "laporan belum ada",
        "belum ada data",
        "belum mulai",
        "belum mulai",
    ]


def test_overview_of_one_agency_says_which_months_are_above_an_approved_report(client_as, plan):
    """Against the later quarters that were approved, money or work; one that was only sent proves nothing."""
    first, second = plan.lines.order_by("pk")
    for month, line, money, physical in (
        (1, first, 300, 5),
        (2, first, 100, 50),
        (2, second, 201, 5),
        (4, first, 900, 5),
    ):
        MonthlyProgressFactory(line=line, month=month, money=money, physical=physical)
    for quarter, state in ((1, {"approved": True}), (2, {"sent": True})):
        period = ReportingPeriodFactory(year=2019, number=quarter)
        report = ProgressReportFactory(agency=plan.agency, plan=plan, period=period, **state)
        for line in (first, second):
            ReportLineFactory(report=report, plan_line=line, spent_to_date=200, physical_to_date=20)
    url = reverse("monthly:month-list")

    page = client_as("agency_operator", at=plan.agency).get(url)

    (row,) = page.context["overview"].rows
    assert [cell.above for cell in row.cells] == [1, 2, *[0] * 10]
    assert "2 baris di atas laporan yang disetujui" in page.content.decode()
    WorkPlanFactory(agreed=True)
    every = client_as("coordinator").get(url)
    assert "di atas laporan" not in every.content.decode()
    assert f'href="?tahun=2019&amp;skpd={plan.agency.code}"' in every.content.decode()
    one = client_as("coordinator").get(url, {"skpd": plan.agency.code})
    assert [cell.above for each in one.context["overview"].rows for cell in each.cells][:2] == [1, 2]
    assert '<a href="?">Semua SKPD</a>' in one.content.decode()


def test_overview_of_an_agency_that_is_none_shows_all(client_as, plan):
    WorkPlanFactory(agreed=True)

    page = client_as("coordinator").get(reverse("monthly:month-list"), {"skpd": "<b>"})

    assert len(page.context["overview"].rows) == 2


def test_overview_of_a_year_that_is_none_shows_the_current_one(client_as, plan):
    for year in ("1999", "x", "99999999999999999999"):
        page = client_as("coordinator").get(reverse("monthly:month-list"), {"tahun": year})
        assert page.context["year"] == 2019


def test_page_takes_as_many_queries_for_many_lines(client_as, plan, django_assert_max_num_queries):
    client = client_as("agency_operator", at=plan.agency)
    for _line in range(8):
        MonthlyProgressFactory(line=PlanLineFactory(plan=plan), month=8)
    client.get(url_of(plan))

    with django_assert_max_num_queries(24):
        client.get(url_of(plan))


def test_saving_many_lines_takes_a_handful_of_statements(client_as, plan, django_assert_max_num_queries):
    client = client_as("agency_operator", at=plan.agency)
    for _line in range(20):
        PlanLineFactory(plan=plan)
    client.get(url_of(plan))
    data = typed(plan, *(("1.000.000", "10") for _ in range(22)))

    with django_assert_max_num_queries(32):
        client.post(url_of(plan), data)

    assert len(stored(plan)) == 22


def test_month_begins_with_its_first_day(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    with clock.at(clock.now().replace(month=11, day=1)):
        page = client.get(url_of(plan, 11)).content.decode()

    assert "Simpan bulan November" in page
