"""Emblems at the head of papers: one for those of the head of the region, one for those of the office."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction

from p2emas.accounts.models import User
from p2emas.documents.files import content_of
from p2emas.documents.forms import PrivateFileField, judged
from p2emas.documents.kinds import PNG, FileRefused, ReceivedFile
from p2emas.documents.readers.headers import png_header
from p2emas.documents.readers.reading import Reader
from p2emas.history.records import set_author
from p2emas.identity.models import ONLY, Identity
from p2emas.ui.formats import file_size
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import Section, form_helper

MOST_BYTES, MOST_PIXELS, LEAST = 1024 * 1024, 4_000_000, 100
TOO_LARGE = "Lambang ini terlalu besar. Paling banyak 4 juta titik; kecilkan dulu, lalu unggah lagi."
BROKEN = "Gambar ini rusak atau terpotong. Buka dan simpan ulang sebagai PNG, lalu unggah lagi."
EMBLEM = Reader(
    name="emblem",
    module="p2emas.documents.readers.emblem",
    limit="READ_PHOTO_SECONDS",
    too_long="Gambar ini terlalu lama dibuka. Simpan ulang sebagai PNG yang lebih kecil, lalu unggah lagi.",
    too_large=TOO_LARGE,
    broken=BROKEN,
    most=MOST_BYTES * 2,
)
PAPERS = {"daerah": "emblem_of_head", "kantor": "emblem_of_office"}
LABELS = {"daerah": "kepala daerah", "kantor": "kantor"}


def receive_emblem(upload: Any) -> ReceivedFile:
    """The emblem as PNG of at most 600 px, written again in a process of its own."""
    data, _kind, name = content_of(upload, frozenset({PNG}))
    if len(data) > MOST_BYTES:
        raise FileRefused(f"Lambang ini terlalu besar. Paling besar {file_size(MOST_BYTES)}.")
    header = png_header(data)
    if header is None:
        raise FileRefused(BROKEN)
    if header.width * header.height > MOST_PIXELS:
        raise FileRefused(TOO_LARGE)
    content = EMBLEM.read(data, most_pixels=MOST_PIXELS, least=LEAST, too_large=TOO_LARGE).pieces[0]
    return ReceivedFile(content=content, thumbnail=b"", original_name=name, content_type=PNG)


class EmblemField(PrivateFileField):
    """Cleans to the emblem as it is stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allowed=frozenset({PNG}), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:
        upload = forms.FileField.clean(self, data, initial)
        return judged(upload, "emblem", lambda: receive_emblem(upload)) if upload else None


class EmblemForm(PlainForm):
    helper = form_helper(
        "Simpan",
        Section("Naskah kepala daerah", "emblem_of_head", "drop_emblem_of_head"),
        Section("Naskah kantor", "emblem_of_office", "drop_emblem_of_office"),
    )
    emblem_of_head = EmblemField(
        label="Lambang untuk keputusan kepala daerah",
        help_text="PNG, paling besar 1 MB. Kosongkan untuk membiarkan yang sekarang.",
    )
    drop_emblem_of_head = forms.BooleanField(label="Hapus; tempatnya dibiarkan kosong", required=False)
    emblem_of_office = EmblemField(
        label="Lambang untuk keputusan kantor, berita acara, kontrak, dan surat",
        help_text="PNG, paling besar 1 MB. Kosongkan untuk membiarkan yang sekarang.",
    )
    drop_emblem_of_office = forms.BooleanField(label="Hapus; kop dicetak tanpa lambang", required=False)

    @property
    def wanted(self) -> dict[str, bytes | None]:
        """What changes: a new picture is stronger than the box that removes the old one."""
        found: dict[str, bytes | None] = {}
        for name in PAPERS.values():
            received = self.cleaned_data.get(name)
            if received is not None:
                found[name] = received.content
            elif self.cleaned_data.get(f"drop_{name}"):
                found[name] = None
        return found


@dataclass(frozen=True)
class StoredEmblem:
    """Whether papers of this kind have an emblem, and under which word its picture is found."""

    word: str
    label: str
    is_there: bool


def stored_emblems() -> list[StoredEmblem]:
    """In one query, without the pictures."""
    there = Identity.objects.filter(pk=ONLY)
    counted = {name: there.filter(**{f"{name}__isnull": False}) for name in PAPERS.values()}
    return [StoredEmblem(word, f"Naskah {LABELS[word]}", counted[name].exists()) for word, name in PAPERS.items()]


@transaction.atomic
def save_emblems(wanted: dict[str, bytes | None], actor: User) -> None:
    """Store what changed. The history keeps the beginning of the digest of each picture, not the picture."""
    if not wanted:
        return
    Identity.objects.get_or_create(pk=ONLY)
    ours = Identity.objects.select_for_update(no_key=True).get(pk=ONLY)
    for name, content in wanted.items():
        setattr(ours, name, content)
    marks = [f"{LABELS[word]} {_mark(getattr(ours, name))}" for word, name in PAPERS.items() if getattr(ours, name)]
    ours.emblems = ", ".join(marks)
    set_author(ours, actor)
    ours.save(update_fields=[*wanted, "emblems"])


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
