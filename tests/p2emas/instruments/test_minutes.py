"""Minutes: written, signed on paper, taken back; and who reads what of them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.models import Minutes, MinutesFile, Regulation
from p2emas.search.asking import answer_question
from p2emas.workflow.models import StepNotAllowed
from tests.factories import (
    CompetencyDeterminationFactory,
    DecreeFactory,
    MeetingFactory,
    MinutesFactory,
    RegulationFactory,
)
from tests.worlds import _file

pytestmark = pytest.mark.django_db
TYPED = {
    "about": "Rapat penetapan kriteria",
    "dated": "18-05-2017",
    "place": "Aula BAPPEDA",
    "present": "Dinas Pertanian\nCamat Sepauk",
    "text": "Usaha warga tidak dari nol.",
    "number": "050/214/BA/2017",
}


def url(name: str, *args: object) -> str:
    return reverse(f"instruments:{name}", args=args)


def test_minutes_are_written_signed_and_then_public_without_names(client_as):
    coordinator, public = client_as("coordinator"), client_as("anonymous")
    page = coordinator.post(url("minutes-create"), TYPED)
    minutes = Minutes.objects.get()
    assert page.url == minutes.get_absolute_url()
    assert (minutes.status, minutes.created_by, str(minutes)) == (
        "DRAFT",
        coordinator.user,
        "Berita Acara 050/214/BA/2017",
    )
    assert public.get(minutes.get_absolute_url()).status_code == 404
    assert "Catat tanda tangan" in coordinator.get(minutes.get_absolute_url()).text

    coordinator.post(url("minutes-step", minutes.pk, "sign"), {"seen": "DRAFT", "note": ""})

    minutes.refresh_from_db()
    assert (minutes.status, minutes.signed_at is not None) == ("SIGNED", True)
    read = public.get(minutes.get_absolute_url()).text
    assert "Aula BAPPEDA" in read and "bukan tanda tangan elektronik" in read
    assert "Camat Sepauk" not in read and "Camat Sepauk" in coordinator.get(minutes.get_absolute_url()).text
    assert coordinator.get(url("minutes-edit", minutes.pk)).url == minutes.get_absolute_url()
    assert "050/214/BA/2017" in public.get(url("minutes-list")).text
    found = answer_question("berita acara 214", public.get("/").wsgi_request.user)
    assert str(minutes) in str(found)


@pytest.mark.parametrize("missing", ["number", "dated", "place", "present"])
def test_nothing_is_signed_that_lacks(missing, user_as):
    minutes = MinutesFactory(status="DRAFT", signed_at=None, **{missing: None if missing == "dated" else ""})

    with pytest.raises(StepNotAllowed, match="nomor dari buku agenda, tanggal, tempat, dan yang hadir"):
        minutes.take_step("sign", seen="DRAFT", actor=user_as("coordinator"))


@pytest.mark.parametrize("who", ["leader", "auditor", "agency_operator", "admin", "district_admin"])
def test_only_coordinators_record_a_signature(who, user_as):
    with pytest.raises(StepNotAllowed):
        MinutesFactory(draft=True).take_step("sign", seen="DRAFT", actor=user_as(who))


def test_minutes_that_were_taken_back_stay_readable_and_are_no_choice(client_as):
    minutes = MinutesFactory()

    client_as("coordinator").post(url("minutes-step", minutes.pk, "cancel"), {"seen": "SIGNED", "note": "Keliru."})

    minutes.refresh_from_db()
    assert minutes.status == "CANCELLED"
    assert "Dibatalkan" in client_as("anonymous").get(minutes.get_absolute_url()).text
    assert minutes not in Minutes.objects.usable()


def test_a_draft_that_was_taken_back_stays_with_the_office(client_as):
    minutes = MinutesFactory(draft=True)
    client_as("coordinator").post(url("minutes-step", minutes.pk, "cancel"), {"seen": "DRAFT", "note": "Keliru."})

    assert client_as("anonymous").get(minutes.get_absolute_url()).status_code == 404


def test_minutes_of_what_waits_are_not_taken_back(user_as):
    minutes = MinutesFactory()
    record = CompetencyDeterminationFactory(status="DECIDED", decree=None, minutes=minutes)

    with pytest.raises(StepNotAllowed, match="menunggu keputusan dengan berita acara ini"):
        minutes.take_step("cancel", seen="SIGNED", actor=user_as("coordinator"), note="Keliru.")

    type(record).objects.filter(pk=record.pk).update(status="ENACTED", decree=DecreeFactory())
    minutes.refresh_from_db()
    minutes.take_step("cancel", seen="SIGNED", actor=user_as("coordinator"), note="Keliru.")


def test_page_says_what_was_discussed(client_as):
    minutes = MinutesFactory()
    open_one = CompetencyDeterminationFactory(status="DECIDED", decree=None, minutes=minutes)
    fixed = CompetencyDeterminationFactory(minutes=minutes)
    meeting = MeetingFactory(held=True)
    type(meeting).objects.filter(pk=meeting.pk).update(minutes=minutes)

    seen = {who: client_as(who).get(minutes.get_absolute_url()).text for who in ("coordinator", "anonymous")}

    links = {record: f'href="{record.get_absolute_url()}"' for record in (open_one, fixed, meeting)}
    assert all(link in seen["coordinator"] for link in links.values())
    assert [record for record, link in links.items() if link in seen["anonymous"]] == [fixed]


def test_scan_is_public_with_its_minutes(client_as, user_as):
    signed, draft = MinutesFactory(), MinutesFactory(draft=True)
    files = [
        _file(MinutesFile, minutes=each, original_name="a.jpg", uploaded_by=user_as("coordinator"))
        for each in (signed, draft)
    ]
    for stored in files:
        MinutesFile.objects.filter(pk=stored.pk).update(sha256=f"{stored.pk:064d}")

    read = [client_as("anonymous").get(stored.get_absolute_url()).status_code for stored in files]

    assert read == [200, 302]


def test_number_and_day_are_given_once(client_as):
    MinutesFactory(number="050/214/BA/2017", dated="2017-05-18")

    page = client_as("coordinator").post(url("minutes-create"), TYPED)

    assert page.status_code == 200 and "nomor dan tanggal ini sudah ada" in page.text
    with pytest.raises(IntegrityError, match=r"p2emas_minutes_number_once|minutes\.number"), transaction.atomic():
        MinutesFactory(number="050/214/BA/2017", dated="2017-05-18")


def test_signed_minutes_have_a_number(db):
    with pytest.raises(IntegrityError, match="p2emas_minutes_numbered_when_signed"), transaction.atomic():
        MinutesFactory(number="")


def test_public_regulation_has_a_number(db):
    with pytest.raises(IntegrityError, match="p2emas_regulation_numbered_when_public"), transaction.atomic():
        RegulationFactory(number="")


def test_regulations_of_one_number_and_day_are_refused(db):
    first = RegulationFactory()
    with pytest.raises(IntegrityError, match=r"p2emas_regulation_number_once|regulation\.number"), transaction.atomic():
        RegulationFactory(number=first.number, dated=first.dated)


def test_regulation_is_read_by_all_once_it_is_public(client_as):
    public, draft = RegulationFactory(), RegulationFactory(is_public=False)

    read = client_as("anonymous").get(url("regulation-list")).text

    assert public.number in read and draft.number not in read
    assert client_as("anonymous").get(draft.get_absolute_url()).status_code == 404
    assert client_as("coordinator").get(draft.get_absolute_url()).status_code == 200


def test_regulation_is_recorded_in_the_back_office(client_as):
    page = client_as("coordinator").post(
        reverse("admin:p2emas_regulation_add"),
        {"number": "24 Tahun 2017", "dated": "12-06-2017", "about": "Pedoman", "is_public": "on",
         "files-TOTAL_FORMS": "0", "files-INITIAL_FORMS": "0"},
    )  # fmt: skip

    assert page.status_code == 302, page.text
    assert str(Regulation.objects.get()) == "Peraturan Bupati 24 Tahun 2017"


# --- Old addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("decree-detail", "minutes-detail"),
        ("decree-text", "minutes-edit"),
        ("decree-scan", "minutes-scan"),
        ("decree-history", "minutes-history"),
        ("decree-items", "minutes-detail"),
        ("decree-check", "minutes-detail"),
        ("decree-amend", "minutes-detail"),
        ("decree-discard", "minutes-detail"),
    ],
)
def test_address_among_the_decrees_leads_to_the_minutes_for_good(old, new, client_as):
    minutes = MinutesFactory(moved_from=4711)

    answer = client_as("coordinator").get(reverse(f"profiles:{old}", args=[4711]) + "?a=1")

    assert (answer.status_code, answer.url) == (301, url(new, minutes.pk) + "?a=1")


@pytest.mark.parametrize(("old", "new"), [("enact", "sign"), ("revoke", "cancel")])
def test_address_of_a_step_leads_to_the_step(old, new, client_as):
    minutes = MinutesFactory(moved_from=4711)

    answer = client_as("coordinator").get(reverse("profiles:decree-step", args=[4711, old]))

    assert (answer.status_code, answer.url) == (301, url("minutes-step", minutes.pk, new))


def test_address_among_the_decrees_leads_to_the_regulation(client_as):
    regulation = RegulationFactory(moved_from=4711)

    for name in ("decree-detail", "decree-history"):
        answer = client_as("coordinator").get(reverse(f"profiles:{name}", args=[4711]))
        assert (answer.status_code, answer.url) == (301, regulation.get_absolute_url())


def test_old_address_of_a_draft_is_nothing_for_others_and_a_decree_comes_first(client_as):
    MinutesFactory(draft=True, moved_from=4711)
    decree = DecreeFactory()
    MinutesFactory(moved_from=decree.pk)
    public = client_as("anonymous")

    assert public.get(reverse("profiles:decree-detail", args=[4711])).status_code == 404
    assert public.post(reverse("profiles:decree-detail", args=[4711])).status_code == 405
    assert public.get(decree.get_absolute_url()).status_code == 200
    assert public.get(reverse("profiles:decree-detail", args=[4712])).status_code == 404


def test_old_address_of_a_scan_leads_to_it(client_as, user_as):
    stored = _file(MinutesFile, minutes=MinutesFactory(), original_name="a.jpg", uploaded_by=user_as("coordinator"))
    hidden = _file(
        MinutesFile, minutes=MinutesFactory(draft=True), original_name="b.jpg", uploaded_by=user_as("coordinator")
    )
    public = client_as("anonymous")

    old = [reverse("documents:file-download", args=["decreefile", each.key]) for each in (stored, hidden)]

    answer = public.get(old[0] + "?ukuran=kecil")
    assert (answer.status_code, answer.url) == (301, stored.get_absolute_url() + "?ukuran=kecil")
    assert public.get(old[1]).status_code == 302 and "/masuk/" in public.get(old[1]).url
