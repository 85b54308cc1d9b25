"""Applying through the pages, from the list of rounds to the receipt."""

import pytest
from django.test import Client

from facilitators.models import Application
from p2emas.documents.models import Receipt
from p2emas.privacy.sealing import unseal
from tests import facilitator_factories as make
from tests.facilitator_factories import nik_of
from tests.facilitators.recruitment.applying import ANSWERS, address, begin, fill, send_page

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def record():
    return make.RecruitmentRoundFactory(complete=True)


def test_whole_application_takes_ten_pages_and_ends_with_a_receipt(client, record):
    pages = [client.get("/rekrutmen/"), client.get(f"/rekrutmen/{record.code}/")]
    fill(client, record)

    sent = send_page(client, address(record, "periksa"), button="")
    page = client.get(sent.headers["Location"])
    paper = client.get(f"{address(record, 'terkirim')}tanda-terima.pdf")

    application, receipt = Application.objects.get(), Receipt.objects.get()
    assert [each.status_code for each in pages] == [200, 200]
    assert (application.status, application.number, application.panel) == ("SENT", "LMR-2020-0001", 1)
    assert application.number in page.content.decode()
    assert paper.content.startswith(b"%PDF")
    assert client.get(f"/asli/{receipt.code}/").status_code == 200
    assert 1 + len(ANSWERS) + 3 + 2 <= 10  # start page, identity, answers, papers, declaration, check, receipt


def test_identity_is_kept_sealed_and_never_shown_again(client, record):
    application = begin(client, record)

    page = client.get(address(record, "identitas")).content.decode()

    assert unseal(application.nik_sealed) == nik_of(1)
    assert (application.phone, application.nik_last4) == ("+6281234567890", nik_of(1)[-4:])
    assert nik_of(1) not in page
    assert f"{'*' * 12}{nik_of(1)[-4:]}" in page


def test_code_is_on_every_page_after_the_first_and_in_no_address(client, record):
    first = client.get(address(record, "identitas")).content.decode()
    application = begin(client, record)
    shown = f"{application.code[:5]}-{application.code[5:]}"

    assert shown not in first
    for step in (*ANSWERS, "berkas", "pernyataan", "periksa"):
        page = client.get(address(record, step)).content.decode()
        assert shown in page, step
        assert application.code not in page.replace(shown, "")


def test_draft_is_found_again_with_code_and_phone(client, record):
    application = begin(client, record)
    send_page(client, address(record, "nama-alamat"), **ANSWERS["nama-alamat"], button="later")
    other = Client()

    opened = other.post("/rekrutmen/status/", {"code": application.code.lower(), "phone": "62812 3456 7890"})
    page = other.get(address(record, "nama-alamat")).content.decode()

    assert opened.headers["Location"] == "/rekrutmen/status/"
    assert "Pelamar Contoh" in page


def test_stopping_with_a_wrong_answer_keeps_the_rest_and_names_it(client, record):
    application = begin(client, record)

    typed = {"education": "S1", "school": "Sekolah tinggi", "graduated": "20"}
    answer = send_page(client, address(record, "pendidikan"), **typed, button="later")

    application.refresh_from_db()
    assert (application.school, application.graduated) == ("Sekolah tinggi", None)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Belum tersimpan, karena belum benar: Tahun lulus." in page


def test_wrong_code_wrong_phone_and_no_such_code_are_answered_alike(client, record):
    application = make.ApplicationFactory(round=record, phone="+6281200000001")
    pairs = [
        (application.code, "081200000002"),
        ("ABCDE23456", "081200000001"),
        ("QQQQ", "bukan nomor"),
        (make.ApplicationFactory(round=record, draft=True).code, "081200000001"),
    ]

    answers = [client.post("/rekrutmen/status/", {"code": code, "phone": phone}) for code, phone in pairs]

    bare = {
        answer.content.decode().split("<main")[1].replace(code, "").replace(phone, "").split("csrfmiddlewaretoken")[0]
        for answer, (code, phone) in zip(answers, pairs, strict=True)
    }
    assert {answer.status_code for answer in answers} == {200}
    assert len(bare) == 1
    assert client.session.get("lamaran") is None


def test_nik_whose_key_is_gone_is_asked_for_again(client, record):
    application = begin(client, record)
    Application.objects.filter(pk=application.pk).update(nik_sealed="rusak")
    url = address(record, "identitas")

    lost = send_page(client, url)
    typed = send_page(client, url, nik=nik_of(2))

    assert "Isi NIK sekali lagi" in lost.content.decode()
    assert typed.status_code == 302
    assert Application.objects.get().nik_last4 == nik_of(2)[-4:]


def test_birth_date_is_held_against_the_nik_that_is_kept(client, record):
    begin(client, record)

    answer = send_page(client, address(record, "identitas"), birth_date="18-03-1994")

    assert "NIK dan tanggal lahir tidak cocok" in answer.content.decode()
