"""Sending a report: who signs, with which covering letter, and the declaration."""

import uuid
from collections.abc import Sequence

from django import forms

from p2emas import clock
from p2emas.accounts.models import Official
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import FromTemplate, Rest, drawn_helper
from programs.reporting.filling.figures import FigureRow
from programs.reporting.reports.models import ProgressReport
from programs.reporting.sending.services import Sending


class ReportSendForm(PlainForm):
    helper = drawn_helper(Rest(), FromTemplate("programs/reporting/_send_buttons.html"))
    signer = forms.ModelChoiceField(
        label="Penanda tangan",
        queryset=Official.objects.none(),
        empty_label="Pilih pejabat",
        error_messages={"required": "Pilih pejabat yang menandatangani laporan"},
    )
    letter_no = forms.CharField(
        label="Nomor surat pengantar",
        max_length=80,
        required=False,
        help_text="Boleh dikosongkan; nomor dan tanggalnya dapat diisi setelah laporan dikirim.",
    )
    letter_date = IndonesianDateField(label="Tanggal surat pengantar", required=False, help_text="Contoh 04-10-2019.")
    declared = forms.BooleanField(
        label="Angka dalam laporan ini sesuai dengan pembukuan dan keadaan di lapangan.",
        error_messages={"required": "Centang pernyataan bahwa angka sesuai dengan pembukuan"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    seen = forms.ChoiceField(widget=forms.HiddenInput, choices=ProgressReport.Status.choices)
    client_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, report: ProgressReport, over_budget: Sequence[FigureRow] = ()) -> None:
        officials = Official.objects.in_force(clock.today()).filter(agency=report.agency_id).order_by("name", "pk")
        initial = {
            "signer": report.signed_by_id,
            "letter_no": report.letter_no,
            "letter_date": report.letter_date,
            "version": report.version,
            "seen": report.status,
            "client_token": uuid.uuid4(),
        }
        super().__init__(data, initial=initial)
        self.over_budget = over_budget
        reasons = {self.reason_of(row): _reason_field(row) for row in over_budget}
        self.fields = {**reasons, **self.fields}
        self.initial.update({self.reason_of(row): row.line.over_budget_reason for row in over_budget})
        signer, people = field_of(self, "signer", forms.ModelChoiceField), list(officials)
        signer.queryset = officials
        signer.choices = [("", "Pilih pejabat"), *((each.pk, str(each)) for each in people)]
        if not people:
            signer.help_text = _no_signer(report)
        field_of(self, "letter_date", IndonesianDateField).latest = clock.today()

    def clean(self) -> dict:
        """Number and day of the letter come together, now or later."""
        cleaned = super().clean() or self.cleaned_data
        number, day = cleaned.get("letter_no"), cleaned.get("letter_date")
        if number and day is None and "letter_date" not in self.errors:
            self.add_error("letter_date", "Isi tanggal surat pengantar, atau kosongkan nomornya")
        elif day is not None and not number and "letter_no" not in self.errors:
            self.add_error("letter_no", "Isi nomor surat pengantar, atau kosongkan tanggalnya")
        return cleaned

    def sending(self) -> Sending:
        """What ``submit_report`` needs of the form."""
        data = self.cleaned_data
        return Sending(
            signer=data["signer"],
            letter_no=data["letter_no"],
            letter_date=data["letter_date"],
            version=data["version"],
            seen=data["seen"],
            client_token=data["client_token"],
            reasons={row.line.pk: data[self.reason_of(row)] for row in self.over_budget},
        )

    @staticmethod
    def reason_of(row: FigureRow) -> str:
        """The name of the field for why its line is above its ceiling."""
        return f"alasan-{row.line.pk}"


def _reason_field(row: FigureRow) -> forms.CharField:
    words = {"number": row.number, "activity": row.plan_line.activity.name}
    figures = {"spent": formats.rupiah(row.spent), "amount": formats.rupiah(row.plan_line.amount)}
    return forms.CharField(
        label="Mengapa baris {number}, {activity}, di atas pagu".format(**words),
        help_text="{spent} dari pagu {amount}. Terbaca pemeriksa.".format(**figures),
        max_length=300,
        error_messages={"required": "Tulis mengapa realisasi baris {number} di atas pagu".format(**words)},
    )


def _no_signer(report: ProgressReport) -> str:
    """An empty list says who fills it, and where."""
    sentence = "Belum ada pejabat %s yang sedang menjabat. Minta {office} menambahkannya di Kelola, Pejabat: {contact}."
    return said(sentence) % report.agency
