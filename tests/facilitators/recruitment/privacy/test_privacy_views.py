"""The head's page about one applicant's data, and the log of openings."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from facilitators.models import PersonalDataAccess
from tests import facilitator_factories as make
from tests.factories import UserFactory
from tests.planted import WORDS, plant

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-penguji"


def url(name: str, row) -> str:
    return reverse(f"recruitment:{name}", args=[row.round.code, row.pk])


@pytest.fixture
def head(client_as):
    """Signed in, with a password of which the page may ask again."""
    client = client_as("coordinator_head")
    client.user.set_password(PASSWORD)
    client.user.save()
    client.force_login(client.user)
    return client


@pytest.fixture
def confirmed(head):
    head.post("/akun/pastikan/", {"password": PASSWORD})
    return head


# --- Requests of the applicant ----------------------------------------------------------------------------------------


def test_copy_asks_for_the_password_first_and_then_goes_out(head):
    row = make.ApplicationFactory()

    asked = head.post(url("personal-copy", row), {"reason": "Surat 3 Oktober"})
    traces = row.accesses.count()
    answer = head.post(asked["Location"], {"password": PASSWORD})

    assert asked["Location"].startswith("/akun/pastikan/")
    assert traces == 0
    assert zipfile.ZipFile(BytesIO(answer.content)).namelist() == ["baca-saya.txt", "data.json"]
    assert answer["Cache-Control"].startswith("max-age=0")
    assert row.number in answer["Content-Disposition"]
    assert row.accesses.get().user == head.user


def test_copy_without_a_reason_gives_nothing_out(confirmed):
    row = make.ApplicationFactory()

    page = confirmed.post(url("personal-copy", row), {"reason": " "})

    assert "Isi alasan" in page.content.decode()
    assert row.accesses.count() == 0


def correction(row, **typed) -> dict[str, object]:
    fields = {"name": row.name, "phone": row.phone, "address": row.address, "education": row.education}
    fields |= {"school": row.school, "major": row.major, "graduated": row.graduated, "birth_date": "17-03-1994"}
    return {**fields, "email": row.email, "version": row.version, "reason": "Salah ketik", **typed}


def test_correction_is_saved_and_named_without_what_it_says(head):
    row = make.ApplicationFactory()

    page = head.post(url("personal-correct", row), correction(row, name="Nama Betul"), follow=True)

    row.refresh_from_db()
    trace = row.accesses.get()
    assert row.name == "Nama Betul"
    assert "Diperbaiki: nama lengkap" in page.content.decode()
    assert (trace.detail, trace.reason) == ("nama lengkap", "Salah ketik")


def test_correction_of_two_editors_shows_both_and_keeps_the_first(head):
    row = make.ApplicationFactory()
    typed = correction(row, name="Nama Kedua")
    head.post(url("personal-correct", row), correction(row, name="Nama Pertama"))

    page = head.post(url("personal-correct", row), typed)

    row.refresh_from_db()
    assert (page.status_code, row.name) == (409, "Nama Pertama")
    assert {name for name in ("Nama Pertama", "Nama Kedua") if name in page.content.decode()} == {
        "Nama Pertama",
        "Nama Kedua",
    }


def test_wrong_correction_keeps_what_was_typed(head):
    row = make.ApplicationFactory()

    page = head.post(url("personal-correct", row), correction(row, nik="123", name="Nama Betul"))

    text = page.content.decode()
    row.refresh_from_db()
    assert "16 angka" in text
    assert "Nama Betul" in text
    assert row.name != "Nama Betul"


def test_correction_page_never_shows_the_whole_nik(head):
    row = make.ApplicationFactory()

    text = head.get(url("personal-correct", row)).content.decode()

    assert row.masked_nik in text
    assert make.nik_of(int(row.number[-4:])) not in text


def test_erasure_blanks_and_the_page_says_so(confirmed):
    row = plant(person=False)

    page = confirmed.post(url("personal-erase", row), {"reason": "Surat pelamar"}, follow=True)

    text = page.content.decode()
    row.refresh_from_db()
    assert row.erased_at is not None
    assert "dihapus pada" in text
    assert [word for word in WORDS.values() if word in text] == []


def test_erasure_of_somebody_who_works_is_refused_with_a_sentence(confirmed):
    row = make.ApplicationFactory(status="RESERVE", reserve_rank=1)
    person = make.FacilitatorFactory(application=row)
    make.PlacementFactory(facilitator=person, contract__facilitator=person)

    page = confirmed.post(url("personal-erase", row), {"reason": "Surat pelamar"})

    row.refresh_from_db()
    assert "masih bertugas" in page.content.decode()
    assert row.erased_at is None


def test_head_with_a_seat_is_turned_away(head):
    row = make.ApplicationFactory()
    make.PanelSeatFactory(round=row.round, user=head.user)

    assert [head.get(url(name, row)).status_code for name in ("personal-data", "personal-erase")] == [404, 404]


# --- The log ----------------------------------------------------------------------------------------------------------


def log_url(row) -> str:
    return reverse("recruitment:access-list", args=[row.round.code])


def test_log_names_who_opened_what_of_this_round_only(client_as):
    row, other = make.ApplicationFactory(), make.ApplicationFactory()
    make.PersonalDataAccessFactory(application=row, user=UserFactory(name="Pembuka satu"), reason="Alasan satu")
    PersonalDataAccess.objects.create(round=row.round, field="EXPORT", reason="Alasan dua", detail="12 lamaran")
    make.PersonalDataAccessFactory(application=other, reason="Alasan lain")

    text = client_as("auditor").get(log_url(row)).content.decode()

    assert {word for word in ("Pembuka satu", "Alasan satu", "Alasan dua", row.number, "seluruh tahap seleksi") if word in text} == {
        "Pembuka satu", "Alasan satu", "Alasan dua", row.number, "seluruh tahap seleksi",
    }  # fmt: skip
    assert "Alasan lain" not in text
    assert row.name not in text


def test_log_can_be_narrowed_and_paged(client_as):
    row = make.ApplicationFactory()
    for number in range(30):
        make.PersonalDataAccessFactory(application=row, field="NIK", reason=f"Alasan {number:02d}")
    make.PersonalDataAccessFactory(application=row, field="COPY", reason="Salinan diminta")
    auditor = client_as("auditor")

    narrowed = auditor.get(log_url(row), {"jenis": "COPY"}).content.decode()
    second = auditor.get(log_url(row), {"halaman": "2"}).content.decode()

    assert ("Salinan diminta" in narrowed, "Alasan 01" in narrowed) == (True, False)
    assert second.count("Alasan ") >= 5


def test_empty_log_says_why(client_as):
    assert "Belum ada yang membuka" in client_as("leader").get(log_url(make.ApplicationFactory())).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "coordinator_head"])
def test_seat_hides_the_log_of_its_round(client_as, who):
    row = make.ApplicationFactory()
    make.PersonalDataAccessFactory(application=row, reason="Alasan satu")
    client = client_as(who)
    make.PanelSeatFactory(round=row.round, user=client.user)

    assert client.get(log_url(row)).status_code == 403
    assert not PersonalDataAccess.objects.for_user(client.user).exists()


@pytest.mark.parametrize("who", ["panelist", "agency_operator", "district_admin", "facilitator"])
def test_log_is_nobody_elses(client_as, who):
    make.PersonalDataAccessFactory()

    assert not PersonalDataAccess.objects.for_user(client_as(who).user).exists()
