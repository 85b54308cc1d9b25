"""Forms of a round: the list's query string, its texts, schedule and rules."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from districts.locations.rounds.queries import ListForm, search_field
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.ui import formats
from p2emas.ui.fields import IndonesianDateField, MomentField, PercentField
from p2emas.ui.forms import PlainForm, PlainModelForm, bound_length, bound_year, depend_on_others, field_of
from p2emas.ui.layout import form_helper

Status = RecruitmentRound.Status
YEARS_AHEAD = 5  # further ahead nobody is hired
DAYS = {
    "test_on": "Tes tertulis",
    "interviews_on": "Wawancara mulai",
    "announced_on": "Pengumuman",
    "training_on": "Pembekalan mulai",
    "objections_until": "Masa sanggah sampai",
}
_WORDS = {"closes_at": "Pendaftaran ditutup", **DAYS}
FOLLOWS = tuple(
    (earlier, later)
    for place, later in enumerate(_WORDS)
    for earlier in list(_WORDS)[:place]
    if later != "objections_until" or earlier == "announced_on"  # objections may last into the training
)
COPIED = ("intro", "terms", "contact")
SCHEDULE = ("opens_at", "closes_at", *DAYS)


class RecruitmentListForm(ListForm):
    cari = search_field("Cari nama atau kode")
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), *Status.choices], required=False)


class VersionForm(PlainModelForm):
    """A part of the round's own fields, with the version that the page showed."""

    helper = form_helper("Simpan")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def seen(self) -> int:
        version = self.cleaned_data["version"]
        return -1 if version is None else version

    def values(self) -> dict[str, Any]:
        """What is to be stored, without the version."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}


class TextForm(VersionForm):
    """Name and texts of a draft; of a published round only the contact."""

    class Meta:
        model = RecruitmentRound
        fields = ["code", "name", "year", "intro", "terms", "contact"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("intro", "terms"):
            bound_length(self.fields[name], 4000)
            self.fields[name].widget.attrs["rows"] = 4
        bound_year(self.fields["year"], clock.today().year + YEARS_AHEAD)
        if self.instance.pk is None:
            self.fields["year"].initial = clock.today().year + 1
        elif self.instance.status != Status.DRAFT:
            for name in ("code", "name", "year", "intro", "terms"):
                del self.fields[name]

    def clean_code(self) -> str:
        """A code is part of addresses: not one that leads to another page there."""
        code = self.cleaned_data["code"]
        if code in ("baru", "status"):
            raise forms.ValidationError("Kode ini dipakai alamat lain di situs ini. Pilih kode lain.")
        return code


class CreateForm(TextForm):
    """A new round needs its schedule at once; everything else follows on the pages of its frame."""

    source = forms.ModelChoiceField(
        label="Salin dari tahap seleksi",
        queryset=RecruitmentRound.objects.none(),
        required=False,
        empty_label="Tidak menyalin",
        help_text=(
            "Teks yang Anda kosongkan, syarat, berkas, rubrik, bobot, dan formasi yang lokasi sasarannya masih berlaku "
            "disalin; semuanya dapat diubah."
        ),
    )
    opens_at = MomentField(label="Pendaftaran dibuka", help_text="Contoh 1-10-2019 08.00.")
    closes_at = MomentField(label="Pendaftaran ditutup", help_text="Tepat sampai detiknya, waktu server.")

    class Meta(TextForm.Meta):
        fields = [*TextForm.Meta.fields, "opens_at", "closes_at"]

    def __init__(self, *args: Any, sources: QuerySet[RecruitmentRound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "source", forms.ModelChoiceField).queryset = sources
        self.order_fields(["source"])
        for name in COPIED:  # a source brings them
            self.fields[name].required = False
        depend_on_others(self, *COPIED)

    def clean(self) -> dict[str, Any]:
        """Texts left empty come from the source; without one they are asked for."""
        data = super().clean() or {}
        for name in COPIED:
            if not data.get(name, "").strip() and name not in self.errors:
                data[name] = getattr(data["source"], name) if data.get("source") else ""
                if name != "terms" and not data[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        _check_order(self, data.get("opens_at"), data.get("closes_at"))
        return data


class ScheduleForm(VersionForm):
    """All dates of a draft; of a published round only those still ahead, and only to a later day."""

    opens_at = MomentField(label="Pendaftaran dibuka", help_text="Contoh 1-10-2019 08.00.")
    closes_at = MomentField(label="Pendaftaran ditutup", help_text="Tepat sampai detiknya, waktu server.")
    reason = forms.CharField(label="Alasan perubahan", max_length=100, help_text="Tercatat di riwayat tahap seleksi.")

    class Meta:
        model = RecruitmentRound
        fields = list(SCHEDULE)
        field_classes = dict.fromkeys(DAYS, IndonesianDateField)
        widgets = dict.fromkeys(DAYS, forms.TextInput)
        labels = DAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in SCHEDULE}
        if self.instance.status == Status.DRAFT:
            del self.fields["reason"]
            return
        del self.fields["opens_at"]
        if self.instance.status != Status.PUBLISHED:
            del self.fields["closes_at"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _check_order(self, data.get("opens_at", self.before["opens_at"]), data.get("closes_at"))
        if self.instance.status != Status.DRAFT:
            self._check_later(data)
        self._check_days(data)
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        """What an applicant does later is not dated earlier; pairs of days that nobody changes are left alone."""
        days = {name: _day(data.get(name, value)) for name, value in self.before.items()}
        stored = {name: _day(value) for name, value in self.before.items()}
        for earlier, later in FOLLOWS:
            first, then = days[earlier], days[later]
            changed = (first, then) != (stored[earlier], stored[later])
            if first and then and then < first and changed and later in self.fields and later not in self.errors:
                words = {"day": formats.long_date(first), "what": _WORDS[earlier].lower()}
                self.add_error(later, "Isi {day} atau sesudahnya, tidak sebelum {what}.".format(**words))

    def _check_later(self, data: dict[str, Any]) -> None:
        for name, stored in self.before.items():
            wanted = data.get(name)
            if name in self.fields and name not in self.errors and stored and (wanted is None or wanted < stored):
                shown = self.fields[name].prepare_value(stored)
                self.add_error(name, f"Sesudah terbit tanggal hanya dapat diundurkan. Isi {shown} atau sesudahnya.")


def _day(value: datetime | date | None) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def _check_order(form: forms.BaseForm, opens: Any, closes: Any) -> None:
    if opens and closes and closes <= opens and "closes_at" not in form.errors:
        form.add_error("closes_at", "Pendaftaran harus ditutup sesudah dibuka.")


class OpeningsForm(VersionForm):
    """How many numbers each may open in an hour while this round is worked on."""

    reason = forms.CharField(
        label="Alasan", max_length=100, help_text="Tercatat di riwayat tahap seleksi bersama nama Anda."
    )

    class Meta:
        model = RecruitmentRound
        fields = ["nik_per_hour"]


class RulesForm(VersionForm):
    """Scale, weights of the parts, pass mark, reserves and panels: what the rubric page has next to its table."""

    weight_test = PercentField(label="Bobot tes (%)")
    weight_dossier = PercentField(label="Bobot berkas (%)")
    weight_interview = PercentField(label="Bobot wawancara (%)")
    pass_mark = PercentField(
        label="Nilai lulus tes", help_text="0 sampai 100. Yang di bawahnya tidak diundang wawancara."
    )

    class Meta:
        model = RecruitmentRound
        fields = [
            "weight_test",
            "weight_dossier",
            "weight_interview",
            "pass_mark",
            "scale",
            "reserve_quota",
            "panels",
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = [data.get(name) for name in ("weight_test", "weight_dossier", "weight_interview")]
        weights = [weight for weight in typed if weight is not None]
        if len(weights) == len(typed) and sum(weights) != 100:
            self.add_error(
                "weight_interview", f"Jumlah ketiga bobot harus 100, sekarang {formats.number(sum(weights))}."
            )
        highest = max(self.instance.seats.values_list("panel", flat=True), default=1)
        if (data.get("panels") or highest) < highest:
            self.add_error("panels", f"Masih ada panelis di panel {highest}. Pindahkan dahulu.")
        return data


class SourceForm(PlainForm):
    """From which earlier round the frame of a draft is copied."""

    helper = form_helper("Salin isi")
    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ModelChoiceField(
        label="Salin dari tahap seleksi", queryset=RecruitmentRound.objects.none(), empty_label="Pilih"
    )

    def __init__(self, *args: Any, sources: QuerySet[RecruitmentRound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "source", forms.ModelChoiceField).queryset = sources
