"""From an empty link of a chain to a line that is filled in, and back; and a text that asks other agencies."""

import pytest
from django.conf import settings
from django.urls import reverse

from programs.models import PlanLine
from tests.factories import (
    AgencyFactory,
    ChainAnswerFactory,
    CommunityGroupFactory,
    OutcomeFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)

from .test_chain import YEAR, a_line, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return TargetLocationFactory()


@pytest.fixture
def draft():
    return WorkPlanFactory(year=YEAR)


@pytest.fixture
def operator(client_as, draft):
    return client_as("agency_operator", at=draft.agency)


def beginning(draft, **query):
    return reverse("planning:line-add", args=[draft.pk], query=query)


def test_empty_link_leads_to_a_line_and_back(operator, draft, location):
    group = CommunityGroupFactory(village=location.village)
    a_line(location, "SEED", group=group)
    page = operator.get(url(location.village)).text
    address = beginning(draft, desa=location.village.slug, rantai="CAPITAL", kelompok=group.pk)
    assert address.replace("&", "&amp;") in page

    answer = operator.get(address)

    form = answer.context["form"]
    said = {name: str(form[name].value()) for name in ("place", "target_location", "chain_link", "group")}
    assert said == {
        "place": "target", "target_location": str(location.pk), "chain_link": "CAPITAL", "group": str(group.pk)
    }  # fmt: skip
    typed = {
        "new_outcome": OutcomeFactory().pk, "new_code": "2.01.03.15.02", "new_name": "Modal", "fund": "DAU",
        "start_month": "3", "amount": "1.000.000", **said,
    }  # fmt: skip
    wrong = operator.post(address, typed | {"amount": ""})
    assert f'action="{address.replace("&", "&amp;")}"' in wrong.text  # what was asked for is still known
    saved = operator.post(address, typed)
    assert saved.url == url(location.village)
    line = PlanLine.objects.get(plan=draft)
    assert (line.target_location, line.chain_link, line.group) == (location, "CAPITAL", group)
    assert "kosong" not in operator.get(saved.url).context["shown"].rows[5].word


def test_several_groups_fill_in_none(operator, draft, location):
    for link in ("SEED", "TOOLS"):
        a_line(location, link, group=CommunityGroupFactory(village=location.village))

    page = operator.get(url(location.village)).text

    assert beginning(draft, desa=location.village.slug, rantai="CAPITAL").replace("&", "&amp;") + '"' in page
    assert "kelompok=" not in page


def test_village_that_is_no_target_location_is_another_village(operator, draft):
    village = VillageFactory()

    form = operator.get(beginning(draft, desa=village.slug, rantai="SEED")).context["form"]

    assert (form["place"].value(), form["other_village"].value()) == ("other", village.pk)


@pytest.mark.parametrize(
    "query", [{"desa": "tidak-ada", "rantai": "SEED"}, {"rantai": "SEED"}, {"desa": "\x00", "rantai": "x"}]
)
def test_wrong_address_gives_the_empty_form(operator, draft, query):
    answer = operator.get(beginning(draft, **query))

    assert answer.status_code == 200
    assert (answer.context["form"]["place"].value(), answer.context["chain"]) == (None, "")


def test_group_of_another_village_is_left_out(operator, draft, location):
    group = CommunityGroupFactory()

    form = operator.get(
        beginning(draft, desa=location.village.slug, rantai="SEED", kelompok=group.pk)
    ).context["form"]  # fmt: skip

    assert form["group"].value() is None


def test_invitation_names_unanswered_gaps_and_nothing_of_drafts(operator, draft, location):
    a_line(location, "SEED", agency=AgencyFactory(short_name="RAHASIA"))
    ChainAnswerFactory(agency=draft.agency, year=YEAR, village=location.village, link="TOOLS", text="Tidak perlu.")

    shown = operator.get(url(location.village)).context["shown"]

    assert "kosong pada: pelatihan, produksi, olahan, modal, pasar." in shown.invitation
    assert settings.SITE_URL + url(location.village) in shown.invitation
    assert "RAHASIA" not in shown.invitation


def test_invitation_is_for_those_who_answer(client_as, operator, location):
    assert "Ajak SKPD lain" in operator.get(url(location.village)).text
    assert "Ajak SKPD lain" not in client_as("coordinator").get(url(location.village)).text
