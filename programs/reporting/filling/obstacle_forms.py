"""The page on obstacles: a card for each, one blank card, and the factors that form E.81 asks for."""

from django import forms

from p2emas.ui.forms import PlainModelForm, error_items, field_of
from programs.obstacles.forms import ObstacleChoices, ObstacleForm
from programs.obstacles.models import Obstacle
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.sheets import previous_reports

TEXTS = ("supporting_factor", "hindering_factor", "next_step", "next_plan_step")


class FactorsForm(PlainModelForm):
    """The box is the answer "none": that there are some is said by their cards."""

    no_obstacles = forms.BooleanField(
        label="Tidak ada kendala", required=False, help_text="Centang bila triwulan ini berjalan tanpa kendala."
    )
    carried = forms.MultipleChoiceField(
        label="Kendala laporan lalu yang masih berlangsung",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ProgressReport
        fields = ["no_obstacles", *TEXTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
        help_texts = {
            "supporting_factor": "Apa yang memperlancar. Isi faktor pendorong, faktor penghambat, atau keduanya.",
            "hindering_factor": "Apa yang menghalangi.",
            "next_plan_step": "Yang perlu masuk Renja tahun berikutnya; tercetak di E.81.",
        }

    def __init__(
        self, data=None, *, instance: ProgressReport, open_before: list[Obstacle], copied: ProgressReport | None = None
    ) -> None:
        texts = _texts_beside(copied, instance) if copied is not None else {}
        super().__init__(data, instance=instance, initial={"no_obstacles": instance.has_obstacles is False} | texts)
        self.open_before = {str(obstacle.pk): obstacle for obstacle in open_before}
        if open_before:
            carried = [(key, str(obstacle)) for key, obstacle in self.open_before.items()]
            field_of(self, "carried", forms.MultipleChoiceField).choices = carried
        else:
            del self.fields["carried"]

    @property
    def carried_on(self) -> list[Obstacle]:
        return [self.open_before[key] for key in self.cleaned_data.get("carried", [])]

    @property
    def right_changes(self) -> dict[str, object]:
        """The fields that are right and differ from what the page showed."""
        return {
            name: self.cleaned_data[name]
            for name in self.Meta.fields
            if name in self.cleaned_data and self.cleaned_data[name] != self.initial[name]
        }


def report_with_texts_before(report: ProgressReport) -> ProgressReport | None:
    """The report before, when it says something where this one is still empty."""
    before = previous_reports([report]).get(report.pk)
    return before if before is not None and any(_texts_beside(before, report).values()) else None


def _texts_beside(before: ProgressReport, report: ProgressReport) -> dict[str, str]:
    """The texts of the report before, for the boxes that are empty in this one."""
    return {name: getattr(before, name) for name in TEXTS if not getattr(report, name)}


class ObstaclesForm:
    """All cards and the factors. ``continuing`` asks for what the report cannot be sent without.

    ``copied``: the report whose texts are in the boxes that are empty in this one, to be read and changed.
    """

    def __init__(
        self, report: ProgressReport, data=None, *, continuing: bool = False, copied: ProgressReport | None = None
    ) -> None:
        self.report, self.continuing, self.data = report, continuing, data
        self.is_bound = data is not None
        self.choices = ObstacleChoices(report.plan)
        attached = list(Obstacle.objects.filter(pk__in=report.obstacles.values("pk")).for_cards())
        self.kept = [obstacle for obstacle in attached if not obstacle.is_own_draft]  # shown, no longer edited here
        self.cards = [
            ObstacleForm(
                data if data is not None and f"k{obstacle.pk}-text" in data else None,
                prefix=f"k{obstacle.pk}",
                choices=self.choices,
                obstacle=obstacle,
            )
            for obstacle in attached
            if obstacle not in self.kept
        ]
        self.blank = ObstacleForm(data, prefix="baru", choices=self.choices)
        before = Obstacle.objects.filter(raised_by=report.agency_id).unsolved().exclude(reports=report)
        shown = list(before.order_by("pk")[:50])
        self.factors = FactorsForm(data, instance=report, open_before=shown, copied=copied)

    @property
    def parts(self) -> list[forms.BaseForm]:
        return [*(card for card in self.cards if card.is_bound), self.blank, self.factors]

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        if not self.errors:
            self._ask_for_the_rest()
        return not self.errors

    def _ask_for_the_rest(self) -> None:
        factors, said, told = self.factors, self.factors.cleaned_data, self._names_obstacles
        if told and said["no_obstacles"]:
            factors.add_error("no_obstacles", "Ada kendala pada laporan ini. Hapus centang Tidak ada kendala")
        elif self.continuing and not told and not said["no_obstacles"]:
            factors.add_error("no_obstacles", "Tulis kendala, atau centang Tidak ada kendala")
        if self.continuing and not (said["supporting_factor"] or said["hindering_factor"]):
            factors.add_error("supporting_factor", "Isi faktor pendorong atau faktor penghambat")

    @property
    def _names_obstacles(self) -> bool:
        kept = self.kept or any(not card.wants_removal for card in self.cards)
        return bool(kept or self.factors.carried_on or not self.blank.is_blank)

    @property
    def removed(self) -> list[Obstacle]:
        return [card.obstacle for card in self.cards if card.obstacle is not None and card.wants_removal]

    @property
    def written(self) -> list[ObstacleForm]:
        """Cards that are right and say something new."""
        cards = [card for card in self.cards if card.is_bound and not card.wants_removal]
        return [card for card in [*cards, self.blank] if card.is_valid() and card.changes_anything]

    def without_what_was_saved(self) -> "ObstaclesForm":
        """The page after its right parts were saved: the new obstacle has a card of its own now."""
        data = self.data
        if self.blank in self.written:
            data = data.copy()
            for name in [name for name in data if name.startswith("baru-")]:
                del data[name]
        again = ObstaclesForm(self.report, data, continuing=self.continuing)
        again.is_valid()
        return again

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*(part for part in self.parts if not getattr(part, "wants_removal", False)))
