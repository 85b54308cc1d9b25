"""The table of a report's photos: which line each shows, when and where it was taken, its caption."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from p2emas.ui.fields import DegreesField, MomentField
from p2emas.ui.forms import error_items, put_on
from p2emas.ui.sentences import all_in_our_words
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.filling.file_forms import line_name
from programs.reporting.filling.photos import PhotoGuess, PhotoPlaces
from programs.reporting.reports.parts import ReportAttachment

MOST_OFFERED = 60  # lines in the select of each photo; of more the number is typed
NOTE_FIELDS = ("waktu", "lintang", "bujur", "keterangan")
NOTED = ("taken_at", "lat", "lng")
KEPT = ("line_id", *NOTED, "caption")
CHANGED = (
    "Orang lain mengubah foto {name} sejak halaman ini dibuka, kini kegiatannya {now}. "
    "Simpan lagi bila isian Anda benar"
)


def photo_digest(photo: ReportAttachment) -> str:
    """Of what the page shows, to notice what another person changed meanwhile."""
    return hashlib.sha256(repr([str(getattr(photo, name)) for name in KEPT]).encode()).hexdigest()[:16]


class PhotoRowForm(forms.Form):
    """One photo. A row that the sent page did not hold stays as it is."""

    semula = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    waktu = MomentField(required=False, label="Waktu")
    lintang = DegreesField(required=False, label="Lintang", limit=90)
    bujur = DegreesField(required=False, label="Bujur", limit=180)
    keterangan = forms.CharField(required=False, label="Keterangan", max_length=160)
    buang = forms.BooleanField(required=False, label="Buang")

    def __init__(self, data: Any, *, number: int, photo: ReportAttachment, places: PhotoPlaces) -> None:
        self.number, self.photo, self.places = number, photo, places
        self.guess: PhotoGuess = places.guess(photo)
        self.rows = {str(row.number): row for row in places.table.rows}
        prefix = f"f{photo.pk}"
        chosen = self.guess.row.number if self.guess.row else ""
        shown: dict[str, Any] = {
            "semula": photo_digest(photo),
            "waktu": photo.taken_at,
            "lintang": photo.lat,
            "bujur": photo.lng,
        }
        shown |= {"keterangan": photo.caption, "baris": chosen}
        data = data if data is not None and f"{prefix}-semula" in data else None
        super().__init__(data, prefix=prefix, initial=shown)
        self.fields["baris"] = self._lines()
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, foto {number}"

    def _lines(self) -> forms.Field:
        if len(self.rows) > MOST_OFFERED:
            sentence = f"Isi nomor baris 1 sampai {len(self.rows)}"
            wrong = {"invalid": sentence, "min_value": sentence, "max_value": sentence}
            number = forms.TextInput({"inputmode": "numeric", "class": "w-num"})
            return forms.IntegerField(
                label="Nomor baris",
                required=False,
                min_value=1,
                max_value=len(self.rows),
                widget=number,
                error_messages=wrong,
            )
        named = [(number, line_name(row)) for number, row in self.rows.items()]
        wrong = {"invalid_choice": "Pilih kegiatan dari daftar"}
        return forms.ChoiceField(
            label="Kegiatan", required=False, choices=[("", "Pilih kegiatan"), *named], error_messages=wrong
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """The sentences say which photo they mean, since they are also shown on top of the page."""
        sentences = all_in_our_words(self, field, error).messages
        super().add_error(field, [_named(sentence, self.number) for sentence in sentences])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = {"lintang", "bujur"} & set(self.errors)
        if not wrong and (cleaned.get("lintang") is None) != (cleaned.get("bujur") is None):
            self.add_error("lintang", "Isi lintang dan bujur, atau kosongkan keduanya")
        return cleaned

    @property
    def notes(self) -> list[BoundField]:
        """What is behind a fold: it is mostly right as the phone wrote it."""
        return [self[name] for name in NOTE_FIELDS]

    @property
    def has_typed_notes(self) -> bool:
        return any(self[name].errors for name in NOTE_FIELDS)

    @property
    def row(self) -> FigureRow | None:
        """The line that was chosen."""
        return self.rows.get(str(self.cleaned_data["baris"])) if self.cleaned_data["baris"] else None

    @property
    def place(self) -> str:
        found = self.places.place_of_photo(self.photo)
        return found.name if found else ""

    def say_changed(self, now: ReportAttachment) -> None:
        """What another person stored, beside what was typed; sending it again is an answer to that."""
        stored = next((line_name(row) for row in self.rows.values() if row.line.pk == now.line_id), "belum dipilih")
        self.data = dict(self.data.items()) | {self.add_prefix("semula"): photo_digest(now)}
        self.add_error("baris", CHANGED.format(name=self.number, now=stored))

    @property
    def is_gone(self) -> bool:
        return bool(self.cleaned_data["buang"])

    def apply(self) -> set[str]:
        """Put what was typed on the photo; the names of the fields that changed. What somebody typed is no note."""
        data, row = self.cleaned_data, self.row
        typed = {"taken_at": data["waktu"], "lat": data["lintang"], "lng": data["bujur"]}
        changed = put_on(self.photo, {**typed, "line_id": row.line.pk if row else None, "caption": data["keterangan"]})
        if changed & set(NOTED):
            changed |= put_on(self.photo, {"from_device": False})
        return {"line" if name == "line_id" else name for name in changed}


def _named(sentence: str, number: int) -> str:
    return sentence if f"oto {number}" in sentence else f"Foto {number}: {sentence}"


@dataclass(frozen=True)
class PhotosWanted:
    """The physical work of a report."""

    rows: list[FigureRow]

    @property
    def with_photo(self) -> int:
        return sum(bool(row.photos) for row in self.rows)


class PhotosForm:
    """All photos of a report, the first uploaded first."""

    def __init__(self, table: FigureTable, data: Any = None) -> None:
        self.table, self.data, self.is_bound = table, data, data is not None
        self.places = PhotoPlaces(table)
        self.forms = [self._form(number, photo, data) for number, photo in enumerate(self.photos, 1)]

    @cached_property
    def photos(self) -> list[ReportAttachment]:
        return list(self.table.report.attachments.photos().order_by("uploaded_at", "pk"))

    def _form(self, number: int, photo: ReportAttachment, data: Any) -> PhotoRowForm:
        return PhotoRowForm(data, number=number, photo=photo, places=self.places)

    @property
    def sent(self) -> list[PhotoRowForm]:
        return [form for form in self.forms if form.is_bound]

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*self.sent)

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    @cached_property
    def wanted(self) -> "PhotosWanted":
        return PhotosWanted([row for row in self.table.rows if row.plan_line.is_physical_work])

    def find_changed_since(self) -> bool:
        """Whether another person changed a photo that is to be changed; asked while the report is held."""
        now = {photo.pk: photo for photo in self.table.report.attachments.photos()}
        self.forms = [form for form in self.forms if form.photo.pk in now]
        changed = [form for form in self.sent if form.cleaned_data["semula"] != photo_digest(now[form.photo.pk])]
        for form in changed:
            form.say_changed(now[form.photo.pk])
        return bool(changed)

    def changes(self) -> list[tuple[ReportAttachment, set[str]]]:
        kept = [form for form in self.sent if not form.is_gone]
        return [(form.photo, fields) for form in kept if (fields := form.apply())]

    @property
    def removed(self) -> list[ReportAttachment]:
        return [form.photo for form in self.sent if form.is_gone]
