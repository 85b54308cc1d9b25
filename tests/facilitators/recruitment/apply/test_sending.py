"""Sending: number, receipt and step together or nothing; the moment of arrival decides."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilitators.models import Application, RecruitmentRound
from facilitators.recruitment.apply.sending import NotSent, TooLate, send_application
from facilitators.recruitment.status.withdrawing import withdraw_application
from p2emas import clock
from p2emas.documents.models import Receipt
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StatusChange
from tests import facilitator_factories as make
from tests.facilitator_factories import CLOSES
from tests.facilitators.recruitment.applying import address, begin, complete_draft, send_page
from tests.markup import tight

pytestmark = pytest.mark.django_db
IN_TIME = CLOSES - timedelta(seconds=1)


@pytest.fixture
def record():
    return make.RecruitmentRoundFactory(complete=True, panels=2)


def send(draft, *, arrived=IN_TIME, token=None, version=None):
    token, version = token or uuid.uuid4(), draft.version if version is None else version
    return send_application(application=draft, version=version, client_token=token, arrived=arrived)


def test_numbers_and_panels_follow_one_another(record):
    drafts = [complete_draft(record, number) for number in range(1, 4)]

    receipts = [send(draft) for draft in drafts]

    sent = Application.objects.order_by("number")
    assert [each.number for each in receipts] == ["LMR-2020-0001", "LMR-2020-0002", "LMR-2020-0003"]
    assert [each.panel for each in sent] == [1, 2, 1]
    assert RecruitmentRound.objects.get().last_number == 3


def test_everything_carries_the_moment_of_arrival(record):
    draft = complete_draft(record, 1)

    with clock.at(CLOSES + timedelta(seconds=9)):  # it waited behind others
        receipt = send(draft)

    draft.refresh_from_db()
    assert {draft.sent_at, receipt.issued_at, StatusChange.objects.get().at} == {IN_TIME}


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(hours=1)])
def test_sending_that_arrives_at_the_closing_second_is_too_late(record, late):
    draft = complete_draft(record, 1)

    with pytest.raises(TooLate, match=r"31 Oktober 2019 pukul 16\.00 WIB"):
        send(draft, arrived=CLOSES + late)

    assert (Application.objects.get().status, Receipt.objects.count()) == ("DRAFT", 0)


def test_round_that_was_closed_while_the_sending_waited_still_takes_it(record):
    draft = complete_draft(record, 1)
    RecruitmentRound.objects.update(status="CLOSED")

    assert send(draft).number == "LMR-2020-0001"


def test_same_token_gets_the_same_receipt(record):
    draft, token = complete_draft(record, 1), uuid.uuid4()

    first, again = send(draft, token=token), send(draft, token=token, version=0)

    assert first == again
    assert StatusChange.objects.count() == 1


def test_version_of_another_device_is_not_sent_unseen(record):
    draft = complete_draft(record, 1, version=4)

    with pytest.raises(EditConflict):
        send(draft, version=3)

    assert Application.objects.get().status == "DRAFT"


def test_second_sending_with_the_same_nik_is_taken_like_any_other(record):
    """No word, no number of queries tells anyone who knows a NIK that its owner applied; nobody is blocked by it."""
    twins = [complete_draft(record, 1, phone=f"+62812345678{n:02}") for n in (1, 2)]
    alone = complete_draft(record, 2, phone="+6281234567803")

    answers = [send_in_browser(record, draft) for draft in (*twins, alone)]

    assert len({receipt for receipt, _number, _count in answers}) == 1
    assert [number for _receipt, number, _count in answers] == [f"LMR-2020-000{n}" for n in (1, 2, 3)]
    counts = {count for _receipt, _number, count in answers}
    assert len(counts) == 1 and counts != {0}


def send_in_browser(record, draft) -> tuple[str, str, int]:
    """The page after sending without what is the draft's own, its number, and how many queries the sending took."""
    phone = Client()
    phone.post("/rekrutmen/status/", {"code": draft.code, "phone": draft.phone})
    data = {"version": draft.version, "client_token": uuid.uuid4()}
    with CaptureQueriesContext(connection) as asked:
        answer = phone.post(address(record, "periksa"), data)
    count = len(asked)  # read before the next request, which empties the log
    assert answer.headers["Location"] == address(record, "terkirim")
    page = phone.get(answer.headers["Location"]).content.decode()
    draft.refresh_from_db()
    receipt = Receipt.objects.get(number=draft.number)
    main = re.sub(r'csrf[^>]*value="[^"]+"', "", page[page.index("<main") : page.index("</main>")])
    for own in (f"{draft.code[:5]}-{draft.code[5:]}", draft.number, receipt.get_absolute_url()):
        assert own in main
        main = main.replace(own, "")
    return main, draft.number, count


def test_sending_after_a_withdrawal_and_in_another_round_is_taken(record):
    first, second = complete_draft(record, 1), complete_draft(record, 1)
    send(first)
    withdraw_application(application=first, arrived=IN_TIME)

    assert send(second).number == "LMR-2020-0002"
    assert send(complete_draft(make.RecruitmentRoundFactory(complete=True), 1)).number == "LMR-2020-0001"


