"""A plan filled as a workbook: its rules are those of its forms, and one wrong cell keeps all from being saved."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.models import LaneUpload
from programs.models import IndicatorTarget, PlanLine, WorkPlan
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


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


# --- Rows without a code -------------------------------------------------------------------------------------------


def new_row(**cells):
    """A new line in row 7, under the two that are there, with everything that its form asks for."""
    whole = {"B7": None, "C7": None, "D7": 50_000_000, "E7": 10_000_000, "I7": 20, "M7": 3, "N7": "paket"}
    whole |= {"O7": "DAU", "P7": "April", "R7": "Pelatihan"}
    return whole | cells


@pytest.fixture
def named(plan):
    activity = plan.lines.first().activity
    village = TargetLocationFactory().village
    return {"B7": activity.code, "C7": village.name}, activity, village


def test_row_without_code_adds_a_line_and_undo_deletes_it(operator, plan, named):
    cells, activity, village = named
    answer = send(operator, plan, filled(operator, plan, lines=new_row(**cells) | {"D5": 120_000_000}))
    page = text_of(operator.get(answer.url))
    assert "1 sel akan berubah, 1 baris baru akan ditambahkan" in page
    assert f"{activity.code} {activity.name}" in page
    assert apply(operator, answer).status_code == 302
    line = plan.lines.latest("pk")
    assert (line.activity, line.village, line.amount, line.fund, line.start_month) == (
        activity,
        village,
        50_000_000,
        "DAU",
        4,
    )
    assert (line.chain_link, line.volume, line.unit) == ("TRAINING", 3, "paket")
    assert list(line.targets.values_list("quarter", "money", "physical")) == [(1, 10_000_000, Decimal(20))]
    assert line.history.get().history_user == operator.user
    upload = LaneUpload.objects.get()
    assert "1 sel berubah, 1 baris baru" in text_of(operator.get(reverse("imports:lane-upload", args=[upload.pk])))
    assert operator.post(reverse("imports:lane-undo", args=[upload.pk])).status_code == 302
    assert list(plan.lines.values_list("amount", flat=True)) == [100_000_000, 100_000_000]
    assert PlanLine.history.filter(id=line.pk).first().history_type == "-"


def test_undo_keeps_new_lines_once_somebody_saved(operator, plan, named):
    answer = send(operator, plan, filled(operator, plan, lines=new_row(**named[0])))
    apply(operator, answer)
    plan.refresh_from_db()
    WorkPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    upload = LaneUpload.objects.get()
    assert operator.post(reverse("imports:lane-undo", args=[upload.pk])).status_code == 409
    assert plan.lines.count() == 3


def test_new_row_follows_the_rules_of_the_form_of_a_line(operator, plan, named):
    cells = named[0] | {"B7": "Tidak ada", "C7": None, "D7": 5, "R7": None, "P7": None}
    answer = send(operator, plan, filled(operator, plan, lines=new_row(**cells)))
    page = text_of(apply(operator, answer))
    for sentence in (
        "Sel B7: “Tidak ada” tidak ada dalam daftar",
        "Sel C7: Pilih tempat dari daftar",
        "Sel E7: Target keuangan TW I tidak boleh melebihi pagu",
        "Sel R7:",
        "Sel P7:",
    ):
        assert sentence in page, page
    assert plan.lines.count() == 2
    activity, village = named[1:]
    corrected = {"activity": activity.code, "where": village.name, "chain_link": "SEED", "start_month": "2"}
    corrected |= {"amount": "20.000.000"}
    assert apply(operator, answer, **{f"isi-b7-{name}": text for name, text in corrected.items()}).status_code == 302
    assert plan.lines.latest("pk").amount == 20_000_000


def test_other_village_needs_its_reason_and_territory_takes_no_group(operator, plan, named):
    other = VillageFactory()
    answer = send(operator, plan, filled(operator, plan, lines=new_row(**named[0] | {"C7": other.name})))
    assert "Sel U7: Tulis alasan mengapa kegiatan di luar lokasi sasaran" in text_of(operator.get(answer.url))
    assert apply(operator, answer, **{"isi-b7-exception_reason": "Pesanan desa"}).status_code == 302
    line = plan.lines.latest("pk")
    assert (line.other_village, line.target_location, line.exception_reason) == (other, None, "Pesanan desa")


def test_same_workbook_sent_twice_adds_its_lines_once(operator, plan, named):
    content = filled(operator, plan, lines=new_row(**named[0]))
    apply(operator, send(operator, plan, content))
    line = plan.lines.latest("pk")
    page = text_of(operator.get(send(operator, plan, content).url))
    assert f"Baris 7: Sama dengan baris r{line.pk}" in page
    assert plan.lines.count() == 3


def test_row_that_is_not_in_the_file_deletes_nothing(operator, plan):
    book = openpyxl.load_workbook(io.BytesIO(filled(operator, plan)))
    book["Baris rencana"].delete_rows(6)
    made = io.BytesIO()
    book.save(made)
    page = text_of(operator.get(send(operator, plan, made.getvalue()).url))
    assert "1 baris tidak ada dalam berkas: tidak dihapus dan tidak berubah" in page


def test_pasted_row_without_code_is_a_new_line(operator, plan, named):
    activity, village = named[1:]
    text = "Kode\tKegiatan\tTempat\tPagu (Rp)\tSumber dana\tBulan mulai\tMata rantai\n"
    text += f"\t{activity.code}\t{village.name}\t12.500.000\tDAU\tMei\tBibit"
    answer = operator.post(reverse("imports:lane", args=["rencana", plan.pk]), {"tempelan": text})
    assert apply(operator, answer).status_code == 302
    assert plan.lines.latest("pk").amount == 12_500_000


# --- Many lines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["changed", "new"])
def test_applying_costs_the_same_queries_for_one_line_and_for_thirty(operator, plan, named, what):
    activity = named[1]
    for _number in range(30):
        PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), amount=10_000_000)

    def spent(number):
        count = plan.lines.count()
        cells = {}
        for at in range(5, 5 + number) if what == "changed" else range(5 + count, 5 + count + number):
            added = {name.replace("7", str(at)): value for name, value in new_row(**named[0]).items()}
            own = {f"D{at}": 20_000_000 + at * 7 + number, f"E{at}": 1_000_000 + number, f"J{at}": 40}
            cells |= own if what == "changed" else added | own
        upload_url = send(operator, plan, filled(operator, plan, lines=cells)).url
        version = operator.get(upload_url).context["page"].comparison.version
        upload = LaneUpload.objects.latest("pk")
        found = []
        for step, data in (("imports:lane-apply", {"version": version}), ("imports:lane-undo", {})):
            with CaptureQueriesContext(connection) as queries:
                assert operator.post(reverse(step, args=[upload.pk]), data).status_code == 302
            found.append(len(queries))
        return found

    few, many = spent(1), spent(30)
    assert all(more <= less + 2 for less, more in zip(few, many, strict=True)), (few, many)
    assert max(many) < 60
