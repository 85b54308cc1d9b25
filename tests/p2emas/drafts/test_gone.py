"""A page whose record or row somebody has deleted: it says so, and what was typed can be copied."""

import pytest
from django.urls import reverse

from p2emas.drafts.tokens import page_token
from p2emas.models import FormDraft
from programs.models import PlanLine, WorkPlan
from tests.factories import PlanLineFactory, UserFactory, WorkPlanFactory
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
KEY = "0b0f7d3a-6c8e-4f9d-9a51-0f3f5d1f0c11"


@pytest.fixture
def plan():
    return WorkPlanFactory()


@pytest.fixture
def operator(client_as, plan):
    return client_as("agency_operator", at=plan.agency)


def user_of(client):
    return UserFactory._meta.model.objects.get(pk=client.session["_auth_user_id"])


def page_of(client, plan: WorkPlan, line: PlanLine) -> dict[str, str]:
    """The fields of the form of ``line`` as its page sends them."""
    token = page_token(user=user_of(client), form="baris-rencana", record=plan, version=0, part=line.pk)
    return {"isian": KEY, "jaga": token, "mulai": "0", "bagian": str(line.pk), "amount": "77.000.000"}


def save_url(plan: WorkPlan) -> str:
    return reverse("drafts:draft-save", args=["baris-rencana", plan.pk])


def test_row_that_is_gone_is_said_and_what_was_typed_can_be_copied(operator, plan):
    line = PlanLineFactory(plan=plan)
    sent = page_of(operator, plan, line)
    assert operator.post(save_url(plan), sent).status_code == 200
    FormDraft.objects.all().delete()
    PlanLine.objects.filter(pk=line.pk).delete()
    from django.core.cache import cache

    cache.clear()
    answer = operator.post(save_url(plan), sent)

    assert answer.status_code == 410
    assert "sudah dihapus orang lain" in answer.json()["words"] and "dapat disalin" in answer.json()["words"]
    draft = FormDraft.objects.get()
    assert (draft.fields["amount"], draft.ended_by, draft.part) == (["77.000.000"], "data dihapus", line.pk)
    assert "77.000.000" in text_of(operator.get(draft.get_absolute_url()))


def test_record_that_is_gone_is_said_too(operator, plan):
    line = PlanLineFactory(plan=plan)
    sent = page_of(operator, plan, line)
    PlanLine.objects.all().delete()
    pk = plan.pk
    WorkPlan.objects.filter(pk=pk).delete()

    answer = operator.post(reverse("drafts:draft-save", args=["baris-rencana", pk]), sent)

    assert answer.status_code == 410
    draft = FormDraft.objects.get()
    assert "77.000.000" in text_of(operator.get(draft.get_absolute_url()))
    assert "77.000.000" not in text_of(operator.get(reverse("drafts:unsaved"))) or draft.ended_at


def test_a_form_that_is_sent_for_what_is_gone_leads_to_what_was_typed(operator, plan):
    line = PlanLineFactory(plan=plan)
    url, sent = reverse("planning:line-edit", args=[plan.pk, line.pk]), page_of(operator, plan, line)
    PlanLine.objects.all().delete()

    page = operator.post(url, sent, follow=True)

    assert page.redirect_chain[-1][0] == FormDraft.objects.get().get_absolute_url()
    assert "sudah dihapus orang lain" in text_of(page) and "77.000.000" in text_of(page)


def test_without_a_token_of_ones_own_it_is_not_found_as_before(operator, plan):
    line = PlanLineFactory(plan=plan)
    sent = page_of(operator, plan, line)
    other = page_token(user=UserFactory(), form="baris-rencana", record=plan, version=0, part=line.pk)
    PlanLine.objects.all().delete()

    for token in ("", "kacau", other):
        assert operator.post(save_url(plan), sent | {"jaga": token}).status_code == 404
    assert not FormDraft.objects.exists()


def test_what_is_there_is_kept_as_before(operator, plan):
    line = PlanLineFactory(plan=plan)

    answer = operator.post(save_url(plan), page_of(operator, plan, line))

    assert answer.status_code == 200 and FormDraft.objects.get().ended_at is None


def test_of_a_form_about_people_nothing_is_kept(operator, plan, monkeypatch):
    from dataclasses import replace

    from p2emas.drafts import gone

    line = PlanLineFactory(plan=plan)
    sent = page_of(operator, plan, line)
    PlanLine.objects.all().delete()
    forms = dict(gone.drafted_forms())
    forms["baris-rencana"] = replace(forms["baris-rencana"], personal=True)
    monkeypatch.setattr(gone, "drafted_forms", lambda: forms)

    answer = operator.post(save_url(plan), sent)

    assert answer.status_code == 410 and "Salin isian Anda dari halaman ini" in answer.json()["words"]
    assert not FormDraft.objects.exists()


def test_two_last_words_of_one_page_at_the_same_moment_are_one_draft(operator, plan, monkeypatch):
    line = PlanLineFactory(plan=plan)
    sent = page_of(operator, plan, line)
    PlanLine.objects.filter(pk=line.pk).delete()
    put, first = FormDraft.put, []

    def overtaken(draft, fields):
        put(draft, fields)
        if not first:
            first.append(
                FormDraft.objects.bulk_create(
                    [FormDraft(**{f.attname: getattr(draft, f.attname) for f in FormDraft._meta.concrete_fields})]
                )
            )

    monkeypatch.setattr(FormDraft, "put", overtaken)

    assert operator.post(save_url(plan), sent).status_code == 410
    assert FormDraft.objects.get().fields["amount"] == ["77.000.000"]
