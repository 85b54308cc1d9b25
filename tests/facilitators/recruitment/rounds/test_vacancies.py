"""The list of rounds and the start page of each, by the state of the round; poster and text."""

import re
from datetime import timedelta

import pytest

from facilitators.recruitment.rounds.sharing import poster
from p2emas import clock
from tests import facilitator_factories as make
from tests.facilitator_factories import CLOSES, OPENS
from tests.p2emas.documents.pdf_text import text_of

pytestmark = pytest.mark.django_db
PAGE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")


def page(client, record, at):
    with clock.at(at):
        return client.get(f"/rekrutmen/{record.code}/").content.decode()


def test_list_without_rounds_says_so(client):
    assert "Saat ini tidak ada rekrutmen yang dibuka." in client.get("/rekrutmen/").content.decode()


def test_list_holds_what_is_published_and_no_draft(client):
    make.RecruitmentRoundFactory(draft=True, name="Belum terbit")
    make.RecruitmentRoundFactory(status="CANCELLED", name="Batal")
    make.RecruitmentRoundFactory(name="Sedang buka", complete=True)
    make.RecruitmentRoundFactory(
        name="Akan buka", opens_at=OPENS + timedelta(days=60), closes_at=CLOSES + timedelta(days=60)
    )
    make.RecruitmentRoundFactory(name="Sudah lewat", status="ANNOUNCED", judged=True)

    text = client.get("/rekrutmen/").content.decode()

    shown = [name for name in ("Sedang buka", "Akan buka", "Sudah lewat", "Belum terbit", "Batal") if name in text]
    assert shown == ["Sedang buka", "Akan buka", "Sudah lewat"]


@pytest.mark.parametrize(
    ("at", "words", "starts"),
    [
        (OPENS - timedelta(seconds=1), "Pendaftaran belum dibuka", False),
        (OPENS, "Dibuka sampai Kamis, 31 Oktober 2019 pukul 16.00 WIB", True),
        (CLOSES - timedelta(seconds=1), "Dibuka sampai", True),
        (CLOSES, "Pendaftaran ditutup Kamis, 31 Oktober 2019 pukul 16.00 WIB", False),
    ],
)
def test_start_page_by_the_second(client, at, words, starts):
    record = make.RecruitmentRoundFactory(complete=True)

    text = page(client, record, at)

    assert words in text
    assert (f"/rekrutmen/{record.code}/lamar/identitas/" in text) == starts


def test_draft_has_no_page(client):
    record = make.RecruitmentRoundFactory(draft=True, complete=True)

    assert client.get(f"/rekrutmen/{record.code}/").status_code == 404
    assert client.get(f"/rekrutmen/{record.code}/lamar/identitas/").status_code == 404


def test_poster_and_text_lead_to_the_start_page(client_as, settings):
    record = make.RecruitmentRoundFactory(complete=True, name="Pendamping <b>desa</b>")
    client = client_as("coordinator")

    shared = client.get(f"/seleksi/{record.code}/sebarkan/").content.decode()
    poster = client.get(f"/seleksi/{record.code}/poster.pdf")

    assert f"{settings.SITE_URL}/rekrutmen/{record.code}/" in shared
    assert "31 Oktober 2019" in shared
    assert "<b>desa</b>" not in shared
    assert poster.content.startswith(b"%PDF")


def test_poster_of_the_longest_round_is_one_page():
    record = make.RecruitmentRoundFactory(
        name="Pendamping masyarakat tahun anggaran 2020", intro="Tinggal di desa. " * 40
    )
    for number in range(20):
        make.PlaceFactory(round=record)
        make.RequirementFactory(round=record, text=f"Syarat {number} yang panjang sekali " * 8)
        make.DocumentKindFactory(round=record, name=f"Surat keterangan nomor {number} dari kantor yang berwenang")

    content = poster(record)

    assert PAGE.findall(content) == [b"1"]


def test_poster_names_the_village_of_every_kecamatan():
    record = make.RecruitmentRoundFactory(name="Pendamping masyarakat 2020")
    villages = [make.PlaceFactory(round=record).target_location.village for _each in range(14)]

    text = text_of(poster(record))

    assert [village.name for village in villages if village.name not in text] == []


def test_page_poster_and_text_offer_the_places_of_the_round_alone(client, client_as):
    """Other target locations have their facilitators already."""
    record = make.RecruitmentRoundFactory(complete=True)
    own = record.places.get().target_location.village
    other = make.TargetLocationFactory(village__name="Mentajoi Lain").village

    shared = client_as("coordinator").get(f"/seleksi/{record.code}/sebarkan/").text
    shown = {
        "page": client.get(f"/rekrutmen/{record.code}/").text,
        "text": shared,
        "poster": text_of(client_as("coordinator").get(f"/seleksi/{record.code}/poster.pdf").content),
    }

    assert {name for name, page in shown.items() if own.name in page} == set(shown)
    assert not [name for name, page in shown.items() if other.name in page]
