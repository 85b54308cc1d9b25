"""Forms of courses: frame, sessions, participants, attendance, marks, and the public page of the code."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.training.models import Course, Enrolment, Session
from p2emas.accounts.models import User
from p2emas.history.records import last_edit
from p2emas.naming import named
from p2emas.ui.fields import IndonesianDateField, KeysField, PercentField
from p2emas.ui.formats import clock_time
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of
from p2emas.ui.layout import form_helper

_CLOCK = re.compile(r"^([0-9]{1,2})[.:]([0-9]{2})$", re.ASCII)


class CourseListForm(PlainForm):
    cari = forms.CharField(label="Cari nama pelatihan", required=False, max_length=80)
    tahun = forms.IntegerField(label="Tahun", required=False, min_value=2000, max_value=2100)

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CourseForm(PlainModelForm):
    helper = form_helper("Simpan")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the edit that the page showed as the last
    starts = IndonesianDateField(label="Mulai")
    ends = IndonesianDateField(label="Selesai")
    min_attendance = PercentField(label="Kehadiran paling sedikit (%)", help_text="Dari seluruh sesi.")
    pass_mark = PercentField(label="Nilai lulus tes akhir", help_text="0 sampai 100.")

    class Meta:
        model = Course
        fields = ["round", "name", "place", "starts", "ends", "min_attendance", "pass_mark"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = RecruitmentRound.objects.for_user(actor).in_state(RecruitmentRound.Status.ANNOUNCED).for_table()
        choice = field_of(self, "round", forms.ModelChoiceField)
        choice.queryset = rounds
        choice.empty_label = "Tanpa tahap seleksi (penyegaran)"
        if self.instance.pk is None:
            del self.fields["seen"]
            for name in ("min_attendance", "pass_mark"):
                self.fields[name].initial = getattr(self.instance, name)
            return
        self.initial["seen"] = last_edit(self.instance)
        if self.instance.enrolments.exists():
            del self.fields["round"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "Pelatihan tidak boleh selesai sebelum mulai.")
        elif starts and ends and self._has_session_outside(starts, ends):
            self.add_error("ends", "Ada sesi di luar tanggal ini. Pindahkan sesinya lebih dahulu.")
        return data

    def _has_session_outside(self, starts: date, ends: date) -> bool:
        if self.instance.pk is None:
            return False
        days = (timezone.localtime(each.starts_at).date() for each in self.instance.sessions.all())
        return any(not starts <= day <= ends for day in days)


class ClockField(forms.Field):
    """ "09.00" or "9:00"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "w-num", "inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _CLOCK.match(str(value).strip())
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError("Tulis jamnya seperti 09.00")
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value: Any) -> Any:
        return clock_time(value) if isinstance(value, time) else value


class SessionForm(PlainModelForm):
    helper = form_helper("Simpan sesi")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = IndonesianDateField(label="Hari")
    start = ClockField(label=named("Mulai pukul ({zone})"), help_text="Contoh: 09.00")
    end = ClockField(label=named("Selesai pukul ({zone})"))

    class Meta:
        model = Session
        fields = ["topic"]

    field_order = ["topic", "day", "start", "end"]

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = self.instance.course = course
        self.fields["day"].initial = course.starts
        if self.instance.pk is None:
            del self.fields["seen"]
            return
        starts, ends = (timezone.localtime(at) for at in (self.instance.starts_at, self.instance.ends_at))
        seen = last_edit(self.instance)
        self.initial.update({"day": starts.date(), "start": starts.time(), "end": ends.time(), "seen": seen})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, start, end = (data.get(name) for name in ("day", "start", "end"))
        if day and not self.course.starts <= day <= self.course.ends:
            self.add_error("day", "Pilih hari di antara mulai dan selesainya pelatihan.")
        if not (start and end):
            return data
        if end <= start:
            self.add_error("end", "Sesi harus selesai sesudah mulai.")
        if day:
            self.instance.starts_at = timezone.make_aware(datetime.combine(day, start))
            self.instance.ends_at = timezone.make_aware(datetime.combine(day, end))
        return data


class PeopleField(KeysField):
    def label_from_instance(self, row: Application | Facilitator) -> str:
        return f"{row.name}, {row.number}" if isinstance(row, Application) else row.name


class ParticipantsForm(PlainForm):
    """Accepted applicants of the round, and other facilitators, who are not in the course yet."""

    helper = form_helper("Tambahkan")
    lamaran = PeopleField(
        Application.objects.none(),
        label="Yang diterima dalam tahap seleksi ini",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pendamping = PeopleField(
        Facilitator.objects.none(),
        label="Pendamping lain",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, applications: QuerySet, facilitators: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("lamaran", applications), ("pendamping", facilitators)):
            if rows.exists():
                field_of(self, name, PeopleField).queryset = rows
            else:
                del self.fields[name]
        if "lamaran" in self.fields:
            self.fields["lamaran"].initial = [row.pk for row in applications]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in self.fields):
            raise ValidationError("Centang paling sedikit satu orang.")
        return data


class AttendanceForm(PlainForm):
    """Ticks, and the ticks that the page showed: only what was changed here is written."""

    hadir = KeysField(Enrolment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    tampak = KeysField(Enrolment.objects.none(), required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, enrolments: QuerySet, present: set[int], **kwargs: Any) -> None:
        kwargs["initial"] = {"hadir": sorted(present), "tampak": sorted(present)}
        super().__init__(*args, **kwargs)
        for name in self.fields:
            field_of(self, name, KeysField).queryset = enrolments

    def changes(self) -> tuple[list[Enrolment], list[Enrolment]]:
        """Whom this page ticked, and whom it unticked."""
        now, before = set(self.cleaned_data["hadir"]), set(self.cleaned_data["tampak"])
        return sorted(now - before, key=_key), sorted(before - now, key=_key)


def _key(row: Enrolment) -> int:
    return row.pk


class MarksForm(PlainForm):
    """The two marks of one participant, with what the page showed."""

    first_test = PercentField(label="Tes awal", required=False)
    final_test = PercentField(label="Tes akhir", required=False)
    seen_first = PercentField(required=False, widget=forms.HiddenInput)
    seen_final = PercentField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, enrolment: Enrolment) -> None:
        shown = {"first_test": enrolment.first_test, "final_test": enrolment.final_test}
        initial = shown | {"seen_first": enrolment.first_test, "seen_final": enrolment.final_test}
        super().__init__(data, prefix=f"p{enrolment.pk}", initial=initial, use_required_attribute=False)


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat.",
    )

    def __init__(self, *args: Any, submit: str, look: str = "btn-primary", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit, look=look)


class CloseCourseForm(PlainForm):
    """Nothing to type: the page says what will happen."""

    helper = form_helper("Tutup hasil")


class AttendForm(PlainForm):
    """What participants type on their phones in the room."""

    helper = form_helper("Saya hadir")
    kode = forms.CharField(
        label="Kode hadir",
        help_text="Enam angka di layar ruangan.",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}),
    )
    nomor = forms.CharField(
        label="Nomor lamaran atau nomor HP Anda",
        help_text="Contoh LMR-2018-0001 atau 0812-3456-7890.",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-phone", "autocomplete": "off"}),
    )

    def clean_kode(self) -> str:
        code = re.sub(r"[\s.-]", "", self.cleaned_data["kode"])
        if not re.fullmatch(r"[0-9]{6}", code, re.ASCII):
            raise ValidationError("Kode hadir terdiri atas enam angka.")
        return code
