"""Marking candidates as chosen, reserve or not: one form for the whole round, each mark with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from districts.locations.candidates.models import Candidate
from districts.locations.decision.choosing import CandidateMark, departure, is_plain_fact, suggested_reason
from districts.locations.models import TargetLocation
from districts.locations.ranking.computing import RankingLine, Standing
from districts.locations.rounds.models import SelectionRound
from p2emas.instruments.forms import RoundDiscussionForm
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField

Choice = Candidate.Choice
RESERVES = 3  # suggested below the line


class MarkForm(PlainForm):
    """One candidate: its mark and why. Departing from the ranking needs words of one's own."""

    choice = forms.ChoiceField(label="Pilihan", choices=[("", "Belum ditandai"), *Choice.choices], required=False)
    reserve_rank = QuantityField(label="Urutan cadangan", required=False, min_value=1, decimal_places=0, max_digits=3)
    reason = forms.CharField(label="Alasan", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args, line: RankingLine, candidate: Candidate, place: int, standing: Standing, **kwargs
    ) -> None:
        self.line, self.candidate, self.place, self.tied = line, candidate, place, standing.unbroken_tie
        self.suggestion = suggested_reason(line, len(standing.ranked))
        super().__init__(*args, prefix=f"calon-{candidate.pk}", **kwargs)
        depend_on_others(self, "choice", "reserve_rank", "reason")  # all three are asked for together, or none

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice, reason = cleaned.get("choice"), (cleaned.get("reason") or "").strip()
        if choice and (problem := self._problem_of(choice, reason)):
            self.add_error("reason", problem)
        if choice == Choice.RESERVE and not cleaned.get("reserve_rank") and "reserve_rank" not in self.errors:
            self.add_error("reserve_rank", "Isi urutan cadangan, mulai dari 1.")
        return cleaned

    def _problem_of(self, choice: str, reason: str) -> str:
        """Why ``reason`` does not carry the choice, or ""."""
        if not reason:
            return "Tulis alasan pilihan ini."
        if is_plain_fact(reason) and reason != self.suggestion:
            return f"Alasan ini menyebut angka yang tidak berlaku lagi. Sekarang: {self.suggestion}"
        if reason == self.suggestion and departure(self.candidate, choice, line=self.line, tied=self.tied):
            return "Pilihan ini tidak mengikuti peringkat atau survei: tulis alasannya sendiri."
        return ""

    @property
    def pending(self) -> CandidateMark:
        choice = self.cleaned_data["choice"]
        rank = self.cleaned_data.get("reserve_rank")
        return CandidateMark(
            choice=choice,
            reason=self.cleaned_data["reason"].strip(),
            reserve_rank=int(rank) if choice == Choice.RESERVE and rank else None,
        )


@dataclass
class ChoicesForm:
    """All marks and the round's text, valid together or not at all."""

    text: RoundDiscussionForm
    marks: list[MarkForm]

    @classmethod
    def of(cls, selection: SelectionRound, standing: Standing, data: QueryDict | None = None) -> "ChoicesForm":
        rows = {row.pk: row for row in selection.candidates.open_to_choice().for_table()}
        lines = [line for line in standing.lines if line.id in rows]
        initial = {"discussion": selection.discussion, "minutes": selection.minutes_id}
        marks = [
            MarkForm(
                data,
                line=line,
                candidate=rows[line.id],
                place=place,
                standing=standing,
                initial=_initial(rows[line.id], line, place, standing),
            )
            for place, line in enumerate(lines, 1)
        ]
        return cls(RoundDiscussionForm(data, initial=initial), marks)

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in (self.text, *self.marks)]
        return all(each) and self._reserves_differ()

    def _reserves_differ(self) -> bool:
        seen: dict[int, MarkForm] = {}
        for mark in self.marks:
            rank = mark.pending.reserve_rank
            if rank in seen and rank is not None:
                other = seen[rank].candidate
                mark.add_error("reserve_rank", f"Urutan ini sudah dipakai {other}.")
            elif rank is not None:
                seen[rank] = mark
        return not any(mark.errors for mark in self.marks)

    @property
    def choices(self) -> dict[int, CandidateMark]:
        return {mark.candidate.pk: mark.pending for mark in self.marks}

    @property
    def forms(self) -> Iterator[forms.BaseForm]:
        yield self.text
        yield from self.marks


def _initial(candidate: Candidate, line: RankingLine, place: int, standing: Standing) -> dict[str, object]:
    """What is saved; for a candidate without a mark what follows from the ranking, to be read and changed.

    Those that tie at the line, where no rule breaks the tie, get no mark: the person who decides says which of them.
    """
    if candidate.choice:
        fact = is_plain_fact(candidate.reason)  # of earlier values: the current ones replace it
        reason = suggested_reason(line, len(standing.ranked)) if fact else candidate.reason
        return {"choice": candidate.choice, "reason": reason, "reserve_rank": candidate.reserve_rank}
    if line.rank is None or line in standing.unbroken_tie:
        return {"reason": ""}
    reserve = place - standing.quota
    choice = Choice.CHOSEN if line.placed else Choice.RESERVE if 1 <= reserve <= RESERVES else Choice.NOT_CHOSEN
    return {
        "choice": choice,
        "reason": suggested_reason(line, len(standing.ranked)),
        "reserve_rank": reserve if choice == Choice.RESERVE else None,
    }


class PromoteForm(PlainForm):
    """Which target location makes room, and why the reserve moves up."""

    leaving = RowField(
        TargetLocation.objects.none(),
        label="Lokasi yang diakhiri",
        required=False,
        empty_label="Tidak ada, masih ada tempat",
        search_fields=("village__name", "village__code", "village__district__name"),
        name_fields=("village__name", "village__code"),
    )

    def __init__(self, *args, selection: SelectionRound, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "leaving", RowField).queryset = TargetLocation.objects.standing_of(selection)


class CloseForm(PlainForm):
    helper = form_helper("Buat konsep keputusan")
    reason = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Masuk ke konsep keputusan, misalnya: kegiatannya sudah diteruskan desa sendiri.",
    )
