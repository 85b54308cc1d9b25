"""Links of lists."""

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix

from p2emas.ui.links import lettered, numbered, with_query

urlpatterns = [
    path("lain/<int:pk>/ubah/", lambda request, pk: None, name="other"),
    path("tempat/<str:name>/peta/", lambda request, name: None, name="place"),
]


def test_with_query_changes_drops_and_repeats():
    query = QueryDict("urut=skpd&halaman=3&status=a")

    assert with_query(query, halaman=None, status=["b", "c"], baris=50) == "?urut=skpd&status=b&status=c&baris=50"


@pytest.mark.parametrize("pk", [1, 42, 9_000_000_000])
def test_address_of_a_row_is_that_of_reverse(pk):
    name = "reporting:report-detail"
    drawn = Template("{% row_url name pk %}").render(Context({"name": name, "pk": pk}))

    assert numbered(name, pk) == drawn == reverse(name, args=[pk])


def test_address_of_a_row_keeps_the_prefix_of_the_site_and_its_urls():
    name = "reporting:report-detail"
    numbered(name, 7)
    set_script_prefix("/sintang/")
    try:
        assert numbered(name, 7) == reverse(name, args=[7]) == "/sintang/laporan/7/"
    finally:
        set_script_prefix("/")


@override_settings(ROOT_URLCONF=__name__)
def test_number_inside_an_address():
    assert numbered("other", 12) == "/lain/12/ubah/"


def test_unknown_name_is_refused():
    with pytest.raises(NoReverseMatch):
        numbered("reporting:nowhere", 1)


@pytest.mark.parametrize("text", ["ensaid-panjang", "61.05.19", "desa_baru", "desa baru"])
@override_settings(ROOT_URLCONF=__name__)
def test_address_of_a_name_is_that_of_reverse(text):
    assert lettered("place", text) == reverse("place", args=[text])
