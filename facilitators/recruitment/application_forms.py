"""Query string of the list of applications, and the reasons that personal data are opened for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.locations.forms import SEARCH, ListForm
from facilitators.recruitment.applications import Application
from facilitators.recruitment.requirements import Place
from facilitators.recruitment.rounds import RecruitmentRound

STATES = [choice for choice in Application.Status.choices if choice[0] != Application.Status.DRAFT]


class ApplicationListForm(ListForm):
    cari = forms.CharField(label=_("Cari nomor atau nama"), **SEARCH)
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Semua")), *STATES], required=False)
    desa = forms.ModelChoiceField(
        label=_("Formasi yang dipilih"), queryset=Place.objects.none(), required=False, empty_label=_("Semua formasi")
    )

    def __init__(self, *args: Any, record: RecruitmentRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desa"].queryset = record.places.select_related("target_location__village")
