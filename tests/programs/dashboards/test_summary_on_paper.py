"""The PDF of /ringkasan/ is exactly one A4: of a demo's size, of an empty installation, of 416 villages."""

import re

import pytest

from programs.dashboards.summary import SummaryPage
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
    client = client_as("leader")
    assert client.get("/ringkasan.pdf").status_code == 404  # nothing to sum up: the page says so and links no paper
    ReportingPeriodFactory()

    pdf = client.get(ADDRESS).content

    assert pages_of(pdf) == [A4]
    assert "Tidak ada keputusan yang ditunggu." in text_of(pdf)
