"""The help of each role: its pictures are small and few, and its captions name what is on the page."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.urls import reverse
from PIL import Image

from programs.coordination.gathering import SMALL
from programs.dashboards.helping import HEIGHT, HELPS, WIDTH
from programs.dashboards.home.three_things import OF_ROLES
from programs.dashboards.summary import SENTENCES
from tests import worlds
from tests.source_tree import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
PICTURES = {picture.file: picture for each in HELPS for picture in each.pictures if picture.file}
NAMED = re.compile(r"“([^”]+)”")
SHOWN = re.compile(r"<(h[1-3]|a|button|summary|th)\b[^>]*>(.*?)</\1>", re.DOTALL)


def words_of(page: str) -> list[str]:
    """What headings, links and buttons of a page say, without the number before the words of a tile."""
    plain = (re.sub(r"<[^>]+>", " ", found[1]) for found in SHOWN.findall(page))
    return [" ".join(unescape(each).split()).lstrip("0123456789 ") for each in plain]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    with worlds.standing(django_db_blocker) as standing:
        yield standing


@pytest.mark.parametrize("each", HELPS, ids=lambda each: each.word)
def test_captions_name_what_is_on_the_page(world, each):
    assert 1 <= len(each.pictures) <= 3
    for picture in each.pictures:
        names = NAMED.findall(picture.caption)
        page = world.client(each.role).get(picture.path)

        assert page.status_code == 200 and names, picture.file
        shown = words_of(page.content.decode())
        assert [name for name in names if not any(text.startswith(name) for text in shown)] == [], picture.file


def test_a_word_that_is_gone_is_found():
    shown = words_of("<h1>Antrean <b>verifikasi</b></h1><p>Mulai</p><button>Kirim</button><a><b>3</b>Draf</a>")

    assert shown == ["Antrean verifikasi", "Kirim", "Draf"]


def test_help_of_the_facilitator_goes_from_the_visit_to_its_arrival(world):
    page = world.client("anonymous").get(reverse("dashboards:help"), {"peran": "pendamping"}).content.decode()

    for words in ("Buat laporan kunjungan", "Siap dikirim", "Terkirim", "Masuk lagi untuk mengirim", "Simpan salinan"):
        assert f"“{words}" in page
    assert page.count('loading="lazy"') == page.count("<figure") == 1


def test_help_counts_the_figures_of_the_leaders_page():
    count = f"{SMALL[len(SENTENCES)]} angka"
    (_title, thing, _page), *_others = OF_ROLES["leader"]

    assert f": {count}," in PICTURES["pimpinan-ringkasan"].caption and thing.lower().startswith(count)


@pytest.mark.parametrize("file", PICTURES)
def test_pictures_are_small(file):
    path = ROOT / "static" / "help" / f"{file}.webp"

    assert path.stat().st_size <= 25 * 1024
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (WIDTH, HEIGHT))


def test_no_picture_is_left_over():
    assert {path.stem for path in (ROOT / "static" / "help").iterdir()} == set(PICTURES)


def test_reader_gets_the_help_of_the_own_role_and_of_one_that_is_asked_for(world):
    page = reverse("dashboards:help")
    own = world.client("agency_operator").get(page).content.decode()
    asked = world.client("anonymous").get(page, {"peran": "pimpinan"}).content.decode()
    visitor = world.client("anonymous").get(page).content.decode()

    assert '<h2 id="peran">Operator SKPD</h2>' in own and own.count('loading="lazy"') == 3
    assert '<h2 id="peran">Pimpinan daerah</h2>' in asked and "<img" not in visitor
    assert "Menurut peran" in world.client("anonymous").get(page, {"peran": "<b>"}).content.decode()
