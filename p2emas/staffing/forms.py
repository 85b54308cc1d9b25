"""Forms of /pengguna/: what may be combined in one assignment is said here, in sentences."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import models

from p2emas import clock
from p2emas.accounts.models import Agency, Assignment, User, why_not_together
from p2emas.accounts.roles import WRITTEN_BY_PLACEMENTS, Role
from p2emas.history.records import last_edit
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of
from p2emas.ui.layout import form_helper

FURTHEST_BACK = timedelta(days=366)  # a decree about a mutation may come late, not years late


class AssignmentFields(PlainForm):
    role = forms.ChoiceField(label="Peran")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Perangkat daerah")
    valid_from = IndonesianDateField(label="Berlaku sejak", help_text="Contoh: 29 Maret 2019.")
    valid_until = IndonesianDateField(label="Sampai", required=False, help_text="Kosongkan bila belum ditentukan.")

    def __init__(self, *args, actor: User, person: User | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        given_here = [(code, label) for code, label in Role.choices if code not in WRITTEN_BY_PLACEMENTS]
        field_of(self, "role", forms.ChoiceField).choices = [("", "Pilih peran"), *given_here]
        field_of(self, "agency", forms.ModelChoiceField).queryset = Agency.objects.for_user(actor)
        valid_from = field_of(self, "valid_from", IndonesianDateField)
        valid_from.initial = clock.today()
        valid_from.earliest = clock.today() - FURTHEST_BACK

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        agency, role, start, end = (cleaned.get(name) for name in ("agency", "role", "valid_from", "valid_until"))
        if start and end and end < start:
            self.add_error("valid_until", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        if agency and role and start:
            self._check_role(agency, role, start, end)
        return cleaned

    def _check_role(self, agency: Agency, role: str, start: date, end: date | None) -> None:
        if refusal := why_not_together(role, agency, start):
            self.add_error("agency", refusal)
        if self.person and _overlaps(self.person, agency, role, start, end):
            self.add_error("role", "Peran yang sama di perangkat daerah ini masih berlaku pada tanggal itu.")


def _overlaps(person: User, agency: Agency, role: str, start: date, end: date | None) -> bool:
    held = Assignment.objects.filter(user=person, agency=agency, role=role)
    return held.overlapping(start, end).exists()


class AssignmentForm(AssignmentFields):
    helper = form_helper("Simpan penugasan")


def check_phone(typed: str) -> None:
    """A mobile or an office number, however it is spelled; it is kept as typed."""
    digits = [sign for sign in typed if sign.isdigit()]
    if not re.fullmatch(r"\+?[0-9 ().-]+", typed) or not 6 <= len(digits) <= 15:
        raise ValidationError("Isi nomor telepon dengan angka, contoh 0812-3456-7890.")


class PersonForm(PlainModelForm):
    """Name, numbers, and the address while the invitation is open: a later change would hand the account over."""

    helper = form_helper("Simpan")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    class Meta:
        model = User
        fields = ["name", "email", "phone", "nip"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = last_edit(self.instance)
        self.fields["email"].required = True
        self.fields["nip"].help_text = "18 angka tanpa spasi."
        if self.instance.pk and self.instance.has_usable_password():
            del self.fields["email"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_phone(self) -> str:
        """What was stored before this was asked does not prevent a change of another field."""
        phone = self.cleaned_data["phone"]
        if phone and "phone" in self.changed_data:
            check_phone(phone)
        return phone


def _field(name: str, **options) -> forms.Field:
    """The model's field with its own rules; a plain form does not run them by itself."""
    field, own = User._meta.get_field(name), options.pop("validators", [])
    if isinstance(field, models.Field):
        made = field.formfield(validators=[*getattr(field, "_validators", ()), *own], **options)
        if made is not None:
            return made
    raise TypeError(f"{name} has no field in a form")


class InvitationForm(AssignmentFields):
    username = _field("username", help_text="Huruf, angka, titik, atau garis bawah.")
    name = _field("name")
    email = _field("email", required=True, help_text="Undangan dikirim ke alamat ini.")
    phone = _field("phone", validators=[check_phone])
    nip = _field("nip", help_text="18 angka tanpa spasi.")

    helper = form_helper("Tulis undangan")
    field_order = ["name", "username", "email", "phone", "nip", "role", "agency", "valid_from", "valid_until"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Nama pengguna ini sudah dipakai.")
        return username

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("Alamat surel ini sudah dipakai pengguna lain.")
        return email


class EndForm(PlainForm):
    helper = form_helper("Akhiri penugasan", look="btn-danger")
    last_day = IndonesianDateField(label="Hari terakhir")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args, assignment: Assignment, **kwargs) -> None:
        kwargs.setdefault("initial", {"last_day": clock.today(), "seen": str(assignment.valid_until or "")})
        super().__init__(*args, **kwargs)
        last_day = field_of(self, "last_day", IndonesianDateField)
        last_day.earliest = max(assignment.valid_from, clock.today() - timedelta(days=1))
        last_day.help_text = "Isi tanggal kemarin bila haknya harus berakhir sekarang."


class NewPasswordFields(PlainForm):
    password1 = forms.CharField(
        label="Kata sandi baru",
        help_text="Paling sedikit 10 huruf dan angka, bukan kata sandi yang umum.",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Ulangi kata sandi baru",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Kedua kata sandi belum sama.")
        return cleaned


class FirstPasswordForm(NewPasswordFields):
    helper = form_helper("Simpan dan masuk")

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        password_validation.validate_password(self.cleaned_data["password1"], self.person)
        return self.cleaned_data["password1"]


class PhoneCodeForm(NewPasswordFields):
    """Whether the code is right is asked by the view, which counts the try."""

    helper = form_helper("Simpan dan masuk")
    field_order = ["username", "code", "password1", "password2"]
    username = forms.CharField(
        label="Nama pengguna", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label="Kode dari telepon",
        help_text="8 angka.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "w-num"}),
    )

    def clean_code(self) -> str:
        return re.sub(r"[\s.-]", "", self.cleaned_data["code"])

    def clean_password1(self) -> str:
        password_validation.validate_password(self.cleaned_data["password1"])
        return self.cleaned_data["password1"]
