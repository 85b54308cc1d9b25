"""Model packages: one of a location that is ready, complete before it is published, with costs of real lines."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.workflow.models import StepNotAllowed
from programs.evaluation.costs import cost_lines
from programs.evaluation.package_services import draft_package
from programs.evaluation.packages import ModelPackage, total_cost
from tests.factories import EvaluationFactory, ModelPackageFactory, TargetLocationFactory
from tests.programs.evaluation.test_ledgers import work

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)


@pytest.fixture
def location():
    """A location that is ready, with a reported line, one that nobody has reported, and village money beside."""
    made = EvaluationFactory(decided=True, verdict="READY").target_location
    first = work(made, amount=900, spent=470, physical=50, volume="8", unit="orang")
    work(made, amount=350, spent=None, physical=None, report=first.report, volume="2.5", unit="ha")
    work(made, amount=120, spent=119, physical=99, report=first.report)
    work(made, amount=77, spent=76, physical=99, report=first.report, fund="DD")
    work(TargetLocationFactory(), amount=5000, spent=4999, physical=98, volume="3")
    return made


def test_costs_are_those_of_the_lines_of_the_village(location):
    lines = cost_lines(location, ON)

    found = sorted((line.amount, line.spent, line.unit_cost, line.basis) for line in lines)
    assert found == [
        (120, 119, None, "menurut realisasi"),
        (350, None, 140, "menurut pagu"),
        (900, 470, Fraction(470, 8), "menurut realisasi"),
    ]
    assert (total_cost(lines, "amount"), total_cost(lines, "spent"), total_cost([], "spent")) == (1370, 589, None)
    assert {line.line for line in lines} < set(location.plan_lines.values_list("pk", flat=True))


def test_a_published_package_keeps_its_costs(location, user_as, client):
    package = ModelPackageFactory(target_location=location)
    assert client.get(package.get_absolute_url()).status_code == 404

    package.take_step("publish", seen="DRAFT", actor=user_as("coordinator"))
    location.plan_lines.update(amount=1)

    page = client.get(package.get_absolute_url())
    assert sorted(line.amount for line in page.context["lines"]) == [120, 350, 900]
    assert all(reverse("profiles:activity-detail", args=[line.line]) in page.text for line in page.context["lines"])


@pytest.mark.parametrize("missing", ["roles", "verdict", "lines"])
def test_what_is_missing_is_said_before_it_is_published(location, user_as, missing):
    package = ModelPackageFactory(target_location=location, **({missing: " "} if missing == "roles" else {}))
    if missing == "verdict":
        location.evaluations.update(verdict="NOT_YET")
    if missing == "lines":
        package.target_location = EvaluationFactory(decided=True, verdict="READY").target_location
        package.save()

    with pytest.raises(StepNotAllowed):
        package.take_step("publish", seen="DRAFT", actor=user_as("coordinator"))


def test_one_package_of_a_location_until_it_is_withdrawn(location, user_as):
    coordinator = user_as("coordinator")
    package = draft_package(location=location, actor=coordinator)
    assert draft_package(location=location, actor=coordinator) == package
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelPackageFactory(target_location=location)
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelPackage.objects.filter(pk=package.pk).update(status="PUBLISHED", published_on=ON)

    package.take_step("withdraw", seen="DRAFT", actor=coordinator, note="Harga berubah")
    assert draft_package(location=location, actor=coordinator) != package
    with pytest.raises(StepNotAllowed, match="putusan siap"):
        draft_package(location=TargetLocationFactory(), actor=coordinator)


def test_what_is_typed_while_another_saves_or_publishes_is_kept(location, client_as, user_as):
    package = ModelPackageFactory(target_location=location)
    client, address = client_as("coordinator"), reverse("evaluation:package-edit", args=[package.pk])
    typed = {name: f"{name} baru" for name in ModelPackage.TEXTS}
    seen = client.get(address).context["form"].initial["seen"]
    assert client.post(address, typed | {"seen": seen}).status_code == 302

    for status in ("DRAFT", "PUBLISHED"):
        ModelPackage.objects.filter(pk=package.pk).update(status=status, published_on=ON)
        late = client.post(address, typed | {"seen": seen, "risks": "Benang habis"})
        assert late.status_code == 409 and "Benang habis" in late.text
