"""What a reader is told, and who is turned away, where a page of a decree cannot do what was asked."""

from datetime import date

import pytest
from django.urls import reverse

from districts.locations.decrees.discarding import discard_draft
from p2emas.models import Decree
from tests.factories import DecreeFactory, PlanLineFactory, TargetLocationFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("items", "Keputusan ini tidak lagi konsep, jadi isinya tetap."),
        ("discard", "Keputusan ini tidak lagi konsep, jadi tidak dapat dihapus."),
    ],
)
def test_user_who_is_led_back_to_a_decree_in_force_is_told_why(client_as, page, sentence):
    decree = DecreeFactory()

    answer = client_as("coordinator").get(reverse(f"profiles:decree-{page}", args=[decree.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == decree.get_absolute_url()
    assert sentence in answer.text


def test_a_decree_enacted_while_the_page_was_open_is_not_offered_for_discarding_again(client_as):
    decree = DecreeFactory()

    answer = client_as("coordinator").post(
        reverse("profiles:decree-discard", args=[decree.pk]), {"seen": ""}, follow=True
    )

    assert "tidak dapat dihapus" in answer.text


@pytest.mark.parametrize(
    ("page", "who", "status"),
    [
        ("check", "agency_operator", 403),
        ("check", "facilitator", 403),
        ("check", "leader", 302),
        ("amend", "leader", 403),
        ("amend", "agency_operator", 403),
        ("amend", "coordinator", 200),
    ],
)
def test_who_checks_and_who_amends_a_decree_in_force(client_as, page, who, status):
    address = reverse(f"profiles:decree-{page}", args=[DecreeFactory().pk])

    assert client_as(who).get(address).status_code == status


def test_a_draft_enacted_while_the_request_ran_is_led_to_as_it_is_now(client_as, monkeypatch):
    """Not shown once more as a draft that could be discarded."""
    decree = DecreeFactory(draft=True)
    days = {"number": "050/9/2019", "dated": date(2019, 10, 1), "valid_from": date(2019, 10, 2)}

    def discarded_too_late(**asked):
        Decree.objects.filter(pk=decree.pk).update(status=Decree.Status.IN_FORCE, **days)
        discard_draft(**asked)

    monkeypatch.setattr("programs.profiles.amend_views.discard_draft", discarded_too_late)
    answer = client_as("coordinator").post(reverse("profiles:decree-discard", args=[decree.pk]), {"seen": ""})

    assert (answer.status_code, answer.headers.get("location")) == (302, decree.get_absolute_url())
    assert Decree.objects.filter(pk=decree.pk).exists()


@pytest.mark.parametrize(
    ("query", "year"), [("", 2019), ("?tahun=2018", 2018), ("?tahun=2019", 2019), ("?tahun=", 2019), ("?tahun=x", 2019)]
)
def test_village_and_kecamatan_show_the_work_of_the_year_that_was_asked_for(client, query, year):
    location = TargetLocationFactory()
    for each in (2018, 2019):
        plan = WorkPlanFactory(agreed=True, year=each)
        PlanLineFactory(plan=plan, target_location=location, activity__name=f"Pelatihan tenun {each}")

    village = client.get(location.get_absolute_url() + query)
    district = client.get(location.village.district.get_absolute_url() + query)

    assert (village.context["year"], district.context["year"]) == (year, year)
    for page in (village.text, district.text):
        assert [each for each in (2018, 2019) if f"Pelatihan tenun {each}" in page] == [year]
