"""What a profile page may be asked in its address."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm

FIRST_YEAR = 2017  # the programme's first year


class YearForm(PlainForm):
    """``?tahun=2019``; anything else falls back to the current year."""

    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, required=False)

    def __init__(self, data, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        years = range(max(today.year, FIRST_YEAR), FIRST_YEAR - 1, -1)
        self.fields["tahun"].choices = [(year, str(year)) for year in years]
        self.fields["tahun"].initial = today.year

    @property
    def year(self) -> int:
        return (self.cleaned_data.get("tahun") if self.is_valid() else None) or self.today.year


class DayForm(PlainForm):
    """``?tanggal=29-03-2017``: what was in force on that day."""

    tanggal = IndonesianDateField(label=_("Berlaku pada"), required=False)

    @property
    def chosen(self) -> date | None:
        return self.cleaned_data.get("tanggal") if self.is_valid() else None

    def day(self, today: date) -> date:
        return self.chosen or today
