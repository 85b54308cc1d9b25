"""The first question: who applies. The NIK is sealed at once and never shown again."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from facilitators.recruitment.applications.fields import PhoneField
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import read_nik
from facilitators.recruitment.applications.stated import (
    age_on,
    age_words,
    ask_knowing,
    closing_day,
    knowing_field,
    outside_by_age,
)
from facilitators.recruitment.apply import consent
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import OLDEST, YOUNGEST
from p2emas import clock
from p2emas.naming import named
from p2emas.privacy.sealing import SealBroken, fingerprint, seal, unseal
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import FromTemplate, drawn_helper
from p2emas.ui.reading import Unreadable


class ApplicantIdentityForm(PlainForm):
    """NIK, day of birth, phone and consent; of an application that exists the NIK may stay empty: it is kept."""

    nik = forms.CharField(
        label="NIK",
        max_length=40,
        help_text=named("16 angka di KTP. KTP dari luar {regency} juga diterima."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-phone"}),
    )
    birth_date = IndonesianDateField(
        label="Tanggal lahir", help_text="Contoh 17-03-1994 atau 17 Maret 1994.", earliest=date(1900, 1, 1)
    )
    phone = PhoneField(
        label="Nomor HP",
        help_text="Yang aktif dan bisa di-WhatsApp. Dipakai juga untuk membuka lamaran ini lagi.",
    )
    knowing = knowing_field()
    agreed = forms.BooleanField(
        label="Saya menyetujui data saya dipakai untuk seleksi ini.",
        error_messages={"required": "Centang persetujuan. Tanpa itu data Anda tidak boleh disimpan."},
    )
    client_token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, record: RecruitmentRound, application: Application | None = None) -> None:
        self.record, self.application = record, application
        initial: dict[str, object] = {"client_token": uuid.uuid4(), "version": 0}
        if application:
            initial |= {
                "birth_date": application.birth_date,
                "phone": application.phone,
                "knowing": application.knows_age,
                "agreed": application.consent_version == consent.CURRENT.version,
                "version": application.version,
            }
        super().__init__(data, initial=initial)
        if not self.is_bound and not initial.get("knowing"):
            self.fields.pop("knowing")
        if application and application.nik_last4:
            self.fields["nik"].required = False
            self.fields["nik"].help_text = f"Tersimpan {application.masked_nik}. Isi hanya bila ingin mengubahnya."

    @cached_property
    def helper(self) -> FormHelper:
        """The question about the age comes and goes with the day of birth."""
        return drawn_helper(
            *("nik", "birth_date", "phone", *({"knowing"} & self.fields.keys())),
            FromTemplate("facilitators/recruitment/_consent.html"),
            *("agreed", "client_token", "version"),
            FromTemplate("facilitators/recruitment/_buttons.html"),
        )

    def clean_birth_date(self) -> date:
        born, today = self.cleaned_data["birth_date"], clock.today()
        if not YOUNGEST <= age_on(born, today) <= OLDEST:
            raise ValidationError(f"Periksa tanggal lahir: pelamar berusia {YOUNGEST} sampai {OLDEST} tahun.")
        return born

    def clean(self) -> dict[str, object]:
        """The NIK with the day of birth that it must name, whichever of the two was typed now."""
        cleaned = super().clean() or self.cleaned_data
        self._ask_age(cleaned.get("birth_date"))
        typed, sealed = cleaned.get("nik"), self.application.nik_sealed if self.application else ""
        if not (typed or sealed) or "nik" in self.errors:
            return cleaned
        try:
            cleaned["nik"] = read_nik(str(typed or unseal(sealed)), cleaned.get("birth_date"))
        except SealBroken:  # its key is gone: what is typed now is sealed again
            self.add_error("nik", "NIK yang tersimpan tidak dapat dibuka. Isi NIK sekali lagi.")
        except Unreadable as refusal:
            self.add_error("nik" if typed else "birth_date", str(refusal))
        return cleaned

    def _ask_age(self, born: date | None) -> None:
        on = closing_day(self.record)
        outside = outside_by_age(self.record.requirements.all(), born, on)
        ask_knowing(self, outside, age_words(born, on) if born else "")

    def values(self) -> dict[str, object]:
        """Columns of the application; the NIK only sealed, as fingerprint and by its last four digits."""
        nik = str(self.cleaned_data["nik"])
        values: dict[str, object] = {
            "birth_date": self.cleaned_data["birth_date"],
            "phone": self.cleaned_data["phone"],
            "knows_age": self.cleaned_data["knowing"],
            "nik_fingerprint": fingerprint(nik),
            "nik_last4": nik[-4:],
        }
        if not self.application or self.application.nik_fingerprint != values["nik_fingerprint"]:
            values["nik_sealed"] = seal(nik)
        return values

    def holds(self, application: Application) -> bool:
        """Whether the application holds already what was typed: the same page, sent twice."""
        values = self.values()
        return all(getattr(application, name) == values[name] for name in ("birth_date", "phone", "nik_fingerprint"))
