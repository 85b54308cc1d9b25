"""What a verifier asks of the queue and writes on a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from p2emas import clock
from p2emas.naming import said
from p2emas.ui.fields import LARGEST_KEY
from p2emas.ui.forms import PlainForm, field_of
from programs.reporting.reports.models import ProgressReport
from programs.reporting.verification.asked import Asked, written_note
from programs.reporting.verification.deciding import Decision, Remark
from programs.reporting.verification.finding_list import FindingGroup, FindingList

LARGEST_VERSION = 2**31 - 1
LONGEST_COMMENT = 2000
LONGEST_SKIP = 200  # reports that one round can pass by


class QueueFilterForm(forms.Form):
    """The queue's filter: only what is on the desk is offered."""

    periode = forms.ChoiceField(label="Periode", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)

    def __init__(self, data: QueryDict, reports: Sequence[ProgressReport]) -> None:
        super().__init__(data)
        self.reports = reports
        periods = {report.period.code: report.period.short for report in reports}
        agencies = {report.agency.code: report.agency.short_name for report in reports}
        field_of(self, "periode", forms.ChoiceField).choices = [("", "Semua"), *sorted(periods.items())]
        by_name = sorted(agencies.items(), key=lambda item: item[1])
        field_of(self, "skpd", forms.ChoiceField).choices = [("", "Semua SKPD"), *by_name]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "%(value)s tidak ada di antrean, saringan ini diabaikan"

    def chosen(self) -> list[ProgressReport]:
        """The reports that the filter lets through; a value that is none lets all through, with a sentence."""
        self.is_valid()
        period, agency = self.cleaned_data.get("periode"), self.cleaned_data.get("skpd")
        return [
            report
            for report in self.reports
            if period in (None, "", report.period.code) and agency in (None, "", report.agency.code)
        ]


def read_keys(text: str) -> list[int]:
    """Keys of reports from "5,7"; everything else is left out."""
    parts = text.split(",")[:LONGEST_SKIP]
    keys = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 20]
    return [key for key in dict.fromkeys(keys) if 0 < key <= LARGEST_KEY]


def write_keys(keys: Iterable[int]) -> str:
    return ",".join(str(key) for key in dict.fromkeys(keys))


@dataclass(frozen=True)
class Walk:
    """Where a verifier is in the queue: what was passed by, and the filter of the queue that the walk began with."""

    skipped: tuple[int, ...] = ()
    period: str = ""
    agency: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Walk":
        return cls(tuple(read_keys(data.get("lewati", ""))), data.get("periode", "")[:20], data.get("skpd", "")[:30])

    def passing(self, report: ProgressReport) -> "Walk":
        return replace(self, skipped=(*self.skipped, report.pk))

    @property
    def fields(self) -> dict[str, str]:
        """What travels along in addresses and forms."""
        parts = {"lewati": write_keys(self.skipped), "periode": self.period, "skpd": self.agency}
        return {name: value for name, value in parts.items() if value}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.fields, safe=',')}" if self.fields else ""

    @property
    def queue_query(self) -> str:
        """The way back to the queue as it was filtered."""
        return replace(self, skipped=()).query

    def among(self, reports: Iterable[ProgressReport]) -> list[int] | None:
        """Keys of the reports that the filter lets through; None without a filter."""
        if not (self.period or self.agency):
            return None
        return [
            report.pk
            for report in reports
            if self.period in ("", report.period.code) and self.agency in ("", report.agency.code)
        ]


class SeenForm(forms.Form):
    """What the page showed: without it, or with nonsense in it, a decision counts as made on an old page."""

    status = forms.ChoiceField(choices=ProgressReport.Status.choices, widget=forms.HiddenInput)
    versi = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)

    @classmethod
    def of(cls, report: ProgressReport) -> "SeenForm":
        return cls(initial={"status": report.status, "versi": report.version}, auto_id=False)

    @property
    def seen(self) -> tuple[str, int]:
        """(status, version) as sent; ("", 0), which no report has, when that cannot be read."""
        self.is_valid()
        return self.cleaned_data.get("status") or "", self.cleaned_data.get("versi") or 0


