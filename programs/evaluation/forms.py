"""What the pages of results may be asked in their address."""

from datetime import date

from django import forms

from p2emas.ui.forms import PlainForm, field_of
from programs.reporting.reports.models import ReportingPeriod


class ResultYearForm(PlainForm):
    """``?tahun=2019``, a year that has quarters; anything else is the newest of them."""

    tahun = forms.TypedChoiceField(label="Tahun", coerce=int, required=False)

    def __init__(self, data, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        known = ReportingPeriod.objects.order_by("-year").values_list("year", flat=True).distinct()
        years = list(known) or [today.year]
        field_of(self, "tahun", forms.ChoiceField).choices = [(year, str(year)) for year in years]
        self.fields["tahun"].initial = self.newest = years[0]

    @property
    def year(self) -> int:
        return (self.cleaned_data.get("tahun") if self.is_valid() else None) or self.newest

    @property
    def on(self) -> date:
        """The day that plans and target locations are asked for: the last of the year, but not in the future."""
        return min(self.today, date(self.year, 12, 31))
