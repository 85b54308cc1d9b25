"""Which criteria say nothing of an option, each with its reason: one box for each option and figure."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpResponse, QueryDict

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.models import CompetencyOption, DeterminationCriterion, InapplicableCriterion
from districts.competencies.panel.services import save_inapplicable
from districts.competencies.panel.snapshot import evidence_values, fresh_analyses
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui import formats
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import Section, form_helper
from p2emas.workflow.views import edit_conflict_page, versions_of

Pair = tuple[CompetencyOption, DeterminationCriterion]


class InapplicableForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pairs: list[Pair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        for option, criterion in pairs:
            self.fields[self.field_name(option.pk, criterion.pk)] = forms.CharField(
                label=f"{str(option).capitalize()}: {criterion}", required=False, max_length=300
            )

    @staticmethod
    def field_name(option: int, criterion: int) -> str:
        return f"alasan-{option}-{criterion}"

    @cached_property
    def helper(self) -> FormHelper:
        sections = [
            Section(str(option).capitalize(), *(self.field_name(o.pk, c.pk) for o, c in self.pairs if o == option))
            for option in dict.fromkeys(option for option, _criterion in self.pairs)
        ]
        return form_helper("Simpan dan periksa", "version", *sections, css="narrow", ctrl_enter=True)

    def tell_figures(self, values: Mapping[tuple[int | None, int], Mapping[str, float | None]]) -> None:
        """Beside each box what the figure is today; ``values``: (analysis, commodity) -> figure -> value."""
        for option, criterion in self.pairs:
            figure = values.get((option.analysis_id, option.commodity_id), {}).get(criterion.figure)
            box = self.fields[self.field_name(option.pk, criterion.pk)]
            box.help_text = f"{criterion.get_figure_display()}: {formats.number(figure, 3)}"

    def clean(self) -> dict[str, Any]:
        """An option to which nothing applies could not be ranked."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        weighed = {criterion.pk for _option, criterion in self.pairs if criterion.weight}
        for option in dict.fromkeys(option for option, _criterion in self.pairs):
            left_out = {c.pk for o, c in self.pairs if o == option and data[self.field_name(o.pk, c.pk)]}
            if self.only_figures_weigh and weighed <= left_out:
                name = self.field_name(option.pk, next(iter(weighed)))
                self.add_error(name, f"Sisakan sedikitnya satu kriteria berbobot yang berlaku bagi {option}.")
        return data

    @cached_property
    def only_figures_weigh(self) -> bool:
        """Whether no question to the panel has a weight: then an option needs a figure."""
        asked = DeterminationCriterion.objects.filter(determination__options__in=[option for option, _c in self.pairs])
        return not asked.filter(kind="PANEL", weight__gt=0).exists()

    def reasons(self) -> dict[tuple[int, int], str]:
        return {(o.pk, c.pk): self.cleaned_data[self.field_name(o.pk, c.pk)] for o, c in self.pairs}


class InapplicablePage:
    """Context and writes of ``competencies/inapplicable.html``."""

    def __init__(self, record: CompetencyDetermination, data: QueryDict | None) -> None:
        self.record, self.refusal = record, ""
        criteria = [criterion for criterion in record.criteria.all() if criterion.figure]
        options = list(record.options.select_related("commodity"))
        stored = InapplicableCriterion.objects.of(record)
        initial: dict[str, Any] = {
            InapplicableForm.field_name(row.option_id, row.criterion_id): row.reason for row in stored
        }
        pairs = [(option, criterion) for option in options for criterion in criteria]
        self.form = InapplicableForm(data, pairs=pairs, initial=initial | {"version": record.version})

    def save(self) -> None:
        """Raises ``EditConflict``."""
        data = self.form.cleaned_data
        save_inapplicable(record=self.record, seen=data["version"], reasons=self.form.reasons())

    def conflict(self, request: UserRequest) -> HttpResponse:
        fresh = InapplicablePage(self.record, None)
        mine, theirs = versions_of(self.form)[0], versions_of(fresh.form)[1]
        return edit_conflict_page(
            request,
            self.record,
            mine=mine,
            theirs=theirs,
            replace={"version": self.record.version},
            parts=["options__inapplicable"],
            is_open=self.record.may_edit(request.user),
        )

    def context(self) -> dict[str, Any]:
        self.form.tell_figures(self._values())
        return {"record": self.record, "form": self.form, "refusal": self.refusal}

    def _values(self) -> dict[tuple[int | None, int], dict[str, float | None]]:
        fresh = fresh_analyses(self.record)
        self.refusal = " ".join(each.refusal for each in fresh if each.refusal)
        return {(each.key, line.commodity): evidence_values(line) for each in fresh for line in each.lines}
