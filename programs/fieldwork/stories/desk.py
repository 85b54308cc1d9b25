"""The page where photos and texts of visits are ticked, released and withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict

from p2emas.accounts.models import User
from p2emas.ui.fields import KeysField
from p2emas.ui.forms import PlainForm, field_of
from programs.fieldwork.list_forms import ALL, VisitFilterForm
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.fieldwork.querysets import FieldReportQuerySet
from programs.fieldwork.stories.models import StoryPart, releasable
from programs.fieldwork.stories.releasing import Ticked

GONE = "Yang ditandai tadi tidak lagi dapat diterbitkan. Tandai lagi."
MESSAGES = {"invalid_choice": GONE, "invalid_pk_value": GONE}
RELEASE, WITHDRAW = "terbitkan", "tarik"


class StoryFilterForm(VisitFilterForm):
    """``?keadaan=terbit&desa=ensaid-panjang``."""

    STATES = (("belum", "Belum ada yang terbit"), ("terbit", "Ada yang terbit"))

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self.visits = releasable(user)
        field_of(self, "keadaan", forms.ChoiceField).choices = [ALL, *self.STATES]

    def apply(self) -> FieldReportQuerySet:
        self.is_valid()
        found, chosen = self.visits, self.cleaned_data
        if word := chosen.get("keadaan"):
            public = Exists(StoryPart.objects.filter(report=OuterRef("pk"), status=StoryPart.Status.PUBLISHED))
            found = found.filter(public if word == "terbit" else ~public)
        if slug := chosen.get("desa"):
            found = found.filter(village__slug=slug)
        return found


class ReleaseForm(PlainForm):
    """The ticks of the page, and which of its two buttons was pressed."""

    tulisan = KeysField(FieldReport.objects.none(), label="Tulisan", required=False, error_messages=MESSAGES)
    foto = KeysField(FieldPhoto.objects.none(), label="Foto", required=False, error_messages=MESSAGES)
    langkah = forms.ChoiceField(choices=((RELEASE, "Terbitkan"), (WITHDRAW, "Tarik")))

    def __init__(self, data: QueryDict | None, *, user: User) -> None:
        super().__init__(data)
        visits = releasable(user)
        field_of(self, "tulisan", KeysField).queryset = visits
        field_of(self, "foto", KeysField).queryset = FieldPhoto.objects.filter(report__in=visits)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data["tulisan"] and not data["foto"]:
            raise forms.ValidationError("Tandai dulu tulisan atau foto.")
        return data

    @property
    def ticked(self) -> Ticked:
        return Ticked(list(self.cleaned_data["tulisan"]), list(self.cleaned_data["foto"]))


@dataclass(frozen=True)
class TickedPhoto:
    photo: FieldPhoto
    part: StoryPart | None
    is_ticked: bool


@dataclass(frozen=True)
class StoryRow:
    """One visit of the page: its text and photos, each with its state and its box."""

    report: FieldReport
    ticks: QueryDict | None

    @cached_property
    def _parts(self) -> dict[int | None, StoryPart]:
        return {part.photo_id: part for part in self.report.story_parts.all()}

    def _has(self, name: str, pk: int) -> bool:
        return self.ticks is not None and str(pk) in self.ticks.getlist(name)

    @property
    def text_part(self) -> StoryPart | None:
        return self._parts.get(None)

    @property
    def text_is_ticked(self) -> bool:
        return self._has("tulisan", self.report.pk)

    @cached_property
    def photos(self) -> list[TickedPhoto]:
        return [
            TickedPhoto(photo, self._parts.get(photo.pk), self._has("foto", photo.pk))
            for photo in self.report.photos.all()
        ]


def story_rows(reports: Iterable[FieldReport], ticks: QueryDict | None) -> list[StoryRow]:
    return [StoryRow(report, ticks) for report in reports]
