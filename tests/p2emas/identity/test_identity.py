"""The page of who we are: the head writes it, a second saver sees both versions, the zone stays once it was used."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from p2emas import naming
from p2emas.accounts.models import Agency, why_not_together
from p2emas.accounts.roles import Role
from p2emas.history.records import last_edit
from p2emas.identity.gaps import gaps
from p2emas.models import Identity
from tests.facilitator_factories import RecruitmentRoundFactory
from tests.factories import (
    AgencyFactory,
    OfficialFactory,
    ReportingPeriodFactory,
    SelectionRoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE, FORM = "/identitas/", "/identitas/ubah/"


@pytest.fixture
def head(client_as):
    return client_as("coordinator_head")


@pytest.fixture
def typed(bappeda):
    ours = Identity.objects.get(pk=1)
    return {
        "kind": "CITY",
        "name": "Kota Singkawang",
        "province": "Provinsi Kalimantan Barat",
        "seat": "Singkawang",
        "lead_agency": bappeda.pk,
        "phones": "(0562) 000-000",
        "zone": "Asia/Jakarta",
        "seen": last_edit(ours) or "",
    }


def test_there_is_only_one(bappeda):
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.create(pk=2)


def test_head_saves_and_the_next_page_says_it(head, typed):
    answer = head.post(FORM, typed, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Kota Singkawang" in page and "PEMERINTAH KOTA SINGKAWANG" in page and "WALI KOTA SINGKAWANG" in page
    assert Identity.objects.get(pk=1).province == "Kalimantan Barat"
    assert Identity.objects.get(pk=1).history.first().history_user == head.user


def test_second_saver_sees_both_versions(head, client_as, typed):
    head.post(FORM, typed)

    answer = client_as("coordinator_head").post(FORM, typed | {"seat": "Pontianak"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pontianak" in page and "Singkawang" in page
    assert Identity.objects.get(pk=1).seat == "Singkawang"


def test_zone_stays_once_a_period_was_promised(head, typed):
    ReportingPeriodFactory()

    answer = head.post(FORM, typed | {"zone": "Asia/Makassar", "seat": "Ende"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Zona waktu tidak dapat diganti lagi: tenggat periode laporan sudah dihitung menurutnya." in page
    assert 'value="Ende"' in page
    assert Identity.objects.get(pk=1).zone == "Asia/Jakarta"


def test_zone_is_held_by_the_record_whichever_way_it_is_saved(bappeda):
    ReportingPeriodFactory()
    ours = Identity.objects.get(pk=1)
    ours.zone = "Asia/Makassar"

    for change in (
        ours.full_clean,
        ours.save,
        lambda: ours.save(update_fields=["zone"]),
        lambda: Identity.objects.update(zone="Asia/Makassar"),
        lambda: Identity.objects.update_or_create(pk=1, defaults={"zone": "Asia/Makassar"}),
        lambda: Identity.objects.bulk_update([ours], ["zone"]),
    ):
        with pytest.raises(ValidationError, match="tenggat periode laporan sudah dihitung"), transaction.atomic():
            change()
    assert Identity.objects.get(pk=1).zone == "Asia/Jakarta"
    Identity.objects.update(zone="Asia/Jakarta", seat="Ende")  # what stays as it is may be written


@pytest.mark.parametrize("factory", [ReportingPeriodFactory, RecruitmentRoundFactory, SelectionRoundFactory])
def test_each_promised_date_holds_the_zone(bappeda, factory):
    Identity.objects.update(zone="Asia/Makassar")
    factory()

    with pytest.raises(ValidationError):
        Identity.objects.update(zone="Asia/Jakarta")


def test_zone_changes_while_nothing_was_promised(head, typed):
    head.post(FORM, typed | {"zone": "Asia/Makassar"})

    assert naming.fresh().zone == "WITA"


def test_kecamatan_office_does_not_lead(head, typed):
    office = AgencyFactory(kind=Agency.Kind.KECAMATAN)

    assert "Pilih" in head.post(FORM, typed | {"lead_agency": office.pk}).content.decode()
    with pytest.raises(ValidationError):
        Identity(lead_agency=office).full_clean()


def test_rights_hang_from_the_key_not_from_a_code(bappeda, business_day):
    other = AgencyFactory(code="bapperida", short_name="Bapperida")
    assert why_not_together(Role.COORDINATOR, bappeda, business_day) is None

    Identity.objects.filter(pk=1).update(lead_agency=other)
    naming.forget()

    assert why_not_together(Role.COORDINATOR, other, business_day) is None
    assert "(Bapperida)" in str(why_not_together(Role.COORDINATOR, bappeda, business_day))


def test_without_a_lead_office_nobody_coordinates(business_day, unnamed):
    refusal = why_not_together(Role.COORDINATOR, AgencyFactory(code="bappeda"), business_day)

    assert refusal == "Kantor pengelola program belum dipilih. Pilih dahulu di halaman Identitas."


def test_superuser_of_an_empty_installation_is_told_what_to_fill_in(unnamed):
    client = Client()
    client.force_login(UserFactory(is_superuser=True))

    page = client.get("/beranda/").content.decode()

    assert "Identitas belum lengkap" in page and "Nama daerah belum diisi." in page
    assert "Kantor pengelola belum dipilih" in client.get(PAGE).content.decode()


def test_examples_and_missing_signers_are_named(bappeda):
    Identity.objects.filter(pk=1).update(name="Alor", phones="(0386) 000 (contoh)")
    camat = AgencyFactory(kind=Agency.Kind.KECAMATAN, short_name="Kec. Kabola")

    found = " ".join(gaps())

    assert "Telepon masih contoh: (0386) 000 (contoh)." in found
    assert "Belum ada pejabat Bappeda yang dapat menandatangani." in found
    assert f"{camat} tercatat sebagai anggota program" in found
    OfficialFactory(agency=bappeda)
    Agency.objects.filter(pk=camat.pk).update(member_from=None)
    assert "pejabat" not in " ".join(gaps()) and "Kabola" not in " ".join(gaps())
