"""Forms of meetings: when and where and who is invited, the agenda, and what somebody promises."""

from datetime import date, time
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from facilitators.training.forms import ClockField
from p2emas import clock
from p2emas.accounts.models import Agency, Holiday, Official, User
from p2emas.naming import current
from p2emas.ui.fields import IndonesianDateField, KeysField
from p2emas.ui.forms import PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.querysets import addressed_agencies
from programs.obstacles.models import Obstacle

SUBJECT = "Rapat koordinasi pelaksanaan program"


def next_week() -> date:
    """Five working days from now: time enough for an invitation."""
    return Holiday.objects.working_day_after(clock.today(), 5)


class MeetingForm(PlainModelForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    held_on = IndonesianDateField(label="Tanggal", help_text="Contoh 15-10-2019.")
    starts = ClockField(label="Pukul", required=False, help_text="Contoh 09.00.")
    agencies = KeysField(
        Agency.objects.none(),
        label="Diundang",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu SKPD."},
    )

    class Meta:
        model = Meeting
        fields = ["held_on", "starts", "place", "subject"]
        widgets = {"subject": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, instance=meeting)
        is_new = meeting.pk is None
        members = Agency.objects.members(clock.today())
        if is_new:
            proposed = {"held_on": next_week(), "starts": time(9), "place": current().office_name, "subject": SUBJECT}
            self.initial = {**self.initial, **proposed}
            self.initial["agencies"] = list(members.values_list("pk", flat=True))
            offered = members
        else:
            invited = meeting.attendance.filter(agency__isnull=False).values("agency")
            self.initial["agencies"] = [row["agency"] for row in invited]
            self.initial["seen"] = meeting.mark
            offered = members | Agency.objects.filter(pk__in=invited)
        field_of(self, "agencies", KeysField).queryset = offered.distinct().order_by("short_name", "pk")
        self.is_new = is_new

    @cached_property
    def helper(self) -> FormHelper:
        names = ("seen", "held_on", "starts", "place", "subject", "agencies")
        return form_helper("Susun bahan rakor" if self.is_new else "Simpan", *names, css="narrow")


class ActionItemForm(PlainModelForm):
    responsible = forms.ModelChoiceField(
        label="Siapa", queryset=Agency.objects.none(), empty_label="Pilih SKPD atau kecamatan", required=False,
        help_text="Yang belum punya akun boleh dipilih; koordinator yang mencatat hasilnya.",
    )  # fmt: skip
    official = RowField(
        Official.objects.none(),
        label="Pejabatnya",
        required=False,
        search_fields=("name", "title"),
        help_text="Bila ditujukan kepada satu pejabat; instansinya mengikuti.",
    )
    text = forms.CharField(
        label="Apa", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Satu kalimat, satu pekerjaan."
    )
    due_on = IndonesianDateField(label="Paling lambat", help_text="Contoh 31-10-2019.")

    class Meta:
        model = ActionItem
        fields = ["text", "responsible", "official", "due_on"]

    helper = form_helper("Simpan tindak lanjut", "text", "responsible", "official", "due_on", css="narrow")

    def __init__(self, data: Any = None, *, item: ActionItem) -> None:
        super().__init__(data, instance=item)
        addressed = addressed_agencies(clock.today())
        field_of(self, "responsible", forms.ModelChoiceField).queryset = addressed
        officials = Official.objects.in_force(clock.today()).filter(agency__in=addressed.order_by().values("pk"))
        field_of(self, "official", RowField).queryset = officials.order_by("agency__short_name", "title", "pk")
        if item.obstacle is not None and item.obstacle.responsible_id:
            self.initial["responsible"] = item.obstacle.responsible_id
        depend_on_others(self, "responsible", "official")
        earliest = item.meeting.held_on if item.meeting is not None else clock.today()
        field_of(self, "due_on", IndonesianDateField).earliest = earliest

    def clean(self) -> dict[str, Any]:
        """An official is enough: the agency is theirs."""
        data = super().clean() or self.cleaned_data
        agency, official = data.get("responsible"), data.get("official")
        if official and agency and official.agency_id != agency.pk:
            self.add_error("official", f"Pejabat ini bukan dari {agency}")
        elif official:
            data["responsible"] = official.agency
        elif not agency and not self.has_error("responsible") and not self.has_error("official"):
            self.add_error("responsible", "Pilih SKPD, kecamatan, atau pejabatnya")
        return data


def obstacle_named(user: User, query: QueryDict) -> Obstacle | None:
    """The obstacle that the address names, if there is one; anything else is a disposisi on its own."""
    key = query.get("kendala", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Obstacle.objects.for_user(user).filter(pk=int(key)).first()
