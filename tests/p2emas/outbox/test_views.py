import pytest
from django.urls import reverse

from p2emas import clock
from p2emas.outbox.forms import text_version
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import deliver
from tests.factories import OutboxMessageFactory
from tests.p2emas.documents.letter_words import said_on_paper

pytestmark = pytest.mark.django_db

LIST = "/pengingat/"
RELEASE = "/pengingat/kirim/"


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def letter():
    return OutboxMessageFactory(kind="reminder", subject="Laporan ditunggu", body="Mohon dikirim.")


def url(name: str, letter) -> str:
    return reverse(f"outbox:message-{name}", args=[letter.pk])


WHO = {"coordinator": (200, 302), "auditor": (200, 403), "leader": (403, 403)}


@pytest.mark.parametrize("who", WHO)
def test_who_reads_and_who_lets_go(client_as, letter, who):
    client = client_as(who)
    reads, steps = WHO[who]

    assert {client.get(page).status_code for page in (LIST, url("detail", letter))} == {reads}
    posts = [
        (url("detail", letter), {"subject": "Lain", "body": "Lain", "seen": text_version(letter)}),
        (url("retry", letter), {}),
        (RELEASE, {"surat": letter.pk}),
        (url("discard", letter), {}),
    ]
    assert {client.post(page, data).status_code for page, data in posts} == {steps}
    letter.refresh_from_db()
    assert (letter.state != "waiting") is (steps == 302)


def test_letters_about_sign_in_are_not_the_coordinators(client_as):
    secret = OutboxMessageFactory(kind="notice", immediate=True, subject="Kata sandi diubah", released_at=clock.now())

    found = {
        who: (
            client_as(who).get(url("detail", secret)).status_code,
            secret.subject in client_as(who).get(LIST).content.decode(),
        )
        for who in ("coordinator", "coordinator_head", "auditor")
    }

    assert found == {"coordinator": (404, False), "coordinator_head": (200, True), "auditor": (200, True)}


def test_words_are_mended_before_the_release(coordinator, letter):
    page = coordinator.get(url("detail", letter))

    coordinator.post(
        url("detail", letter),
        {
            "subject": "Laporan ditunggu sekali",
            "body": "Baris satu\r\nBaris dua",
            "seen": page.context["form"]["seen"].value(),
        }
        | {"recipient": "pencuri@example.com", "released_at": "2019-01-01"},
    )

    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.state) == (
        "Laporan ditunggu sekali",
        "Baris satu\nBaris dua",
        "waiting",
    )
    assert letter.recipient != "pencuri@example.com"


def test_two_people_mending_one_letter_see_both_versions(coordinator, letter):
    seen = text_version(letter)
    coordinator.post(url("detail", letter), {"subject": "Versi pertama", "body": "Isi pertama", "seen": seen})

    response = coordinator.post(url("detail", letter), {"subject": "Versi kedua", "body": "Isi kedua", "seen": seen})

    text = response.content.decode()
    assert "<title>Galat:" in text
    assert "sudah diubah orang lain" in text
    assert "Isi pertama" in text
    assert "Isi kedua" in text
    letter.refresh_from_db()
    assert letter.subject == "Versi pertama"


def test_mending_after_the_release_changes_nothing(coordinator, letter, monkeypatch):
    seen = text_version(letter)
    monkeypatch.setattr(OutboxMessage, "may_edit", lambda self, user: True)  # the page was open before the release
    OutboxMessage.objects.update(released_at=clock.now())

    coordinator.post(url("detail", letter), {"subject": "Terlambat", "body": "Terlambat", "seen": seen})

    letter.refresh_from_db()
    assert letter.subject == "Laporan ditunggu"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"body": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
    ],
)
def test_bad_words_are_refused_beside_the_field(coordinator, letter, change, field):
    data = {"subject": "Perihal", "body": "Isi", "seen": text_version(letter)} | change

    response = coordinator.post(url("detail", letter), data)

    assert list(response.context["form"].errors) == [field]


def test_invitation_keeps_its_link(coordinator):
    letter = OutboxMessageFactory(body=f"Buka {OutboxMessage.LINK_MARK}")

    response = coordinator.post(
        url("detail", letter), {"subject": "Undangan", "body": "Tanpa tautan", "seen": text_version(letter)}
    )

    assert list(response.context["form"].errors) == ["body"]


