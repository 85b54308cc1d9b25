"""Sending the leaders' page by mail: one click is one sending, to whom and when is said, and the PDF comes with it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from p2emas import clock
from p2emas.models import OutboxMessage
from p2emas.outbox.services import deliver
from programs.dashboards.sending.services import AlreadySent, send_summary
from programs.models import ReportingPeriod, SummarySending
from tests.factories import ReportingPeriodFactory, TargetLocationFactory

pytestmark = pytest.mark.django_db
PAGE, SEND = "/ringkasan/?periode=2019-T3", "/ringkasan/kirim/?periode=2019-T3"


@pytest.fixture
def period() -> ReportingPeriod:
    TargetLocationFactory()
    return ReportingPeriodFactory(year=2019, number=3)


@pytest.fixture
def leaders(user_as):
    """One with an address, one without; what others have does not matter."""
    with_mail, without = user_as("leader"), user_as("leader")
    type(with_mail).objects.filter(pk=with_mail.pk).update(name="Bupati", email="bupati@example.go.id")
    type(without).objects.filter(pk=without.pk).update(name="Sekda", email=None)
    return with_mail, without


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_one_click_sends_the_paper_to_every_leader_once(
    client_as, period, leaders, mailoutbox, django_capture_on_commit_callbacks
):
    client = client_as("coordinator")
    before = text_of(client.get(PAGE))
    with django_capture_on_commit_callbacks(execute=True):
        first = text_of(client.post(SEND, {"sudah": "0"}, follow=True))
        second = text_of(client.post(SEND, {"sudah": "0"}, follow=True))
        deliver(list(OutboxMessage.objects.values_list("pk", flat=True)))  # the mail run comes by

    assert "TW III 2019 belum pernah dikirim." in before and "kepada Bupati. Tanpa alamat surel" in before
    assert "dikirim kepada 1 pimpinan" in first and "sudah dikirim" in second
    assert "Terakhir dikirim 8 Oktober 2019" in second and "bupati@example.go.id" in second
    (mail,) = mailoutbox
    ((name, content, kind),) = mail.attachments
    assert (mail.to, name, kind) == (["bupati@example.go.id"], "ringkasan-2019-T3.pdf", "application/pdf")
    assert content.startswith(b"%PDF") and "Triwulan III 2019" in mail.subject
    letter = OutboxMessage.objects.get()
    assert (letter.released_by, letter.kind) == (SummarySending.objects.get().sent_by, "summary")


def test_sent_again_from_a_page_that_says_when_it_was_sent(client_as, period, leaders, mailoutbox):
    client = client_as("coordinator_head")
    client.post(SEND, {"sudah": "0"})
    assert 'name="sudah" value="1"' in client.get(PAGE).content.decode()

    client.post(SEND, {"sudah": "1"})

    assert list(SummarySending.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_second_click_that_is_faster_than_the_look_is_stopped_by_the_database(period, leaders, user_as):
    actor = user_as("coordinator")
    send_summary(period=period, paper=b"%PDF", seen=0, actor=actor, is_sample=False)
    with pytest.raises(AlreadySent):
        send_summary(period=period, paper=b"%PDF", seen=0, actor=actor, is_sample=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        SummarySending.objects.create(period=period, number=1, paper=b"x", sent_by=actor)

    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999"])
def test_wrong_input_sends_nothing(client_as, period, leaders, typed):
    page = text_of(client_as("coordinator").post(SEND, {"sudah": typed}, follow=True))

    assert "Tidak ada yang dikirim: halaman ini sudah lama terbuka." in page and not OutboxMessage.objects.exists()


def test_without_an_address_there_is_no_button(client_as, period, leaders):
    type(leaders[0]).objects.update(email=None)
    client = client_as("coordinator")

    assert "Kirim ke pimpinan</button>" not in text_of(client.get(PAGE))
    assert "Tidak ada pimpinan yang punya alamat surel" in text_of(client.post(SEND, {"sudah": "0"}, follow=True))
    assert not SummarySending.objects.exists()


def test_invented_figures_are_marked_in_the_letter(period, leaders, user_as):
    send_summary(period=period, paper=b"%PDF", seen=0, actor=user_as("coordinator"), is_sample=True)

    assert OutboxMessage.objects.get().body.startswith("DATA CONTOH")


def test_only_who_may_send_sees_the_button(client_as, period, leaders):
    for role in ("leader", "auditor", "admin"):
        assert "Kirim ke pimpinan" not in text_of(client_as(role).get(PAGE))


def test_of_an_earlier_quarter_what_is_read_today_says_so(client_as, period):
    ReportingPeriodFactory(year=2019, number=4, starts=date(2019, 10, 1), ends=date(2019, 12, 31))
    client = client_as("leader")
    with clock.at(date(2020, 1, 8)):
        earlier, newest = (text_of(client.get(f"/ringkasan/?periode=2019-T{n}")) for n in (3, 4))

    assert "desa tidak bergerak per 8 Januari 2020" in earlier
    assert "Keputusan yang ditunggu per 8 Januari 2020, tertua di atas" in earlier
    assert "per 8 Januari 2020, tertua" not in newest and "Keputusan yang ditunggu, tertua di atas" in newest