def test_incomplete_draft_is_refused_with_what_is_missing(client, record):
    draft = complete_draft(record, 1, declared_at=None, school="", phone="+6281234567890")
    draft.files.all().delete()
    client.post("/rekrutmen/status/", {"code": draft.code, "phone": draft.phone})

    with pytest.raises(NotSent, match="Lengkapi dahulu yang tertulis di bawah ini"):
        send(draft)
    page = client.get(address(record, "periksa")).content.decode()

    assert "3 hal belum lengkap" in page
    for step, words in (
        ("pendidikan", "Isi pendidikan"),
        ("berkas", f"Unggah {record.documents.get().name}"),
        ("pernyataan", "Centang pernyataan"),
    ):
        assert f'<a href="{address(record, step)}">{words}</a>' in page
    assert "Kirim lamaran</button>" not in tight(page)


def test_applicant_who_withdrew_may_begin_again_while_the_round_is_open(client, record):
    old = complete_draft(record, 1, phone="+6281234567890")
    send(old)
    client.post("/rekrutmen/status/", {"code": old.code, "phone": old.phone})
    client.post("/rekrutmen/status/undur-diri/")

    status = client.get("/rekrutmen/status/").content.decode()
    receipt = client.get(f"/rekrutmen/{record.code}/lamar/terkirim/").content.decode()
    fresh = begin(client, record, 1)

    assert "Melamar lagi" in status
    assert "Lamaran sudah Anda tarik" in receipt
    assert "Apa yang terjadi berikutnya" not in receipt
    assert (fresh.status, fresh.pk == old.pk) == ("DRAFT", False)


def test_page_after_the_closing_says_when_and_keeps_what_was_saved(client, record):
    application = begin(client, record)

    with clock.at(CLOSES + timedelta(seconds=3)):
        late = client.post(address(record, "periksa"), {"version": 0, "client_token": uuid.uuid4()})
        typed = client.post(address(record, "pendidikan"), {"version": 0, "school": "Universitas"})
        fresh = client.get(address(record, "identitas"))
        status = client.get("/rekrutmen/status/").content.decode()

    page = late.content.decode()
    assert (late.status_code, typed.status_code, fresh.status_code) == (409, 409, 200)
    assert "Pendaftaran ditutup Kamis, 31 Oktober 2019 pukul 16.00 WIB" in page
    assert "detik ke-3" in page
    assert "tidak terkirim" in status
    assert Application.objects.get().nik_fingerprint == application.nik_fingerprint


def test_double_click_on_send_leads_to_one_receipt(client, record):
    begin(client, record)
    draft = Application.objects.get()
    Application.objects.filter(pk=draft.pk).update(
        name="Pelamar", address="Jalan", education="S1", school="U", graduated=2016, experience="a", motivation="b",
        anywhere=True, declared_at=make.SENT,
    )  # fmt: skip
    make.DocumentKindFactory(round=record, required=False)
    record.documents.update(required=False)
    url, data = address(record, "periksa"), {"version": draft.version, "client_token": str(uuid.uuid4())}

    answers = [client.post(url, data) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {address(record, "terkirim")}
    assert Receipt.objects.count() == 1


# --- Two devices ----------------------------------------------------------------------------------------------------


def test_second_device_sees_both_versions_and_overwrites_nothing(client, record):
    begin(client, record)
    url = address(record, "pendidikan")
    mine = {"education": "S1", "school": "Universitas Kapuas", "graduated": "2016"}
    send_page(client, url, **mine)

    answer = client.post(url, {**mine, "version": 0, "school": "Politeknik Sambas", "next": "1"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Universitas Kapuas" in page
    assert "Politeknik Sambas" in page
    assert Application.objects.get().school == "Universitas Kapuas"


def test_same_page_sent_twice_is_no_conflict(client, record):
    begin(client, record)
    url = address(record, "pendidikan")
    data = {"education": "S1", "school": "Universitas Kapuas", "graduated": "2016", "version": 0, "next": "1"}

    answers = [client.post(url, data) for _ in range(2)]

    assert {answer.headers.get("Location") for answer in answers} == {address(record, "pengalaman")}


def test_first_page_sent_twice_begins_one_draft(client, record):
    data = {
        "nik": make.nik_of(7), "birth_date": "17-03-1994", "phone": "081234567890", "agreed": "on", "version": 0,
        "client_token": str(uuid.uuid4()),
    }  # fmt: skip

    client.post(address(record, "identitas"), data)
    client.cookies.clear()  # the first answer has not arrived yet
    client.post(address(record, "identitas"), data)

    assert Application.objects.count() == 1


def test_check_page_of_a_version_that_changed_says_so_and_sends_nothing(client, record):
    begin(client, record)
    url = address(record, "periksa")
    stale = {"version": 0, "client_token": str(uuid.uuid4())}
    send_page(client, address(record, "nama-alamat"), name="Pelamar Baru", home="luar", address="Jalan")

    answer = client.post(url, stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "diubah di perangkat lain" in page
    assert "Pelamar Baru" in page
    assert Receipt.objects.count() == 0
