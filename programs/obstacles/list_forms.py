"""Filters of the list of obstacles, as they are written in the URL."""

from datetime import date, timedelta

from django import forms

from districts.regions.models import District, Village
from p2emas.accounts.models import Agency, User
from p2emas.ui.forms import field_of
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import ObstacleQuerySet

ALL = ("", "Semua")
EVERY, OVERDUE, TO_CLOSE = "semua", "lewat-batas", "saya"
STATUS_WORDS = {
    "dilaporkan": Obstacle.Status.REPORTED,
    "diteruskan": Obstacle.Status.ROUTED,
    "dijawab": Obstacle.Status.ANSWERED,
    "selesai": Obstacle.Status.SOLVED,
}
STATES = [
    ("", "Terbuka"),
    (OVERDUE, "Lewat batas"),
    (TO_CLOSE, "Menunggu saya tutup"),
    *((word, code.label) for word, code in STATUS_WORDS.items()),
    (EVERY, "Semua"),
]
AGES = {"30": 30, "90": 90, "180": 180}  # days
NOBODY = "belum"  # who answers is not said yet


class ObstacleFilterForm(forms.Form):
    """``?status=lewat-batas&penjawab=distanbun&umur=30``; without a state those that are open."""

    status = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)
    penjawab = forms.ChoiceField(label="Penjawab", required=False)
    kecamatan = forms.ChoiceField(label="Kecamatan", required=False)
    desa = forms.ChoiceField(label="Desa", required=False)
    umur = forms.ChoiceField(
        label="Umur", required=False, choices=[ALL, *((key, f"Lebih dari {days} hari") for key, days in AGES.items())]
    )
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[ALL, *Obstacle.Kind.choices])
    q = forms.CharField(label="Kata", required=False, max_length=100)

    def __init__(self, data, *, user: User, today: date) -> None:
        super().__init__(data)
        self.user, self.today = user, today
        self.obstacles = obstacles = Obstacle.objects.for_user(user)
        named = obstacles.order_by()
        agencies = Agency.objects.filter(pk__in=named.values("responsible"))
        villages = Village.objects.filter(pk__in=named.values("village")).order_by("name", "slug")
        districts = District.objects.filter(pk__in=named.values("village__district")).order_by("name")
        self._offer("penjawab", [*agencies.values_list("code", "short_name"), (NOBODY, "Belum diteruskan")])
        self._offer("kecamatan", list(districts.values_list("code", "name")))
        self._offer("desa", list(villages.values_list("slug", "name")))

    def _offer(self, name: str, choices: list) -> None:
        field_of(self, name, forms.ChoiceField).choices = [ALL, *choices]

    @property
    def is_open_only(self) -> bool:
        self.is_valid()
        return not self.cleaned_data.get("status")

    def apply(self) -> ObstacleQuerySet:
        """The obstacles that every right filter lets through; a filter that cannot be read is no filter."""
        self.is_valid()
        chosen = self.cleaned_data
        found = self._in_state(chosen.get("status", ""))
        if code := chosen.get("penjawab"):
            found = found.to_route() if code == NOBODY else found.filter(responsible__code=code)
        if code := chosen.get("kecamatan"):
            found = found.filter(village__district__code=code)
        if slug := chosen.get("desa"):
            found = found.filter(village__slug=slug)
        if days := AGES.get(chosen.get("umur", "")):
            found = found.filter(created_at__date__lt=self.today - timedelta(days=days))
        if kind := chosen.get("jenis"):
            found = found.filter(kind=kind)
        if words := chosen.get("q"):
            found = found.matching(words)
        return found

    def _in_state(self, word: str) -> ObstacleQuerySet:
        if word == EVERY:
            return self.obstacles
        if word == OVERDUE:
            return self.obstacles.overdue(self.today)
        if word == TO_CLOSE:
            return self.obstacles.to_close(self.user)
        return self.obstacles.filter(status=STATUS_WORDS[word]) if word else self.obstacles.unsolved()
