"""What applicants read of their own application, and what not before the announcement."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from facilitators.models import Application
from facilitators.recruitment.apply.sending import NotSent
from facilitators.recruitment.status.withdrawing import withdraw_application
from p2emas.workflow.models import StatusChange
from tests import facilitator_factories as make
from tests.factories import ReceiptFactory

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"


def applicant_of(application: Application) -> Client:
    client = Client()
    answer = client.post("/rekrutmen/status/", {"code": application.code, "phone": application.phone})
    assert answer.status_code == 302
    return client


def application_in(status: str, round_status: str, *, step: str = "", **fields) -> Application:
    record = make.RecruitmentRoundFactory(
        complete=True,
        judged=True,
        status=round_status,
        announced_at=make.SENT,
        name="Pendamping",
        code=f"r-{status.lower()}-{round_status.lower()}",
    )
    if status in ("ACCEPTED", "DROPPED"):
        fields["placed_at"] = record.places.get()
    if status == "REJECTED":
        fields.setdefault("rejected_for", "RANK")
    row = make.ApplicationFactory(
        round=record, status=status, phone=PHONE, number="LMR-2020-0007", name="Pelamar", **fields
    )
    if step:
        kind = ContentType.objects.get_for_model(Application)
        StatusChange.objects.create(content_type=kind, object_id=row.pk, step=step, old="INVITED", new=status)
    return row


def status_page(application: Application) -> str:
    return applicant_of(application).get("/rekrutmen/status/").content.decode()


def comparable(page: str, application: Application) -> str:
    page = page.replace(application.round.code, "KODE").replace(f"{application.code[:5]}-{application.code[5:]}", "X")
    return re.sub(r'value="\w{64}"', "", page).partition("<main")[2]


def test_decisions_read_alike_until_they_are_announced():
    decided = [
        application_in("ACCEPTED", "DECIDED", step="accept", choice="ACCEPT", choice_reason="Nilai tertinggi"),
        application_in("RESERVE", "DECIDED", step="reserve", choice="RESERVE", reserve_rank=1),
        application_in("REJECTED", "DECIDED", step="reject", choice="REJECT"),
        application_in("INVITED", "DECIDED"),
        application_in("INVITED", "SUBMITTED", choice="ACCEPT"),
    ]

    pages = {comparable(status_page(each), each) for each in decided}

    assert len(pages) == 1
    page = pages.pop()
    assert "Sedang diseleksi" in page
    assert [word for word in ("Diterima", "Cadangan", "Tidak lolos", "Nilai tertinggi") if word in page] == []


def test_withdrawing_tells_nothing_of_the_decision_either():
    decided = [
        application_in(*each) for each in (("ACCEPTED", "DECIDED"), ("RESERVE", "DECIDED"), ("REJECTED", "DECIDED"))
    ]

    answers = [applicant_of(each).post("/rekrutmen/status/undur-diri/") for each in decided]

    assert {answer.headers["Location"] for answer in answers} == {"/rekrutmen/status/"}
    assert [Application.objects.get(pk=each.pk).status for each in decided] == ["ACCEPTED", "RESERVE", "REJECTED"]


@pytest.mark.parametrize(
    ("status", "fields", "words"),
    [
        ("ACCEPTED", {}, ["Diterima", "Selamat", "Surat hasil seleksi"]),
        ("RESERVE", {"reserve_rank": 2}, ["Cadangan", "urutan 2"]),
        ("REJECTED", {"rejected_for": "TEST"}, ["Tidak lolos", "Nilai tes di bawah batas lulus"]),
        ("DROPPED", {}, ["Gugur pratugas"]),
    ],
)
def test_result_is_shown_once_it_is_announced(status, fields, words):
    page = status_page(application_in(status, "ANNOUNCED", **fields))

    assert [word for word in words if word not in page] == []


def test_files_that_were_refused_are_told_at_once():
    page = status_page(application_in("REJECTED", "CLOSED", step="refuse_files", rejected_for="FILES"))

    assert "Tidak lolos" in page
    assert "Berkas tidak lengkap" in page


def test_refused_reads_the_category_and_never_the_offices_words():
    page = status_page(application_in("REJECTED", "ANNOUNCED", step="reject", choice_reason="Rahasia kantor"))

    assert "Rahasia kantor" not in page


def test_invited_applicant_reads_when_and_where():
    row = application_in("INVITED", "SELECTION")
    make.InterviewFactory(application=row, room="Ruang rapat lantai 2")

    page = status_page(row)
    paper = applicant_of(row).get("/rekrutmen/status/undangan.pdf")

    assert "Ruang rapat lantai 2" in page
    assert "Bawa KTP dan ijazah asli, dan datang 15 menit sebelumnya." in page  # as the letters say
    assert paper.content.startswith(b"%PDF")
    assert page.count("12 November 2019 pukul 09.00 WIB") == 2  # in the step list too, where "menyusul" was


def test_withdrawing_needs_one_confirmation_and_is_done_once():
    row = application_in("PASSED_FILES", "CLOSED")
    client = applicant_of(row)

    seen = client.get("/rekrutmen/status/undur-diri/")
    before = Application.objects.get(pk=row.pk).status
    answers = [client.post("/rekrutmen/status/undur-diri/") for _ in range(2)]

    assert (seen.status_code, before) == (200, "PASSED_FILES")
    assert {answer.headers["Location"] for answer in answers} == {"/rekrutmen/status/"}
    assert Application.objects.get(pk=row.pk).status == "WITHDRAWN"
    assert StatusChange.objects.filter(step="withdraw").count() == 1
    assert "Mengundurkan diri" in client.get("/rekrutmen/status/").content.decode()


def test_placed_facilitator_does_not_withdraw_the_application():
    row = application_in("ACCEPTED", "ANNOUNCED")
    placement = make.PlacementFactory(facilitator=make.FacilitatorFactory(application=row))
    client = applicant_of(row)

    page = client.get("/rekrutmen/status/").content.decode()
    answer = client.post("/rekrutmen/status/undur-diri/")

    assert "Undurkan diri" not in page
    assert answer.status_code == 302
    with pytest.raises(NotSent, match="sudah ditempatkan"):
        withdraw_application(application=row, arrived=make.SENT)
    assert Application.objects.get(pk=row.pk).status == "ACCEPTED"
    placement.ended_on, placement.end_reason = placement.starts - timedelta(days=1), "RESIGNED"  # never began
    placement.save()
    assert "Undurkan diri" in client.get("/rekrutmen/status/").content.decode()


def test_closing_the_application_leaves_nothing_open_in_the_browser():
    client = applicant_of(application_in("SENT", "PUBLISHED"))

    client.post("/rekrutmen/status/tutup/")

    assert "Pelamar" not in client.get("/rekrutmen/status/").content.decode()


def test_status_and_receipt_of_a_sample_say_so():
    row = application_in("SENT", "PUBLISHED", is_sample=True)
    ReceiptFactory(record=row, number=row.number)
    client = applicant_of(row)

    pages = [client.get(url) for url in ("/rekrutmen/status/", f"/rekrutmen/{row.round.code}/lamar/terkirim/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("DATA CONTOH" in page.content.decode() for page in pages)


def test_erased_application_opens_nothing():
    row = application_in("REJECTED", "ANNOUNCED", erased_at=make.SENT)

    answer = Client().post("/rekrutmen/status/", {"code": row.code, "phone": PHONE})

    assert answer.status_code == 200


def test_guessing_codes_ends_and_a_forged_forwarding_header_changes_nothing(settings):
    cache.clear()
    row = application_in("SENT", "PUBLISHED")
    client = Client()
    statuses = [
        client.post(
            "/rekrutmen/status/",
            {"code": f"ABCDE{number:05d}", "phone": "081200000000"},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        ).status_code
        for number in range(31)
    ]

    right = client.post("/rekrutmen/status/", {"code": row.code, "phone": PHONE})
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").post("/rekrutmen/status/", {"code": row.code, "phone": PHONE})
    cache.clear()

    assert statuses == [200] * 30 + [429]
    assert (right.status_code, elsewhere.status_code) == (429, 302)
