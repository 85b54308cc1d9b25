"""The screens of a visit as forms, and all of them as one for what a phone sends."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.documents.forms import PrivateFilesField
from p2emas.documents.kinds import PHOTOS, ReceivedFile
from p2emas.ui.fields import DegreesField, IndonesianDateField, KeysField, QuantityField
from p2emas.ui.formats import file_size
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import FromTemplate, Group, drawn_helper, form_helper
from programs.fieldwork.models import MOST_PHOTOS, FieldReport
from programs.fieldwork.rules import lines_ever_agreed, lines_seen, placement_on, villages_to_visit
from programs.fieldwork.services import NOT_YOURS, SeenLine
from programs.planning.models import PlanLine

MOST_PEOPLE = 2000
MOST_METRES = 100_000
WHOLE_NUMBER = forms.TextInput({"inputmode": "numeric", "class": "w-num", "autocomplete": "off"})
BUTTON = FromTemplate("programs/fieldwork/_next.html")


class WhereForm(PlainForm):
    """Where and when. The village is settled where there is only one, or where the page was opened from it."""

    village = forms.ModelChoiceField(
        label="Desa",
        queryset=Village.objects.none(),
        empty_label="Pilih desa",
        error_messages={"invalid_choice": "Pilih desa dari daftar."},
    )
    visited_on = IndonesianDateField(label="Tanggal kunjungan")
    kind = forms.ChoiceField(label="Jenis kunjungan", choices=FieldReport.Kind.choices)
    lines = KeysField(
        label="Kegiatan yang dilihat",
        queryset=PlanLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    idle = KeysField(
        label="Di antaranya yang belum mulai di lapangan",
        queryset=PlanLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    NAMES: ClassVar[tuple[str, ...]] = ("kind",)

    def __init__(
        self, data: Any = None, *, user: User, today: date, village: Village | None = None, initial: Any = None
    ) -> None:
        self.user, self.today = user, today
        self.villages = villages_to_visit(user, today)
        if village is None and len(self.villages) == 1:
            village = self.villages[0]
        self.settled = village
        start = {"village": village.pk if village else None, "visited_on": today, "kind": FieldReport.Kind.MONITORING}
        super().__init__(data, initial=start | dict(initial or {}))
        choices = field_of(self, "village", forms.ModelChoiceField)
        choices.queryset = Village.objects.filter(pk__in=[each.pk for each in self.villages]).order_by("name", "pk")
        self.fields["visited_on"].latest = today  # type: ignore[attr-defined]
        self._offer_lines(village)

    def _offer_lines(self, village: Village | None) -> None:
        day = self.initial.get("visited_on") or self.today
        for name in ("lines", "idle"):
            field = field_of(self, name, KeysField)
            if village is None:
                field.queryset = PlanLine.objects.none()
                field.widget = forms.MultipleHiddenInput()
                continue
            agreed = lines_ever_agreed(village) if self.is_bound else lines_seen([village], day)
            field.queryset = agreed.select_related("activity").order_by("activity__name", "pk")

    @cached_property
    def helper(self) -> FormHelper:
        return drawn_helper("village", "visited_on", "kind", "lines", "idle", BUTTON)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        village, day = data.get("village"), data.get("visited_on")
        if village and day and placement_on(self.user, village, day, self.today) is None:
            self.add_error("visited_on", NOT_YOURS)
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}

    @property
    def seen(self) -> list[SeenLine]:
        """The lines that were ticked in either list; work that has not begun was looked for too."""
        idle = list(self.cleaned_data["idle"])
        begun = [line for line in self.cleaned_data["lines"] if line not in idle]
        return [*((line, False) for line in begun), *((line, True) for line in idle)]


class VisitCreateForm(WhereForm):
    """The first screen of a new visit; the token makes a second click the same visit."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    @cached_property
    def helper(self) -> FormHelper:
        return drawn_helper("token", "village", "visited_on", "kind", "lines", "idle", BUTTON)


