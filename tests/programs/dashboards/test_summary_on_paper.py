"""The PDF of /ringkasan/ is exactly one A4: of a demo's size, of an empty installation, of 416 villages."""

import re

import pytest

from districts.locations.models import TargetLocation
from districts.regions.models import District
from p2emas.models import OutboxMessage
from programs.dashboards.summary import SummaryPage
from programs.dashboards.summary_paper import NO_QUARTER
from programs.models import ReportingPeriod
from tests.factories import ReportingPeriodFactory
from tests.p2emas.documents.pdf_text import objects, text_of
from tests.programs.dashboards.regency import fill
from tests.programs.dashboards.test_dashboards import scope_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
ADDRESS = "/ringkasan.pdf?periode=2019-T3"
A4 = (595, 842)


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, in points."""
    bodies = [body for body in objects(pdf).values() if re.search(rb"/Type\s*/Page\b", body)]
    boxes = [re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", body) for body in bodies]
    return [(round(float(box[1])), round(float(box[2]))) for box in boxes]


@pytest.mark.parametrize(("villages", "name"), [(14, 30), (416, 30), (416, 80)])
def test_paper_of_a_regency_is_one_a4(client_as, user_as, villages, name):
    fill(villages, user_as("coordinator"), name)
    found = SummaryPage.of(scope_of(periode="2019-T3"))

    pdf = client_as("leader").get(ADDRESS).content

    assert pages_of(pdf) == [A4]
    text = " ".join(text_of(pdf).split())
    assert found.still_title in text and found.sentences[1].figures in text and found.still_rest > 0
    assert all(row.name in text for row in found.decisions) and found.decisions_rest == 5


def test_paper_of_an_installation_without_work_is_one_a4(client_as):
    ReportingPeriodFactory()

    pdf = client_as("leader").get(ADDRESS).content

    assert pages_of(pdf) == [A4]
    assert "Tidak ada keputusan yang ditunggu." in text_of(pdf)


def test_paper_of_an_empty_installation_is_one_a4_that_says_so(client_as):
    client = client_as("leader")
    assert (
        not ReportingPeriod.objects.exists() and not District.objects.exists() and not TargetLocation.objects.exists()
    )
    page, answer = client.get("/ringkasan/").content.decode(), client.get("/ringkasan.pdf")

    assert 'href="/ringkasan.pdf"' in page and NO_QUARTER in page
    assert answer["Content-Disposition"] == 'attachment; filename="ringkasan.pdf"'
    assert pages_of(answer.content) == [A4]
    text = " ".join(text_of(answer.content).split())
    assert NO_QUARTER in text and "belum ada data" in text and "Penuh: tercapai" not in text


def test_nothing_is_sent_from_an_empty_installation(client_as, user_as):
    user_as("leader")
    client = client_as("coordinator")
    page = client.get("/ringkasan/").content.decode()
    answer = client.post("/ringkasan/kirim/", {"sudah": "0"}, follow=True)

    assert "Kirim ke pimpinan" not in page
    assert answer.status_code == 200 and answer.content.decode().count(NO_QUARTER) == 2  # the message and the page
    assert not OutboxMessage.objects.exists()
