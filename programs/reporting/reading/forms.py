"""Filters of the list of reports, as they are written in the URL."""

import re
from datetime import date

from django import forms
from django.db.models import Exists, OuterRef

from p2emas.accounts.models import Agency
from p2emas.ui.formats import quarter_short
from p2emas.ui.forms import field_of
from programs.reporting.reports.models import ProgressReport, ProgressReportQuerySet, ReportingPeriod

NUMBER = re.compile(r"(?:LAP-(?P<year>\d{4})-T(?P<quarter>[1-4])-)?0*(?P<pk>\d{1,15})", re.ASCII | re.IGNORECASE)
STATUS_WORDS = {
    "belum": ProgressReport.Status.NOT_STARTED,
    "draf": ProgressReport.Status.DRAFT,
    "menunggu": ProgressReport.Status.WAITING,
    "diverifikasi": ProgressReport.Status.VERIFYING,
    "dikembalikan": ProgressReport.Status.RETURNED,
    "disetujui": ProgressReport.Status.APPROVED,
    "dikunci": ProgressReport.Status.LOCKED,
}
# The three counts of the leaders' page: each report is in one of them.
VERIFIED, UNVERIFIED, MISSING = "terverifikasi", "belum-diverifikasi", "belum-masuk"
STATUS_GROUPS: dict[str, tuple[str, ...]] = {
    VERIFIED: ProgressReport.APPROVED_STATES,
    UNVERIFIED: ProgressReport.ON_DESK,
    MISSING: ProgressReport.WITH_AGENCY,
}
GROUP_LABELS = (
    (VERIFIED, "Terverifikasi (Disetujui, Dikunci)"),
    (UNVERIFIED, "Belum diverifikasi (Menunggu, Sedang)"),
    (MISSING, "Belum masuk (Belum diisi, Draf, Dikembalikan)"),
)


class ReportFilterForm(forms.Form):
    """``?periode=2019-T3&skpd=distanbun&status=menunggu&terlambat=on&nomor=LAP-2019-T3-0042``"""

    periode = forms.ChoiceField(label="Periode", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Semua"), *((word, status.label) for word, status in STATUS_WORDS.items()), *GROUP_LABELS],
    )
    nomor = forms.CharField(label="Nomor laporan", required=False, max_length=40)
    terlambat = forms.BooleanField(label="Terlambat", required=False)

    def __init__(self, data, *, reports: ProgressReportQuerySet, periods, many_agencies: bool) -> None:
        super().__init__(data)
        self.reports = reports
        field_of(self, "periode", forms.ChoiceField).choices = [("", "Semua"), *periods]
        if many_agencies:
            # one look into the index for each agency, not a walk over every report
            agencies = Agency.objects.filter(Exists(reports.order_by().filter(agency=OuterRef("pk"))))
            offered = agencies.values_list("code", "short_name")
            field_of(self, "skpd", forms.ChoiceField).choices = [("", "Semua"), *offered]
        else:
            del self.fields["skpd"]

    def clean_nomor(self) -> re.Match | None:
        text = self.cleaned_data["nomor"].strip()
        if not text:
            return None
        found = NUMBER.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Tulis nomor seperti LAP-2019-T3-0042, atau angka terakhirnya saja")
        return found

    def apply(self, on: date) -> ProgressReportQuerySet:
        """The reports that every right filter lets through; a filter that cannot be read is no filter."""
        self.is_valid()
        chosen = self.cleaned_data
        reports = self.reports
        if code := chosen.get("periode"):
            year, _sep, quarter = code.partition("-T")
            reports = reports.of_quarter(int(year), int(quarter))
        if code := chosen.get("skpd"):
            reports = reports.filter(agency__code=code)
        if word := chosen.get("status"):
            group = STATUS_GROUPS.get(word)
            reports = reports.filter(status__in=group) if group else reports.filter(status=STATUS_WORDS[word])
        if chosen.get("terlambat"):
            reports = reports.late(on)
        if number := chosen.get("nomor"):
            reports = reports.numbered(number["year"], number["quarter"], int(number["pk"]))
        return reports


def period_choices() -> list[tuple[str, str]]:
    """Every quarter as the filter offers it, newest first; a model for each would cost more than its option."""
    quarters = ReportingPeriod.objects.order_by("-year", "-number").values_list("year", "number")
    return [(f"{year}-T{number}", quarter_short(year, number)) for year, number in quarters]
