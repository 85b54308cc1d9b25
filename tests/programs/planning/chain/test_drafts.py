"""What is typed into the answers of a chain is kept, offered again, and never replaces what somebody saved since."""

import re
import uuid

import pytest

from p2emas.models import FormDraft
from programs.models import ChainAnswer
from tests.factories import AgencyFactory, TargetLocationFactory, WorkPlanFactory
from tests.programs.reporting.helpers import text_of

from .test_chain import url

pytestmark = pytest.mark.django_db
SAVE = re.compile(r'data-draft="([^"]+)"')
TYPED = "Ditulis dan belum disimpan"


@pytest.fixture
def village():
    return TargetLocationFactory().village


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def operator(client_as, agency):
    return client_as("agency_operator", at=agency)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def kept(client, village, year=2019):
    """What the page sends by itself while somebody types."""
    page = client.get(url(village, year)).content.decode()
    data = {name: hidden(page, name) for name in ("isian", "mulai", "jaga", "bagian", "jawaban-CAPITAL-seen")}
    answer = client.post(SAVE.search(page)[1], data | {"jawaban-CAPITAL": TYPED})
    assert answer.status_code == 200, answer.content
    return FormDraft.objects.get(key=data["isian"])


def test_typed_answer_is_offered_fills_its_box_and_goes_when_it_is_saved(operator, village, agency):
    draft = kept(operator, village)
    assert draft.page_url == url(village)

    offered = operator.get(url(village))
    assert TYPED in text_of(offered) and not ChainAnswer.objects.exists()
    take = re.search(r'href="([^"]*isian=[^"]*)"', offered.content.decode())[1].replace("&amp;", "&")
    assert take == f"?tahun=2019&isian={draft.key}"
    filled = operator.get(f"{url(village).partition('?')[0]}{take}").content.decode()
    assert f'value="{TYPED}"' in filled and f'action="{url(village)}"' in filled

    sent = {name: hidden(filled, name) for name in ("isian", "mulai", "bagian", "jawaban-CAPITAL-seen")}
    answer = operator.post(url(village), sent | {"jawaban-CAPITAL": TYPED})

    assert (answer.status_code, answer.url) == (302, url(village))
    assert ChainAnswer.objects.get().text == TYPED and not FormDraft.objects.exists()


def test_draft_of_one_year_is_not_offered_in_another(operator, village):
    for year in (2018, 2019):
        WorkPlanFactory(year=year)
    kept(operator, village, 2018)

    assert TYPED not in text_of(operator.get(url(village, 2019)))
    assert TYPED in text_of(operator.get(url(village, 2018)))


def test_draft_that_is_older_than_an_answer_shows_both_and_replaces_nothing_unseen(
    client_as, operator, village, agency
):
    draft = kept(operator, village)
    client_as("agency_operator", at=agency).post(url(village), {"jawaban-CAPITAL": "Jawaban rekan."})

    assert "Kedua versi ditampilkan lebih dahulu" in text_of(operator.get(url(village)))
    filled = operator.get(f"{url(village)}&isian={draft.key}")
    assert "Orang lain menyimpan lebih dahulu: “Jawaban rekan.”" in text_of(filled)
    assert f'value="{TYPED}"' in filled.content.decode()
    assert ChainAnswer.objects.get().text == "Jawaban rekan."


def test_refused_answer_is_kept_as_it_was_typed(operator, village):
    data = {"isian": str(uuid.uuid4()), "jawaban-CAPITAL": "x" * 301, "jawaban-MARKET": "Sudah ada pembeli."}
    page = operator.post(url(village), data)

    assert page.status_code == 200 and ChainAnswer.objects.get().text == "Sudah ada pembeli."
    assert FormDraft.objects.get(key=data["isian"]).fields["jawaban-CAPITAL"] == ["x" * 301]


def test_who_only_reads_has_no_draft_and_another_agency_reads_none(client_as, operator, village):
    draft = kept(operator, village)
    coordinator, other = client_as("coordinator"), client_as("agency_operator", at=AgencyFactory())

    assert "data-draft=" not in coordinator.get(url(village)).content.decode()
    assert TYPED not in text_of(other.get(url(village)))
    save = SAVE.search(operator.get(url(village)).content.decode())[1]
    data = {"isian": str(draft.key), "mulai": "1", "bagian": draft.part, "jawaban-CAPITAL": "Milik orang"}
    assert other.post(save, data).status_code == 403
    assert operator.post(save, data | {"bagian": 9}).status_code == 404