class DecisionForm(PlainForm, SeenForm):
    """Decision, ticked findings and note, with a comment field for each line and one for the whole report.

    The findings that are ticked are what the agency is asked to correct; a note is needed where none is ticked.
    """

    waktu = forms.CharField(required=False, widget=forms.HiddenInput)  # when the page was drawn
    keputusan = forms.ChoiceField(
        label="Keputusan", choices=Decision.choices, widget=forms.RadioSelect({"class": "form-check-input"})
    )
    temuan = forms.MultipleChoiceField(label="Minta diperbaiki", required=False)
    catatan = forms.CharField(
        label="Catatan untuk SKPD",
        required=False,
        max_length=1000,
        help_text="Wajib bila dikembalikan tanpa temuan yang dicentang.",
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: QueryDict | None, report: ProgressReport, findings: FindingList, before: Asked) -> None:
        now = clock.now().isoformat()
        shown = {"status": report.status, "versi": report.version, "waktu": now}
        super().__init__(data, initial=shown | {"temuan": before.codes, "catatan": before.note})
        self.findings = findings
        self.line_ids: list[int | None] = [*(row.line.pk for row in findings.assessment.sheet.rows), None]
        field_of(self, "temuan", forms.MultipleChoiceField).choices = [(code, code) for code in findings.codes]
        # one field of each kind for all lines, its words looked up once: there may be three hundred
        comment = forms.CharField(
            label="Komentar",
            required=False,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea({"rows": 2, "form": "putusan"}),
        )
        internal = forms.BooleanField(
            label=said("Hanya untuk {office}"), required=False, widget=forms.CheckboxInput({"form": "putusan"})
        )
        for line in self.line_ids:
            self.fields[f"komentar{_suffix(line)}"] = comment
            self.fields[f"internal{_suffix(line)}"] = internal

    def comment_of(self, line: int | None) -> BoundField:
        return self[f"komentar{_suffix(line)}"]

    def internal_of(self, line: int | None) -> BoundField:
        return self[f"internal{_suffix(line)}"]

    def is_typed(self, line: int | None) -> bool:
        """Whether a comment was typed or refused."""
        return self.is_bound and bool(self.comment_of(line).value() or self.comment_of(line).errors)

    def ticks(self) -> Iterator[tuple[FindingGroup, bool]]:
        """Every entry of the findings, and whether it is ticked."""
        ticked = self["temuan"].value() or []
        return ((group, group.code in ticked) for group in self.findings.groups)

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("temuan") or cleaned.get("catatan") or {"temuan", "catatan"} & set(self.errors)
        if cleaned.get("keputusan") == Decision.RETURN and not given:
            self.add_error("catatan", "Centang temuan yang harus diperbaiki, atau tulis alasannya dalam catatan")
        return cleaned

    @property
    def decision(self) -> Decision:
        return Decision(self.cleaned_data["keputusan"])

    @property
    def ticked(self) -> list[FindingGroup]:
        """What the agency is asked to correct; nothing when the report is approved."""
        if self.cleaned_data.get("keputusan") == Decision.APPROVE:
            return []
        return self.findings.of_codes(self.cleaned_data.get("temuan", []))

    @property
    def note(self) -> str:
        """The titles of what is ticked in one line, then what was typed."""
        titles = [group.title for group in self.ticked] if self.cleaned_data.get("keputusan") == Decision.RETURN else []
        return written_note(titles, self.cleaned_data.get("catatan", ""))

    @property
    def requests(self) -> list[Remark]:
        """What is ticked, as remarks at their lines."""
        return [Remark(text, False, line, group.code) for group in self.ticked for text, line in group.requests]

    @property
    def remarks(self) -> list[Remark]:
        """The comments that were typed, as far as they can be saved."""
        typed = ((line, self.cleaned_data.get(f"komentar{_suffix(line)}")) for line in self.line_ids)
        return [
            Remark(text, bool(self.cleaned_data.get(f"internal{_suffix(line)}")), line) for line, text in typed if text
        ]

    @property
    def shown_at(self) -> datetime | None:
        """When the page was drawn, as it says itself; None when that cannot be read."""
        try:
            moment = parse_datetime(self.cleaned_data.get("waktu") or "")
        except ValueError:
            return None
        return moment if moment is not None and timezone.is_aware(moment) else None


def _suffix(line: int | None) -> str:
    return f"-{line}" if line else ""
