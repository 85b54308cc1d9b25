"""The value chain of a village: what is a finding and what is not, who reads what of a draft, and answers."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas.documents.models import Decree
from programs.models import ChainAnswer, WorkPlan
from programs.planning.chain.matrix import LINKS, village_chains
from programs.planning.checks import PlanCheck
from tests.factories import (
    AgencyFactory,
    ChainAnswerFactory,
    CommunityGroupFactory,
    DecreeFactory,
    PlanLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
YEAR = 2019


@pytest.fixture
def location():
    return TargetLocationFactory()


@pytest.fixture
def village(location):
    return location.village


@pytest.fixture
def group(village):
    return CommunityGroupFactory(village=village, name="Menenun Mandiri")


def a_line(location, link, agency=None, **fields):
    plan = fields.pop("plan", None) or WorkPlanFactory(agency=agency or AgencyFactory())
    return PlanLineFactory(plan=plan, target_location=location, chain_link=link, **fields)


def chain_of(village, *, target=True):
    return village_chains(YEAR, [village], {village.pk} if target else set())[village.pk]


def keys(village, **options):
    return {finding.key for finding in chain_of(village, **options).findings}


def url(village, year=YEAR):
    return f"{reverse('planning:chain', args=[village.slug])}?tahun={year}"


# --- Findings ---------------------------------------------------------------------------------------------------------


def test_link_without_any_line_is_a_gap_and_one_line_fills_it(location, village):
    assert keys(village) == {code for code, _word in LINKS}

    a_line(location, "CAPITAL")

    assert keys(village) == {code for code, _word in LINKS} - {"CAPITAL"}


def test_village_that_is_no_target_location_has_no_finding(location, village):
    assert keys(village, target=False) == set()


def test_line_of_a_draft_fills_a_link_and_one_of_another_year_does_not(location, village):
    a_line(location, "MARKET", plan=WorkPlanFactory(year=2018))
    assert "MARKET" in keys(village)
    a_line(location, "MARKET")
    assert "MARKET" not in keys(village)


def test_line_that_the_newest_version_dropped_fills_nothing(location, village):
    old = a_line(location, "SEED", plan=WorkPlanFactory(agreed=True))
    assert "SEED" not in keys(village)

    WorkPlanFactory(agency=old.plan.agency, kind="PERUBAHAN", sequence=2, supersedes=old.plan)

    assert "SEED" in keys(village)


def test_two_agencies_on_one_link_for_one_group_are_found(location, village, group):
    a_line(location, "TRAINING", group=group)
    assert f"TRAINING-{group.pk}" not in keys(village)

    a_line(location, "TRAINING", group=group)

    assert f"TRAINING-{group.pk}" in keys(village)


@pytest.mark.parametrize("case", ["one agency twice", "two groups", "no group said", "two links"])
def test_what_is_no_work_done_twice(location, village, group, case):
    first = a_line(location, "TRAINING", group=None if case == "no group said" else group)
    other = {
        "one agency twice": {"plan": first.plan, "group": group},
        "two groups": {"group": CommunityGroupFactory(village=village)},
        "no group said": {"group": None},
        "two links": {"group": group},
    }[case]
    a_line(location, "MARKET" if case == "two links" else "TRAINING", **other)

    assert chain_of(village).twice == []


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_gap_is_answered_by_any_agency_and_work_done_twice_by_each(location, village, group):
    one, two = a_line(location, "TRAINING", group=group), a_line(location, "TRAINING", group=group)
    assert len(chain_of(village).open_findings) == 7  # six gaps and the double

    ChainAnswerFactory(village=village, link="CAPITAL", agency=one.plan.agency)
    ChainAnswerFactory(village=village, link="TRAINING", group=group, agency=one.plan.agency)

    chain = chain_of(village)
    assert "CAPITAL" not in {each.link for each in chain.open_findings}
    assert chain.twice[0].unanswered_by == (two.plan.agency,)
    assert chain.twice[0].is_answered_for(one.plan.agency_id) and not chain.twice[0].is_answered_for(two.plan.agency_id)


def test_answer_of_another_year_or_village_answers_nothing(location, village):
    ChainAnswerFactory(village=village, link="CAPITAL", year=2018)
    ChainAnswerFactory(link="CAPITAL")

    assert "CAPITAL" in {each.link for each in chain_of(village).open_findings}


def test_agency_answers_in_one_saving_and_its_answer_says_who_and_when(client_as, location, village, group):
    mine, other = a_line(location, "TRAINING", group=group), a_line(location, "TRAINING", group=group)
    operator = client_as("agency_operator", at=mine.plan.agency)

    answer = operator.post(
        url(village), {"jawaban-CAPITAL": "  BUMDes \n meminjamkan. ", f"jawaban-TRAINING-{group.pk}": "Anggota baru."}
    )

    assert answer.status_code == 302
    stored = {row.link: row for row in ChainAnswer.objects.all()}
    assert {link: row.text for link, row in stored.items()} == {
        "CAPITAL": "BUMDes meminjamkan.",
        "TRAINING": "Anggota baru.",
    }
    assert {(row.agency, row.answered_by, row.year) for row in stored.values()} == {
        (mine.plan.agency, operator.user, YEAR)
    }
    seen_by_other = text_of(client_as("agency_operator", at=other.plan.agency).get(url(village)))
    assert "BUMDes meminjamkan." in seen_by_other and "Anggota baru." in seen_by_other
    assert stored["CAPITAL"].history.get().history_user == operator.user


def test_second_answer_of_one_agency_is_told_and_both_are_shown(client_as, location, village):
    line = a_line(location, "SEED")
    operator = client_as("agency_operator", at=line.plan.agency)
    operator.post(url(village), {"jawaban-CAPITAL": "Pertama."})

    page = operator.post(url(village), {"jawaban-CAPITAL": "Kedua.", "jawaban-CAPITAL-seen": ""})

    text = page.content.decode()
    assert page.status_code == 200 and "“Pertama.”" in text and 'value="Kedua."' in text
    assert ChainAnswer.objects.get().text == "Pertama."
    seen = page.context["shown"].form.boxes["CAPITAL"].seen
    operator.post(url(village), {"jawaban-CAPITAL": "Kedua.", "jawaban-CAPITAL-seen": seen})
    assert ChainAnswer.objects.get().text == "Kedua."


def test_emptied_answer_is_gone_and_its_history_stays(client_as, location, village):
    operator = client_as("agency_operator", at=a_line(location, "SEED").plan.agency)
    operator.post(url(village), {"jawaban-CAPITAL": "Pertama."})
    seen = operator.get(url(village)).context["shown"].form.boxes["CAPITAL"].seen

    operator.post(url(village), {"jawaban-CAPITAL": "", "jawaban-CAPITAL-seen": seen})

    assert not ChainAnswer.objects.exists()
    assert [row.history_type for row in ChainAnswer.history.all()] == ["-", "+"]


def test_too_long_answer_is_refused_and_stays(client_as, location, village):
    operator = client_as("agency_operator", at=a_line(location, "SEED").plan.agency)

    page = operator.post(url(village), {"jawaban-CAPITAL": "x" * 301, "jawaban-MARKET": "Sudah ada pembeli."})

    assert "paling panjang 300 huruf" in text_of(page) and "x" * 301 in page.content.decode()
    assert ChainAnswer.objects.get().link == "MARKET"


def test_coordinator_reads_and_answers_nothing(client_as, location, village):
    a_line(location, "SEED")
    coordinator = client_as("coordinator")

    assert coordinator.get(url(village)).status_code == 200
    assert coordinator.post(url(village), {"jawaban-CAPITAL": "Ya."}).status_code == 403
    assert not ChainAnswer.objects.exists()


# --- What of a draft others read ---------------------------------------------------------------------------------------


def test_others_read_link_agency_and_group_of_a_draft_and_nothing_else(client_as, location, village, group):
    draft = a_line(location, "TRAINING", group=group, amount=123_000_000, proposal_text="Usulan rahasia")
    reader = AgencyFactory()
    WorkPlanFactory(agency=reader)

    page = text_of(client_as("agency_operator", at=reader).get(url(village)))
    file = client_as("agency_operator", at=reader).get(url(village) + "&format=csv").content.decode()
    own = text_of(client_as("agency_operator", at=draft.plan.agency).get(url(village)))

    for shown in (page, file):
        assert draft.plan.agency.short_name in shown and "Menenun Mandiri" in shown
        assert f"{draft.activity.name} " not in f"{shown} " and "Usulan rahasia" not in shown
        # a number alone may be part of another name
        assert not any(money in shown for money in ("Rp 123", "Rp\xa0123", "123.000.000", "123000000"))
    assert draft.activity.name in own and "Rp 123" in own.replace("\xa0", " ")


@pytest.mark.parametrize("status", ["SUBMITTED", "REVIEWING", "RETURNED"])
def test_others_read_of_a_plan_that_is_not_set_only_that_it_is_a_draft(client_as, location, village, group, status):
    line = a_line(location, "TRAINING", group=group)
    WorkPlan.objects.filter(pk=line.plan.pk).update(status=status)
    others, own = (client_as("agency_operator", at=at) for at in (AgencyFactory(), line.plan.agency))
    word = WorkPlan.Status(status).label

    page, file = text_of(others.get(url(village))), others.get(url(village) + "&format=csv").content.decode()

    assert word.lower() not in page.lower() and "rencana draf" in page
    assert word not in file and "Draf" in file
    assert f"rencana {word.lower()}" in text_of(own.get(url(village)))
    assert word in own.get(url(village) + "&format=csv").content.decode()


def test_everybody_among_the_agencies_reads_a_set_plan_whole(client_as, location, village, group):
    line = a_line(location, "TRAINING", plan=WorkPlanFactory(agreed=True), group=group, amount=123_000_000)

    page = text_of(client_as("agency_operator", at=AgencyFactory()).get(url(village))).replace("\xa0", " ")

    assert line.activity.name in page and "Rp 123" in page


# --- Where findings are read ---------------------------------------------------------------------------------------------


def test_check_page_and_the_page_of_setting_list_what_is_not_answered(client_as, location, village, group):
    mine, other = a_line(location, "TRAINING", group=group), a_line(location, "TRAINING", group=group)
    plan, operator = mine.plan, client_as("agency_operator", at=mine.plan.agency)
    check = reverse("planning:plan-check", args=[plan.pk])
    double = f"sama-sama mengerjakan pelatihan untuk {group}"
    assert len(PlanCheck(plan).chain) == 7 and double in text_of(operator.get(check))

    for agency in (plan.agency, other.plan.agency):
        ChainAnswerFactory(village=village, link="TRAINING", group=group, agency=agency)

    assert double not in text_of(operator.get(check))
    WorkPlan.objects.filter(pk=plan.pk).update(status="REVIEWING")
    setting = text_of(client_as("coordinator").get(reverse("planning:plan-set", args=[plan.pk])))
    assert "6 temuan rantai nilai belum dijawab" in setting and "mata rantai modal kosong" in setting


def test_plan_hears_nothing_of_villages_that_it_does_not_work_in(location):
    plan = a_line(location, "SEED").plan
    TargetLocationFactory()

    assert {finding.village for finding in PlanCheck(plan).chain} == {location.village}


def test_location_that_ended_asks_for_nothing(location, village):
    plan = a_line(location, "SEED").plan
    location.valid_until, location.closed_by = date(2019, 6, 30), DecreeFactory(kind=Decree.Kind.SK)
    location.save()

    assert PlanCheck(plan).chain == []


def test_list_counts_what_is_open_in_each_location(client_as, location, village):
    a_line(location, "SEED")
    ChainAnswerFactory(village=village, link="CAPITAL")

    page = client_as("leader").get(reverse("planning:chain-list"))

    assert [(row.village, len(row.gaps), len(row.open_findings)) for row in page.context["rows"]] == [(village, 6, 5)]
