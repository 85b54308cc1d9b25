"""Where an activity is written its code is held against the list: the form of a line and Kelola."""

import pytest

from programs.framework.models import Activity
from programs.nomenclature.models import NomenclatureEntry
from tests.factories import ActivityFactory, OutcomeFactory, WorkPlanFactory
from tests.programs.nomenclature.test_checking import listed, whole  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return WorkPlanFactory(year=2019)


def typed(**changes):
    return {
        "new_outcome": OutcomeFactory().pk,
        "place": "regency",
        "chain_link": "TRAINING",
        "fund": "DAU",
        "start_month": "3",
        "amount": "1.000.000",
    } | changes


def send(client_as, plan, **changes):
    operator = client_as("agency_operator", at=plan.agency)
    return operator.post(f"/rencana/{plan.pk}/baris/tambah/", typed(**changes))


def test_names_come_with_a_code_that_is_chosen(client_as, plan, listed):  # noqa: F811
    entry = NomenclatureEntry.objects.get(code="2.01.XX.15.07")

    answer = send(client_as, plan, new_entry=entry.pk)

    assert answer.status_code == 302
    made = Activity.objects.get()
    assert (made.code, made.name, made.programme_name) == (entry.code, entry.name, "Program contoh")


def test_names_come_with_a_code_that_is_typed(client_as, plan, listed):  # noqa: F811
    send(client_as, plan, new_code="2.01.03.15.07")

    made = Activity.objects.get()
    assert (made.code, made.name) == ("2.01.03.15.07", "Pelatihan pembibitan karet")


def test_code_that_contradicts_the_chosen_one_is_refused(client_as, plan, listed):  # noqa: F811
    entry = NomenclatureEntry.objects.get(code="2.01.XX.15.07")

    answer = send(client_as, plan, new_entry=entry.pk, new_code="2.01.03.15.02")

    assert "bukan kode yang dipilih" in answer.content.decode()
    assert not Activity.objects.exists()


def test_unlisted_code_is_taken_while_the_list_is_known_in_part(client_as, plan, listed):  # noqa: F811
    send(client_as, plan, new_code="2.01.03.15.09", new_name="Demplot")

    assert Activity.objects.unlisted().get().code == "2.01.03.15.09"


def test_unlisted_code_is_refused_by_a_whole_list_and_stays_typed(client_as, plan, listed):  # noqa: F811
    whole(listed)

    page = send(client_as, plan, new_code="2.01.03.15.09", new_name="Demplot").content.decode()

    assert "Kode 2.01.03.15.09 tidak ada dalam 13/2006. Yang dekat: 2.01.XX.15.02 Penyuluhan petani" in page
    assert 'value="2.01.03.15.09"' in page and 'value="Demplot"' in page
    assert not Activity.objects.exists()


def test_name_that_a_whole_list_contradicts_is_refused(client_as, plan, listed):  # noqa: F811
    whole(listed)

    page = send(client_as, plan, new_code="2.01.03.15.07", new_name="Lain sama sekali").content.decode()

    assert "kode 2.01.XX.15.07 bernama “Pelatihan pembibitan karet”" in page


def test_kelola_asks_the_list_only_of_what_changes(client_as, listed):  # noqa: F811
    whole(listed)
    stored = ActivityFactory(code="9.99", year=2019)
    data = {
        "agency": stored.agency_id, "year": 2019, "outcome": stored.outcome_id, "programme_name": "", "code": "9.99",
        "nomenclature": "13/2006", "level": "KEGIATAN", "name": "Nama baru",
    }  # fmt: skip
    client, address = client_as("coordinator"), f"/kelola/programs/activity/{stored.pk}/change/"

    assert client.post(address, data).status_code == 302
    assert "tidak ada dalam 13/2006" in client.post(address, data | {"code": "9.98"}).content.decode()
    stored.refresh_from_db()
    assert (stored.code, stored.name) == ("9.99", "Nama baru")


def test_pages_show_the_list_and_what_it_lacks(client_as, listed):  # noqa: F811
    known, stranger = (ActivityFactory(code=code, year=2019) for code in ("2.01.03.15.02", "2.01.03.15.09"))
    coordinator = client_as("coordinator")
    entry = NomenclatureEntry.objects.get(code="2.01.XX.15.02")

    listing = coordinator.get("/nomenklatur/?cari=penyuluhan&versi=13/2006").content.decode()
    page = coordinator.get(f"/nomenklatur/{entry.pk}/").content.decode()
    missing = coordinator.get("/nomenklatur/belum-ada/?tahun=2019").content.decode()
    above = coordinator.get(f"/nomenklatur/{NomenclatureEntry.objects.get(code='2.01').pk}/").content.decode()

    assert entry.code in listing and "2.01.XX.15.07" not in listing
    assert known.name in page and stranger.name not in page and "Program contoh" in page
    assert stranger.name in missing and known.name not in missing
    assert "2.01.XX.15" in above and "Urusan pilihan" in above


def test_agency_sees_its_own_unlisted_codes_alone(client_as, listed):  # noqa: F811
    ours, theirs = ActivityFactory(code="2.01.03.15.08"), ActivityFactory(code="2.01.03.15.09")

    page = client_as("agency_operator", at=ours.agency).get("/nomenklatur/belum-ada/").content.decode()

    assert ours.name in page and theirs.name not in page
