"""Query string of the list of applications, and the reasons that personal data are opened for."""

from typing import Any

from django import forms

from districts.locations.rounds.queries import ListForm, search_field
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from p2emas.ui.forms import field_of
from p2emas.ui.rows import RowField

STATES = [choice for choice in Application.Status.choices if choice[0] != Application.Status.DRAFT]


class ApplicationListForm(ListForm):
    cari = search_field("Cari nomor atau nama")
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), *STATES], required=False)
    desa = RowField(
        Place.objects.none(),
        label="Formasi yang dipilih",
        required=False,
        empty_label="Semua formasi",
        search_fields=("target_location__village__name", "target_location__village__code"),
        name_fields=("target_location__village__name",),
    )

    def __init__(self, *args: Any, record: RecruitmentRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "desa", RowField).queryset = record.places.select_related("target_location__village")
