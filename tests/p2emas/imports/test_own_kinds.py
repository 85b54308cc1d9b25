"""People of one office with different roles: each reads and acts on the kinds of imports that they may make."""

import pytest
from django.urls import reverse

from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.models import Agency, Import
from tests.factories import AssignmentFactory
from tests.p2emas.imports.sheets import book, received
from tests.people import lead_agency, sign_in

pytestmark = pytest.mark.django_db
ROWS = {
    "perangkat-daerah": ["dis-baru", "Dinas Baru", "Dis Baru", "Dinas"],
    "pengguna": ["ani", "Nama ani", "ani@contoh.go.id", "", "Pimpinan daerah", "dis-lama", "01-10-2019"],
}


@pytest.fixture
def member(bappeda):
    """The lead agency reports on works of its own, so that it has an operator too."""
    Agency.objects.filter(pk=lead_agency().pk).update(member_from="2017-01-01", code="dis-lama")


def made(kind_code, user):
    kind = kind_of(kind_code)
    headers = [column.header for column in kind.columns]
    row = [*ROWS[kind_code], *[""] * len(headers)][: len(headers)]
    batch = start_import(kind=kind, received=received(book([row], token=kind.token, headers=headers)), user=user)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("role", ["agency_operator", "agency_head"])
def test_staff_of_the_lead_agency_have_nothing_of_what_its_coordinators_import(member, user_as, client_as, role):
    batch = made("perangkat-daerah", user_as("coordinator"))
    assert batch.status == "READY"
    client, page = client_as(role, at=lead_agency()), batch.get_absolute_url()
    file_url = batch.file.get_absolute_url()

    answers = [client.get(url).status_code for url in (page, f"{page}riwayat/", file_url)]
    answers += [client.post(f"{page}{step}/", {"seen": "READY"}).status_code for step in ("terapkan", "langkah/cancel")]

    assert answers == [404] * 5
    assert batch.file.original_name not in client.get(reverse("imports:import-list")).content.decode()
    assert Import.objects.get().status == "READY"


def test_who_reads_tables_of_people_does_not_apply_them_without_managing_people(member, user_as, client):
    batch = made("pengguna", user_as("coordinator_head"))
    assert batch.status == "READY"
    both = user_as("auditor")
    AssignmentFactory(user=both, agency=lead_agency(), role="coordinator")
    sign_in(client, both)
    page = batch.get_absolute_url()

    assert client.get(page).status_code == 200
    for step in ("terapkan/", "langkah/cancel/"):
        assert client.post(f"{page}{step}", {"seen": "READY"}).status_code == 403
    assert Import.objects.get().status == "READY"


def test_reader_of_an_import_that_failed_is_not_sent_to_an_upload_that_is_not_theirs(user_as, client_as):
    coordinator = user_as("coordinator")
    batch = made("perangkat-daerah", coordinator)
    Import.objects.filter(pk=batch.pk).update(status="FAILED", problem="Galat.")
    upload_url = reverse("imports:import-upload", args=["perangkat-daerah"])

    seen = {role: upload_url in client_as(role).get(batch.get_absolute_url()).content.decode()
            for role in ("coordinator", "leader", "auditor")}  # fmt: skip

    assert seen == {"coordinator": True, "leader": False, "auditor": False}
