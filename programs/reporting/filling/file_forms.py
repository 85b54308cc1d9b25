"""Adding files to a report: what they are, which line they show, their caption; and the link of a video."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.datastructures import MultiValueDict

from p2emas.accounts.models import User
from p2emas.documents.forms import PrivateFileForm, PrivateFilesField
from p2emas.documents.kinds import JPEG, PHOTOS, FileRefused, ReceivedFile
from p2emas.documents.storing import store_file
from p2emas.ui.formats import file_size
from p2emas.ui.forms import depend_on_others, field_of
from p2emas.ui.layout import Button, Folded, Rest, drawn_helper
from p2emas.ui.rows import Offer, RowField
from programs.reporting.filling.device_notes import DeviceNotes
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.reports.parts import LONGEST_VIDEO, MOST_VIDEOS, ReportAttachment, ReportLine

MEGABYTE = 1024 * 1024
MOST_BYTES = 18 * MEGABYTE  # in front of the site a request may have 20 MB
MOST_FILES, MOST_SHRUNK = 5, 20  # as they are; made small by the page
MOST_ASKED = 20  # lines of a returned report that get an input of their own
NOTES = "_hp"  # what the page read from the files of an input, and that it made them small
PHOTO = ReportAttachment.Kind.PHOTO


class LineField(RowField):
    """A line as the table of the report numbers it."""

    search_fields = ("plan_line__activity__name", "plan_line__activity__code")
    names: Mapping[int, str] = {}

    def label_from_instance(self, line: ReportLine) -> str:
        return self.names[line.pk]


class VideoField(forms.CharField):
    """The address of a video elsewhere. Only https and without user name or password, since the page shows it."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text:
            try:
                URLValidator(schemes=["https"])(text)
            except ValidationError:
                raise ValidationError("Tulis alamat video yang diawali https://, tanpa kata sandi") from None
            if "@" in text.split("/")[2]:
                raise ValidationError("Tulis alamat video yang diawali https://, tanpa kata sandi")
        return text


class VideoRemoveForm(forms.Form):
    """Which link of a line goes; without one its only one."""

    tautan = forms.CharField(required=False, max_length=LONGEST_VIDEO)

    def chosen(self, urls: list[str]) -> str | None:
        """None where the line has no such link, or no longer."""
        if url := self.cleaned_data["tautan"]:
            return url if url in urls else None
        return urls[0] if len(urls) == 1 else None


def line_name(row: FigureRow) -> str:
    return f"{row.number}. {row.plan_line.activity.name}, {row.place}"


