"""What a phone sends: once however often it comes, by the placement of its own day, photo by photo."""

import hashlib
import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from p2emas import clock
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import Receipt
from programs.fieldwork.integrity import visits
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.fieldwork.months import Month, unvisited, visited_months, visits_of_month
from programs.fieldwork.rules import last_day_to_send, may_send, placement_on, villages_to_visit
from programs.fieldwork.services import VisitRefused, receive_photo, receive_visit, send_visit, start_correction
from programs.obstacles.models import Obstacle
from tests.facilitator_factories import FieldReportFactory, PlacementFactory
from tests.factories import PlanLineFactory, TargetLocationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)
SAID = {
    "kind": "MONITORING",
    "women": 21,
    "men": 3,
    "text": "Warna mengkudu berhasil.",
    "has_obstacle": True,
    "obstacle_text": "Dua alat tenun rusak.",
}


def jpeg(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def placement():
    return PlacementFactory(facilitator__user=UserFactory())


def _receive(placement, *, token=None, photos=(), on=TODAY, replaces=None, lines=(), **said):
    listed = [
        {"number": n, "sha256": hashlib.sha256(each).hexdigest(), "size": len(each), "caption": ""}
        for n, each in enumerate(photos, 1)
    ]
    return receive_visit(
        by=placement.facilitator.user,
        token=token or uuid.uuid4(),
        village=placement.target_location.village,
        visited_on=on,
        values=SAID | {"photo_list": listed, "consent": bool(photos)} | said,
        lines=list(lines),
        replaces=replaces,
    )


def _photo(report, number, content, *, by=None):
    received = receive_file(SimpleUploadedFile("foto.jpg", content, "image/jpeg"), allowed=PHOTOS)
    digest = hashlib.sha256(content).hexdigest()
    return receive_photo(report=report, number=number, received=received, sha256=digest, by=by or report.author)


def test_same_token_gives_the_same_visit_receipt_and_obstacle(placement):
    token = uuid.uuid4()

    first, second = (_receive(placement, token=token, text=text) for text in ("Pertama.", "Kedua."))

    assert (first.pk, second.status, second.text) == (second.pk, "SENT", "Pertama.")
    assert FieldReport.objects.count() == Receipt.objects.count() == Obstacle.objects.count() == 1
    assert Receipt.objects.get().client_token == token
    assert first.obstacle == Obstacle.objects.get()
    assert (first.obstacle.village, first.obstacle.raised_by_user) == (first.village, first.author)
    assert first.obstacle.kind == Obstacle.Kind.OTHER  # nobody was asked for it


def test_token_of_somebody_else_is_refused(placement):
    other = PlacementFactory(facilitator__user=UserFactory(), target_location=placement.target_location)
    sent = _receive(placement)

    with pytest.raises(VisitRefused):
        _receive(other, token=sent.client_token)


@pytest.mark.parametrize(
    ("days_after_the_end", "on", "taken"),
    [(0, 0, True), (30, 0, True), (30, 1, False), (31, 0, False)],
)
def test_placement_in_force_on_its_own_day_decides(placement, days_after_the_end, on, taken):
    """``on``: days of the visit after the last day of the placement."""
    last = placement.last_day
    with clock.at(last + timedelta(days=days_after_the_end)):
        if taken:
            assert _receive(placement, on=last + timedelta(days=on)).status == "SENT"
        else:
            with pytest.raises(VisitRefused):
                _receive(placement, on=last + timedelta(days=on))
        assert FieldReport.objects.count() == taken


def test_days_to_send_end_after_a_month(placement):
    user, last = placement.facilitator.user, placement.last_day

    assert may_send(user, last)
    assert last_day_to_send(user, last) is None
    assert last_day_to_send(user, last + timedelta(days=1)) == last + timedelta(days=30)
    assert may_send(user, last + timedelta(days=30))
    assert not may_send(user, last + timedelta(days=31))


def test_consultant_visits_every_village_of_the_programme(placement):
    consultant = PlacementFactory(facilitator__user=UserFactory(), target_location=None)
    elsewhere = TargetLocationFactory().village
    user = consultant.facilitator.user

    assert {placement.target_location.village, elsewhere} <= set(villages_to_visit(user, TODAY))
    assert placement_on(user, elsewhere, TODAY, TODAY) == consultant
    assert villages_to_visit(placement.facilitator.user, TODAY) == [placement.target_location.village]
    assert placement_on(placement.facilitator.user, elsewhere, TODAY, TODAY) is None


def test_last_photo_completes_the_visit_and_gives_the_receipt(placement):
    pictures = [jpeg(300 + n, 200) for n in range(2)]
    report = _receive(placement, photos=pictures)
    assert (report.status, report.state_words) == ("WAITING", "Menunggu foto 0 dari 2")
    assert not Receipt.objects.exists()

    report = _photo(report, 2, pictures[1])
    assert (report.state_words, report.photos_missing) == ("Menunggu foto 1 dari 2", [1])
    report = _photo(report, 2, pictures[1])
    assert FieldPhoto.objects.count() == 1
    report = _photo(report, 1, pictures[0])

    assert (report.status, report.photos_missing) == ("SENT", [])
    assert Receipt.objects.get().number == report.number
    assert {(each.lat, each.lng) for each in report.photos.all()} == {(None, None)}


def test_photo_that_was_not_announced_is_refused(placement):
    pictures = [jpeg(300, 200), jpeg(310, 200)]
    report = _receive(placement, photos=pictures[:1])

    for number, content in ((1, pictures[1]), (2, pictures[0])):
        with pytest.raises(VisitRefused):
            _photo(report, number, content)
    assert not FieldPhoto.objects.exists()


def test_correction_replaces_and_keeps_the_obstacle(placement):
    first = _receive(placement)
    draft = start_correction(report=first, by=first.author)
    assert start_correction(report=first, by=first.author) == draft
    first.refresh_from_db()
    assert first.status == "SENT"

    second = send_visit(report=draft, actor=first.author)

    first.refresh_from_db()
    assert (first.status, second.status, second.replaces) == ("REPLACED", "SENT", first)
    assert second.obstacle == first.obstacle == Obstacle.objects.get()
    assert list(FieldReport.objects.counted()) == [second]
    with pytest.raises(VisitRefused):
        start_correction(report=first, by=first.author)
    assert list(visits()) == []


def test_line_that_has_ended_is_taken_and_marked(placement):
    kept, other = (PlanLineFactory(target_location=placement.target_location) for _ in range(2))
    type(other.plan).objects.filter(pk=other.plan_id).update(year=2018)

    report = _receive(placement, lines=[(kept, False), (other, True)])

    told = set(report.lines.values_list("plan_line", "ended", "not_begun"))
    assert told == {(kept.pk, False, False), (other.pk, True, True)}


def test_text_without_photos_is_released_after_14_days(placement, user_as):
    report = _receive(placement, photos=[jpeg(300, 200)])
    coordinator = user_as("coordinator")

    with clock.at(TODAY + timedelta(days=13)), pytest.raises(Exception, match="ditunggu 14 hari"):
        report.take_step("release_text", seen="WAITING", actor=coordinator, note="HP hilang.")
    with clock.at(TODAY + timedelta(days=14)):
        report.take_step("release_text", seen="WAITING", actor=coordinator, note="HP hilang.")

    assert list(FieldReport.objects.counted()) == [report]
    assert list(visits()) == []


@pytest.mark.parametrize("before", ["released", "replaced"])
def test_last_photo_that_comes_late_gives_the_receipt_all_the_same(placement, user_as, before):
    """Else a visit that was released without its photos, or replaced, would never leave the phone."""
    pictures = [jpeg(300 + n, 200) for n in range(2)]
    report = _photo(_receive(placement, photos=pictures), 1, pictures[0])
    if before == "replaced":
        send_visit(report=start_correction(report=report, by=report.author), actor=report.author)
    else:
        with clock.at(TODAY + timedelta(days=14)):
            report.take_step("release_text", seen="WAITING", actor=user_as("coordinator"), note="HP hilang.")
    assert not Receipt.objects.filter(client_token=report.client_token).exists()

    report = _photo(report, 2, pictures[1])

    assert (report.status, report.photos.count()) == ("SENT" if before == "released" else "REPLACED", 2)
    assert Receipt.objects.get(client_token=report.client_token).number == report.number
    assert list(visits()) == []


def test_village_without_a_counted_visit_in_the_month_is_named(placement, settings):
    report = FieldReportFactory(placement=placement, visited_on=date(2019, 9, 20))
    waiting = FieldReportFactory(waiting=True, placement=placement, visited_on=date(2019, 8, 20))
    late = PlacementFactory(starts=date(2019, 8, 2))

    def named(number: int) -> set:
        return {each.village for each in unvisited(Month(2019, number))}

    assert named(9) == {late.target_location.village}
    assert named(8) == {waiting.village}
    settings.VISITS_A_MONTH = 2
    assert report.village in named(9)
    settings.VISITS_A_MONTH = 0
    assert named(9) == set()


def test_months_count_villages_that_expect_a_visit_and_those_that_had_one(placement, settings):
    here = placement.target_location.village
    FieldReportFactory(placement=placement, visited_on=date(2019, 9, 20))
    FieldReportFactory(placement=placement, visited_on=date(2019, 9, 27))
    FieldReportFactory(placement=placement, waiting=True, visited_on=date(2019, 8, 20))
    late = PlacementFactory(starts=date(2019, 8, 2), facilitator__user=UserFactory())
    FieldReportFactory(placement=late, visited_on=date(2019, 8, 9))  # not expected: placed during the month

    def counted(**asked) -> dict[int, tuple[int, int]]:
        found = visited_months(Month(2019, 7), Month(2019, 9), **asked)
        return {month.number: (made.visited, made.expected) for month, made in found.items()}

    assert counted() == {7: (0, 1), 8: (0, 1), 9: (1, 2)}
    assert counted(district=here.district) == {7: (0, 1), 8: (0, 1), 9: (1, 1)}
    assert {number: len(unvisited(Month(2019, number))) for number in (7, 8, 9)} == {7: 1, 8: 1, 9: 1}
    settings.VISITS_A_MONTH = 2
    assert counted()[9] == (1, 2)
    settings.VISITS_A_MONTH = 3
    assert counted()[9] == (0, 2)
    settings.VISITS_A_MONTH = 0
    assert counted() == {}


def test_month_names_villages_and_has_words_for_whatsapp(placement, settings):
    settings.SITE_URL = "https://emas.example.org"
    FieldReportFactory(visited_on=date(2019, 9, 20))

    month = visits_of_month(Month(2019, 9))

    assert month.heading == "1 dari 2 desa tanpa kunjungan pendamping, September 2019"
    assert f"- {placement.target_location.village}, " in month.message
    assert "https://emas.example.org/lapangan/" in month.message
    assert placement.facilitator.name not in month.message
    assert Month.last_whole(2019, TODAY) == Month(2019, 9)
    assert Month.last_whole(2018, TODAY) == Month(2018, 12)
    assert Month.last_whole(2019, date(2019, 1, 31)) is None


def test_integrity_names_what_is_wrong(placement):
    FieldReportFactory(placement=placement, visited_on=placement.starts - timedelta(days=1))
    FieldReportFactory(placement=placement, photo_list=[{"number": 1, "sha256": "0" * 64, "size": 9, "caption": ""}])
    replaced = FieldReportFactory(placement=placement)
    FieldReportFactory(placement=placement, replaces=replaced)

    assert len(list(visits())) == 3
