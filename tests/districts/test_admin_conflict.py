"""Two people on one page of the back office: nothing is overwritten, the second sees both versions."""

import pytest
from django.urls import reverse

from districts.models import VillageAlias
from tests.districts.test_admin import filled
from tests.factories import CommunityGroupFactory, DistrictFactory, VillageAliasFactory, VillageFactory
from tests.markup import tight

pytestmark = pytest.mark.django_db


def test_second_saver_sees_both_versions_and_overwrites_nothing(client_as):
    village = VillageFactory(contact_name="Kepala lama", contact_phone="")
    page = reverse("admin:districts_village_change", args=[village.pk])
    first, second = client_as("coordinator"), client_as("coordinator_head")
    shown = [client.get(page) for client in (first, second)]
    first.post(page, filled(shown[0], contact_phone="0812") | {"seen": shown[0].context["seen"]})

    late = second.post(page, filled(shown[1], contact_name="Sekretaris") | {"seen": shown[1].context["seen"]})

    village.refresh_from_db()
    text = tight(late.text)
    assert (village.contact_name, village.contact_phone) == ("Kepala lama", "0812")
    assert "<title>Galat: " in text
    assert "Orang lain menyimpan lebih dahulu" in text
    assert 'value="Sekretaris"' in text
    assert {"Yang tersimpan sekarang: Kepala lama", "Yang tersimpan sekarang: 0812"} <= {
        str(error) for errors in late.context["adminform"].form.errors.values() for error in errors
    }
    assert f'name="seen" value="{late.context["seen"]}"' in text

    again = second.post(page, filled(late, contact_phone="0812") | {"seen": late.context["seen"]})

    village.refresh_from_db()
    assert again.status_code == 302
    assert (village.contact_name, village.contact_phone) == ("Sekretaris", "0812")


def test_rows_below_the_record_count_as_the_record(client_as):
    village = VillageFactory()
    alias = VillageAliasFactory(village=village, name="Nama lama")
    page = reverse("admin:districts_village_change", args=[village.pk])
    first, second = client_as("coordinator"), client_as("coordinator_head")
    shown = [client.get(page) for client in (first, second)]
    rename = {"aliases-0-name": "Nama dari yang pertama", "seen": shown[0].context["seen"]}
    first.post(page, filled(shown[0]) | rename)

    late = second.post(page, filled(shown[1]) | rename | {"aliases-0-name": "Nama dari yang kedua"})

    assert VillageAlias.objects.get(pk=alias.pk).name == "Nama dari yang pertama"
    assert "Yang tersimpan sekarang: Nama dari yang pertama" in late.content.decode()
    assert 'value="Nama dari yang kedua"' in late.content.decode()


def test_choices_and_ticks_are_told_in_words(client_as):
    group = CommunityGroupFactory(kind="POKTAN", active=True)
    page = reverse("admin:districts_communitygroup_change", args=[group.pk])
    shown = client_as("coordinator").get(page)
    group.name = "Nama baru"
    group.save()

    typed = filled(shown, kind="KWT", village=VillageFactory().pk) | {"seen": shown.context["seen"]}
    del typed["active"]
    late = client_as("coordinator").post(page, typed)

    told = " ".join(str(e) for errors in late.context["adminform"].form.errors.values() for e in errors)
    assert {
        word for word in ("Kelompok tani", "ya", group.village.name, "Nama baru") if f"sekarang: {word}" in told
    } == {
        "Kelompok tani",
        "ya",
        group.village.name,
        "Nama baru",
    }


def test_reader_and_new_record_carry_no_mark(client_as):
    district = DistrictFactory()
    page = reverse("admin:districts_district_change", args=[district.pk])

    assert "seen" not in client_as("auditor").get(page).context
    assert "seen" not in client_as("coordinator").get(reverse("admin:districts_village_add")).context
    assert client_as("coordinator").get(page).context["seen"]


def test_a_row_added_meanwhile_is_named(client_as):
    village = VillageFactory()
    VillageAliasFactory(village=village, name="Nama lama")
    page = reverse("admin:districts_village_change", args=[village.pk])
    first, second = client_as("coordinator"), client_as("coordinator_head")
    shown = [client.get(page) for client in (first, second)]
    marks = [{"seen": answer.context["seen"]} for answer in shown]
    first.post(page, filled(shown[0]) | marks[0] | {"aliases-1-name": "Nama yang ditambahkan"})

    late = second.post(page, filled(shown[1], contact_name="Sekretaris") | marks[1])

    assert "Ditambahkan sementara itu: Nama yang ditambahkan" in late.content.decode()
    assert "Ditambahkan sementara itu: Nama lama" not in late.content.decode()
    again = second.post(page, filled(late) | {"seen": late.context["seen"]})
    village.refresh_from_db()
    assert (again.status_code, village.contact_name) == (302, "Sekretaris")
    assert set(village.aliases.values_list("name", flat=True)) == {"Nama lama", "Nama yang ditambahkan"}


def test_the_stock_sentence_does_not_repeat_the_summary(client_as):
    village = VillageFactory()
    page = reverse("admin:districts_village_change", args=[village.pk])
    coordinator = client_as("coordinator")

    text = tight(coordinator.post(page, filled(coordinator.get(page), name="")).text)

    assert "Ada yang perlu dibetulkan" in text and "<title>Galat: " in text
    assert "Harap perbaiki" not in text
