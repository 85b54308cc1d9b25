"""Two people of one agency answer one finding at the same moment: one answer is stored, and the other person is told."""

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import ChainAnswer
from tests.drills.racing import at_once
from tests.factories import AgencyFactory, PlanLineFactory, TargetLocationFactory, WorkPlanFactory

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 10


def posting(user, url, text, seen):
    client = Client()
    client.force_login(user)

    def act() -> int:
        return client.post(url, {"jawaban-CAPITAL": text, "jawaban-CAPITAL-seen": seen}).status_code

    return act


@pytest.mark.parametrize("texts", [("Satu.", "Dua."), ("Sama.", "Sama.")])
def test_two_at_once(user_as, client_as, texts):
    agency = AgencyFactory()
    people = [user_as("agency_operator", at=agency) for _each in texts]
    for _round in range(ROUNDS):
        location = TargetLocationFactory()
        plan = WorkPlanFactory(agency=AgencyFactory())
        PlanLineFactory(plan=plan, target_location=location, chain_link="SEED")
        url = f"{reverse('planning:chain', args=[location.village.slug])}?tahun=2019"
        for again in (False, True):
            seen = ""
            if again:
                page = client_as("agency_operator", at=agency).get(url)
                seen = page.context["shown"].form.boxes["CAPITAL"].seen
            words = [f"{text} {again}" for text in texts]

            codes = at_once(*(posting(*each, seen) for each in zip(people, [url] * 2, words, strict=True)))

            assert sorted(codes) == ([302, 302] if texts[0] == texts[1] else [200, 302])
            stored = ChainAnswer.objects.get(village=location.village)
            assert stored.text == words[codes.index(302)]
