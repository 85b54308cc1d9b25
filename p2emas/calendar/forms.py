"""Which months and which kind of dates the page shows."""

from datetime import date

from django import forms
from django.http import QueryDict

from p2emas.accounts.signed_in import Anyone
from p2emas.calendar.reading import kinds_for
from p2emas.ui.formats import month_year
from p2emas.ui.forms import PlainForm, field_of

MONTHS_BACK, MONTHS_AHEAD = 24, 24


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that is ``months`` after that of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


class CalendarFilterForm(PlainForm):
    """``?bulan=2019-10&jenis=laporan``"""

    bulan = forms.ChoiceField(label="Mulai bulan", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False)

    def __init__(self, data: QueryDict, reader: Anyone, today: date) -> None:
        super().__init__(data)
        months = [first_of_month(today, n) for n in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
        self.months = {f"{month:%Y-%m}": month for month in months}
        self.this_month = first_of_month(today)
        labels = [(code, month_year(month)) for code, month in self.months.items()]
        field_of(self, "bulan", forms.ChoiceField).choices = [("", "Bulan ini"), *labels]
        kinds = [(kind.code, kind.title) for kind in kinds_for(reader)]
        field_of(self, "jenis", forms.ChoiceField).choices = [("", "Semua jenis"), *kinds]

    @property
    def first(self) -> date:
        """The month that the page begins with."""
        return self.months.get(self._chosen("bulan"), self.this_month)

    @property
    def kind(self) -> str:
        return self._chosen("jenis")

    def _chosen(self, name: str) -> str:
        """What was chosen; a value that the form refuses is no filter."""
        return self.cleaned_data.get(name, "") if not self.errors.get(name) else ""
