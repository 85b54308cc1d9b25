"""The form of the administrative check of one application: each requirement, and one decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import ApplicationFile
from facilitators.recruitment.rounds.requirements import DocumentKind, Requirement
from p2emas import clock
from p2emas.ui.fields import MomentField
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import FromTemplate, Group, Heading, drawn_helper

PASS, ASK, REFUSE = "pass_files", "ask_completion", "refuse_files"
DAYS_TO_COMPLETE = 3
MET, UNMET = "1", "0"
REASONS = [
    (Application.Reason.FILES.value, Application.Reason.FILES.label),
    (Application.Reason.REQUIREMENT.value, Application.Reason.REQUIREMENT.label),
]
LAST = time(16, 0)  # the office's closing time, as the deadline that is proposed


@dataclass(frozen=True)
class AskedPaper:
    """A paper that the round asks for, with the files that the applicant sent of it."""

    kind: DocumentKind
    scans: list[ApplicationFile]

    @property
    def is_missing(self) -> bool:
        return self.kind.required and not self.scans

    def __str__(self) -> str:
        return str(self.kind)


class CheckForm(PlainForm):
    """What was found in the papers, and one decision."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label="Keputusan", widget=forms.RadioSelect)
    missing = forms.CharField(
        label="Apa yang kurang",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dibaca pelamar. Sebut berkasnya dan apa yang salah.",
    )
    complete_by = MomentField(label="Dilengkapi sebelum", required=False)
    category = forms.ChoiceField(
        label="Alasan penolakan",
        choices=REASONS,
        required=False,
        widget=forms.RadioSelect,
        help_text="Pelamar membaca alasan ini.",
    )
    sentence = forms.CharField(
        label="Penjelasan penolakan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tersimpan di riwayat kantor, tidak dibaca pelamar.",
    )

    def __init__(
        self,
        *args: Any,
        application: Application,
        requirements: list[Requirement],
        papers: list[AskedPaper],
        known: dict[int, bool],
        outside: dict[int, str],
        doubles: Sequence[Application] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.requirements, self.papers, self.doubles = requirements, papers, doubles
        if doubles:
            category = field_of(self, "category", forms.ChoiceField)
            category.choices = [*REASONS, (Application.Reason.DOUBLE.value, Application.Reason.DOUBLE.label)]
            category.help_text = (
                "Pelamar membaca alasan ini. Sebut “orang yang sama” hanya bila KTP-nya membuktikannya."
            )
        self._ask_of_each(requirements, known, outside)
        choices = [(PASS, "Lolos"), (ASK, "Berkas kurang"), (REFUSE, "Tolak")]
        if application.status != Application.Status.SENT:  # asked already: the deadline runs
            choices.pop(1)
        field_of(self, "decision", forms.ChoiceField).choices = choices
        last = datetime.combine(clock.today() + timedelta(days=DAYS_TO_COMPLETE), LAST)
        self.initial.update(
            {
                "version": application.version,
                "missing": ", ".join(str(paper) for paper in papers if paper.is_missing),
                "complete_by": timezone.make_aware(last),
            }
        )
        depend_on_others(self, "missing", "complete_by", "category", "sentence")
        self.helper = self._layout(requirements)

    def _ask_of_each(self, requirements: list[Requirement], known: dict[int, bool], outside: dict[int, str]) -> None:
        for row in requirements:
            verdict = known.get(row.pk)
            self.fields[f"s{row.pk}"] = forms.ChoiceField(
                label=row.text,
                help_text=outside.get(row.pk, ""),
                choices=[(MET, "Terpenuhi"), (UNMET, "Tidak terpenuhi")],
                required=False,
                initial=None if verdict is None else MET if verdict else UNMET,
                widget=forms.RadioSelect,
            )
            depend_on_others(self, f"s{row.pk}")

    @staticmethod
    def _layout(requirements: list[Requirement]) -> FormHelper:
        return drawn_helper(
            "version",
            Heading("Pemeriksaan"),
            *(f"s{row.pk}" for row in requirements),
            "decision",
            Group("Bila berkas kurang", "missing", "complete_by", css="when-ask"),
            Group("Bila ditolak", "category", "sentence", css="when-refuse"),
            FromTemplate("facilitators/recruitment/_check_buttons.html"),
            ctrl_enter=True,
        )

    def met(self) -> dict[int, bool]:
        """Requirement -> whether it is met; those left open are not in it."""
        found = {row.pk: self.cleaned_data.get(f"s{row.pk}") for row in self.requirements}
        return {pk: verdict == MET for pk, verdict in found.items() if verdict}

    def note(self) -> str:
        decision = self.cleaned_data["decision"]
        name = {ASK: "missing", REFUSE: "sentence"}.get(decision)
        return self.cleaned_data[name].strip() if name else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        checks = {PASS: self._check_pass, ASK: self._check_ask, REFUSE: self._check_refuse}
        if check := checks.get(data.get("decision", "")):
            check(data)
        return data

    def _check_pass(self, data: dict[str, Any]) -> None:
        for row in self.requirements:
            verdict = data.get(f"s{row.pk}")
            if not verdict:
                self.add_error(f"s{row.pk}", "Pilih terpenuhi atau tidak.")
            elif verdict == UNMET:
                self.add_error("decision", "Ada syarat yang tidak terpenuhi, jadi lamaran ini tidak dapat diloloskan.")
        for paper in self.papers:
            if paper.is_missing:
                self.add_error("decision", f"{paper} belum ada. Pilih “Berkas kurang” atau “Tolak”.")

    def _check_ask(self, data: dict[str, Any]) -> None:
        if not data.get("missing", "").strip():
            self.add_error("missing", "Tulis apa yang kurang.")
        if "complete_by" in self.errors:
            return
        if not data.get("complete_by"):
            self.add_error("complete_by", "Isi sampai kapan pelamar dapat melengkapinya.")
        elif data["complete_by"] <= clock.now():
            self.add_error("complete_by", "Batas ini sudah lewat. Isi waktu yang akan datang.")

    def _check_refuse(self, data: dict[str, Any]) -> None:
        if not data.get("category"):
            self.add_error("category", "Pilih alasannya.")
        if not data.get("sentence", "").strip():
            self.add_error("sentence", "Tulis mengapa ditolak.")
        open_ = [row for row in self.requirements if data.get(f"s{row.pk}") == UNMET]
        if data.get("category") == Application.Reason.REQUIREMENT and self.requirements and not open_:
            self.add_error("category", "Tandai dahulu syarat yang tidak terpenuhi.")