class AttachmentForm(PrivateFileForm):
    """Several files of one kind. A returned report that lacks photos has an input for each line that does."""

    file = PrivateFilesField(label="Berkas")
    line = LineField(
        ReportLine.objects.none(),
        label="Kegiatan yang ditunjukkan",
        required=False,
        empty_label="Seluruh laporan, atau dibagi per foto setelah diunggah",
    )
    video_url = VideoField(
        label="Tautan video kegiatan itu",
        required=False,
        max_length=LONGEST_VIDEO,
        help_text=f"Boleh tanpa berkas. Diawali https://, satu tautan tiap kali, sampai {MOST_VIDEOS} tiap kegiatan; "
        "tampil sebagai tautan.",
    )

    field_order = ["file", "kind", "line", "caption", "video_url"]

    class Meta(PrivateFileForm.Meta):
        model = ReportAttachment
        fields = ["kind", "line", "caption"]
        labels = {"kind": "Jenis lampiran"}
        help_texts = {"caption": "Apa yang terlihat, di mana. Terbaca umum bila laporan disetujui."}

    def __init__(self, *args, table: FigureTable, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.kept: list[ReportAttachment] = []
        self.refused: list[str] = []
        line = field_of(self, "line", LineField)
        line.use(Offer.at_hand(table.report.lines.all(), [row.line for row in table.rows]))
        line.names = {row.line.pk: line_name(row) for row in table.rows}
        self.asked = {f"foto-{row.line.pk}": row for row in table.photos_asked[:MOST_ASKED]}
        asked = {
            name: PrivateFilesField(allowed=PHOTOS, label=f"Foto baris {line_name(row)}")
            for name, row in self.asked.items()
        }
        self.fields = {**asked, **self.fields}
        for name, field in self.file_fields:
            field.required, field.too_much = False, self._too_much()
            field.widget.attrs.update({"data-shrink": "1280", "data-notes": name + NOTES})
        self.fields["file"].label = "Berkas lain" if asked else "Berkas"
        self.fields["file"].help_text = LIMITS
        depend_on_others(self, "file", *asked)

    @cached_property
    def helper(self) -> FormHelper:
        if not self.asked:
            return drawn_helper(Rest(), Button("Unggah berkas", "btn-outline-primary"))
        others = [name for name in self.fields if name not in self.asked]
        is_open = any(name in self.errors for name in others)
        folded = Folded("Berkas lain, keterangan, atau tautan video", *others, is_open=is_open)
        return drawn_helper(*self.asked, folded, Button("Unggah foto"))

    @property
    def file_fields(self) -> Iterator[tuple[str, PrivateFilesField]]:
        return ((name, each) for name, each in self.fields.items() if isinstance(each, PrivateFilesField))

    def _too_much(self) -> str:
        uploads = [each for name, _field in self.file_fields for each in self.files.getlist(name)]
        notes = [each for name, _field in self.file_fields for each in self._notes_of(name)]
        most = MOST_SHRUNK if len(notes) >= len(uploads) else MOST_FILES
        if len(uploads) > most:
            return f"Pilih paling banyak {most} berkas sekali unggah, lalu unggah sisanya setelah itu"
        if sum(each.size or 0 for each in uploads) > MOST_BYTES:
            return f"Berkas-berkas ini bersama lebih dari {file_size(MOST_BYTES)}. Unggah sebagian dulu"
        return ""

    def _notes_of(self, name: str) -> list[str]:
        """What the page read from the files of an input."""
        return self.data.getlist(name + NOTES) if isinstance(self.data, MultiValueDict) else []

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        self._clean_kind(cleaned)
        if cleaned.get("video_url") and not cleaned.get("line") and "line" not in self.errors:
            self.add_error("line", "Pilih kegiatan yang ditunjukkan video")
        self._clean_video(cleaned)
        given = any(cleaned.get(name) or name in self.errors for name, _field in self.file_fields)
        if not given and not cleaned.get("video_url") and "video_url" not in self.errors:
            self.add_error("file", self.fields["file"].error_messages["missing"])
        return cleaned

    def _clean_video(self, cleaned: dict) -> None:
        line, url = cleaned.get("line"), cleaned.get("video_url")
        if line and url and url not in line.videos and len(line.videos) >= MOST_VIDEOS:
            self.add_error(
                "video_url", f"Kegiatan ini sudah punya {MOST_VIDEOS} tautan video. Hapus dahulu yang tidak perlu"
            )

    def _clean_kind(self, cleaned: dict) -> None:
        received = [each for each in cleaned.get("file") or [] if each]
        if cleaned.get("kind") == PHOTO and any(each.content_type != JPEG for each in received):
            one = "Berkas ini bukan foto" if len(received) == 1 else "Tidak semua berkas ini foto"
            self.add_error("kind", f"{one}. Pilih jenis lain, misalnya Berita acara")

    @property
    def size_before(self) -> int:
        """Of the files as they were before the page made them small, as far as it says so."""
        notes = [DeviceNotes.read(each) for name, _field in self.file_fields for each in self._notes_of(name)]
        return sum(each.size for each in notes)

    def save(self, *, user: User) -> None:  # type: ignore[override]
        """Keep the files that are right in ``kept``; ``refused`` says what became of the others."""
        cleaned = self.cleaned_data
        for name, field in self.file_fields:
            self.refused += getattr(field, "refused", [])
            row = self.asked.get(name)
            about = {"kind": PHOTO, "line": row.line} if row else {each: cleaned[each] for each in ("kind", "line")}
            for received in self._received(name):
                try:
                    self.kept.append(self._keep(received, user=user, caption=cleaned["caption"], **about))
                except FileRefused as refusal:
                    self.refused.append(f"{received.original_name}: {refusal.messages[0]}")
        if self.refused and not self.kept:
            self.add_error("file", self.refused[0].partition(": ")[2] if len(self.refused) == 1 else self.refused)

    def _received(self, name: str) -> Iterator[ReceivedFile]:
        """The right files of an input, with what the page read from them."""
        notes = self._notes_of(name)
        for place, received in enumerate(self.cleaned_data.get(name) or []):
            if received:
                yield DeviceNotes.read(notes[place]).on(received) if place < len(notes) else received

    def _keep(self, received: ReceivedFile, *, user: User, **fields: Any) -> ReportAttachment:
        noted = received.taken_at is not None or received.lat is not None
        return store_file(ReportAttachment, owner=self.owner, upload=received, user=user, from_device=noted, **fields)


LIMITS = (
    "Foto (JPEG, PNG, WebP, HEIC), PDF, Excel, atau Word. "
    f"Foto dikecilkan di sini, sampai {MOST_SHRUNK} sekali unggah; "
    f"tanpa JavaScript sampai {MOST_FILES} berkas atau {file_size(MOST_BYTES)}."
)
