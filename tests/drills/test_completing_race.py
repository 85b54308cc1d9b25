"""Two people complete one draft in the table at the same moment: one saving counts, the other is told; none is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import PlanLine
from tests.drills.racing import at_once
from tests.factories import AgencyFactory, PlanLineFactory, WorkPlanFactory

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def posting(user, plan, line, amount):
    client = Client()
    client.force_login(user)
    url, version = reverse("planning:plan-complete", args=[plan.pk]), plan.version

    def act() -> int:
        return client.post(url, {"version": version, f"b{line.pk}-amount": amount}).status_code

    return act


@pytest.mark.parametrize("of", ["one line", "two lines"])
def test_two_at_once(user_as, of):
    agency = AgencyFactory()
    people = [user_as("agency_operator", at=agency) for _each in range(2)]
    for number in range(ROUNDS):
        plan = WorkPlanFactory(agency=agency, year=2015 + number)
        lines = [PlanLineFactory(plan=plan, amount=1_000) for _each in range(2 if of == "two lines" else 1)]
        rows, amounts = (lines[0], lines[-1]), ("2.000", "3.000")

        codes = at_once(*(posting(*each) for each in zip(people, [plan] * 2, rows, amounts, strict=True)))

        assert codes.count(302) == 1 and set(codes) <= {302, 409, 200}, codes
        won = codes.index(302)
        stored = dict(PlanLine.objects.filter(plan=plan).values_list("pk", "amount"))
        assert stored == {line.pk: 1_000 for line in lines} | {rows[won].pk: (2_000, 3_000)[won]}
        assert plan.lines.get(pk=rows[won].pk).history.count() <= 2
