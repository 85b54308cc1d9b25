"""What a phone gets for days without a signal, how heavy it is, and that loss and retries give one row and one receipt."""

import json
import random
import re
from datetime import date
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.documents.models import Receipt
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.obstacles.models import Obstacle
from tests.facilitator_factories import PlacementFactory
from tests.factories import (
    AssignmentFactory,
    CommunityGroupFactory,
    PlanLineFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.people import lead_agency, sign_in

from .test_pages import phone, picture, upload

pytestmark = pytest.mark.django_db
SHELL, WORKER = "/lapangan/luring/", "/lapangan/sw.js"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def placement():
    user = UserFactory(name="Pendamping Rahasia")
    held = AssignmentFactory(user=user, agency=lead_agency(), role="facilitator", valid_until=date(2019, 12, 31))
    return PlacementFactory(facilitator__user=user, assignment=held)


@pytest.fixture
def facilitator(client, placement):
    sign_in(client, placement.facilitator.user)
    return client


def compressed(content: bytes) -> int:
    return len(brotli.compress(content))


def test_data_names_lines_groups_and_visits_of_own_villages(facilitator, placement):
    line = PlanLineFactory(target_location=placement.target_location)
    type(line.plan).objects.filter(pk=line.plan_id).update(status="SET", effective_on=date(2019, 1, 2))
    group = CommunityGroupFactory(village=placement.target_location.village)
    facilitator.post(reverse("fieldwork:visit-receive"), phone(placement))
    TargetLocationFactory()

    found = facilitator.get(reverse("fieldwork:field-data"))

    said = found.json()
    assert found["Cache-Control"].startswith("max-age=0") or "no-cache" in found["Cache-Control"]
    assert (said["user"], said["day"], bool(said["csrf"])) == (placement.facilitator.user.pk, "2019-10-08", True)
    (village,) = said["villages"]
    assert village["lines"] == [{"id": line.pk, "name": line.activity.name[:70]}]
    assert village["groups"] == [{"id": group.pk, "name": group.name}]
    assert [each["text"] for each in village["visits"]] == ["Warna berhasil."]


def test_data_of_a_consultant_stays_below_15_kb(client):
    user = UserFactory()
    AssignmentFactory(user=user, agency=lead_agency(), role="facilitator")
    PlacementFactory(facilitator__user=user, target_location=None)
    sign_in(client, user)
    for _ in range(14):
        location = TargetLocationFactory()
        for _ in range(8):
            line = PlanLineFactory(target_location=location, activity__name="Pelatihan pengolahan hasil panen " * 4)
            type(line.plan).objects.filter(pk=line.plan_id).update(status="SET", effective_on=date(2019, 1, 2))

    found = client.get(reverse("fieldwork:field-data"))

    assert len(found.json()["villages"]) == 14
    assert len(found.content) <= 15 * 1024


def test_data_of_a_consultant_asks_as_often_for_more_villages(client):
    user = UserFactory()
    AssignmentFactory(user=user, agency=lead_agency(), role="facilitator")
    PlacementFactory(facilitator__user=user, target_location=None)
    sign_in(client, user)

    def ask(villages: int) -> tuple[dict, int]:
        for _each in range(villages):
            line = PlanLineFactory(target_location=TargetLocationFactory())
            type(line.plan).objects.filter(pk=line.plan_id).update(status="SET", effective_on=date(2019, 1, 2))
        client.get(reverse("fieldwork:field-data"))
        with CaptureQueriesContext(connection) as seen:
            found = client.get(reverse("fieldwork:field-data")).json()
        return found, len(seen)

    few, count = ask(4)
    many, count_of_more = ask(3)

    assert [len(each["lines"]) for each in few["villages"]] == [1] * 4
    assert [len(each["lines"]) for each in many["villages"]] == [1] * 7
    assert count_of_more == count


def test_shell_is_the_same_for_everybody_and_names_nobody(client, facilitator, client_as):
    shells = {TOKEN.sub(b"", each.get(SHELL).content) for each in (facilitator, client_as("anonymous"))}
    workers = {each.get(WORKER).content for each in (facilitator, client_as("anonymous"))}

    assert len(shells) == len(workers) == 1
    assert "Pendamping Rahasia" not in shells.pop().decode()
    assert facilitator.get(WORKER)["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in facilitator.get(SHELL)["Content-Security-Policy"]


def test_field_home_is_light_and_what_follows_too(facilitator, placement):
    html = facilitator.get(reverse("fieldwork:field-home")).content
    first = ["bootstrap/css/bootstrap.min.css", "css/p2emas.css", "js/p2emas.js", "js/lapangan.js"]
    later = ["vendor/workbox.js", "vendor/idb.js", "js/antrean.js", "js/jual.js", "js/luring.js", "js/salinan.js"]
    assert compressed(html) + sum(compressed(_static(name)) for name in first) <= 40 * 1024
    worker = facilitator.get(WORKER).content
    assert compressed(worker) + sum(compressed(_static(name)) for name in later) <= 16 * 1024
    kept = re.findall(r'url: "(/[^"]+)"', worker.decode())
    assert len(kept) == len(set(kept)) == 10


def _static(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


class Phone:
    """The rules of static/js/antrean.js against the server, on a line that loses requests and answers."""

    def __init__(self, client, data: dict, photos: list[bytes], chance: random.Random) -> None:
        self.client, self.data, self.photos, self.chance = client, data, photos, chance
        self.answers: list[dict] = []
        self.done = False

    def post(self, url: str, data: dict) -> dict | None:
        """What came back; None when the request or its answer was lost."""
        lost = self.chance.random()
        if lost < 0.25:
            return None
        answer = self.client.post(url, data)
        assert answer.status_code == 200
        if lost < 0.5:
            return None
        self.answers.append(answer.json())
        return answer.json()

    def try_once(self) -> None:
        said = self.post(reverse("fieldwork:visit-receive"), self.data)
        for number in self.chance.sample(said["missing"], len(said["missing"])) if said else ():
            url = reverse("fieldwork:photo-receive", args=[self.data["token"], number])
            said = self.post(url, {"foto": upload(self.photos[number - 1])})
            if said is None:
                return
        self.done = bool(said and said["receipt"])


def exactly_once(client, placement, seed: int) -> None:
    chance = random.Random(seed)
    photos = [picture(300 + seed % 7 + n) for n in range(chance.randrange(4))]
    sender = Phone(client, phone(placement, *photos, obstacle_text=f"Alat {seed} rusak."), photos, chance)
    before = [model.objects.count() for model in (FieldReport, Receipt, Obstacle, FieldPhoto)]

    for _ in range(200):
        sender.try_once()
        if sender.done:
            break
    sender.chance = random.Random(1)
    again = client.post(reverse("fieldwork:visit-receive"), sender.data).json()

    after = [model.objects.count() for model in (FieldReport, Receipt, Obstacle, FieldPhoto)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1, len(photos)], seed
    assert {each["number"] for each in sender.answers} == {again["number"]}
    assert {each["receipt"] for each in sender.answers} - {""} == {again["receipt"]}
    assert json.dumps(again["missing"]) == "[]"


@pytest.mark.parametrize("seed", range(10))
def test_loss_and_retries_give_one_row_and_one_receipt(facilitator, placement, seed):
    exactly_once(facilitator, placement, seed)
