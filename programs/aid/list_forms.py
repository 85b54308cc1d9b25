"""Filters of the list of packages and of the table of what is left, as they are written in the URL."""

from datetime import date
from typing import Any

from django import forms

from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from p2emas.ui.forms import field_of
from programs.aid.models import AidPackage
from programs.aid.querysets import AidPackageQuerySet

ALL = ("", "Semua")
PLANNED, HANDED, DUE, LOST, USED = "belum-diserahkan", "diserahkan", "jatuh-tempo", "tidak-ditemukan", "habis-pakai"
SHORT = "kurang"
STATES = [
    ALL,
    (PLANNED, "Belum diserahkan"),
    (HANDED, "Sudah diserahkan"),
    (DUE, "Pemeriksaan jatuh tempo"),
    (LOST, "Pernah tidak ditemukan"),
    (SHORT, "Kurang atau ditolak"),
    (USED, "Habis karena dipakai"),
]


class _PackageForm(forms.Form):
    """What both pages filter by; ``packages`` are those that the reader may see."""

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        super().__init__(data)
        self.user, self.today = user, today
        self.packages = AidPackage.objects.for_user(user)
        named = self.packages.order_by()
        agencies = Agency.objects.filter(pk__in=named.values("plan_line__plan__agency"))
        self._offer("skpd", list(agencies.values_list("code", "short_name")))
        years = sorted(set(named.values_list("plan_line__plan__year", flat=True)), reverse=True)
        self._offer("tahun", [(str(year), str(year)) for year in years])

    def _offer(self, name: str, choices: list) -> None:
        field_of(self, name, forms.ChoiceField).choices = [ALL, *choices]

    def narrowed(self) -> AidPackageQuerySet:
        """By agency, year of the plan and item; a filter that cannot be read is no filter."""
        self.is_valid()
        chosen, found = self.cleaned_data, self.packages
        if code := chosen.get("skpd"):
            found = found.filter(plan_line__plan__agency__code=code)
        if year := chosen.get("tahun"):
            found = found.filter(plan_line__plan__year=int(year))
        if item := chosen.get("barang"):
            found = found.filter(item__icontains=item)
        return found


class PackageFilterForm(_PackageForm):
    """``?keadaan=jatuh-tempo&desa=solam-raya&skpd=dkpp&barang=terpal&tahun=2018``"""

    keadaan = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)
    desa = forms.ChoiceField(label="Desa", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    tahun = forms.ChoiceField(label="Tahun rencana", required=False)
    barang = forms.CharField(label="Barang", required=False, max_length=100)
    q = forms.CharField(label="Kata", required=False, max_length=100)

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        super().__init__(data, user=user, today=today)
        here = self.packages.order_by().values("group__village")
        villages = Village.objects.filter(pk__in=here).order_by("name", "slug")
        self._offer("desa", list(villages.values_list("slug", "name")))

    def apply(self) -> AidPackageQuerySet:
        found = self.narrowed()
        chosen = self.cleaned_data
        if slug := chosen.get("desa"):
            found = found.filter(group__village__slug=slug)
        if words := chosen.get("q"):
            found = found.matching(words)
        return self._in_state(found, chosen.get("keadaan", ""))

    def _in_state(self, found: AidPackageQuerySet, word: str) -> AidPackageQuerySet:
        if word == PLANNED:
            return found.filter(handed_on=None)
        if word == HANDED:
            return found.handed_over()
        if word == DUE:
            return found.check_due(self.today)
        if word == LOST:
            return found.not_found()
        if word == SHORT:
            return found.arrived_short()
        return found.filter(consumable=True) if word == USED else found


class SurvivalFilterForm(_PackageForm):
    """``?skpd=dkpp&barang=terpal&tahun=2018``"""

    skpd = forms.ChoiceField(label="SKPD", required=False)
    tahun = forms.ChoiceField(label="Tahun rencana", required=False)
    barang = forms.CharField(label="Barang", required=False, max_length=100)
