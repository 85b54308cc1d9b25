"""One NIK in two applications: both wait for the check, one passes it."""

import pytest
from django.urls import reverse

from facilitators.models import Application
from facilitators.recruitment.applications.checking import save_check
from p2emas.workflow.models import StepNotAllowed
from tests.drills.racing import at_once
from tests.facilitator_factories import ApplicationFactory, RecruitmentRoundFactory, RequirementFactory
from tests.facilitators.recruitment.applications.test_checking import step, typed

ROUNDS = 5


@pytest.fixture
def twins(db):
    """Two applications with one NIK, and a third of somebody else; with a requirement to be checked."""
    record = RecruitmentRoundFactory()
    requirement = RequirementFactory(round=record)
    first, second, _third = (ApplicationFactory(round=record, number=f"LMR-2020-{n:04}") for n in (1, 2, 3))
    Application.objects.filter(pk=second.pk).update(nik_fingerprint=first.nik_fingerprint)
    return requirement, first, Application.objects.get(pk=second.pk)


@pytest.mark.django_db
def test_checker_is_led_to_every_application_with_the_same_nik(client_as, twins):
    _requirement, first, second = twins
    ApplicationFactory(nik_fingerprint=first.nik_fingerprint)  # in another round
    for fields in ({"draft": True}, {"status": "WITHDRAWN"}):
        ApplicationFactory(round=first.round, nik_fingerprint=first.nik_fingerprint, **fields)
    client = client_as("coordinator")

    pages = [client.get(row.get_absolute_url()).content.decode() for row in (first, second)]
    table = client.get(reverse("recruitment:application-list", args=[first.round.code])).content.decode()

    for page, other in zip(pages, (second, first), strict=True):
        banner = page[page.index("NIK yang sama dipakai") :].split("</div>")[0]
        assert banner.count("<a") == 1
        assert f'href="{other.get_absolute_url()}">{other.number}</a>' in banner
    assert table.count("NIK ganda") == 2


@pytest.mark.django_db
def test_second_with_the_same_nik_does_not_pass_and_the_choice_stays_open(client_as, twins):
    requirement, first, second = twins
    client = client_as("coordinator")
    client.post(first.get_absolute_url(), typed(requirement, "pass_files"))

    refused = client.post(second.get_absolute_url(), typed(requirement, "pass_files"))

    assert f"sama dengan lamaran {first.number}, yang sudah lolos administrasi" in refused.content.decode()
    second.refresh_from_db()
    assert (second.status, second.version, second.checks.count()) == ("SENT", 0, 0)
    client.post(step(first, "recheck_files"), {"seen": "PASSED_FILES", "note": "KTP-nya bukan miliknya"})
    client.post(second.get_absolute_url(), typed(requirement, "pass_files"))
    second.refresh_from_db()
    assert second.status == "PASSED_FILES"


@pytest.mark.django_db
def test_double_is_a_reason_only_where_there_is_one(client_as, twins):
    requirement, first, second = twins
    third = Application.objects.get(number="LMR-2020-0003")
    why = typed(requirement, "refuse_files", category="DOUBLE", sentence="KTP-nya orang yang sama")
    client = client_as("coordinator")

    for row in (second, third):
        client.post(row.get_absolute_url(), why)
        row.refresh_from_db()

    assert (second.status, second.rejected_for, third.status) == ("REJECTED", "DOUBLE", "SENT")
    client.post(step(second, "recheck_files"), {"seen": "REJECTED", "note": "Salah baca"})
    second.refresh_from_db()
    assert (first.status, second.status, second.rejected_for) == ("SENT", "SENT", "")


@pytest.mark.django_db
def test_undone_test_result_brings_nobody_back_beside_the_same_nik(client_as):
    record = RecruitmentRoundFactory(status="SELECTION")
    out = ApplicationFactory(round=record, status="REJECTED", rejected_for="TEST")
    inside = ApplicationFactory(round=record, status="PASSED_TEST", nik_fingerprint=out.nik_fingerprint)

    answer = client_as("coordinator").post(step(out, "undo_test"), {"seen": "REJECTED", "note": "Salah baca"})

    out.refresh_from_db()
    assert out.status == "REJECTED"
    assert inside.number in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_passes_and_the_other_checker_is_told(user_as):
    record, people = RecruitmentRoundFactory(), [user_as("coordinator") for _ in range(2)]
    for _round in range(ROUNDS):
        first = ApplicationFactory(round=record)
        twins = [first, ApplicationFactory(round=record, nik_fingerprint=first.nik_fingerprint)]

        told = at_once(*(passing(row, user) for row, user in zip(twins, people, strict=True)))

        passed = Application.objects.get(pk__in=[row.pk for row in twins], status="PASSED_FILES")
        assert sorted(told, key=len) == ["", next(text for text in told if text)]
        assert f"sama dengan lamaran {passed.number}" in "".join(told)


def passing(row, user):
    mine = Application.objects.select_related("round").get(pk=row.pk)

    def act() -> str:
        try:
            save_check(application=mine, seen=0, actor=user, met={}, decision="pass_files")
        except StepNotAllowed as refusal:
            return str(refusal)
        return ""

    return act
