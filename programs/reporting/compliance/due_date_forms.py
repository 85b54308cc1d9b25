"""The form that moves deadlines."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date

from p2emas.ui import formats
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import FromTemplate, Rest, form_helper
from programs.reporting.reports.deadlines import why_no_working_day
from programs.reporting.reports.due_dates import LATEST
from programs.reporting.reports.models import ProgressReport


class DueDateForm(PlainForm):
    """New date and reason for one report or several; each report's date as shown travels along."""

    jatuh_tempo = IndonesianDateField(label="Jatuh tempo baru", help_text="Hari kerja, misalnya 14 Oktober 2019.")
    alasan = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="SKPD membaca kalimat ini; tercatat di riwayat laporan.",
    )

    def __init__(self, data: QueryDict | None, reports: Sequence[ProgressReport], *, submit: str) -> None:
        super().__init__(data)
        self.helper = form_helper(submit, FromTemplate("programs/reporting/_due_shown.html"), Rest())
        self.reports = reports
        self.shown = {r.pk: r.due_on for r in reports} if data is None else shown_dates(data, reports)

    @property
    def rows(self) -> list[tuple[ProgressReport, date]]:
        """Each report with the date that the page shows."""
        return [(report, self.shown[report.pk]) for report in self.reports]

    def clean_jatuh_tempo(self) -> date:
        new = self.cleaned_data["jatuh_tempo"]
        first = max((report.period.ends for report in self.reports), default=new)
        last = min((report.period.ends for report in self.reports), default=new) + LATEST
        if new <= first:
            raise forms.ValidationError(f"Isi tanggal sesudah akhir triwulan, {formats.long_date(first)}")
        if new > last:
            raise forms.ValidationError(f"Isi tanggal paling lambat {formats.long_date(last)}")
        if sentence := why_no_working_day(new):
            raise forms.ValidationError(sentence)
        if self.reports and all(shown == new for shown in self.shown.values()):
            raise forms.ValidationError("Jatuh temponya memang tanggal itu. Isi tanggal lain")
        return new


def shown_dates(data: QueryDict, reports: Sequence[ProgressReport]) -> dict[int, date]:
    """The due date that the page showed of each report (``semula-<key>``); the year 1 when it says none."""
    shown = {}
    for report in reports:
        try:
            found = parse_date(data.get(f"semula-{report.pk}", ""))
        except ValueError:
            found = None
        shown[report.pk] = found or date.min
    return shown
