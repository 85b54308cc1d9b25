"""The form that records a correction: which score, what it should have been, and the minutes that say so."""

from collections.abc import Iterable
from typing import Any

from django import forms

from facilitators.recruitment.panel.corrections import CountedScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper


class ScoreCorrectionForm(PlainForm):
    """A choice names the score with the value that was shown: corrected meanwhile, it is no choice any more."""

    helper = form_helper("Catat koreksi")
    score = forms.ChoiceField(
        label="Nilai yang dikoreksi",
        error_messages={"invalid_choice": "Nilai ini sudah berubah sejak halaman ini dibuka. Pilih lagi."},
    )
    new = forms.IntegerField(label="Nilai yang benar", min_value=0)
    minutes_no = forms.CharField(
        label="Nomor berita acara",
        max_length=80,
        help_text="Berita acara koreksi nilai yang ditandatangani panelis itu dan ketua panel.",
    )
    minutes_on = IndonesianDateField(label="Tanggal berita acara", help_text="Misalnya 7 Oktober 2019.")
    reason = forms.CharField(
        label="Alasan", max_length=300, help_text="Misalnya salah tekan: 1 diberikan, 4 yang dimaksud."
    )

    def __init__(self, *args: Any, record: RecruitmentRound, scores: Iterable[CountedScore], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        five = record.scale == RecruitmentRound.Scale.FIVE
        self.least, self.most = (1, 5) if five else (0, 100)
        self.fields["new"].help_text = "1 sampai 5." if five else "0 sampai 100."
        self.by_choice = {f"{row.pk}-{row.counts}": row for row in scores}
        choices = [("", "Pilih"), *((key, _label(row)) for key, row in self.by_choice.items())]
        field_of(self, "score", forms.ChoiceField).choices = choices

    def clean_new(self) -> int:
        new = self.cleaned_data["new"]
        if not self.least <= new <= self.most:
            raise forms.ValidationError(f"Isi bilangan {self.least} sampai {self.most}.")
        return new

    def clean_minutes_on(self) -> Any:
        day = self.cleaned_data["minutes_on"]
        if day > clock.today():
            raise forms.ValidationError("Tanggal berita acara belum tiba. Koreksi dicatat sesudah ditandatangani.")
        return day

    def found(self) -> dict[str, Any]:
        """What ``correct_score`` takes."""
        typed = {name: self.cleaned_data[name] for name in ("new", "minutes_no", "minutes_on", "reason")}
        score = self.by_choice[self.cleaned_data["score"]]
        return {"score": score, "seen": score.counts, **typed}


def _label(row: CountedScore) -> str:
    words = {
        "part": row.sheet.get_part_display(),
        "criterion": row.criterion,
        "who": row.sheet.seat.user,
        "value": row.counts,
    }
    return "{part}, {criterion}, {who}: {value}".format(**words)
