"""A copy of visits and sales that wait on a phone, as one ZIP: read without trust, and sent as the phone would have.

``kunjungan.json`` says whose they are, with the fields of each as the phone keeps them; ``foto/`` has the photos, named
by token and number. Nothing is unpacked to a disk, and of each part no more is read than a phone may send.
"""

import json
import struct
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from p2emas.accounts.models import User
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.forms import MOST_BYTES
from programs.fieldwork.models import FieldReport
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.notebook.receiving import is_sale, take_sale
from programs.fieldwork.receiving import take_photo, take_visit

LIST = "kunjungan.json"
MOST_VISITS, MOST_FIELDS, MOST_LIST_BYTES = 60, 200, 1024 * 1024
MOST_DIRECTORY_BYTES = 100_000  # some 60 visits with five photos; more would only cost time
END, END_OF_LARGE, END_BYTES = b"PK\x05\x06", b"PK\x06\x07", 22
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, OSError, RuntimeError, NotImplementedError)
NO_COPY = "Berkas ini bukan salinan kunjungan dari HP, atau rusak. Buat salinan baru di HP, lalu pilih berkas itu."
OF_SOMEBODY_ELSE = "Salinan ini milik pemakai lain. Ia sendiri yang masuk dan mengirimnya."


@dataclass(frozen=True)
class CopiedVisit:
    """One visit or sale of a copy and what became of it: the record, or why it was not taken."""

    day: str
    report: FieldReport | None
    sale: SalesEntry | None
    problem: str


@dataclass(frozen=True)
class VisitCopy:
    archive: zipfile.ZipFile
    items: list[tuple[str, QueryDict]]

    def send(self, user: User) -> list[CopiedVisit]:
        """Each visit by itself: one that is refused keeps no other from arriving."""
        return [self._sent(token, data, user) for token, data in self.items]

    def _sent(self, token: str, data: QueryDict, user: User) -> CopiedVisit:
        report, sale, problem = None, None, ""
        try:
            if is_sale(data):
                sale = take_sale(user, data)
            else:
                report = take_visit(user, data)
                for number in report.photos_missing:
                    report = take_photo(report, number, self._photo(token, number), user)
        except StepNotAllowed as refusal:
            problem = str(refusal)
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
        except BROKEN:
            problem = "Satu foto pada salinan ini rusak atau tidak ada. Kirim dari HP bila masih bisa."
        day = data.get("day" if is_sale(data) else "visited_on", "")[:20]
        return CopiedVisit(day, report, sale, problem)

    def _photo(self, token: str, number: int) -> SimpleUploadedFile:
        content = _read(self.archive, f"foto/{token}-{number}.jpg", MOST_BYTES)
        return SimpleUploadedFile(f"foto-{number}.jpg", content, "image/jpeg")


def read_copy(upload: BinaryIO, user: User) -> VisitCopy:
    """The copy in ``upload``; raises ``ValidationError`` with a sentence where it is none, or somebody else's."""
    try:
        _measure(upload)
        archive = zipfile.ZipFile(upload)
        said = json.loads(_read(archive, LIST, MOST_LIST_BYTES))
        items = list(_items(said))
    except (*BROKEN, ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise ValidationError(NO_COPY) from problem
    if str(said.get("user")) != str(user.pk):
        raise ValidationError(OF_SOMEBODY_ELSE)
    return VisitCopy(archive, items)


def _measure(upload: BinaryIO) -> None:
    """Look at the size of the directory before it is read: zipfile makes an object of each of its entries."""
    upload.seek(0, 2)
    upload.seek(max(0, upload.tell() - END_BYTES - 0xFFFF - 20))
    tail = upload.read()
    at = tail.rfind(END)
    if at < 0 or END_OF_LARGE in tail[:at]:
        raise zipfile.BadZipFile
    (size,) = struct.unpack_from("<L", tail, at + 12)
    if size > MOST_DIRECTORY_BYTES:
        raise zipfile.BadZipFile
    upload.seek(0)


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise zipfile.BadZipFile
    return content


def _items(said: Any) -> Iterator[tuple[str, QueryDict]]:
    """The token of each visit with its fields, as the phone would have sent them."""
    items = said["items"]
    if not isinstance(items, list) or len(items) > MOST_VISITS:
        raise ValueError
    for item in items:
        token = str(uuid.UUID(item["token"]))
        data = QueryDict(mutable=True)
        for name, value in item["fields"][:MOST_FIELDS]:
            if not (isinstance(name, str) and isinstance(value, str)):
                raise TypeError
            name.encode(), value.encode()  # JSON can hold halves of characters, which no database takes
            data.appendlist(name, value)
        data["token"], data["photos"] = token, json.dumps(item["photos"])
        yield token, data
