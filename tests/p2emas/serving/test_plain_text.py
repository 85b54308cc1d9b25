"""Control characters: gone from what is typed, and from what goes into a paper."""

import pytest
from django.conf import settings
from django.http import HttpResponse, QueryDict

from p2emas.serving.middleware import PlainTextMiddleware
from p2emas.serving.plain_text import as_plain_text, plain_data, plain_form
from tests.facilitator_factories import FacilitatorFactory
from tests.factories import DistrictFactory, UserFactory, VillageFactory
from tests.markup import tight


@pytest.mark.parametrize(("text", "expected"), [
    ("rotan\x0bmanau", "rotan\nmanau"),
    ("a\x0cb", "a\nb"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\x00\x01\x1f\ufffe\uffffa\ud800", "a"),
    ("tab\tdan\nbaris “é” 😀 \x85", "tab\tdan\nbaris “é” 😀 \x85"),
])  # fmt: skip
def test_text_is_plain(text, expected):
    assert as_plain_text(text) == expected


def test_data_is_plain_as_deep_as_it_goes():
    assert plain_data({"a": ["x\x01", {"b": ("y\x0b", 3, None)}]}) == {"a": ["x", {"b": ["y\n", 3, None]}]}


def test_form_is_the_same_object_where_nothing_is_to_do():
    data = QueryDict(mutable=True)
    data.setlist("a", ["baris\r\nkedua", "\t"])

    assert plain_form(data) is data
    data.setlist("b", ["x\x0by\r\nz", "\x1f"])
    assert dict(plain_form(data).lists()) == {"a": ["baris\r\nkedua", "\t"], "b": ["x\ny\r\nz", ""]}


def test_every_form_and_query_of_the_site_gets_plain_text(rf):
    request = rf.post("/?cari=rotan%00%0bmanau", {"about": "rotan\x0bmanau\x01"})
    middleware = PlainTextMiddleware(lambda request: HttpResponse(request.GET["cari"]))

    middleware.process_view(request, None, (), {})

    assert middleware(request).content == b"rotan\nmanau"
    assert request.POST["about"] == "rotan\nmanau"
    assert "p2emas.serving.middleware.PlainTextMiddleware" in settings.MIDDLEWARE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "/desa/?cari=Ensaid%00",
        "/desa/?cari=%01Ensaid&kecamatan=%00",
        "/kecamatan/?cari=Ensaid%00%1f",
        "/pengguna/?cari=Ensaid%00",
        "/pendamping/?cari=Ensaid%00&status=%00",
        "/kelola/districts/village/?q=Ensaid%00",
        "/kelola/districts/village/?q=Ensaid&kind__exact=DESA%00",
        "/kelola/autocomplete/?term=Ensaid%00&app_label=districts&model_name=target%00location&field_name=village",
    ],
)
def test_filter_finds_what_was_meant_on_every_database(client_as, query):
    """PostgreSQL has no text with a NUL in it: what reached a query was an error 500 there."""
    found = VillageFactory(name="Ensaid Panjang", district=DistrictFactory(name="Ensaid"))
    other = VillageFactory(name="Nanga Mau", district=DistrictFactory(name="Kayan"))
    UserFactory(name="Pak Ensaid")
    FacilitatorFactory(name="Bu Ensaid")

    answer = client_as("coordinator_head").get(query)

    assert answer.status_code == 200
    text = answer.content.decode()
    if "autocomplete" in query:
        assert [each["text"] for each in answer.json()["results"]] == [str(found)]
    elif query.startswith("/pe"):
        assert "Ensaid</" in text
    else:
        assert found.name in text or found.district.name in text
        assert f">{other.name}<" not in tight(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["kecamatan=%00", "kecamatan=61.05%00&desa=%00", "tahun=%00&skpd=%00&mata_rantai=%1f"]
)
def test_filter_of_plan_lines_takes_what_is_nothing(client_as, query):
    assert client_as("coordinator").get(f"/rencana/baris/?{query}").status_code == 200
