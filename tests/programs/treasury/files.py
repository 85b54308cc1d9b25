"""Files of a treasury: under headings of its own system, as nobody here chose them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from p2emas.models import Import
from tests.p2emas.imports.sheets import book, upload

THEIRS = ["No SP2D", "Tgl SP2D", "Nama OPD", "Kode Sub Kegiatan", "Rekening Belanja", "Nilai SP2D", "Keperluan"]
COLUMNS = {
    "kolom-sp2d_no": 0, "kolom-paid_on": 1, "kolom-agency_id": 2, "kolom-activity_id": 3, "kolom-account": 4,
    "kolom-amount": 5, "kolom-text": 6,
}  # fmt: skip


def payment(activity: Any, number: str, amount: Any, **other: Any) -> list[Any]:
    """One row under ``THEIRS``."""
    said = {
        "number": number, "day": date(activity.year, 5, 6), "agency": activity.agency.short_name,
        "code": activity.code, "account": "5.2.2.01.01", "amount": amount, "text": "Belanja bahan",
    } | other  # fmt: skip
    return list(said.values())


def file_of(rows: Sequence[Sequence[Any]], headers: Sequence[str] = THEIRS) -> bytes:
    return book(rows, token="", headers=headers)


def send(client: Client, content: bytes, name: str = "sp2d.xlsx") -> Import:
    answer = client.post(reverse("imports:import-upload", args=["sp2d"]), {"berkas": upload(content, name)})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def answer_columns(client: Client, batch: Import, columns: dict[str, Any] = COLUMNS) -> Import:
    client.post(reverse("imports:import-layout", args=[batch.pk]), {"seen": "ASKING", **columns})
    batch.refresh_from_db()
    return batch


def imported(client: Client, rows: Sequence[Sequence[Any]]) -> Import:
    """Rows under ``THEIRS``, read with the answer to which column is which."""
    batch = send(client, file_of(rows))
    return answer_columns(client, batch) if batch.status == Import.Status.ASKING else batch


def applied(client: Client, batch: Import) -> Import:
    client.post(reverse("imports:import-apply", args=[batch.pk]), {"seen": "READY"})
    batch.refresh_from_db()
    return batch
