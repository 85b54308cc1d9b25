"""What the public page of a village says of an obstacle: only what BAPPEDA published, and only while it is true."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.models import ObstacleNotice
from tests.factories import ObstacleFactory, ObstacleNoticeFactory, TargetLocationFactory, UserFactory
from tests.programs.reporting.helpers import text_of

WORDS = "Jalan usaha tani tertahan."


def publish(client, obstacle, **typed):
    return client.post(reverse("obstacles:obstacle-publish", args=[obstacle.pk]), {"text": WORDS} | typed)


@pytest.fixture
def village(db):
    return TargetLocationFactory().village


def test_public_reads_what_is_stuck_and_who_answers_then_that_it_was_solved(client, client_as, village):
    coordinator = client_as("coordinator")
    obstacle = ObstacleFactory(routed=True, village=village, text="Penyedia CV Maju mundur", cause="Bapak Anu")
    address = village.get_absolute_url()
    assert "tersendat" not in text_of(client.get(address)).lower()

    publish(coordinator, obstacle)
    page = text_of(client.get(address))
    assert WORDS in page and f"Yang menjawab: {obstacle.responsible}" in page
    assert "CV Maju" not in page and "Bapak Anu" not in page

    type(obstacle).objects.filter(pk=obstacle.pk).update(status="SOLVED")
    assert WORDS not in text_of(client.get(address))
    assert "tidak tampil lagi" in text_of(coordinator.get(obstacle.get_absolute_url()))

    publish(coordinator, obstacle, text="Jalan sudah dapat dilalui.", solved="1")
    assert "Jalan sudah dapat dilalui." in text_of(client.get(address))
    publish(coordinator, obstacle, tarik="1")
    assert "Jalan sudah dapat dilalui." not in text_of(client.get(address))
    assert [row.text for row in ObstacleNotice.history.order_by("history_id")][:2] == [
        WORDS,
        "Jalan sudah dapat dilalui.",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Isi kalimat untuk umum"),
        ({"text": "Hubungi 0812-3456-7890."}, "Hapus nomor telepon atau NIK"),
        ({"text": "x" * 241}, "Galat"),
        ({"solved": "1"}, "Keadaan kendala ini baru saja berubah"),
    ],
)
def test_wrong_sentence_says_why(client_as, village, typed, sentence):
    response = publish(client_as("coordinator"), ObstacleFactory(routed=True, village=village), **typed)

    assert response.status_code == 200 and sentence in text_of(response)
    assert not ObstacleNotice.objects.exists()


def test_only_bappeda_publishes_and_only_of_a_village(client_as, village):
    obstacle = ObstacleFactory(routed=True, village=village)

    assert publish(client_as("agency_operator", at=obstacle.responsible), obstacle).status_code == 403
    assert publish(client_as("agency_operator"), obstacle).status_code == 404
    publish(client_as("coordinator"), ObstacleFactory(routed=True))
    assert not ObstacleNotice.objects.exists()


def test_notice_without_words_is_refused(db):
    with pytest.raises(IntegrityError, match="programs_obstaclenotice_says_something"), transaction.atomic():
        ObstacleNoticeFactory(text="", published_by=UserFactory())
