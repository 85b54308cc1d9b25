"""What the public reads of visits: released by a coordinator, withdrawn again, and nothing before."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from p2emas.documents.files import receive_file
from p2emas.documents.kinds import PHOTOS
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.services import _keep_photo
from programs.fieldwork.stories.models import StoryPart
from programs.fieldwork.stories.releasing import Ticked, release_parts, withdraw_parts
from tests.facilitator_factories import FieldReportFactory, StoryPartFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("fieldwork:story-release")
STORIES = reverse("evaluation:story-overview")


def located_photo() -> bytes:
    """A photo that says where it was taken."""
    made, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 4.0, 15.6), 3: "E", 4: (111.0, 29.0, 42.0)})
    Image.new("RGB", (300, 200), (90, 120, 60)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def visit_with(photos: int = 1, **fields):
    report = FieldReportFactory(**{"consent": True, **fields})
    kept = []
    for number in range(1, photos + 1):
        upload = receive_file(SimpleUploadedFile("foto.jpg", located_photo(), "image/jpeg"), allowed=PHOTOS)
        kept.append(_keep_photo(report, upload, number=number, sha256=f"{number:064d}", caption=f"Kebun {number}"))
    return report, kept


def test_ticked_photos_and_texts_are_released_in_one_post_and_withdrawn_again(client, client_as):
    report, photos = visit_with(2)
    _other, (unticked,) = visit_with(placement=report.placement, village=report.village)
    desk, village = client_as("coordinator"), report.village.get_absolute_url()
    ticks = {"tulisan": report.pk, "foto": [photo.pk for photo in photos], "langkah": "terbitkan"}

    assert desk.post(PAGE, ticks).url == PAGE
    shown = client.get(village).content.decode()
    assert [photo.get_absolute_url() in shown for photo in (*photos, unticked)] == [True, True, False]
    assert "(DATA CONTOH" not in shown and report.text in client.get(STORIES).content.decode()
    sent = client.get(photos[0].get_absolute_url())
    picture = Image.open(BytesIO(sent.content))
    assert sent.status_code == 200 and not picture.getexif() and "foto.jpg" not in sent["Content-Disposition"]

    assert desk.post(PAGE, ticks | {"langkah": "tarik", "foto": [photos[0].pk]}).url == PAGE
    shown = client.get(village).content.decode()
    assert [photo.get_absolute_url() in shown for photo in photos] == [False, True]
    assert report.text not in client.get(STORIES).content.decode()
    assert client.get(photos[0].get_absolute_url()).status_code == 302
    told = desk.get(reverse("fieldwork:visit-history", args=[report.pk])).content.decode()
    for words in (
        "Tulisan diterbitkan",
        "Foto 1 diterbitkan",
        "Foto 2 diterbitkan",
        "Tulisan ditarik",
        "Foto 1 ditarik",
    ):
        assert words in told
    assert "Foto 2 ditarik" not in told


def test_a_second_click_changes_nothing_and_nothing_ticked_is_said(client_as):
    report, _photos = visit_with()
    desk, ticks = client_as("coordinator"), {"tulisan": report.pk, "langkah": "terbitkan"}

    first, again = (desk.post(PAGE, ticks, follow=True).content.decode() for _ in range(2))
    nothing = desk.post(PAGE, {"langkah": "terbitkan"}).content.decode()

    assert "1 tulisan atau foto terbit" in first and "Yang ditandai sudah terbit" in again
    assert "Tandai dulu tulisan atau foto." in nothing and "Galat:" in nothing
    assert StoryPart.objects.get().status_changes().count() == 1


@pytest.mark.parametrize("fields", [{"consent": False}, {"status": "RETURNED"}, {"status": "REPLACED"}])
def test_what_has_no_consent_or_no_longer_counts_is_neither_released_nor_shown(client, client_as, fields):
    report, (photo,) = visit_with(**fields)
    StoryPartFactory(report=report)
    StoryPartFactory(report=report, photo=photo)
    other, _ = visit_with(**fields)

    desk = client_as("coordinator")
    page = desk.post(PAGE, {"tulisan": other.pk, "langkah": "terbitkan"}).content.decode()
    assert "tidak lagi dapat diterbitkan" in page
    with pytest.raises(StepNotAllowed):
        release_parts(ticked=Ticked([other], []), by=desk.user)
    assert StoryPart.objects.count() == 2 and not StoryPart.objects.public().exists()
    assert client.get(photo.get_absolute_url()).status_code == 302
    assert report.text not in client.get(STORIES).content.decode()


@pytest.mark.parametrize("times", [100, pytest.param(1000, marks=pytest.mark.drill)])
def test_photos_that_nobody_released_are_never_answered_to_strangers_nor_to_other_agencies(client, client_as, times):
    """2,000 foreign requests in the drill: ten photos, each state in turn, by a stranger and by an agency without the work."""
    desk, agency = client_as("coordinator"), client_as("agency_operator")
    photos = [photo for _ in range(2) for photo in visit_with(5)[1]]
    ticked = Ticked([], photos[:3])
    release_parts(ticked=ticked, by=desk.user)
    withdraw_parts(ticked=ticked, by=desk.user)

    answers: dict[tuple[int, int], int] = {}
    for number in range(times):
        place = f"{photos[number % 10].get_absolute_url()}{'?ukuran=kecil' if number % 20 > 9 else ''}"
        kind = (client.get(place).status_code, agency.get(place).status_code)
        answers[kind] = answers.get(kind, 0) + 1

    assert answers == {(302, 404): times}
    assert (
        client.get(f"/berkas/fieldphoto/{uuid4()}/").status_code == client.get(photos[0].get_absolute_url()).status_code
    )


def test_only_coordinators_release(client_as):
    report, _photos = visit_with()

    for role in ("leader", "auditor", "agency_operator", "facilitator"):
        assert client_as(role).post(PAGE, {"tulisan": report.pk, "langkah": "terbitkan"}).status_code == 403
    with pytest.raises(StepNotAllowed):
        release_parts(ticked=Ticked([report], []), by=UserFactory())
    assert not StoryPart.objects.exists()


def test_filters_and_pages(client_as):
    told, _ = visit_with()
    quiet, _ = visit_with()
    StoryPartFactory(report=told)
    desk = client_as("coordinator")

    for word, rows in (("", {told, quiet}), ("terbit", {told}), ("belum", {quiet}), ("x", {told, quiet})):
        assert {row.report for row in desk.get(PAGE, {"keadaan": word}).context["rows"]} == rows
    assert desk.get(PAGE, {"desa": quiet.village.slug}).context["rows"][0].report == quiet


def test_the_text_of_a_visit_is_there_once():
    part = StoryPartFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPartFactory(report=part.report)


def test_stories_are_cards_of_villages_in_pages_of_ten_with_an_empty_state(client, django_assert_max_num_queries):
    assert "Belum ada kisah yang diterbitkan." in client.get(STORIES).content.decode()
    parts = [StoryPartFactory(report__received_at=datetime(2019, 9, 20, 9, tzinfo=UTC)) for _ in range(11)]

    with django_assert_max_num_queries(20):
        first = client.get(STORIES)
    second = client.get(STORIES, {"halaman": 2})
    one = client.get(STORIES, {"desa": parts[0].report.village.slug})

    assert [len(page.context["cards"]) for page in (first, second, one)] == [10, 1, 1]
    assert parts[0].report.author.name not in one.content.decode()
    assert "Belum ada kisah dari desa itu." in client.get(STORIES, {"desa": "tidak-ada"}).content.decode()
