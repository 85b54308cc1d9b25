"""Values of candidates filled as a workbook: each value needs a source, and only those who measure may fill it."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from districts.models import CandidateValue, SelectionRound
from p2emas.models import LaneUpload
from tests.factories import CandidateFactory, CriterionFactory, SelectionRoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    selection = SelectionRoundFactory()
    for name in ("Lahan", "Jarak"):
        CriterionFactory(round=selection, name=name)
    for _number in range(3):
        CandidateFactory(round=selection, status="ELIGIBLE")
    return selection


def address(selection, name="lane"):
    return reverse(f"imports:{name}", args=["nilai-calon", selection.pk])


def sent(client, selection, **cells):
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(selection, "lane-workbook")).content))
    for cell, value in cells.items():
        book["Nilai"][cell] = value
    made = io.BytesIO()
    book.save(made)
    answer = client.post(address(selection), {"berkas": SimpleUploadedFile("nilai.xlsx", made.getvalue())})
    version = client.get(answer.url).context["page"].comparison.version
    return client.post(reverse("imports:lane-apply", args=[LaneUpload.objects.get().pk]), {"version": version})


def test_values_and_their_sources_arrive_and_are_undone(client_as, selection):
    client = client_as("coordinator")
    done = sent(client, selection, D5=12.3456, E5="Survei", F6=-3, G6="Peta")
    assert done.url == reverse("locations:value-table", args=[selection.pk])
    found = CandidateValue.objects.values_list("criterion__name", "value", "source").order_by("value")
    assert sorted(found) == [("Jarak", Decimal(-3), "Peta"), ("Lahan", Decimal("12.3456"), "Survei")]
    assert client.post(reverse("imports:lane-undo", args=[LaneUpload.objects.get().pk])).status_code == 302
    assert set(CandidateValue.objects.values_list("value", flat=True)) == {None}


def test_value_without_a_source_keeps_all_from_being_saved(client_as, selection):
    refused = sent(client_as("coordinator"), selection, D5=12, E5="Survei", F6=7)
    assert refused.status_code == 200
    assert "Tulis sumber untuk" in refused.content.decode()
    assert not CandidateValue.objects.exists()


def test_only_a_round_that_is_measured_is_filled_and_only_by_those_who_measure(client_as, selection):
    assert client_as("agency_operator").get(address(selection)).status_code in {403, 404}
    client = client_as("coordinator")
    SelectionRound.objects.filter(pk=selection.pk).update(status=SelectionRound.Status.DRAFT)
    assert "jadi nilainya tidak dapat diisi" in client.get(address(selection)).content.decode()
    assert client.get(address(selection, "lane-workbook")).status_code == 302
