"""Filters of the list of obstacles, as they are written in the URL."""

from django import forms
from django.db.models import Q

from p2emas.accounts.models import Agency
from p2emas.ui.forms import field_of
from programs.obstacles.models import Obstacle, ObstacleQuerySet

STATUS_WORDS = {
    "dilaporkan": Obstacle.Status.REPORTED,
    "diteruskan": Obstacle.Status.ROUTED,
    "dijawab": Obstacle.Status.ANSWERED,
    "selesai": Obstacle.Status.SOLVED,
    "dieskalasi": Obstacle.Status.ESCALATED,
}
ALL = ("", "Semua")


class ObstacleFilterForm(forms.Form):
    """``?status=dilaporkan&jenis=MARKET&skpd=distanbun``; skpd is who raised it or who answers."""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[ALL, *((word, code.label) for word, code in STATUS_WORDS.items())]
    )
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[ALL, *Obstacle.Kind.choices])
    skpd = forms.ChoiceField(label="SKPD", required=False)

    def __init__(self, data, *, obstacles: ObstacleQuerySet) -> None:
        super().__init__(data)
        self.obstacles = obstacles
        named = obstacles.order_by()
        agencies = Agency.objects.filter(Q(pk__in=named.values("raised_by")) | Q(pk__in=named.values("responsible")))
        field_of(self, "skpd", forms.ChoiceField).choices = [ALL, *agencies.values_list("code", "short_name")]

    def apply(self) -> ObstacleQuerySet:
        """The obstacles that every right filter lets through; a filter that cannot be read is no filter."""
        self.is_valid()
        found = self.obstacles
        if word := self.cleaned_data.get("status"):
            found = found.filter(status=STATUS_WORDS[word])
        if kind := self.cleaned_data.get("jenis"):
            found = found.filter(kind=kind)
        if code := self.cleaned_data.get("skpd"):
            found = found.of_agency(code)
        return found
