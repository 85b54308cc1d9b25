"""Drafts of indicator values, and of obstacles and factors: the same way as those of the figures."""

import uuid

import pytest
from django.http import QueryDict
from django.urls import reverse

from p2emas.models import FormDraft
from p2emas.registry.contributions import drafted_forms
from tests.factories import IndicatorFactory, IndicatorTargetFactory
from tests.programs.reporting.helpers import report_with_lines, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    report = report_with_lines(1)
    activity = report.plan.lines.get().activity
    IndicatorTargetFactory(indicator=IndicatorFactory(activity=activity, name="Kelompok dilatih"), village=None)
    return report


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def typed_into(name: str, page) -> dict[str, str]:
    if name == "indikator":
        prefix = page.context["indicators"].forms[0].prefix
        return {f"{prefix}-value": "77", f"{prefix}-missing_reason": "", f"{prefix}-source": "Daftar hadir"}
    return {"hindering_factor": "Jalan putus", "supporting_factor": "", "next_step": "", "baru-text": "Banjir besar"}


CASES = [
    ("indikator", "report-indicators", "Baris 1, nilai kosong 77"),
    ("kendala", "report-obstacles", "Faktor penghambat kosong Jalan putus"),
]


@pytest.mark.parametrize(("name", "page_name", "shown"), CASES)
def test_draft_is_offered_and_fills_the_form(operator, report, name, page_name, shown):
    url = reverse(f"reporting:{page_name}", args=[report.pk])
    key, typed = str(uuid.uuid4()), typed_into(name, operator.get(url))
    sent = typed | {"isian": key, "version": report.version}
    answer = operator.post(reverse("drafts:draft-save", args=[name, report.pk]), sent)
    assert answer.json()["words"] == "Tersimpan 09.00"

    assert shown in text_of(operator.get(url))
    filled = operator.get(url, {"isian": key}).content.decode()

    assert next(value for value in typed.values() if value) in filled
    assert not report.obstacles.exists()
    assert not report.indicator_values.exists()


@pytest.mark.parametrize(("name", "page_name", "shown"), CASES)
def test_older_draft_meets_both_versions(operator, report, name, page_name, shown):
    url = reverse(f"reporting:{page_name}", args=[report.pk])
    key, typed = str(uuid.uuid4()), typed_into(name, operator.get(url))
    operator.post(
        reverse("drafts:draft-save", args=[name, report.pk]), typed | {"isian": key, "version": report.version}
    )
    type(report).objects.update(version=report.version + 1)

    page = operator.get(url, {"isian": key})

    assert "Bandingkan kedua versi" in text_of(page)
    assert shown in text_of(page)


def test_new_obstacle_that_was_saved_is_not_kept_as_typed(operator, report):
    url = reverse("reporting:report-obstacles", args=[report.pk])
    page = operator.get(url)
    village = page.context["obstacles"].blank.fields
    data = typed_into("kendala", page) | {"version": report.version, "isian": str(uuid.uuid4()), "lanjut": "1"}
    assert "text" in village

    operator.post(url, data)

    drafts = FormDraft.objects.all()
    assert all("Jalan putus" in str(draft.fields) for draft in drafts)


@pytest.mark.parametrize("form", ["realisasi", "indikator", "kendala"])
def test_each_drafted_form_compares_an_empty_draft(report, form):
    mine, theirs = drafted_forms()[form].compare(report, None, QueryDict())

    assert {label for label in mine if mine[label] != theirs.get(label)} <= {"Tidak ada kendala"}