class HappenedForm(PlainForm):
    """What happened: who was there, what came of the month, what was seen, and whether something is in the way."""

    women = forms.IntegerField(
        label="Perempuan",
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=WHOLE_NUMBER,
        error_messages={"required": "Isi berapa perempuan yang hadir; 0 bila tidak ada."},
    )
    men = forms.IntegerField(
        label="Laki-laki",
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=WHOLE_NUMBER,
        error_messages={"required": "Isi berapa laki-laki yang hadir; 0 bila tidak ada."},
    )
    output = QuantityField(label="Hasil bulan ini", required=False, max_digits=12)
    output_unit = forms.CharField(label="Satuannya", required=False, max_length=30)
    text = forms.CharField(
        label="Yang dilihat dan dibicarakan",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Beberapa kalimat. Tanpa nama warga.",
        error_messages={"required": "Tulis apa yang dilihat dan dibicarakan."},
    )
    has_obstacle = forms.TypedChoiceField(
        label="Ada kendala?",
        choices=(("ya", "Ada"), ("tidak", "Tidak ada")),
        coerce=lambda word: word == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ada kendala atau tidak."},
    )
    obstacle_text = forms.CharField(
        label="Kendalanya apa",
        required=False,
        max_length=500,
        help_text="Bila ada: satu kalimat. Menjadi kendala yang diteruskan kepada yang menjawab.",
    )

    NAMES: ClassVar[tuple[str, ...]] = (
        "women",
        "men",
        "output",
        "output_unit",
        "text",
        "has_obstacle",
        "obstacle_text",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        depend_on_others(self, "obstacle_text")

    @cached_property
    def helper(self) -> FormHelper:
        present = Group("Anggota yang hadir", "women", "men", css="two")
        made = Group("Hasil kelompok", "output", "output_unit", css="two")
        return drawn_helper(present, made, "text", "has_obstacle", "obstacle_text", BUTTON)

    @staticmethod
    def stored(report: FieldReport) -> dict[str, Any]:
        names = ("women", "men", "output", "output_unit", "text", "obstacle_text")
        said = {None: None, True: "ya", False: "tidak"}[report.has_obstacle]
        return {name: getattr(report, name) for name in names} | {"has_obstacle": said}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("has_obstacle") and not data.get("obstacle_text") and "obstacle_text" not in self.errors:
            self.add_error("obstacle_text", "Tulis kendalanya dalam satu kalimat.")
        if data.get("has_obstacle") is False:
            data["obstacle_text"] = ""
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


class SpotForm(PlainForm):
    """Where the phone was. Never needed, never a reason to stop."""

    lat = DegreesField(label="Lintang", limit=90, required=False)
    lng = DegreesField(label="Bujur", limit=180, required=False)
    accuracy = forms.IntegerField(
        label="Ketelitian (meter)", required=False, min_value=0, max_value=MOST_METRES, widget=WHOLE_NUMBER
    )

    NAMES: ClassVar[tuple[str, ...]] = ("lat", "lng", "accuracy")

    @cached_property
    def helper(self) -> FormHelper:
        return drawn_helper(Group("Letak", "lat", "lng", css="two"), "accuracy", BUTTON)

    @staticmethod
    def stored(report: FieldReport) -> dict[str, Any]:
        return {name: getattr(report, name) for name in SpotForm.NAMES}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wrong = {"lat", "lng"} & set(self.errors)
        if not wrong and (data.get("lat") is None) != (data.get("lng") is None):
            self.add_error("lat", "Isi lintang dan bujur, atau kosongkan keduanya.")
        if data.get("lat") is None:
            data["accuracy"] = None
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


class VisitPhotosForm(PlainForm):
    """Photos of a draft at the server, and the line of consent."""

    photos = PrivateFilesField(
        label="Tambah foto",
        allowed=PHOTOS,
        required=False,
        help_text=f"Paling banyak {MOST_PHOTOS} foto untuk satu kunjungan. Letak di dalam foto dibuang.",
    )
    consent = forms.BooleanField(label="Orang pada foto setuju difoto untuk laporan dan halaman umum", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, report: FieldReport) -> None:
        self.report = report
        super().__init__(data, files, initial={"consent": report.consent})

    @cached_property
    def helper(self) -> FormHelper:
        return drawn_helper("photos", "consent", BUTTON)

    @property
    def received(self) -> list[ReceivedFile]:
        return [each for each in self.cleaned_data["photos"] if each is not None]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        new = len(data.get("photos") or ())
        if len(self.report.photo_list) + new > MOST_PHOTOS:
            self.add_error("photos", f"Paling banyak {MOST_PHOTOS} foto. Hapus satu sebelum menambah.")
        if (self.report.photo_list or new) and not data.get("consent"):
            self.add_error("consent", "Foto hanya dikirim bila orang pada foto setuju. Tandai, atau hapus fotonya.")
        return data


class VisitReplyForm(PlainForm):
    text = forms.CharField(
        label="Balasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Terbaca oleh pendamping, koordinator, dan SKPD yang kegiatannya dilihat.",
        error_messages={"required": "Tulis balasannya."},
    )

    def __init__(self, data: Any = None, *, action: str) -> None:
        super().__init__(data)
        self.helper = form_helper("Kirim balasan", "text", action=action, look="btn-outline-primary")


SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 200 * 1024  # one photo, as the phone shrinks it


class PhotoListField(forms.JSONField):
    """What a phone says about its photos before it sends them: number, SHA-256, size and caption of each."""

    wrong = "Daftar foto tidak terbaca."

    def clean(self, value: Any) -> list[dict[str, Any]]:
        try:
            listed = super().clean(value) or []
        except RecursionError as deep:
            raise forms.ValidationError(self.wrong) from deep
        if not isinstance(listed, list) or len(listed) > MOST_PHOTOS:
            raise forms.ValidationError(f"Paling banyak {MOST_PHOTOS} foto.")
        found = [self._one(each) for each in listed]
        if len({each["number"] for each in found}) != len(found):
            raise forms.ValidationError(self.wrong)
        return found

    def _one(self, each: Any) -> dict[str, Any]:
        if not isinstance(each, Mapping):
            raise forms.ValidationError(self.wrong)
        number, digest, size = each.get("number"), each.get("sha256"), each.get("size")
        right_number = type(number) is int and 1 <= number <= MOST_PHOTOS
        right_size = type(size) is int and 0 < size <= MOST_BYTES
        if not (right_number and right_size and isinstance(digest, str) and SHA256.fullmatch(digest)):
            raise forms.ValidationError(self.wrong)
        caption = each.get("caption")
        caption = "".join(c for c in caption if c.isprintable())[:160] if isinstance(caption, str) else ""
        return {"number": number, "sha256": digest, "size": size, "caption": caption}


class VisitCopyForm(PlainForm):
    """The ZIP that a phone made of what waits on it."""

    helper = form_helper("Kirim salinan")
    copy = forms.FileField(
        label="Berkas salinan",
        help_text="Berkas .zip dari “Simpan salinan ke HP”. Paling besar 15\N{NO-BREAK SPACE}MB.",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": "Pilih berkas salinannya.", "empty": "Berkas ini kosong. Pilih berkas lain."},
    )

    def clean_copy(self) -> UploadedFile:
        upload = self.cleaned_data["copy"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            limit = file_size(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(f"Berkas ini terlalu besar. Paling besar {limit}.")
        return upload


class SentVisitForm(WhereForm, HappenedForm, SpotForm):
    """Everything at once, as a phone sends it."""

    token = forms.UUIDField()
    replaces = forms.UUIDField(required=False)
    photos = PhotoListField(required=False)
    consent = forms.BooleanField(required=False)

    NAMES: ClassVar[tuple[str, ...]] = (*WhereForm.NAMES, *HappenedForm.NAMES, *SpotForm.NAMES, "consent")

    def __init__(self, data: QueryDict, *, user: User, today: date) -> None:
        chosen = data.get("village", "")
        known = {str(each.pk): each for each in villages_to_visit(user, today)}
        WhereForm.__init__(self, data, user=user, today=today, village=known.get(chosen))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("photos") and not data.get("consent"):
            self.add_error("consent", "Foto hanya dikirim bila orang pada foto setuju.")
        return data

    def values(self) -> dict[str, Any]:
        return super().values() | {"photo_list": self.cleaned_data["photos"]}

    @property
    def sentence(self) -> str:
        """Why it is not taken, for the phone."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


def sent_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
