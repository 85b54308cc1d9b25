"""What was decided and is in no draft, as rows to tick: what each fixes and replaces, and which draft takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Count
from django.forms.boundfield import BoundWidget

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.decrees.amending import RECRUITMENT, offer_for
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes
from p2emas.ui import controls
from p2emas.ui.fields import KeysField
from p2emas.ui.formats import long_date
from p2emas.ui.forms import PlainForm

NEW = "Konsep baru"
DECIDED = ("determination", "candidate", RECRUITMENT)


@dataclass(frozen=True)
class ReadyRow:
    """One decided record. ``close`` is the box of the competency that it replaces, ``confirms`` the one it repeats."""

    box: BoundWidget
    words: str
    url: str
    minutes: Minutes | None
    decided_at: datetime | None
    is_sample: bool
    close: BoundWidget | None = None
    replaced: CoreCompetency | None = None
    confirms: CoreCompetency | None = None


@dataclass(frozen=True)
class DraftChoice:
    radio: BoundWidget
    words: str
    meta: str


class _Drafts(forms.ModelChoiceField):
    def label_from_instance(self, draft: Decree) -> str:
        return f"Konsep yang terbuka: {draft.about}"


def _boxes(queryset: Any, label: str) -> KeysField:
    gone = "Yang ditandai tadi sudah ada dalam konsep lain atau tidak lagi diputuskan. Pilih lagi."
    messages = {"invalid_choice": gone, "invalid_pk_value": gone}
    widget = forms.CheckboxSelectMultiple
    return KeysField(queryset, label=label, required=False, widget=widget, error_messages=messages)


class ReadyForm(PlainForm):
    """Boxes of what was decided, those of what it replaces (ticked to be closed), and the draft that takes it."""

    determination = _boxes(CompetencyDetermination.objects.none(), "Kompetensi inti")
    candidate = _boxes(Candidate.objects.none(), "Lokasi sasaran")
    recruitment = _boxes(RecruitmentRound.objects.none(), "Pendamping masyarakat")
    closes = _boxes(CoreCompetency.objects.none(), "Yang digantikan")
    into = _Drafts(
        Decree.objects.none(),
        label="Masukkan ke",
        required=False,
        blank=True,
        empty_label=NEW,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer = offer_for(None)
        found: dict[str, list[Any]] = {
            "determination": list(offer.determination.select_related("minutes")),
            "candidate": list(offer.candidate.select_related("round__minutes")),
            RECRUITMENT: list(offer.recruitment),
        }
        districts = [record.district_id for record in found["determination"]]
        standing = CoreCompetency.objects.standing().filter(district__in=districts).select_related("commodity")
        self.standing = {row.district_id: row for row in standing}
        self.total = sum(map(len, found.values()))
        self._offer("closes", standing, list(self._replaced(found["determination"], offer.core_competency)))
        for name, rows in found.items():
            self._offer(name, getattr(offer, name), rows)
        drafts = Decree.objects.drafts().with_text().order_by("-created_at", "-pk")
        things = Count("items", distinct=True) + Count("recruitments", distinct=True)
        self.fields["into"].queryset = drafts.annotate(things=things)  # type: ignore[attr-defined]

    def _replaced(self, records: list[CompetencyDetermination], free: Any) -> Iterator[CoreCompetency]:
        """Competencies that a record here takes the place of, and that no draft ends already."""
        keys = set(free.order_by().values_list("pk", flat=True)) if records else set()
        for record in records:
            row = self.standing.get(record.district_id)
            if row is not None and row.pk in keys and row.commodity_id != record.chosen_id:
                yield row

    def _offer(self, name: str, queryset: Any, rows: list) -> None:
        """``rows`` are at hand: the field asks for them once more only to check what was sent."""
        if not rows:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.queryset = queryset.filter(pk__in=[row.pk for row in rows])
        field.choices = [(row.pk, str(row)) for row in rows]
        self._rows = getattr(self, "_rows", {}) | {name: {str(row.pk): row for row in rows}}
        if name == "closes":
            field.initial = [row.pk for row in rows]

    @property
    def is_empty(self) -> bool:
        return self.total == 0

    @property
    def kinds(self) -> list[forms.BoundField]:
        """The fields whose errors are said above the table."""
        return [self[name] for name in (*DECIDED, "closes") if name in self.fields]

    @property
    def rows(self) -> Iterator[ReadyRow]:
        closes = {str(box.data["value"]): box for box in self._boxes_of("closes")}
        for name in DECIDED:
            for box in self._boxes_of(name):
                yield self._row(box, self._rows[name][str(box.data["value"])], closes)

    def _boxes_of(self, name: str) -> list[BoundWidget]:
        return controls.choices(self[name]) if name in self.fields else []

    def _row(self, box: BoundWidget, record: Any, closes: dict[str, BoundWidget]) -> ReadyRow:
        if isinstance(record, Candidate):
            words = f"Lokasi sasaran {record.village}, Kec. {record.village.district}"
            selection = record.round
            url = record.get_absolute_url()
            return ReadyRow(box, words, url, selection.minutes, selection.decided_at, record.is_sample)
        about = (record.get_absolute_url(), record.minutes, record.decided_at)
        if isinstance(record, RecruitmentRound):
            words = f"{record}: {record.accepted} pendamping"  # type: ignore[attr-defined]
            return ReadyRow(box, words, *about, record.is_sample)
        words = f"Kompetensi inti {record.district}: {record.chosen}"
        row = self.standing.get(record.district_id)
        if row is not None and row.commodity_id == record.chosen_id:
            return ReadyRow(box, words, *about, record.rests_on_sample, confirms=row)
        close = closes.get(str(row.pk)) if row else None
        return ReadyRow(box, words, *about, record.rests_on_sample, close=close, replaced=row)

    @property
    def drafts(self) -> Iterator[DraftChoice]:
        """A new one, and those that are open."""
        for radio in controls.choices(self["into"]):
            draft = getattr(radio.data["value"], "instance", None)
            meta = "" if draft is None else f"Disusun {long_date(draft.created_at)}, {draft.things} butir"
            yield DraftChoice(radio, str(radio.choice_label), meta)

    @property
    def ticked(self) -> dict[str, Any]:
        """What ``draft_decided`` is asked for."""
        given = {name: self.cleaned_data.get(name) or [] for name in (*DECIDED, "closes")}
        return {
            "determinations": given["determination"],
            "candidates": given["candidate"],
            "recruitments": given[RECRUITMENT],
            "closing": {row.pk for row in given["closes"]},
            "into": self.cleaned_data["into"],
        }

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not (self.errors or any(cleaned.get(name) for name in DECIDED)):
            first = next((name for name in DECIDED if name in self.fields), None)
            self.add_error(first, "Pilih sedikitnya satu keputusan.")
        return cleaned
