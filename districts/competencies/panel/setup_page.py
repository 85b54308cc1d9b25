"""What the setup page of a determination holds: options from the figures, crafts, criteria, seats, one version."""

from dataclasses import dataclass
from decimal import Decimal

from django.forms import BaseFormSet, BaseModelFormSet
from django.http import HttpResponse, QueryDict

from districts.competencies.analysis.computing import CommodityLine, FiguresRefused
from districts.competencies.analysis.words import COMBINED, class_word
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.forms import CraftFormSet, CriteriaFormSet, CriterionForm, OpenForm, SetupForm
from districts.competencies.panel.models import (
    AssessorSeat,
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
)
from districts.competencies.panel.services import save_setup
from districts.competencies.panel.snapshot import analysis_for
from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui import formats
from p2emas.ui.forms import error_items
from p2emas.workflow.views import edit_conflict_page, versions_of


def opening_form(query: QueryDict) -> OpenForm:
    """Prefilled from the address of the analysis that the coordinator comes from."""
    district = District.objects.filter(code=query.get("kecamatan", "")[:8]).first()
    initial = {
        "district": district.pk if district else None,
        "measure": query.get("ukuran", "")[:8],
        "first_year": _year(query.get("sejak", "")),
        "last_year": _year(query.get("sampai", "")),
    }
    return OpenForm(initial=initial)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


@dataclass(frozen=True)
class SetupShown:
    """What ``competencies/panel_setup.html`` shows."""

    record: CompetencyDetermination
    form: SetupForm
    crafts: BaseFormSet
    criteria: "BaseModelFormSet[DeterminationCriterion, CriterionForm]"
    rows: list[tuple[CommodityLine, bool, str]]  # is it ticked, in a word
    refusal: str
    errors: list[dict[str, str]]


class SetupPage:
    """The three parts of the page, saved together."""

    def __init__(self, record: CompetencyDetermination, data: QueryDict | None) -> None:
        self.record, self.refusal = record, ""
        try:
            self.lines = list(analysis_for(record).lines)
        except FiguresRefused as refusal:
            self.lines, self.refusal = [], str(refusal)
        present = {row.commodity_id: row for row in record.options.select_related("commodity")}
        counted = {line.commodity for line in self.lines}
        self.form = SetupForm(
            data,
            lines=[(line.commodity, line.name) for line in self.lines],
            initial={
                "version": record.version,
                "options": [line.commodity for line in self.lines if line.commodity in present],
                "people": list(record.seats.by_name().values_list("user", flat=True)),
            },
        )
        crafts = [
            {"commodity": commodity, "note": row.note} for commodity, row in present.items() if commodity not in counted
        ]
        others = Commodity.objects.exclude(pk__in=counted).values_list("pk", "name")
        named = [("", "Pilih"), *others]
        self.crafts = CraftFormSet(data, initial=crafts, prefix="kerajinan", form_kwargs={"choices": named})
        self.criteria = CriteriaFormSet(data, queryset=record.criteria.all(), prefix="kriteria")

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in (self.form, self.crafts, self.criteria)]
        return all(valid) and self._named_once()

    def _named_once(self) -> bool:
        """A craft is no commodity that is ticked above, nor named in two rows."""
        seen = set(self.form.cleaned_data["options"])
        for form in self.crafts:
            commodity = form.cleaned_data.get("commodity")
            if commodity and commodity.pk in seen:
                form.add_error("commodity", f"{str(commodity).capitalize()} sudah menjadi pilihan.")
                return False
            seen |= {commodity.pk} if commodity else set()
        return True

    def save(self) -> None:
        """Raises ``EditConflict``."""
        options = dict.fromkeys(self.form.cleaned_data["options"], "")
        for form in self.crafts:
            if commodity := form.cleaned_data.get("commodity"):
                options[commodity.pk] = form.cleaned_data["note"].strip()
        criteria = self.criteria.save(commit=False)
        save_setup(
            record=self.record,
            seen=self.form.cleaned_data["version"],
            options=options,
            criteria=criteria,
            dropped=self.criteria.deleted_objects,
            people=self.form.cleaned_data["people"],
        )

    def conflict(self, request: UserRequest) -> HttpResponse:
        """Both versions: what was typed beside what is stored now."""
        fresh = SetupPage(self.record, None)
        mine, theirs = versions_of(self.form)[0], versions_of(fresh.form)[1]
        for word, part, stored in (
            ("Kriteria %d, ", self.criteria, fresh.criteria),
            ("Kerajinan %d, ", self.crafts, fresh.crafts),
        ):
            for number, form in enumerate(part.forms, start=1):
                mine |= versions_of(form, word % number)[0]
            for number, form in enumerate(stored.forms, start=1):
                theirs |= versions_of(form, word % number)[1]
        return edit_conflict_page(
            request,
            self.record,
            mine=mine,
            theirs=theirs,
            replace={"version": self.record.version},
            parts=["options", "criteria", "seats"],
            is_open=self.record.may_edit(request.user),
        )

    def shown(self) -> SetupShown:
        ticked = {str(value) for value in self.form["options"].value() or []}
        return SetupShown(
            record=self.record,
            form=self.form,
            crafts=self.crafts,
            criteria=self.criteria,
            rows=[(line, str(line.commodity) in ticked, _word(line)) for line in self.lines],
            refusal=self.refusal,
            errors=error_items(self.form, self.crafts, self.criteria),
        )


def _word(line: CommodityLine) -> str:
    return class_word(COMBINED, line.combined)


@dataclass(frozen=True)
class ScoringFacts:
    """Further context of ``competencies/scoring_open.html``: what will be frozen."""

    options: list[CompetencyOption]
    criteria: list[tuple[DeterminationCriterion, str]]  # each with its share of the weights
    inapplicable: list[InapplicableCriterion]
    seats: list[AssessorSeat]
    uneven: bool
    total: Decimal | int


def scoring_facts(record: CompetencyDetermination) -> ScoringFacts:
    criteria = list(record.criteria.all())
    total = sum(criterion.weight for criterion in criteria)
    return ScoringFacts(
        options=list(record.options.select_related("commodity")),
        criteria=[
            (criterion, formats.share(criterion.weight / total) if total else formats.NO_DATA) for criterion in criteria
        ],
        inapplicable=list(InapplicableCriterion.objects.of(record).select_related("option__commodity", "criterion")),
        seats=list(record.seats.select_related("user")),
        uneven=total != 100,
        total=total,
    )