def test_ticked_letters_are_previewed_then_let_go(coordinator, letter, mailoutbox, django_capture_on_commit_callbacks):
    other = OutboxMessageFactory(kind="reminder")
    query = f"{RELEASE}?surat={letter.pk}&surat={other.pk}&surat=999999&surat=abc&surat={'9' * 30}"

    preview = coordinator.get(query)
    text = preview.content.decode()
    assert "Kirim 2 surat?" in text
    assert letter.recipient in text
    assert other.recipient in text
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        response = coordinator.post(RELEASE, {"surat": [letter.pk, other.pk]})

    assert response.url == LIST
    assert {tuple(mail.to) for mail in mailoutbox} == {(letter.recipient,), (other.recipient,)}
    letter.refresh_from_db()
    assert letter.released_by == coordinator.user


def test_nothing_ticked_says_what_to_do(coordinator):
    assert "Tidak ada surat yang dipilih" in coordinator.get(RELEASE).content.decode()
    assert "Tidak ada surat yang dikirim" in coordinator.post(RELEASE, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_failure_at_the_release_is_shown_and_retried(client_as, mail_port, letter):
    coordinator = client_as("coordinator")
    from .smtp_sink import running

    response = coordinator.post(RELEASE, {"surat": letter.pk}, follow=True)
    assert "1 di antaranya belum terkirim" in response.content.decode()
    assert "Server surel tidak dapat dihubungi." in coordinator.get(f"{LIST}?status=failed").content.decode()
    assert "Surat belum terkirim" in coordinator.post(url("retry", letter), follow=True).content.decode()
    with running(mail_port) as sink:
        assert "Surat terkirim." in coordinator.post(url("retry", letter), follow=True).content.decode()
    assert len(sink.mails) == 1


def test_sent_letter_is_not_discarded(coordinator, letter, mailoutbox):
    OutboxMessage.objects.update(released_at=clock.now())
    deliver([letter.pk])

    response = coordinator.post(url("discard", letter), follow=True)

    assert "tidak dapat dibatalkan lagi" in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_get_of_retry_is_refused(coordinator, letter):
    assert coordinator.get(url("retry", letter)).status_code == 405


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"waiting", "failed", "sent", "discarded", "queued"}),
        *((f"status={state}", {state}) for state in ("waiting", "failed", "sent", "discarded", "queued")),
        ("jenis=invitation", set()),
        ("status=salah&jenis=%00&halaman=x", {"waiting", "failed", "sent", "discarded", "queued"}),
    ],
)
def test_list_is_filtered(coordinator, query, found):
    now = clock.now()
    OutboxMessageFactory(kind="reminder")
    OutboxMessageFactory(kind="reminder", released_at=now)
    OutboxMessageFactory(kind="reminder", released_at=now, last_error="Gagal.")
    OutboxMessageFactory(kind="reminder", released_at=now, sent_at=now)
    OutboxMessageFactory(kind="reminder", discarded_at=now)

    assert {message.state for message in coordinator.get(f"{LIST}?{query}").context["page"]} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_the_same_however_long(client_as, django_assert_num_queries, rows):
    client = client_as("coordinator")
    OutboxMessageFactory.create_batch(rows)

    # session, user, assignments; count, rows
    with django_assert_num_queries(5):
        client.get(LIST)


def test_empty_list_says_why_it_is_empty(coordinator, letter):
    filtered = coordinator.get(LIST, {"status": "failed"}).content.decode()
    OutboxMessage.objects.all().delete()
    empty = coordinator.get(LIST).content.decode()

    assert "Tidak ada surat yang cocok dengan saringan." in filtered
    assert "Hapus saringan" in filtered
    assert "Belum ada surat." in empty
    assert "cocok" not in empty


def test_paper_and_text_of_an_invitation_say_that_the_link_comes_apart(coordinator):
    letter = OutboxMessageFactory(body=f"Buka {OutboxMessage.LINK_MARK}\n\nTerima kasih.")

    papers = said_on_paper(coordinator, f"{letter.get_absolute_url()}surat")
    page = coordinator.get(letter.get_absolute_url()).text

    for text in (*papers, page.partition("teks-wa-1")[2]):
        assert "tautan disampaikan tersendiri" in text and OutboxMessage.LINK_MARK not in text
