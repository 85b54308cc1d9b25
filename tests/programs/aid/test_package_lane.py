"""The packages of a plan as a workbook: new ones, changed ones, all or nothing, and taken back."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.models import LaneUpload
from programs.aid.models import AidPackage
from programs.aid.package_lane import PACKAGE_LANE, line_label
from tests.factories import (
    AidCheckFactory,
    AidPackageFactory,
    CommunityGroupFactory,
    PlanLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
HEAD = 4


@pytest.fixture
def line():
    """A line of a set plan in one village, with one package of 12 goats."""
    made = PlanLineFactory(plan=WorkPlanFactory(agreed=True), target_location=TargetLocationFactory())
    group = CommunityGroupFactory(village=made.target_location.village, name="Tani Maju")
    made.package = AidPackageFactory(plan_line=made, group=group, item="Kambing", quantity=12, unit="ekor", value=None)
    return made


@pytest.fixture
def client(client_as, line):
    return client_as("agency_operator", at=line.plan.agency)


class Book:
    """The workbook of the plan, with cells by the headings of its sheet."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan
        answer = client.get(reverse("imports:lane-workbook", args=["paket", plan.pk]))
        self.book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.sheet = self.book["Paket"]
        self.places = {cell.value: cell.column for cell in self.sheet[HEAD]}

    def write(self, row, **typed):
        for name, value in typed.items():
            self.sheet.cell(HEAD + row, self.places[name.replace("_", " ")], value)

    def send(self):
        content = io.BytesIO()
        self.book.save(content)
        sent = {"berkas": SimpleUploadedFile("isian.xlsx", content.getvalue())}
        answer = self.client.post(reverse("imports:lane", args=["paket", self.plan.pk]), sent)
        assert answer.status_code == 302, answer.text
        return self.client.get(answer.url)

    def apply(self):
        data = {"version": self.send().context["page"].comparison.version}
        return self.client.post(reverse("imports:lane-apply", args=[LaneUpload.objects.latest("pk").pk]), data)


NEW = {"Jumlah": 7, "Satuan": "lembar", "Barang": "Terpal kolam", "Nilai_(Rp)": 3_500_000, "Nomor_NPHD": "903/7"}


def new(line, **typed):
    return {"Baris_rencana": line_label(line), "Tempat": f"Tani Maju, {line.village}"} | NEW | typed


def test_packages_come_and_change_by_one_workbook_and_are_taken_back(client, line):
    book = Book(client, line.plan)
    book.write(1, Jumlah=13.5, Tanggal_BAST=date(2019, 9, 30), Nomor_BAST="027/1", Habis_dipakai="ya")
    book.write(2, **new(line, Tanggal_NPHD="24-09-2019"))

    page = book.send().text
    assert "4 sel akan berubah, 1 baris baru akan ditambahkan" in page and "13,5" in page
    assert book.apply().status_code == 302

    old, made = AidPackage.objects.order_by("pk")
    assert (old.quantity, old.handed_on, old.handover_no, old.consumable, old.value) == (
        Decimal("13.5"), date(2019, 9, 30), "027/1", True, None,
    )  # fmt: skip
    assert (made.plan_line, made.group, made.item, made.quantity, made.unit) == (
        line,
        old.group,
        "Terpal kolam",
        7,
        "lembar",
    )
    assert (made.value, made.grant_no, made.grant_on, made.handed_on) == (3_500_000, "903/7", date(2019, 9, 24), None)
    assert made.created_by == client.user

    upload = LaneUpload.objects.latest("pk")
    assert client.post(reverse("imports:lane-undo", args=[upload.pk])).status_code == 302
    old = AidPackage.objects.get()
    assert (old.quantity, old.handed_on, old.handover_no, old.consumable) == (12, None, "", False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"Jumlah": 0}, "Isi jumlah lebih dari nol"),
        ({"Tempat": "Kelompok lain"}, "tidak ada dalam daftar"),
        ({"Nomor_BAST": "027/9"}, "Isi tanggal BAST yang bernomor ini"),
        ({"Tanggal_BAST": "09-10-2019"}, "Isi tanggal 8 Oktober 2019 atau sebelumnya"),
        ({"Barang": "Kambing"}, "Sama dengan paket"),
    ],
)
def test_one_wrong_row_keeps_all_from_being_saved(client, line, typed, sentence):
    book = Book(client, line.plan)
    book.write(1, Jumlah=99)
    book.write(2, **new(line, **typed))

    page = book.send().text

    assert sentence in page
    assert book.apply().status_code == 200
    assert AidPackage.objects.get().quantity == 12


def test_a_group_of_another_village_gets_nothing_of_the_line(client, line):
    other = PlanLineFactory(plan=line.plan, target_location=TargetLocationFactory())
    far = CommunityGroupFactory(village=other.village, name="Mina Muda")
    book = Book(client, line.plan)
    book.write(2, **new(line, Tempat=f"Mina Muda, {far.village}"))

    assert f"Kelompok ini bukan dari {line.village}" in book.send().text


def test_what_was_counted_stays_and_a_package_in_use_is_not_taken_back(client, line):
    AidPackage.objects.filter(pk=line.package.pk).update(handed_on=date(2019, 3, 1))
    AidCheckFactory(package=line.package, month=6, checked_on=date(2019, 9, 1), left=9)
    book = Book(client, line.plan)
    book.write(1, Jumlah=8)
    assert "Pada bulan ke-6 dihitung 9 ekor." in book.send().text

    book = Book(client, line.plan)
    book.write(2, **new(line, Tanggal_BAST="01-03-2019"))
    book.apply()
    made = AidPackage.objects.latest("pk")
    AidCheckFactory(package=made, month=6, checked_on=date(2019, 9, 1), left=7)
    answer = client.post(reverse("imports:lane-undo", args=[LaneUpload.objects.latest("pk").pk]), follow=True)

    assert answer.status_code in {200, 409}
    assert AidPackage.objects.filter(pk=made.pk).exists()


def test_somebody_who_saved_meanwhile_keeps_the_file_out(client, line):
    book = Book(client, line.plan)
    book.write(1, Satuan="kepala")
    page = book.send()
    line.package.unit = "induk"
    line.package.save()

    upload = LaneUpload.objects.latest("pk")
    client.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": page.context["page"].comparison.version})

    assert AidPackage.objects.get().unit == "induk"


def test_only_who_keeps_the_packages_of_a_set_plan_fills_them(client_as, line):
    address = reverse("imports:lane", args=["paket", line.plan.pk])

    assert client_as("coordinator").get(address).status_code == 200
    assert client_as("auditor").get(address).status_code == 403
    assert client_as("agency_operator").get(address).status_code == 404
    draft = WorkPlanFactory(agency=line.plan.agency, year=2020)
    answer = client_as("coordinator").get(reverse("imports:lane", args=["paket", draft.pk]))
    assert "rencana yang sudah ditetapkan" in answer.text


def test_the_sheet_is_read_in_as_many_queries_for_any_number_of_packages(line, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        PACKAGE_LANE.sheets(line.plan)
    for number in range(4):
        other = PlanLineFactory(plan=line.plan, target_location=TargetLocationFactory())
        group = CommunityGroupFactory(village=other.village)
        AidPackageFactory(plan_line=other, group=group, item=f"Barang {number}")
    with django_assert_num_queries(len(few)):
        PACKAGE_LANE.sheets(line.plan)
