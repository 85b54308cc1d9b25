"""Opening a quarter: which one, and until when its reports are due."""

from django import forms

from p2emas import clock
from p2emas.ui import formats
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from programs.reporting.reports.deadlines import quarter_dates, standard_due_date, why_no_working_day
from programs.reporting.reports.models import ReportingPeriod

OFFERED = 8  # quarters back


class OpenPeriodForm(PlainForm):
    helper = form_helper("Lihat siapa yang mendapat laporan", method="get")
    triwulan = forms.ChoiceField(
        label="Triwulan", error_messages={"invalid_choice": "Triwulan itu sudah dibuka atau belum mulai"}
    )
    jatuh_tempo = IndonesianDateField(
        label="Jatuh tempo",
        required=False,
        help_text="Kosongkan untuk tanggal baku: lima hari kerja sesudah akhir triwulan.",
    )

    def __init__(self, data=None) -> None:
        super().__init__(data)
        field_of(self, "triwulan", forms.ChoiceField).choices = [
            (f"{year}-T{number}", formats.quarter(year, number)) for year, number in openable_quarters()
        ]

    @property
    def quarter(self) -> tuple[int, int]:
        year, _sep, number = self.cleaned_data["triwulan"].partition("-T")
        return int(year), int(number)

    @property
    def due_on(self):
        _starts, ends = quarter_dates(*self.quarter)
        return self.cleaned_data["jatuh_tempo"] or standard_due_date(ends)

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("triwulan") and cleaned.get("jatuh_tempo"):
            _starts, ends = quarter_dates(*self.quarter)
            if cleaned["jatuh_tempo"] <= ends:
                self.add_error("jatuh_tempo", f"Jatuh tempo harus sesudah akhir triwulan, {formats.long_date(ends)}")
            elif sentence := why_no_working_day(cleaned["jatuh_tempo"]):
                self.add_error("jatuh_tempo", sentence)
        return cleaned


def openable_quarters() -> list[tuple[int, int]]:
    """Quarters that have begun and are not open yet, the newest first."""
    today = clock.today()
    opened = set(ReportingPeriod.objects.values_list("year", "number"))
    year, number = today.year, (today.month + 2) // 3
    found = []
    for _step in range(OFFERED):
        if (year, number) not in opened:
            found.append((year, number))
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    return found
