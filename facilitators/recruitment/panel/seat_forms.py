"""Forms of the panel: who sits on which panel, and a conflict of interest from a signed statement."""

from collections.abc import Iterable
from typing import Any

from django import forms

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import PanelSeat
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper


class SeatsForm(PlainForm):
    """One choice a person: no seat, or the number of the panel."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, record: RecruitmentRound, people: Iterable[User], seated: dict[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        numbered = record.panels > 1
        words = [(str(n), f"Panel {n}" if numbered else "Panelis") for n in range(1, record.panels + 1)]
        for person in self.people:
            field = forms.ChoiceField(
                label=str(person),
                choices=[("", "Bukan anggota panel"), *words],
                required=False,
                initial=str(seated.get(person.pk, "")),
                widget=forms.Select(attrs={"aria-label": f"Panel untuk {person}"}),
            )
            self.fields[f"u{person.pk}"] = field

    def rows(self) -> list[tuple[User, Any]]:
        return [(person, self[f"u{person.pk}"]) for person in self.people]

    def panels(self) -> dict[int, int | None]:
        found = {person.pk: self.cleaned_data[f"u{person.pk}"] for person in self.people}
        return {pk: int(number) if number else None for pk, number in found.items()}


class WithdrawForm(PlainForm):
    helper = form_helper("Tarik catatan")
    why = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Misalnya nomor lamaran yang keliru. Tersimpan bersama catatan yang ditarik.",
    )


class RecordedConflictForm(PlainForm):
    """Whose signed statement names which applicant."""

    helper = form_helper("Catat benturan")
    seat = forms.ModelChoiceField(label="Panelis", queryset=PanelSeat.objects.none(), empty_label="Pilih")
    number = forms.CharField(label="Nomor lamaran", max_length=40, help_text="Seperti tertulis di daftar lamaran.")
    reason = forms.CharField(
        label="Hubungan",
        max_length=200,
        help_text="Menurut pernyataan tertulisnya, misalnya keluarga atau rekan usaha.",
    )

    def __init__(self, *args: Any, record: RecruitmentRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        field_of(self, "seat", forms.ModelChoiceField).queryset = record.seats.for_table()

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        self.application = Application.objects.sent().of_round(self.record).numbered(number)
        if self.application is None:
            raise forms.ValidationError(f"Tidak ada lamaran bernomor {number} dalam tahap seleksi ini.")
        return number
