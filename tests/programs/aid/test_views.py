"""From a line of a plan to a package, and from a package to what was counted of it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.accounts.roles import Role
from programs.aid.models import AidCheck, AidPackage
from tests.factories import (
    AidCheckFactory,
    AidPackageFactory,
    CommunityGroupFactory,
    PlanLineFactory,
    VillageFactory,
    VillageScopeFactory,
)
from tests.pictures import JPEG

pytestmark = pytest.mark.django_db
TYPED = {"item": "  Kambing   PE ", "quantity": "12", "unit": "ekor", "value": "30.000.000"}


@pytest.fixture
def line():
    return PlanLineFactory(located=True)


@pytest.fixture
def package():
    return AidPackageFactory(handed=True, quantity=12)


def check_url(package, month=12):
    return reverse("aid:check-record", args=[package.pk, month])


def placed(client_as, package):
    client = client_as(Role.FACILITATOR)
    VillageScopeFactory(user=client.user, village=package.village)
    return client


def test_a_package_is_written_down_from_its_line_with_what_the_plan_says(client_as, line):
    group = CommunityGroupFactory(village=line.village)
    line.group, line.volume, line.unit = group, 8, "ekor"
    line.save()
    client = client_as("agency_operator", at=line.plan.agency)
    url = reverse("aid:package-create", args=[line.pk])

    shown = client.get(url).content.decode()
    answer = client.post(url, TYPED | {"group": group.pk, "handover_no": "520/7", "handed_on": "24-10-2018"})

    package = AidPackage.objects.get()
    assert answer.status_code == 302 and answer.url == package.get_absolute_url()
    assert (package.plan_line, package.group, package.item, package.value) == (line, group, "Kambing PE", 30_000_000)
    assert (package.handed_on, package.created_by) == (date(2018, 10, 24), client.user)
    assert 'value="8"' in shown and 'value="ekor"' in shown
    assert "Tambah paket" in client.get(reverse("profiles:activity-detail", args=[line.pk])).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"quantity": "0"}, "Isi jumlah lebih dari nol"),
        ({"handover_no": "520/7"}, "Isi tanggal BAST yang bernomor ini"),
        ({"handed_on": "09-10-2019"}, "Isi tanggal 8 Oktober 2019 atau sebelumnya"),
        ({"group": ""}, "Pilih kelompok penerima"),
    ],
)
def test_a_package_is_refused_in_a_sentence(client_as, line, typed, sentence):
    group = CommunityGroupFactory(village=line.village)
    client = client_as("agency_operator", at=line.plan.agency)

    answer = client.post(reverse("aid:package-create", args=[line.pk]), TYPED | {"group": group.pk} | typed)

    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not AidPackage.objects.exists()


def test_a_group_of_another_village_gets_nothing_of_a_line_with_a_village(client_as, line):
    other = CommunityGroupFactory(village=VillageFactory())
    client = client_as("agency_operator", at=line.plan.agency)

    client.post(reverse("aid:package-create", args=[line.pk]), TYPED | {"group": other.pk})

    assert not AidPackage.objects.exists()


def test_a_double_click_makes_one_package(client_as, line):
    group = CommunityGroupFactory(village=line.village)
    client = client_as("agency_operator", at=line.plan.agency)
    url = reverse("aid:package-create", args=[line.pk])

    answers = [client.post(url, TYPED | {"group": group.pk}).status_code for _click in range(2)]

    assert (answers, AidPackage.objects.count()) == ([302, 200], 1)


def test_a_facilitator_writes_down_a_check_with_a_photo(client_as, package):
    client = placed(client_as, package)
    AidCheckFactory(package=package, month=6, left=9)

    answer = client.post(
        check_url(package),
        {"checked_on": "07-10-2019", "left": "8", "condition": "GOOD", "photos": SimpleUploadedFile("a.jpg", JPEG)},
    )

    check = AidCheck.objects.get(month=12)
    assert answer.status_code == 302
    assert (check.left, check.checked_by, check.photos.count()) == (8, client.user, 1)
    page = client.get(package.get_absolute_url()).content.decode()
    assert "8 dari 12 ekor" in page and check.photos.get().get_absolute_url() in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"left": "10"}, "Isi paling banyak 9 ekor"),
        ({"left": ""}, "Isi jumlah yang masih ada, 0 bila tidak ada"),
        ({"left": "", "lost": "on"}, "Tulis mengapa barangnya tidak dapat dihitung"),
        ({"left": "8", "lost": "on", "note": "Kosong"}, "Kosongkan jumlahnya"),
        ({"checked_on": "23-09-2019"}, "Pemeriksaan bulan ke-12 dilakukan 24 September 2019"),
        ({"checked_on": "09-10-2019"}, "Isi tanggal 8 Oktober 2019 atau sebelumnya"),
    ],
)
def test_a_count_that_cannot_be_is_refused_in_a_sentence(client_as, package, typed, sentence):
    AidCheckFactory(package=package, month=6, left=9)

    answer = client_as("coordinator").post(check_url(package), {"checked_on": "07-10-2019", "left": "8"} | typed)

    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert AidCheck.objects.count() == 1


def test_an_earlier_check_is_no_less_than_a_later_one(client_as, package):
    AidCheckFactory(package=package, month=12, left=8, checked_on=date(2019, 10, 1))
    client = client_as("coordinator")

    answer = client.post(check_url(package, 6), {"checked_on": "24-04-2019", "left": "7"})

    assert "antara 8 dan 12 ekor" in answer.content.decode()
    assert client.post(check_url(package, 6), {"checked_on": "24-04-2019", "left": "8"}).status_code == 302


def test_who_corrects_a_check_that_somebody_else_wrote_meanwhile_is_told(client_as, package):
    client = client_as("coordinator")
    AidCheckFactory(package=package, month=12, left=8, checked_on=date(2019, 10, 1))  # after the page was shown

    answer = client.post(check_url(package), {"checked_on": "07-10-2019", "left": "5", "seen": ""})

    assert "Orang lain mencatat pemeriksaan ini lebih dahulu" in answer.content.decode()
    assert AidCheck.objects.get().left == 8


def test_a_package_keeps_what_was_counted_of_it(client_as, package):
    AidCheckFactory(package=package, month=6, left=9)
    client = client_as("coordinator")
    url = reverse("aid:package-edit", args=[package.pk])
    shown = client.get(url).context["form"]
    typed = {name: shown[name].value() or "" for name in shown.fields if name != "consumable"}

    few = client.post(url, typed | {"quantity": "8"})
    moved = client.post(url, typed | {"handed_on": "24-01-2018"})
    used = client.post(url, typed | {"consumable": "on"})

    assert "Pada bulan ke-6 dihitung 9 ekor" in few.content.decode()
    assert "tanggal BAST ini tidak cocok" in moved.content.decode()
    assert "jadi tetap barang tahan lama" in used.content.decode()
    assert client.post(url, typed | {"quantity": "9"}).status_code == 302


def test_the_list_is_narrowed_by_every_filter(client_as):
    due = AidPackageFactory(handed_on=date(2019, 3, 1), item="Terpal")
    lost = AidPackageFactory(handed_on=date(2019, 1, 1), item="Sapi")
    AidCheckFactory(package=lost, left=None, note="Kosong", checked_on=date(2019, 7, 1))
    AidPackageFactory(handed_on=date(2019, 9, 1), item="Pakan", consumable=True)
    planned = AidPackageFactory(item="Lebah")
    client = client_as("coordinator")

    def listed(**query):
        return {row.package.item for row in client.get(reverse("aid:package-list"), query).context["rows"]}

    assert listed() == {"Terpal", "Sapi", "Pakan", "Lebah"}
    assert listed(keadaan="jatuh-tempo") == {"Terpal"}
    assert listed(keadaan="tidak-ditemukan") == {"Sapi"}
    assert listed(keadaan="habis-pakai") == {"Pakan"}
    assert listed(keadaan="belum-diserahkan") == {"Lebah"}
    assert listed(keadaan="diserahkan", barang="sap") == {"Sapi"}
    assert listed(desa=due.village.slug) == {"Terpal"}
    assert listed(skpd=planned.agency.code, tahun=planned.plan_line.plan.year) == {"Lebah"}
    assert listed(tahun="satu", keadaan="x") == {"Terpal", "Sapi", "Pakan", "Lebah"}
