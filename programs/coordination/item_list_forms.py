"""Filters of the list of action items, as they are written in the URL."""

from datetime import date

from django import forms
from django.db.models import Q

from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui.forms import field_of
from programs.coordination.items import ActionItem
from programs.coordination.querysets import ActionItemQuerySet

EVERY, OVERDUE, MINE, NOBODY_THERE = "semua", "lewat-batas", "saya", "tanpa-akun"
STATUS_WORDS = {"selesai": ActionItem.Status.DONE, "dibatalkan": ActionItem.Status.CANCELLED}
STATES = [
    ("", "Terbuka"),
    (OVERDUE, "Lewat batas"),
    (MINE, "Menunggu saya"),
    *((word, code.label) for word, code in STATUS_WORDS.items()),
    (EVERY, "Semua"),
]


class ItemFilterForm(forms.Form):
    """``?status=lewat-batas&kepada=distanbun``; without a state those that are open."""

    status = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)
    kepada = forms.ChoiceField(label="Kepada", required=False)
    q = forms.CharField(label="Kata", required=False, max_length=100)

    def __init__(self, data, *, items: ActionItemQuerySet, user: User, on: date) -> None:
        super().__init__(data)
        self.items, self.user, self.on = items, user, on
        agencies = Agency.objects.filter(pk__in=items.order_by().values("responsible"))
        if user.has_role(*COORDINATORS):
            states = field_of(self, "status", forms.ChoiceField)
            states.choices = [*STATES[:3], (NOBODY_THERE, "Tanpa akun"), *STATES[3:]]
        choices = [("", "Semua"), *agencies.values_list("code", "short_name")]
        field_of(self, "kepada", forms.ChoiceField).choices = choices

    def apply(self) -> ActionItemQuerySet:
        """The items that every right filter lets through; a filter that cannot be read is no filter."""
        self.is_valid()
        chosen = self.cleaned_data
        found = self._in_state(chosen.get("status", ""))
        if code := chosen.get("kepada"):
            found = found.filter(responsible__code=code)
        if words := chosen.get("q"):
            found = found.filter(Q(text__icontains=words) | Q(responsible__short_name__icontains=words))
        return found.order_by("due_on", "pk")

    def _in_state(self, word: str) -> ActionItemQuerySet:
        if word == EVERY:
            return self.items
        if word == OVERDUE:
            return self.items.overdue(self.on)
        if word == MINE:
            return self.items.to_do(self.user)
        if word == NOBODY_THERE:
            return self.items.of_nobody_there(self.on).told_to_addressee()
        return self.items.filter(status=STATUS_WORDS[word]) if word else self.items.open()
