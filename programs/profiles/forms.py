"""What a profile page may be asked in its address."""

from datetime import date

from django import forms
from django.contrib.auth.models import AnonymousUser

from p2emas.accounts.models import User
from p2emas.documents.models import Decree, DecreeQuerySet
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of

FIRST_YEAR = 2017  # the programme's first year


class ProfileYearForm(PlainForm):
    """``?tahun=2019``; anything else falls back to the current year."""

    tahun = forms.TypedChoiceField(label="Tahun", coerce=int, required=False)

    def __init__(self, data, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        years = range(max(today.year, FIRST_YEAR), FIRST_YEAR - 1, -1)
        field_of(self, "tahun", forms.ChoiceField).choices = [(year, str(year)) for year in years]
        self.fields["tahun"].initial = today.year

    @property
    def year(self) -> int:
        return (self.cleaned_data.get("tahun") if self.is_valid() else None) or self.today.year


class DayForm(PlainForm):
    """``?tanggal=29-03-2017``: what was in force on that day."""

    tanggal = IndonesianDateField(label="Berlaku pada", required=False)

    @property
    def chosen(self) -> date | None:
        return self.cleaned_data.get("tanggal") if self.is_valid() else None

    def day(self, today: date) -> date:
        return self.chosen or today


STATUS_WORDS = {"konsep": Decree.Status.DRAFT, "berlaku": Decree.Status.IN_FORCE, "dicabut": Decree.Status.REVOKED}


class DecreeListForm(DayForm):
    """``?tanggal=29-03-2017&status=berlaku``; the office also narrows to drafts and recorded papers."""

    status = forms.ChoiceField(
        label="Status", required=False, error_messages={"invalid_choice": "Pilih status dari daftar"}
    )

    asal = forms.ChoiceField(
        label="Asal naskah",
        required=False,
        choices=[
            ("", "Semua"),
            ("naskah", "Dicatat dari naskah"),
            ("alasan", "Dicatat karena naskahnya lain dari pemeriksaan"),
        ],
        error_messages={"invalid_choice": "Pilih asal naskah dari daftar"},
    )

    def __init__(self, data, *, user: User | AnonymousUser) -> None:
        super().__init__(data)
        self.readable = readable = isinstance(user, User) and user.sees_everything
        if not readable:
            del self.fields["asal"]
        self.words = {word: status for word, status in STATUS_WORDS.items() if readable or status in Decree.PUBLISHED}
        field_of(self, "status", forms.ChoiceField).choices = [
            ("", "Semua"), *((word, status.label) for word, status in self.words.items())
        ]  # fmt: skip

    def narrow(self, decrees: DecreeQuerySet) -> DecreeQuerySet:
        """What is refused narrows nothing."""
        self.is_valid()
        if day := self.cleaned_data.get("tanggal"):
            decrees = decrees.in_force(day)
        if word := self.cleaned_data.get("status"):
            decrees = decrees.filter(status=self.words[word])
        if origin := self.cleaned_data.get("asal"):
            decrees = decrees.recorded() if origin == "naskah" else decrees.recorded_otherwise()
        return decrees
