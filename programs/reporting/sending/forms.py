"""Sending a report: who signs, with which covering letter, and the declaration."""

import uuid

from django import forms

from p2emas import clock
from p2emas.accounts.models import Official
from p2emas.naming import said
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm
from programs.reporting.reports.models import ProgressReport
from programs.reporting.sending.services import signed_title


class ReportSendForm(PlainForm):
    signer = forms.ModelChoiceField(
        label="Penanda tangan",
        queryset=Official.objects.none(),
        empty_label="Pilih pejabat",
        error_messages={"required": "Pilih pejabat yang menandatangani laporan"},
    )
    letter_no = forms.CharField(label="Nomor surat pengantar", max_length=80)
    letter_date = IndonesianDateField(label="Tanggal surat pengantar", help_text="Contoh 04-10-2019.")
    declared = forms.BooleanField(
        label="Angka dalam laporan ini sesuai dengan pembukuan dan keadaan di lapangan.",
        error_messages={"required": "Centang pernyataan bahwa angka sesuai dengan pembukuan"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    seen = forms.ChoiceField(widget=forms.HiddenInput, choices=ProgressReport.Status.choices)
    client_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, report: ProgressReport) -> None:
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
        signer = self.fields["signer"]
        signer.queryset, people = officials, list(officials)
        signer.choices = [("", signer.empty_label), *((each.pk, _who(each)) for each in people)]
        if not people:
            signer.help_text = _no_signer(report)
        self.fields["letter_date"].latest = clock.today()

    def sending(self) -> dict[str, object]:
        """What ``submit_report`` needs of the form."""
        names = ("signer", "letter_no", "letter_date", "version", "seen", "client_token")
        return {name: self.cleaned_data[name] for name in names}


def _who(official: Official) -> str:
    return f"{official.name}, {signed_title(official)}"


def _no_signer(report: ProgressReport) -> str:
    """An empty list says who fills it, and where."""
    sentence = "Belum ada pejabat %s yang sedang menjabat. Minta {office} menambahkannya di Kelola, Pejabat: {contact}."
    return said(sentence) % report.agency
