"""Measures: a change in the back office is spoken at once."""

import pytest
from django.urls import reverse

from districts.evidence.measures import EvidenceMeasure, forget_measures, measure_label, measures, unit_of
from tests.factories import EvidenceMeasureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_measures()
    yield
    forget_measures()


def test_a_measure_saved_in_the_back_office_is_spoken_at_once(client_as, django_capture_on_commit_callbacks):
    about = {"label": "Produksi (ton)", "unit": "ton", "slug": "ton"}
    measure, _made = EvidenceMeasure.objects.get_or_create(
        code="TON", defaults=about
    )  # committing tests empty the table
    address = reverse("admin:districts_evidencemeasure_change", args=[measure.pk])
    said = {"label": "Hasil panen (ton)", "unit": "t", "slug": measure.slug, "position": measure.position}
    assert measure_label("TON") == "Produksi (ton)"

    with django_capture_on_commit_callbacks(execute=True):
        answer = client_as("coordinator").post(address, said)

    assert answer.status_code == 302
    assert (measure_label("TON"), unit_of("TON")) == ("Hasil panen (ton)", "t")


def test_measure_of_the_product_whose_row_is_gone_is_named_without_asking(django_assert_num_queries):
    EvidenceMeasure.objects.all().delete()
    EvidenceMeasureFactory()
    measures()

    with django_assert_num_queries(0):
        assert measure_label("HECTARE") == "Luas (ha)"
