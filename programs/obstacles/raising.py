"""Writing down an obstacle on a page of its own: what, where, why, and what was tried. Who answers is said later."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.documents.forms import PrivateFilesField
from p2emas.registry.kinds import DraftedForm
from p2emas.ui.forms import PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField
from p2emas.workflow.pages import versions_of
from programs.framework.models import Activity
from programs.obstacles.forms import FIELDS, KINDS, LABELS, TEXT_HELP
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import villages_of_facilitator

RAISERS = (*AGENCY_STAFF, *COORDINATORS, Role.FACILITATOR)


def may_raise(user: User) -> bool:
    return not user.is_superuser and user.has_role(*RAISERS)


def raise_link(user: object, *, village: Village | None, activity: Activity | None = None) -> str:
    """The form with the place filled in, for those who may raise an obstacle there; else ""."""
    if not isinstance(user, User) or not may_raise(user):
        return ""
    if not _raises_for_agency(user) and not (village and villages_of_facilitator(user).filter(pk=village.pk).exists()):
        return ""
    places = {"desa": village and village.pk, "kegiatan": activity and activity.pk}
    return reverse("obstacles:obstacle-raise") + "?" + urlencode({key: pk for key, pk in places.items() if pk})


def _raises_for_agency(user: User) -> bool:
    """Whether there is a ``raising_agency``, by the assignments that are read already."""
    return user.has_role(*COORDINATORS, *AGENCY_STAFF)


def raising_agency(user: User) -> Agency | None:
    """In whose name ``user`` raises an obstacle; a facilitator has no agency."""
    if user.has_role(*COORDINATORS):
        return Agency.objects.filter(pk__in=user.agency_ids(*COORDINATORS)).first()
    held = [each for each in user.current_assignments if each.role in AGENCY_STAFF]
    return held[0].agency if held else None


def _villages(user: User) -> QuerySet[Village]:
    """A facilitator's own; others choose among the programme's villages."""
    if raising_agency(user) is None:
        return villages_of_facilitator(user)
    return Village.objects.filter(target_locations__isnull=False).distinct()


def _activities(user: User) -> QuerySet[Activity]:
    """Of this year: those of the agency, of the facilitator's villages, or all."""
    found = Activity.objects.filter(year=clock.today().year)
    if user.has_role(*COORDINATORS):
        return found
    agency = raising_agency(user)
    if agency is not None:
        return found.filter(agency__in=user.staff_agency_ids)
    own = villages_of_facilitator(user).order_by().values("pk")
    there = Q(lines__target_location__village__in=own) | Q(lines__other_village__in=own)
    return found.filter(there, lines__plan__status="SET").distinct()


class RaiseForm(PlainModelForm):
    text = forms.CharField(
        label=LABELS["text"], max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=TEXT_HELP
    )
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KINDS)
    village = RowField(
        None, label=LABELS["village"], required=False, empty_label="Tidak dipilih", search_fields=("name", "code")
    )
    activity = RowField(
        None, label=LABELS["activity"], required=False, empty_label="Tidak dipilih", search_fields=("name", "code")
    )
    attached = PrivateFilesField(label="Berkas", required=False, help_text="Foto atau surat. Boleh lebih dari satu.")

    class Meta:
        model = Obstacle
        fields = [*FIELDS]
        labels = LABELS
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("cause", "follow_up")}

    def __init__(self, data: Any = None, files: Any = None, *, user: User, where: QueryDict | None = None) -> None:
        """``where``: the address of the page, which may name the village or the activity that it came from."""
        super().__init__(data, files, instance=Obstacle(raised_by=raising_agency(user)))
        field_of(self, "village", RowField).queryset = _villages(user).order_by("name", "pk")
        field_of(self, "activity", RowField).queryset = _activities(user).order_by("code", "pk")
        self.initial["kind"] = ""  # to be chosen: the default of the model is that of cards in reports
        self.is_facilitator = raising_agency(user) is None
        self.fields["village"].required = self.is_facilitator
        depend_on_others(self, *(("activity",) if self.is_facilitator else ("village", "activity")))
        for name, key in (("village", "desa"), ("activity", "kegiatan")):
            chosen = where.get(key, "") if where is not None else ""
            if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
                self.initial[name] = int(chosen)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("Laporkan kendala", *FIELDS, "attached", css="narrow", ctrl_enter=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("village") and not data.get("activity"):
            self.add_error("village", "Pilih desa atau kegiatan yang terkendala")
        return data


RAISING = DraftedForm(
    name="kendala-baru",
    label="Kendala baru",
    model=User,
    address=lambda writer, part: reverse("obstacles:obstacle-raise"),
    may_fill=lambda user, writer: user.pk == writer.pk and may_raise(user),
    is_open=lambda writer: True,
    compare=lambda writer, part, data: versions_of(RaiseForm(data, user=writer)),
    writes={Obstacle: "text kind village activity cause follow_up"},
)
