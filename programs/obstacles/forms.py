"""Writing down an obstacle on a card of a report: what, where, why, and what was tried."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db.models import Model, Q

from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from p2emas.ui import formats
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.rows import Offer, RowField
from programs.framework.models import Activity
from programs.obstacles.models import Obstacle
from programs.planning.models import PlanLine, WorkPlan

FIELDS = ("text", "kind", "village", "activity", "cause", "follow_up")
# One form wherever an obstacle is written down: on a page of its own, and on a card of a report.
LABELS = {
    "text": "Apa kendalanya",
    "kind": "Jenis",
    "village": "Desa",
    "activity": "Kegiatan",
    "cause": "Sebab",
    "follow_up": "Yang sudah dicoba",
}
KINDS = [("", "Pilih jenisnya"), *Obstacle.Kind.choices]  # none is chosen for anybody
TEXT_HELP = "Satu kalimat yang langsung ke pokoknya, lalu akibatnya. Tanpa nama warga."


@dataclass
class ObstacleChoices:
    """What an agency may choose from, read once for all cards of a page: the villages and activities of its plan."""

    plan: WorkPlan | None

    @cached_property
    def villages(self) -> Offer:
        lines = PlanLine.objects.filter(plan=self.plan)
        named = Q(plan_lines__in=lines) | Q(target_locations__plan_lines__in=lines)
        return Offer(Village.objects.filter(named).distinct().order_by("name", "pk"))

    @cached_property
    def activities(self) -> Offer:
        return Offer(Activity.objects.filter(lines__plan=self.plan).distinct().order_by("code", "pk"))


_row_field = partial(RowField, None, required=False, empty_label="Tidak dipilih")


class ObstacleForm(PlainForm):
    """One card. The blank card may stay blank; the card of an obstacle may be taken off the report.

    Who answers and until when is said once, by the office that sends it on.
    """

    text = forms.CharField(
        label=LABELS["text"], max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=TEXT_HELP
    )
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KINDS)
    village = _row_field(label=LABELS["village"], search_fields=("name", "code"))
    activity = _row_field(label=LABELS["activity"], search_fields=("name", "code"))
    cause = forms.CharField(
        label=LABELS["cause"], max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_up = forms.CharField(
        label=LABELS["follow_up"], max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remove = forms.BooleanField(label="Hapus kendala ini dari laporan", required=False)

    def __init__(self, data=None, *, prefix: str, choices: ObstacleChoices, obstacle: Obstacle | None = None) -> None:
        self.obstacle = obstacle
        super().__init__(data, prefix=prefix, initial=_shown(obstacle) if obstacle else None)
        if obstacle is None:
            self.empty_permitted = True  # the blank card may stay blank
            del self.fields["remove"]
        self._offer("village", choices.villages, obstacle and obstacle.village)
        self._offer("activity", choices.activities, obstacle and obstacle.activity)

    def _offer(self, name: str, offer: Offer, present: Model | None) -> None:
        """What was chosen once stays a choice, also after the plan changed."""
        field_of(self, name, RowField).use(offer.joined_by(present) if present is not None else offer)

    @property
    def asked_before(self) -> str:
        """What earlier cards asked for and this one keeps: whom its agency named, and the day it wrote."""
        if self.obstacle is None:
            return ""
        day = formats.long_date(self.obstacle.due_on) if self.obstacle.due_on else ""
        told = (("Penanggung jawab", str(self.obstacle.responsible or "")), ("Batas waktu", day))
        return ". ".join(f"{label}: {value}" for label, value in told if value)

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
    keys = {name: str(getattr(obstacle, f"{name}_id") or "") for name in ("village", "activity")}
    return {name: getattr(obstacle, name) for name in FIELDS} | keys
