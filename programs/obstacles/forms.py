"""Writing down an obstacle: where, what, why, what is done about it, by whom and until when."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db.models import Model, Q

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.rows import Offer, RowField
from programs.framework.models import Activity
from programs.obstacles.models import Obstacle
from programs.planning.models import PlanLine, WorkPlan

FIELDS = ("village", "activity", "kind", "text", "cause", "follow_up", "responsible", "due_on")


@dataclass
class ObstacleChoices:
    """What an agency may choose from, read once for all cards of a page: its own plan, and every member agency."""

    plan: WorkPlan | None

    @cached_property
    def villages(self) -> Offer:
        lines = PlanLine.objects.filter(plan=self.plan)
        named = Q(plan_lines__in=lines) | Q(target_locations__plan_lines__in=lines)
        return Offer(Village.objects.filter(named).distinct().order_by("name", "pk"))

    @cached_property
    def activities(self) -> Offer:
        return Offer(Activity.objects.filter(lines__plan=self.plan).distinct().order_by("code", "pk"))

    @cached_property
    def agencies(self) -> Offer:
        return Offer(Agency.objects.members(clock.today()))


_row_field = partial(RowField, None, required=False, empty_label="Tidak dipilih")


class ObstacleForm(PlainForm):
    """One card. The blank card may stay blank; the card of an obstacle may be taken off the report."""

    text = forms.CharField(label="Kendala", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label="Jenis", choices=Obstacle.Kind.choices, initial=Obstacle.Kind.TECHNICAL)
    village = _row_field(label="Desa", search_fields=("name", "code"))
    activity = _row_field(label="Kegiatan", search_fields=("name", "code"))
    cause = forms.CharField(label="Penyebab", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    follow_up = forms.CharField(
        label="Tindak lanjut", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    responsible = _row_field(label="Penanggung jawab", search_fields=("short_name", "name", "code"))
    due_on = IndonesianDateField(label="Batas waktu", required=False, help_text="Contoh 29-03-2019.")
    remove = forms.BooleanField(label="Hapus kendala ini dari laporan", required=False)

    def __init__(self, data=None, *, prefix: str, choices: ObstacleChoices, obstacle: Obstacle | None = None) -> None:
        self.obstacle = obstacle
        super().__init__(data, prefix=prefix, initial=_shown(obstacle) if obstacle else None)
        if obstacle is None:
            self.empty_permitted = True  # the blank card may stay blank
            del self.fields["remove"]
            field_of(self, "due_on", IndonesianDateField).earliest = clock.today()
        self._offer("village", choices.villages, obstacle and obstacle.village)
        self._offer("activity", choices.activities, obstacle and obstacle.activity)
        self._offer("responsible", choices.agencies, obstacle and obstacle.responsible)

    def _offer(self, name: str, offer: Offer, present: Model | None) -> None:
        """What was chosen once stays a choice, also after the plan changed."""
        field_of(self, name, RowField).use(offer.joined_by(present) if present is not None else offer)

    @property
    def is_blank(self) -> bool:
        """The card for a new obstacle, left as it was drawn."""
        return self.obstacle is None and not set(self.changed_data) - {"kind"}

    @property
    def wants_removal(self) -> bool:
        return bool(self.obstacle and self.data.get(self.add_prefix("remove")))

    def has_changed(self) -> bool:
        return not self.is_blank

    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def changes_anything(self) -> bool:
        if self.obstacle is None:
            return not self.is_blank
        return any(getattr(self.obstacle, name) != value for name, value in self.written().items())

    def save(self, *, raised_by: Agency, by: User, is_sample: bool = False) -> Obstacle:
        obstacle = self.obstacle or Obstacle(raised_by=raised_by, raised_by_user=by, is_sample=is_sample)
        for name, value in self.written().items():
            setattr(obstacle, name, value)
        obstacle.save()
        return obstacle


def _shown(obstacle: Obstacle) -> dict[str, Any]:
    keys = {name: str(getattr(obstacle, f"{name}_id") or "") for name in ("village", "activity", "responsible")}
    return {name: getattr(obstacle, name) for name in FIELDS} | keys
