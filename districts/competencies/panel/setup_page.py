"""What the setup page of a determination holds: options from the figures, crafts, criteria, seats, one version."""

from dataclasses import dataclass
from decimal import Decimal

from django.forms import BaseFormSet, BaseModelFormSet
from django.http import HttpResponse, QueryDict

from districts.competencies.analysis.computing import CommodityLine
from districts.competencies.analysis.reading import EvidenceScope
from districts.competencies.analysis.words import COMBINED, class_word
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import DeterminationAnalysis, analysis_address, listed, measure_words
from districts.competencies.panel.forms import (
    CraftFormSet,
    CriteriaFormSet,
    CriterionForm,
    OpenForm,
    SetupForm,
    picked,
)
from districts.competencies.panel.models import (
    AssessorSeat,
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
)
from districts.competencies.panel.services import save_setup
from districts.competencies.panel.snapshot import FreshAnalysis, fresh_analyses
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
class PickRow:
    """A commodity of an analysis that may be ticked."""

    line: CommodityLine
    value: str
    ticked: bool
    word: str  # its class


@dataclass(frozen=True)
class PickTable:
    """What one analysis offers; ``row`` is None where the determination's own measure is used."""

    row: DeterminationAnalysis | None
    rows: list[PickRow]
    refusal: str
    link: str  # its figures

    @property
    def anchor(self) -> str:
        return f"hitungan-{self.row.pk}" if self.row else "pilihan"

    @classmethod
    def of(cls, record: CompetencyDetermination, fresh: FreshAnalysis, ticked: set[str]) -> "PickTable":
        values = [picked(fresh.key, line.commodity) for line in fresh.lines]
        rows = [
            PickRow(line, value, value in ticked, class_word(COMBINED, line.combined))
            for line, value in zip(fresh.lines, values, strict=True)
        ]
        asked = fresh.row.scope if fresh.row else EvidenceScope(record.measure)
        return cls(fresh.row, rows, fresh.refusal, analysis_address(record, asked))


@dataclass(frozen=True)
class SetupShown:
    """What ``competencies/panel_setup.html`` shows."""

    record: CompetencyDetermination
    form: SetupForm
    crafts: BaseFormSet
    criteria: "BaseModelFormSet[DeterminationCriterion, CriterionForm]"
    tables: list[PickTable]
    errors: list[dict[str, str]]


class SetupPage:
    """The three parts of the page, saved together."""

    def __init__(self, record: CompetencyDetermination, data: QueryDict | None) -> None:
        self.record = record
        self.fresh = fresh_analyses(record)
        offered = [(each, line) for each in self.fresh for line in each.lines]
        present = {row.commodity_id: row for row in record.options.select_related("commodity")}
        stored = {picked(row.analysis_id, row.commodity_id): row.commodity_id for row in present.values()}
        ticked = [box for each, line in offered if (box := picked(each.key, line.commodity)) in stored]
        self.form = SetupForm(
            data,
            lines=[(picked(each.key, line.commodity), _name_of(each, line)) for each, line in offered],
            initial={
                "version": record.version,
                "options": ticked,
                "people": list(record.seats.by_name().values_list("user", flat=True)),
            },
        )
        others = present.keys() - {stored[box] for box in ticked}
        rows = [row for commodity, row in present.items() if commodity in others]
        self.crafts = self._crafts(data, rows, {line.commodity for _each, line in offered})
        self.criteria = CriteriaFormSet(data, queryset=record.criteria.all(), prefix="kriteria")

    def _crafts(self, data: QueryDict | None, rows: list[CompetencyOption], counted: set[int]) -> BaseFormSet:
        """Options without figures; offered is what no analysis counts, and what is there already."""
        initial = [{"commodity": row.commodity_id, "note": row.note} for row in rows]
        free = Commodity.objects.exclude(pk__in=counted - {row.commodity_id for row in rows})
        named = [("", "Pilih"), *free.values_list("pk", "name")]
        return CraftFormSet(data, initial=initial, prefix="kerajinan", form_kwargs={"choices": named})

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in (self.form, self.crafts, self.criteria)]
        return all(valid) and self._named_once()

    def _named_once(self) -> bool:
        """A commodity is ticked in one analysis; a craft is none that is ticked, nor named in two rows."""
        seen: set[int] = set()
        for _analysis, commodity in self.form.cleaned_data["options"]:
            if commodity in seen:
                name = next(str(line.name) for each in self.fresh for line in each.lines if line.commodity == commodity)
                self.form.add_error("options", f"{name.capitalize()} dicentang di dua hitungan. Pilih satu.")
                return False
            seen.add(commodity)
        for form in self.crafts:
            commodity = form.cleaned_data.get("commodity")
            if commodity and commodity.pk in seen:
                form.add_error("commodity", f"{str(commodity).capitalize()} sudah menjadi pilihan.")
                return False
            seen |= {commodity.pk} if commodity else set()
        return True

    def save(self) -> None:
        """Raises ``EditConflict``."""
        ticked = self.form.cleaned_data["options"]
        options = dict.fromkeys([commodity for _analysis, commodity in ticked], "")
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
            analyses={commodity: analysis for analysis, commodity in ticked},
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
        ticked = set(map(str, self.form["options"].value() or []))
        return SetupShown(
            record=self.record,
            form=self.form,
            crafts=self.crafts,
            criteria=self.criteria,
            tables=[PickTable.of(self.record, each, ticked) for each in self.fresh],
            errors=error_items(self.form, self.crafts, self.criteria),
        )


def _name_of(fresh: FreshAnalysis, line: CommodityLine) -> str:
    return f"{line.name} ({fresh.row})" if fresh.row else line.name


@dataclass(frozen=True)
class ScoringFacts:
    """Further context of ``competencies/scoring_open.html``: what will be frozen."""

    measures: str
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
        measures=measure_words([row.measure for row in listed(record)] or [record.measure]),
        options=list(record.options.select_related("commodity", "analysis")),
        criteria=[
            (criterion, formats.share(criterion.weight / total) if total else formats.NO_DATA) for criterion in criteria
        ],
        inapplicable=list(InapplicableCriterion.objects.of(record).select_related("option__commodity", "criterion")),
        seats=list(record.seats.select_related("user")),
        uneven=total != 100,
        total=total,
    )
