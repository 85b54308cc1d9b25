"""Forms of the choices: a mark for each invited applicant, the round's own words, and the second interview."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.computing import Results
from facilitators.recruitment.result.pending import Choice, PendingChoice, suggestions
from facilitators.recruitment.rounds.frame_forms import VersionOnlyForm
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from p2emas import clock
from p2emas.instruments.forms import RoundDiscussionForm
from p2emas.naming import named
from p2emas.ui.fields import IndonesianDateField, QuantityField
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper

NONE_SEEN = -1


class ApplicantMarkForm(PlainForm):
    """One applicant: choice, place or order, and why where it departs from the ranking."""

    choice = forms.ChoiceField(label="Pilihan", choices=[("", "Belum ditandai"), *Choice.choices], required=False)
    place = forms.ChoiceField(label="Formasi", required=False)
    reserve_rank = QuantityField(label="Urutan cadangan", required=False, min_value=1, decimal_places=0, max_digits=3)
    reason = forms.CharField(label="Alasan", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, application: Application, line: dict, expected: PendingChoice, places: list, **kwargs: Any
    ):
        self.application, self.line, self.expected = application, line, expected
        super().__init__(*args, prefix=f"pelamar-{application.pk}", **kwargs)
        field_of(self, "place", forms.ChoiceField).choices = [("", "–"), *places]
        self.advice = _advice(expected, dict(places))
        depend_on_others(self, *self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice = cleaned.get("choice")
        if choice == Choice.ACCEPT:
            self._ask_for("place", "Pilih formasi bagi yang diterima.")
        if choice == Choice.RESERVE:
            self._ask_for("reserve_rank", "Isi urutan cadangan, mulai dari 1.")
        if choice and not self.errors and self.departs and not self.pending.reason:
            self.add_error("reason", "Pilihan ini menyimpang dari peringkat: tulis alasannya.")
        return cleaned

    def _ask_for(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    @property
    def departs(self) -> bool:
        return self.pending.mark != self.expected.mark

    @property
    def pending(self) -> PendingChoice:
        choice, data = self.cleaned_data.get("choice", ""), self.cleaned_data
        return PendingChoice(
            choice=choice,
            place=int(data["place"]) if choice == Choice.ACCEPT and data.get("place") else None,
            reserve_rank=int(data["reserve_rank"]) if choice == Choice.RESERVE and data.get("reserve_rank") else None,
            reason=(data.get("reason") or "").strip(),
        )


@dataclass
class ApplicantChoicesForm:
    """All marks and the round's text, valid together or not at all."""

    head: VersionOnlyForm
    text: RoundDiscussionForm
    marks: list[ApplicantMarkForm]
    places: list[Place]

    @classmethod
    def of(cls, record: RecruitmentRound, results: Results, data: Any = None) -> "ApplicantChoicesForm":
        rows = {row.pk: row for row in record.applications.invited()}
        places = list(record.places.select_related("target_location__village"))
        offered = [(str(place.pk), place.target_location.village.name) for place in places]
        expected = suggestions(results)
        marks = [
            ApplicantMarkForm(
                data,
                application=rows[line["id"]],
                line=line,
                expected=expected[line["id"]],
                places=offered,
                initial=_initial(rows[line["id"]], expected[line["id"]]),
            )
            for line in results["lines"]
            if line["id"] in rows
        ]
        text = RoundDiscussionForm(data, initial={"discussion": record.discussion, "minutes": record.minutes_id})
        return cls(VersionOnlyForm(data, initial={"version": record.version}), text, marks, places)

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in (self.text, *self.marks)]
        if all(each):
            self._check_places()
            self._check_reserves()
        return all(each) and not any(mark.errors for mark in self.marks)

    def _check_places(self) -> None:
        left = {place.pk: place.number for place in self.places}
        for mark in self.marks:
            place = mark.pending.place
            if place is not None:
                left[place] -= 1
                if left[place] < 0:
                    mark.add_error("place", "Formasi ini sudah penuh oleh pelamar di atasnya.")

    def _check_reserves(self) -> None:
        seen: dict[int, ApplicantMarkForm] = {}
        for mark in self.marks:
            rank = mark.pending.reserve_rank
            if rank is not None and rank in seen:
                mark.add_error("reserve_rank", f"Urutan ini sudah dipakai {seen[rank].application}.")
            elif rank is not None:
                seen[rank] = mark

    @property
    def seen(self) -> int:
        """The version that the page showed; one that no round has where it cannot be read."""
        return self.head.cleaned_data["version"] if self.head.is_valid() else NONE_SEEN

    @property
    def choices(self) -> dict[int, PendingChoice]:
        return {mark.application.pk: mark.pending for mark in self.marks}

    @property
    def forms(self) -> Iterator[forms.BaseForm]:
        yield self.text
        yield from self.marks


def _advice(expected: PendingChoice, places: dict[str, str]) -> str:
    """What follows from the ranking, in words."""
    word = Choice(expected.choice).label.lower()
    return f"{word} {places.get(str(expected.place), expected.reserve_rank or '')}".strip()


def _initial(application: Application, expected: PendingChoice) -> dict[str, Any]:
    """What is saved; without a mark what follows from the ranking, to be read and changed."""
    mark = PendingChoice.of(application) if application.choice else expected
    return {"choice": mark.choice, "place": mark.place, "reserve_rank": mark.reserve_rank, "reason": mark.reason}


class AgainForm(PlainForm):
    """When and where those who tie are interviewed again."""

    helper = form_helper("Jadwalkan wawancara ulang")
    day = IndonesianDateField(label="Tanggal")
    hour = forms.TimeField(
        label=named("Jam ({zone})"),
        input_formats=["%H.%M", "%H:%M"],
        widget=forms.TextInput(attrs={"class": "w-num", "inputmode": "text"}),
        help_text="Misalnya 09.00.",
        error_messages={"invalid": "Isi jam seperti 09.00."},
    )
    room = forms.CharField(label="Tempat", max_length=120)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, hour = data.get("day"), data.get("hour")
        if day and hour:
            self.at = timezone.make_aware(datetime.combine(day, hour))
            if self.at <= clock.now():
                self.add_error("day", "Waktu ini sudah lewat. Isi waktu yang akan datang.")
        return data

    def values(self) -> dict[str, Any]:
        return {"at": self.at, "room": self.cleaned_data["room"]}
