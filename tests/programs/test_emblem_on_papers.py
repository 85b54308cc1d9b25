"""The office's emblem in the head of what is printed most: the leaders' page, recaps and receipts."""

import re

import pytest

from p2emas import clock
from p2emas.documents.receipts import receipt_pdf
from p2emas.identity.models import Identity
from p2emas.management.demo.emblem import placeholder
from tests.factories import ReceiptFactory
from tests.p2emas.documents.pdf_text import objects, text_of
from tests.programs.dashboards.regency import fill

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
RECAP = "/rekap/?periode=2019-T3&format=pdf&bentuk="


def _summary(client) -> bytes:
    return client.get("/ringkasan.pdf?periode=2019-T3").content


def _recap(paper: str):
    return lambda client: client.get(RECAP + paper).content


def _receipt(client) -> bytes:
    return receipt_pdf(ReceiptFactory._meta.model.objects.get(), [("SKPD", "Distanbun"), ("Dikirim", None)])


PAPERS = {
    "summary": _summary,
    "e81": _recap("e81"),
    "rkpd": _recap("rkpd"),
    "rfk": lambda client: client.get("/rekap/?periode=2019-B9&format=pdf&bentuk=rfk").content,
    "receipt": _receipt,
}


def pages(pdf: bytes) -> int:
    return sum(bool(re.search(rb"/Type\s*/Page\b", body)) for body in objects(pdf).values())


def drawn(pdf: bytes) -> int:
    """Pictures, without their masks."""
    return sum(b"/Subtype/Image" in body.replace(b" ", b"") and b"/SMask" in body for body in objects(pdf).values())


@pytest.mark.parametrize("name", list(PAPERS))
def test_emblem_is_drawn_once_and_changes_neither_words_nor_pages(client_as, user_as, name):
    fill(14, user_as("coordinator"))
    ReceiptFactory()
    client = client_as("coordinator")
    with clock.at(clock.now()):
        before = PAPERS[name](client)
        Identity.objects.update_or_create(pk=1, defaults={"emblem_of_office": placeholder()})
        after = PAPERS[name](client)

    assert before.startswith(b"%PDF") and (drawn(before), drawn(after)) == (0, 1)
    assert pages(before) == pages(after) >= 1
    assert text_of(before) == text_of(after)
    assert len(after) - len(before) < len(placeholder()) + 8_000
