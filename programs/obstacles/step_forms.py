"""The forms of the steps that ask for more than a note: who answers until when, and the answer."""

from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Agency
from p2emas.documents.forms import PrivateFilesField
from p2emas.registry.kinds import DraftedForm
from p2emas.ui import formats
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from p2emas.workflow.pages import versions_of
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import answering_agencies
from programs.obstacles.services import answer_day

DAYS = 10  # working days that an agency has, unless the coordinator says otherwise
MOST_DAYS = 90


class ObstacleSendForm(PlainForm):
    """Who answers, in how many working days, and why where it comes back or goes to another agency."""

    seen = forms.Field(required=False, widget=forms.HiddenInput)
    since = forms.Field(required=False, widget=forms.HiddenInput)
    responsible = forms.ModelChoiceField(
        label="Siapa yang menjawab",
        queryset=Agency.objects.none(),
        empty_label="Pilih SKPD atau kecamatan",
        help_text="SKPD yang punya operator, dan kantor camat yang punya admin kecamatan.",
    )
    days = forms.IntegerField(label="Dijawab dalam berapa hari kerja", min_value=1, max_value=MOST_DAYS, initial=DAYS)
    note = forms.CharField(label="Alasan", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, obstacle: Obstacle, name: str) -> None:
        self.step = obstacle.STEPS[name]
        start = {"seen": obstacle.status, "since": obstacle.held_since}
        responsible = None if name == "pass_on" else obstacle.responsible_id
        super().__init__(data, initial=start | {"responsible": responsible})
        today = clock.today()
        if name == "send_back":  # the same agency answers again
            del self.fields["responsible"]
        else:
            found = answering_agencies(today)
            if name == "pass_on":
                found = found.exclude(pk__in=[obstacle.responsible_id])
            field_of(self, "responsible", forms.ModelChoiceField).queryset = found
        day = formats.long_date(answer_day(DAYS, today))
        self.fields["days"].help_text = f"Dihitung mulai besok, tanpa hari libur: {DAYS} hari kerja sampai {day}."
        self.fields["days"].widget.attrs["class"] = "w-num"
        note = self.fields["note"]
        note.required = self.step.note_required
        if not note.required:
            note.label = "Catatan"
        note.help_text = "Terbaca di riwayat oleh semua yang dapat membuka kendala ini."
        note.error_messages["required"] = "Tulis alasannya."

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(self.step.label)


class ObstacleAnswerForm(PlainForm):
    """What was done or will be, and by when."""

    seen = forms.Field(required=False, widget=forms.HiddenInput)
    answer = forms.CharField(
        label="Apa yang sudah atau akan dilakukan", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    promised_on = IndonesianDateField(
        label="Selesai paling lambat", help_text="Contoh 29-03-2019. Bila sudah selesai, tanggal selesainya."
    )
    attached = PrivateFilesField(
        label="Berkas", required=False, help_text="Surat, foto, atau tabel. Boleh lebih dari satu."
    )

    def __init__(self, data: Any = None, files: Any = None, *, obstacle: Obstacle) -> None:
        super().__init__(data, files, initial={"seen": obstacle.status})

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("Kirim jawaban", ctrl_enter=True)


ANSWERING_FORM = DraftedForm(
    name="jawaban-kendala",
    label="Jawaban atas kendala",
    model=Obstacle,
    address=lambda obstacle, part: reverse("obstacles:obstacle-answer", args=[obstacle.pk]),
    may_fill=lambda user, obstacle: obstacle.may_take(user, "answer"),
    is_open=lambda obstacle: obstacle.status == Obstacle.Status.ROUTED,
    compare=lambda obstacle, part, data: versions_of(ObstacleAnswerForm(data, obstacle=obstacle)),
    writes={Obstacle: "answer promised_on"},
)
