"""Who has a form open is named to the others who fill it, for some minutes, and nobody stays signed in by it."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from p2emas.drafts import openings
from p2emas.models import FormDraft
from tests.factories import PASSWORD, PlanLineFactory, WorkPlanFactory
from tests.programs.reporting.helpers import report_with_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def report():
    return report_with_lines(1)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


@pytest.fixture
def head(client_as, report):
    return client_as("agency_head", at=report.agency)


def says_open(client, record, form="realisasi", **sent) -> str:
    answer = client.post(reverse("drafts:draft-open", args=[form, record.pk]), sent)
    assert answer.status_code == 200
    return answer.json()["words"]


def test_second_person_is_told_who_has_the_form_open(operator, head, report):
    assert says_open(operator, report) == ""

    assert says_open(head, report) == f"{operator.user.name} juga membuka bagian ini"
    assert says_open(operator, report) == f"{head.user.name} juga membuka bagian ini"
    assert not FormDraft.objects.exists()


def test_autosave_names_those_who_only_look(operator, head, report):
    says_open(head, report)
    sent = {"isian": "8a0e6c0e-5f0c-4a34-9be5-0d8f3c2b6a11", "version": report.version}

    kept = operator.post(reverse("drafts:draft-save", args=["realisasi", report.pk]), sent)

    assert kept.json()["words"] == f"Tersimpan 09.00. {head.user.name} juga membuka bagian ini"
    assert says_open(head, report) == f"{operator.user.name} juga sedang mengisi bagian ini"


def test_who_closed_the_page_is_forgotten_after_five_minutes(operator, head, report):
    with time_machine.travel(time.time(), tick=False) as clock:
        says_open(operator, report)
        clock.shift(timedelta(seconds=openings.REMEMBERED - 1))
        assert says_open(head, report) != ""

        clock.shift(timedelta(seconds=2))

        assert says_open(head, report) == ""


def test_each_form_and_each_row_has_its_own_readers(client_as):
    plan = WorkPlanFactory()
    first, second = PlanLineFactory(plan=plan), PlanLineFactory(plan=plan)
    operator, head = (client_as(role, at=plan.agency) for role in ("agency_operator", "agency_head"))
    says_open(operator, plan, "baris-rencana", bagian=first.pk)

    assert says_open(head, plan, "baris-rencana", bagian=second.pk) == ""
    assert says_open(head, plan, "baris-rencana") == ""
    assert says_open(head, plan, "baris-rencana", bagian=first.pk) != ""


def test_row_of_another_record_and_form_of_others_are_refused(client_as, operator, report):
    plan, line = report.plan, PlanLineFactory()
    of_another = operator.post(reverse("drafts:draft-open", args=["baris-rencana", plan.pk]), {"bagian": line.pk})
    stranger = client_as("agency_operator").post(reverse("drafts:draft-open", args=["realisasi", report.pk]))

    assert (of_another.status_code, stranger.status_code) == (404, 404)


def test_list_of_one_form_is_bounded(operator, report, client_as):
    for _number in range(openings.MOST + 3):
        says_open(client_as("agency_operator", at=report.agency), report)
    says_open(operator, report)

    draft = FormDraft(user=operator.user, form="realisasi", record=report)
    seen = openings._seen(draft)

    assert len(seen) == openings.MOST and operator.user.pk in seen


def test_saying_it_moves_no_end_of_the_session(operator, report):
    operator.logout()
    operator.post("/masuk/", {"login": operator.user.username, "password": PASSWORD})
    session = Session.objects.get(pk=operator.session.session_key)
    before = session.expire_date - timedelta(hours=1)
    Session.objects.filter(pk=session.pk).update(expire_date=before)

    says_open(operator, report)
    assert Session.objects.get(pk=session.pk).expire_date == before

    operator.get(reverse("reporting:report-figures", args=[report.pk]))
    assert Session.objects.get(pk=session.pk).expire_date > before


def test_page_says_where_to_say_it(operator, report):
    page = operator.get(reverse("reporting:report-figures", args=[report.pk])).content.decode()

    assert f'data-open="{reverse("drafts:draft-open", args=["realisasi", report.pk])}"' in page
