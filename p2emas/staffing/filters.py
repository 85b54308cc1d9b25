"""Finding people: words, role, agency, whether they can sign in."""

from django import forms

from p2emas.accounts.models import Agency, User, UserQuerySet
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.traces import AccountTrace, AccountTraceQuerySet
from p2emas.ui.forms import PlainForm, field_of


class PeopleFilterForm(PlainForm):
    cari = forms.CharField(label="Nama atau surel", required=False, max_length=100)
    peran = forms.ChoiceField(label="Peran", required=False)
    skpd = forms.ModelChoiceField(
        Agency.objects.none(), label="Perangkat daerah", required=False, to_field_name="code", empty_label="Semua"
    )
    keadaan = forms.ChoiceField(label="Keadaan", required=False)

    def __init__(self, query, *, actor: User) -> None:
        super().__init__(query)
        field_of(self, "peran", forms.ChoiceField).choices = [("", "Semua"), *Role.choices]
        field_of(self, "skpd", forms.ModelChoiceField).queryset = Agency.objects.for_user(actor)
        field_of(self, "keadaan", forms.ChoiceField).choices = [("", "Semua"), *User.Condition.choices]

    def apply(self, people: UserQuerySet, on) -> UserQuerySet:
        """``people`` that match what the query string says; a value that makes no sense filters nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("cari"):
            people = people.matching(chosen["cari"])
        if chosen.get("peran") or chosen.get("skpd"):
            people = people.holding(on, role=chosen.get("peran"), agency=chosen.get("skpd"))
        if chosen.get("keadaan"):
            people = people.in_condition(chosen["keadaan"])
        return people


class TraceFilterForm(PlainForm):
    cari = forms.CharField(label="Nama atau surel", required=False, max_length=100)
    jenis = forms.ChoiceField(label="Apa", required=False, choices=[("", "Semua"), *AccountTrace.Kind.choices])

    def apply(self, traces: AccountTraceQuerySet) -> AccountTraceQuerySet:
        """``traces`` that match what the query string says; a value that makes no sense filters nothing."""
        self.is_valid()
        return traces.of_kind(self.cleaned_data.get("jenis", "")).of_people(self.cleaned_data.get("cari", ""))
