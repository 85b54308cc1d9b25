"""What a panellist fills in: one sheet of scores, or a conflict of interest."""

from collections.abc import Iterable
from typing import Any

from django import forms

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import RubricCriterion
from p2emas.naming import named
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper


class SheetForm(PlainForm):
    """A score for every criterion of one part; a sheet with gaps is not saved."""

    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=named("Terbaca panelis lain setelah mereka menyimpan nilainya, dan oleh {office}."),
    )

    def __init__(self, *args: Any, criteria: Iterable[RubricCriterion], scale: str, **kwargs: Any) -> None:
        self.criteria = list(criteria)
        super().__init__(*args, **kwargs)
        for criterion in self.criteria:
            self.fields[self.field_name(criterion)] = _score_field(criterion, scale)
        self.order_fields([*(self.field_name(criterion) for criterion in self.criteria), "note"])

    @staticmethod
    def field_name(criterion: RubricCriterion) -> str:
        return f"nilai-{criterion.pk}"

    def rows(self) -> list[tuple]:
        return [(criterion, self[self.field_name(criterion)]) for criterion in self.criteria]

    def scores(self) -> dict[int, int]:
        return {criterion.pk: int(self.cleaned_data[self.field_name(criterion)]) for criterion in self.criteria}


def _score_field(criterion: RubricCriterion, scale: str) -> forms.Field:
    missing = {"required": f"Beri nilai untuk “{criterion.name}”"}
    if scale == RecruitmentRound.Scale.FIVE:
        return forms.TypedChoiceField(
            label=criterion.name,
            help_text=criterion.hint,
            choices=[(score, str(score)) for score in range(1, 6)],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages=missing,
        )
    hint = f"{criterion.hint} " if criterion.hint else ""
    return QuantityField(
        label=criterion.name,
        help_text=hint + "0 sampai 100.",
        max_value=100,
        decimal_places=0,
        max_digits=3,
        error_messages=missing,
    )


class DeclaredConflictForm(PlainForm):
    helper = form_helper("Nyatakan", look="btn-danger")
    reason = forms.CharField(
        label="Hubungan Anda dengan pelamar",
        max_length=200,
        help_text="Misalnya keluarga, atasan, rekan usaha, atau tetangga dekat.",
    )
