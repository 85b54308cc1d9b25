"""A plan filled as a workbook: its rules are those of its forms, and one wrong cell keeps all from being saved."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.models import LaneUpload
from programs.models import IndicatorTarget, PlanLine, WorkPlan
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = WorkPlanFactory()
    activity = ActivityFactory(agency=plan.agency, year=plan.year)
    for _number in range(2):
        PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), amount=100_000_000)
    IndicatorTargetFactory(indicator=IndicatorFactory(activity=activity), year=plan.year, target=10)
    return plan


@pytest.fixture
def operator(client_as, plan):
    return client_as("agency_operator", at=plan.agency)


def filled(client, plan, **sheets):
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("imports:lane-workbook", args=["rencana", plan.pk])).content)
    )
    for name, cells in sheets.items():
        for address, value in cells.items():
            book[{"lines": "Baris rencana", "targets": "Target indikator"}[name]][address] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def send(client, plan, content):
    berkas = SimpleUploadedFile("isian.xlsx", content)
    return client.post(reverse("imports:lane", args=["rencana", plan.pk]), {"berkas": berkas})


def apply(client, answer, **answers):
    version = client.get(answer.url).context["page"].comparison.version
    upload = LaneUpload.objects.latest("pk")
    return client.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": version, **answers})


def test_lines_with_quarterly_targets_and_targets_of_the_year_arrive_together(operator, plan):
    cells = {
        "D5": 120_000_000,
        "E5": 30_000_000,
        "F5": 60_000_000,
        "I5": 25,
        "J5": 50.5,
        "O5": "DAK fisik",
        "P5": "Maret",
    }
    content = filled(operator, plan, lines=cells, targets={"D5": 12.5, "E5": 4, "F5": 2018, "G5": "Survei"})
    done = apply(operator, send(operator, plan, content))
    assert done.url == plan.get_absolute_url()
    first, second = plan.lines.order_by("pk")
    assert (first.amount, first.fund, first.start_month, second.amount) == (120_000_000, "DAK_FISIK", 3, 100_000_000)
    assert list(first.targets.order_by("quarter").values_list("quarter", "money", "physical")) == [
        (1, 30_000_000, Decimal(25)),
        (2, 60_000_000, Decimal("50.5")),
    ]
    target = IndicatorTarget.objects.get(village=None)
    assert (target.target, target.baseline, target.baseline_year) == (Decimal("12.5"), 4, 2018)
    assert first.history.first().history_user == operator.user


def test_rules_of_the_forms_refuse_and_nothing_is_saved(operator, plan):
    falling = {"D5": 120_000_000, "E5": 60_000_000, "F5": 30_000_000, "E6": 200_000_000, "P6": "Brumaire"}
    content = filled(operator, plan, lines=falling, targets={"E5": 4, "F5": None, "D6": -1})
    refused = apply(operator, send(operator, plan, content))
    page = text_of(refused)
    assert refused.status_code == 200
    for sentence in (
        "Sel F5: Target keuangan TW II kumulatif",
        "Sel E6: Target keuangan TW I tidak boleh melebihi pagu",
        "Sel P6:",
        "Isi tahun nilai awal",
    ):
        assert sentence in page, page
    assert set(plan.lines.values_list("amount", flat=True)) == {100_000_000}
    plan.refresh_from_db()
    assert plan.version == 1


def test_line_that_somebody_saved_since_shows_both_values(operator, plan, client_as):
    content = filled(operator, plan, lines={"D5": 120_000_000, "D6": 130_000_000})
    first = plan.lines.order_by("pk")[0]
    PlanLine.objects.filter(pk=first.pk).update(amount=90_000_000, version=2)
    WorkPlan.objects.filter(pk=plan.pk).update(version=7)
    answer = send(operator, plan, content)
    page = text_of(operator.get(answer.url))
    assert "120.000.000, berkas" in page
    assert "90.000.000, tersimpan" in page
    assert apply(operator, answer, **{f"pilih-r{first.pk}-amount": "tersimpan"}).status_code == 302
    assert list(plan.lines.order_by("pk").values_list("amount", flat=True)) == [90_000_000, 130_000_000]


def test_line_that_was_deleted_since_is_named(operator, plan):
    content = filled(operator, plan, lines={"D5": 120_000_000})
    plan.lines.order_by("pk")[0].delete()
    assert "bukan baris isian ini" in text_of(operator.get(send(operator, plan, content).url))


def test_submitted_plan_and_plan_of_others_take_no_workbook(operator, plan, client_as):
    content = filled(operator, plan, lines={"D5": 120_000_000})
    answer = send(operator, plan, content)
    WorkPlan.objects.filter(pk=plan.pk).update(status=WorkPlan.Status.SUBMITTED)
    assert "jadi tidak dapat diubah" in text_of(send(operator, plan, content))
    upload = LaneUpload.objects.get()
    assert operator.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": 1}).status_code == 409
    assert answer.status_code == 302
    page = reverse("imports:lane", args=["rencana", plan.pk])
    assert client_as("agency_operator", at=WorkPlanFactory().agency).get(page).status_code == 404
    assert client_as("coordinator").get(page).status_code == 403


def test_queries_do_not_grow_with_lines_or_indicators(operator, plan, django_assert_max_num_queries):
    url = reverse("imports:lane-workbook", args=["rencana", plan.pk])
    activity = plan.lines.first().activity
    for _number in range(4):
        PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory())
        IndicatorFactory(activity=activity)
    with django_assert_max_num_queries(25):
        operator.get(url)


def test_differences_ask_the_database_nothing_for_each_line(operator, plan, django_assert_max_num_queries):
    activity = plan.lines.first().activity
    for _number in range(6):
        PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), amount=100_000_000)
    content = filled(operator, plan, lines={f"D{row}": 120_000_000 for row in range(5, 13)})
    answer = send(operator, plan, content)
    with django_assert_max_num_queries(30):
        page = operator.get(answer.url)
    assert "8 sel akan berubah" in text_of(page)
