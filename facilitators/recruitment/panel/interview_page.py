"""The interviews of a round: the table of times, and the form that proposes them all."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.interviews import Slot, others, where
from facilitators.recruitment.panel.models import Interview
from facilitators.recruitment.rounds.frame_forms import VersionOnlyForm
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.ui.fields import MomentField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.ui.paging import Page, paginate

ROWS = 100


class PlanForm(PlainForm):
    """From which moment, how long each, and where."""

    helper = form_helper("Susun jadwal")
    version = forms.IntegerField(widget=forms.HiddenInput)
    start = MomentField(label="Wawancara pertama", help_text="Contoh 12-11-2019 08.00.")
    minutes = forms.IntegerField(
        label="Menit untuk tiap orang",
        min_value=5,
        max_value=240,
        initial=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num num"}),
        error_messages={
            "invalid": "Tulis angka bulat, contoh 30.",
            "min_value": "Isi 5 menit atau lebih.",
            "max_value": "Isi paling banyak 240 menit.",
        },
    )
    room = forms.CharField(label="Tempat", max_length=100, help_text="Gedung dan ruangnya.")

    def clean_start(self) -> Any:
        start = self.cleaned_data["start"]
        if start <= clock.now():
            raise forms.ValidationError("Waktu ini sudah lewat. Isi waktu yang akan datang.")
        return start


class SlotForm(PlainForm):
    at = MomentField(label="Waktu", required=False)
    room = forms.CharField(label="Tempat", max_length=120, required=False)

    def __init__(self, *args: Any, application: Application, interview: Interview | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.initial = {"at": interview.at, "room": interview.room} if interview else {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        at, room = data.get("at"), data.get("room", "").strip()
        if at and not room:
            self.add_error("room", "Isi tempatnya.")
        if at and self.has_changed() and at <= clock.now():
            self.add_error("at", "Waktu ini sudah lewat. Isi waktu yang akan datang.")
        if not at and "at" not in self.errors:
            self._ask_for_moment(room)
        return data

    def _ask_for_moment(self, room: str) -> None:
        if room:
            self.add_error("at", "Isi waktunya.")
        elif self.application.status == Application.Status.INVITED:
            self.add_error("at", "Pelamar sudah diundang, jadi waktunya harus ada.")


@dataclass
class SchedulePage:
    """One page of the table: who passed the test or is invited, each with a time."""

    record: RecruitmentRound
    query: QueryDict
    writes: bool
    data: QueryDict | None = None
    page: Page = field(init=False)
    rows: list[tuple[Application, Interview | None, SlotForm | None]] = field(init=False)

    def __post_init__(self) -> None:
        query = self.query.copy()
        query.pop("baris", None)
        people = self.record.applications.interviewed() if self.is_over else self.record.applications.for_interview()
        self.page = paginate(people.for_tests(), query, size=ROWS)
        found = Interview.objects.newest_of([application.pk for application in self.page])
        self.head = VersionOnlyForm(self.data, initial={"version": self.record.version})
        self.rows = []
        for application in self.page:
            interview = found.get(application.pk)
            self.rows.append((application, interview, self._form(application, interview)))

    @property
    def is_over(self) -> bool:
        """Handed over: nobody is invited any more, and what was is read in it."""
        return self.record.status in self.record.JUDGED and self.record.status != RecruitmentRound.Status.SELECTION

    def _form(self, application: Application, interview: Interview | None) -> SlotForm | None:
        if not self.writes:
            return None
        return SlotForm(self.data, prefix=f"w{application.pk}", application=application, interview=interview)

    @property
    def forms(self) -> list[tuple[Application, SlotForm]]:
        return [(application, form) for application, _interview, form in self.rows if form]

    def slots(self) -> list[Slot] | None:
        """None when something cannot be read, which is then said in its row."""
        valid = [form.is_valid() for form in (self.head, *(form for _application, form in self.forms))]
        if not all(valid) or self._refuse_doubles():
            return None
        return [
            Slot(application, form.cleaned_data["at"], form.cleaned_data["room"].strip())
            for application, form in self.forms
        ]

    def _refuse_doubles(self) -> bool:
        """Nobody is moved to a moment and room that another one has; what is stored that way does not stop the rest."""
        taken = others(self.record, [application.pk for application in self.page])
        rows = [(application, form) for application, form in self.forms if form.cleaned_data["at"]]
        for application, form in sorted(rows, key=lambda row: row[1].has_changed()):
            place = where(form.cleaned_data["at"], form.cleaned_data["room"])
            if form.has_changed() and place in taken:
                form.add_error("at", f"{taken[place]} sudah dijadwalkan pada waktu dan tempat ini.")
            taken.setdefault(place, application)
        return any(form.errors for _application, form in rows)
