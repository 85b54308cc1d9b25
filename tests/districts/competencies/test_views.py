"""Recording a decision of the past: who may, what is asked, how it moves, and that it cannot be decided by its author."""

import re

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from tests.factories import CommodityFactory, CompetencyDeterminationFactory, DistrictFactory

pytestmark = pytest.mark.django_db
LIST, CREATE = "/keputusan/kompetensi/", "/keputusan/kompetensi/baru/"


def typed(**changes):
    values = {
        "district": DistrictFactory().pk,
        "year": "2017",
        "chosen": CommodityFactory().pk,
        "decided_on": "24 Juli 2017",
        "reason": "Sudah diusahakan turun-temurun.",
        "dissent": "",
        "sources": "Rapat koordinasi 18 Mei 2017",
        "minutes": "",
    }
    return values | changes


def test_draft_is_not_there_for_agencies(client_as):
    draft = CompetencyDeterminationFactory(draft=True, reason="Rahasia rapat")
    operator = client_as("agency_operator")

    assert operator.get(draft.get_absolute_url()).status_code == 404
    assert "Rahasia rapat" not in operator.get(LIST).content.decode()
    assert "Rahasia rapat" in client_as("auditor").get(draft.get_absolute_url()).content.decode()


def test_coordinator_records_a_past_decision(client_as):
    client = client_as("coordinator")

    response = client.post(CREATE, typed())

    record = CompetencyDetermination.objects.get()
    assert response.url == record.get_absolute_url()
    assert (record.method, record.status, str(record.decided_on)) == ("RECORDED", "DRAFT", "2017-07-24")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "1066", "Isi tahun antara 2000 dan tahun depan."),
        ("year", "x", "Isi angka bulat"),
        ("district", "999999", "Pilih salah satu dari daftar"),
        ("decided_on", "31 Februari 2017", "Februari"),
    ],
)
def test_wrong_input_keeps_what_was_typed(client_as, field, value, sentence):
    response = client_as("coordinator").post(CREATE, typed(**{field: value}, reason="Alasan yang panjang"))

    text = response.content.decode()
    assert "<title>Galat: " in text
    assert "Alasan yang panjang" in text
    assert sentence in text
    assert not CompetencyDetermination.objects.exists()


def test_second_unfinished_determination_of_a_kecamatan_is_refused(client_as):
    draft = CompetencyDeterminationFactory(draft=True)

    response = client_as("coordinator").post(CREATE, typed(district=draft.district_id))

    assert "masih punya penetapan yang belum selesai" in response.content.decode()
    assert CompetencyDetermination.objects.count() == 1


def test_submitted_determination_is_no_longer_edited(client_as):
    record = CompetencyDeterminationFactory(draft=True)
    coordinator = client_as("coordinator")
    step = reverse("competencies:determination-step", args=[record.pk, "submit"])

    coordinator.post(step, {"seen": "DRAFT", "note": ""})

    record.refresh_from_db()
    assert (record.status, record.submitted_by) == ("SUBMITTED", coordinator.user)
    assert coordinator.get(reverse("competencies:determination-edit", args=[record.pk])).status_code == 403


def test_author_does_not_decide_and_another_head_does(client_as):
    record = CompetencyDeterminationFactory(draft=True)
    author, other = client_as("coordinator_head"), client_as("coordinator_head")
    author.post(reverse("competencies:determination-step", args=[record.pk, "submit"]), {"seen": "DRAFT", "note": ""})
    decide = reverse("competencies:determination-step", args=[record.pk, "decide"])

    assert author.post(decide, {"seen": "SUBMITTED", "note": ""}).status_code == 403
    assert other.post(decide, {"seen": "SUBMITTED", "note": ""}).status_code == 302

    record.refresh_from_db()
    assert (record.status, record.decided_by) == ("DECIDED", other.user)


def test_incomplete_draft_says_what_is_missing(client_as):
    record = CompetencyDeterminationFactory(draft=True, chosen=None, reason="", sources="")
    step = reverse("competencies:determination-step", args=[record.pk, "submit"])

    response = client_as("coordinator").post(step, {"seen": "DRAFT", "note": ""})

    assert "Isi kompetensi inti, alasan, dan sumbernya" in response.content.decode()
    record.refresh_from_db()
    assert record.status == "DRAFT"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(client_as, django_assert_num_queries, rows):
    CompetencyDeterminationFactory.create_batch(rows)
    client = client_as("coordinator")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 5  # session, user, assignments, count, rows


def test_two_who_mend_one_recorded_decision_see_both_versions(client_as):
    record = CompetencyDeterminationFactory(draft=True, reason="Alasan lama")
    page = reverse("competencies:determination-edit", args=[record.pk])
    first, second = client_as("coordinator"), client_as("coordinator_head")
    seen = {"version": first.get(page).context["form"]["version"].value()}
    sent = typed(district=record.district_id) | seen
    first.post(page, sent | {"reason": "Alasan pertama"})

    late = second.post(page, sent | {"reason": "Alasan kedua"})

    record.refresh_from_db()
    assert (late.status_code, record.reason) == (409, "Alasan pertama")
    text = late.content.decode()
    assert "Alasan pertama" in text and "Alasan kedua" in text
    second.post(page, sent | {"reason": "Alasan kedua", "version": record.version})
    record.refresh_from_db()
    assert record.reason == "Alasan kedua"


def test_what_was_typed_is_shown_when_the_decision_was_submitted_meanwhile(client_as):
    record = CompetencyDeterminationFactory(status="SUBMITTED", reason="Alasan tersimpan")
    page = reverse("competencies:determination-edit", args=[record.pk])

    late = client_as("coordinator").post(page, typed(district=record.district_id, reason="Alasan diketik"))

    assert late.status_code == 409
    assert {"Alasan tersimpan", "Alasan diketik"} <= set(re.findall(r"Alasan \w+", late.content.decode()))
    record.refresh_from_db()
    assert record.reason == "Alasan tersimpan"
