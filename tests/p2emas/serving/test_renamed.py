import pytest
from django.urls import resolve

from p2emas.serving.renamed import RENAMED

pytestmark = pytest.mark.django_db
PARTS = {"<int:pk>": "7", "<int:candidate>": "9", "<slug:slug>": "ensaid-panjang", "<slug:step>": "start"}


def filled(route: str) -> str:
    for part, value in PARTS.items():
        route = route.replace(part, value)
    return f"/{route}"


@pytest.mark.parametrize("old", RENAMED)
def test_old_address_leads_to_the_new_one_for_good(client, old):
    answer = client.get(f"{filled(old)}?surat=3&surat=4&kata=a%26b")

    assert answer.status_code == 301
    address, _, query = answer["Location"].partition("?")
    assert query == "surat=3&surat=4&kata=a%26b"
    assert resolve(address).url_name  # an address of ours, and not again one that moved
    assert client.get(filled(old))["Location"] == address


@pytest.mark.parametrize("old", RENAMED)
def test_old_address_takes_no_form(client, old):
    assert client.post(filled(old)).status_code == 405
