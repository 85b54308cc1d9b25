"""Receipts: one for each sending, a public page that says whether it is genuine, and a PDF that leads there."""

import itertools
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse

from p2emas import naming
from p2emas.documents.models import Receipt
from p2emas.schema import RECEIPT_ALPHABET, RECEIPT_LENGTH

# Characters that people take for one another on paper; the code itself holds no 0, 1, I, L or O.
LOOK_ALIKE = {"2": "2Z", "Z": "Z2", "5": "5S", "S": "S5", "8": "8B", "B": "B8", "U": "UV", "V": "VU"}
LOOK_ALIKE |= {"0": "QD", "O": "QD", "1": "7TJ", "I": "TJ7", "L": "JT7"}
MOST_READINGS = 512


def issue_receipt(record: models.Model, number: str, client_token: uuid.UUID | None = None) -> Receipt:
    """The receipt of ``record``; for a ``client_token`` that came before (retry, double click) the same one again."""
    of_record = {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
    with transaction.atomic():
        if client_token is not None and Receipt.objects.filter(client_token=client_token).exclude(**of_record).exists():
            client_token = None  # a token of something else says nothing about this sending
        if client_token is None:
            return Receipt.objects.create(number=number, **of_record)
        return Receipt.objects.get_or_create(client_token=client_token, **of_record, defaults={"number": number})[0]


def plain_code(typed: str) -> str:
    """The ten characters of a typed code in capitals; "" when it cannot be one."""
    code = "".join(char for char in typed if char not in " -–—._\t\u00a0")
    code = code.upper() if code.isascii() else ""
    known = set(RECEIPT_ALPHABET) | set(LOOK_ALIKE)
    return code if len(code) == RECEIPT_LENGTH and set(code) <= known else ""


def find_receipt(typed: str) -> Receipt | None:
    """The receipt with that code, as typed or as somebody would misread it from paper."""
    code = plain_code(typed)
    if not code:
        return None
    wanted = readings_of(code)
    found = {receipt.code: receipt for receipt in Receipt.objects.filter(code__in=wanted)}
    return next((found[reading] for reading in wanted if reading in found), None)


def readings_of(code: str) -> list[str]:
    """The codes that somebody may have read as ``code`` from paper, itself among them."""
    readings = itertools.product(*(LOOK_ALIKE.get(char, char) for char in code))
    return ["".join(reading) for reading in itertools.islice(readings, MOST_READINGS)]


def receipt_link(receipt: Receipt) -> str:
    """The whole public address, as the QR code carries it."""
    return f"{settings.SITE_URL}{reverse('documents:receipt-genuine', args=[receipt.code])}"


def receipt_pdf(
    receipt: Receipt, rows: Iterable[tuple[str, object]], *, title: str = "Tanda Terima", is_sample: bool = False
) -> bytes:
    """The receipt on one A4 page: kop, number, moment, ``rows`` of (label, value), QR to the public page."""
    from p2emas.documents.papers import compile_with_emblem, sample_words
    from p2emas.documents.pdf import qr_svg
    from p2emas.ui.formats import moment

    data = {
        "title": title,
        **naming.letterhead(),
        "programme": naming.current().programme,
        "number": receipt.number,
        "moment": moment(receipt.issued_at),
        "rows": [[str(label), "" if value is None else str(value)] for label, value in rows],
        "code": receipt.shown_code,
        "link": receipt_link(receipt),
        "sample": sample_words(is_sample),
    }
    return compile_with_emblem("receipt.typ", data, files={"qr.svg": qr_svg(receipt_link(receipt))})
