"""The workbook of a plan: its lines with their quarterly targets, and the year's targets of its indicators."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, QuerySet
from django.shortcuts import get_object_or_404

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, register_lane
from p2emas.naming import said
from p2emas.workflow.editing import EditConflict
from programs.framework.models import Indicator, IndicatorTarget
from programs.nomenclature.funds import Fund, funds
from programs.planning.indicator_forms import WHOLE_FIELDS, IndicatorFacts, IndicatorForm
from programs.planning.line_forms import QUARTERS, LineDetailsForm, LineValuesForm
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.services import PlanRefused
from programs.planning.workbook.known import LineChoices
from programs.planning.workbook.new_lines import (
    LINKS,
    MONTH_WORDS,
    ManyLines,
    added_rows,
    detail_columns,
    method_key,
    new_columns,
    new_row,
    offer_methods,
)
from programs.planning.workbook.saving import PartEdit, delete_many_lines, save_many_indicators, save_many_lines

WHOLE = "#,##0"
_NEW = re.compile(r"(b[0-9]{1,7})-amount$")
FIGURES = (
    LaneColumn("Pagu (Rp)", "amount", "Rupiah penuh.", width=20, main=True, also=("Anggaran",)),
    *(
        LaneColumn(f"Keuangan s.d. {name} (Rp)", f"money_{quarter}", "Rupiah, kumulatif sejak Januari.")
        for quarter, name in QUARTERS.items()
    ),
    *(
        LaneColumn(f"Fisik s.d. {name} (%)", f"physical_{quarter}", "Persen, kumulatif sejak Januari.", width=11)
        for quarter, name in QUARTERS.items()
    ),
    LaneColumn("Volume", "volume", "Banyaknya, misalnya 12,5.", width=12),
    LaneColumn("Satuan", "unit", "Misalnya paket, ekor, orang.", width=14),
)
START = LaneColumn("Bulan mulai", "start_month", "Pilih dari daftar.", width=14, options=MONTH_WORDS)
BEFORE = LaneColumn("Pagu sebelumnya (Rp)", width=20, number=WHOLE)
TARGETS = (
    LaneColumn("Target", "target", "Nilai yang dituju tahun ini, dalam satuan di kolom Satuan.", main=True),
    LaneColumn("Nilai awal", "baseline", "Kosong berarti belum ada data; tulis alasannya."),
    LaneColumn("Tahun nilai awal", "baseline_year", "Hanya pada baris seluruh kegiatan.", width=12),
    LaneColumn("Sumber nilai awal", "baseline_source", "Hanya pada baris seluruh kegiatan.", width=30),
    LaneColumn("Mengapa nilai awal belum ada", "baseline_missing_reason", "Isi bila nilai awal kosong.", width=30),
    LaneColumn("Satuan", width=14),
)


class LineRowForm(ManyLines, LineDetailsForm):
    """A line that is there."""

    def __init__(self, *args: Any, offered: LineChoices, **kwargs: Any) -> None:
        super().__init__(*args, known=offered.funds, **kwargs)
        self.initial["procurement"] = method_key(self.instance)
        if not self.is_like_another:
            offer_methods(self, offered)


class PlanLane(Lane[WorkPlan]):
    code, title = "rencana", "Isian Excel rencana"

    def find(self, user: User, pk: int) -> WorkPlan:
        plan = get_object_or_404(WorkPlan.objects.for_user(user).select_related("agency"), pk=pk)
        if not plan.may_write(user):
            raise PermissionDenied
        return plan

    def is_open(self, record: WorkPlan) -> bool:
        return record.is_editable

    def closed(self, record: WorkPlan) -> str:
        return f"Rencana ini berstatus {record.get_status_display().lower()}, jadi tidak dapat diubah."

    def name_of(self, record: WorkPlan) -> str:
        return f"Rencana {record.get_kind_display()} {record.year}"

    def version_words(self, record: WorkPlan) -> str:
        return f"rencana {record.dated_name}"

    def file_name(self, record: WorkPlan) -> str:
        return f"isian-rencana-{record.year}-{record.sequence}-{record.agency.short_name.lower().replace(' ', '-')}"

    def url_of(self, record: WorkPlan) -> str:
        return record.get_absolute_url()

    def version_of(self, record: WorkPlan) -> int:
        return record.version

    def sheets(self, record: WorkPlan, data: Mapping[str, str] | None = None) -> list[LaneSheet]:
        known = LineChoices(record, funds())
        lines, indicators = _line_forms(record, data, known), _indicator_forms(record, data)
        known.take((f"baris {form.prefix}", form.instance) for form in lines)
        new = [new_row(known, key, data) for key in _new_keys(data)]
        rows, forms = [*map(_line_row, lines), *new], [*lines, *(row.form for row in new)]
        columns = (*_line_columns(record, known.funds, lines), *new_columns(known), *detail_columns(known))
        found = [LaneSheet("Baris rencana", "Kegiatan", columns, rows, forms, adds=added_rows(known))]
        if indicators:
            rows = [row for form in indicators for row in _target_rows(form)]
            found.append(LaneSheet("Target indikator", "Indikator", TARGETS, rows, indicators))
        return found

    def save(self, record: WorkPlan, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        held = WorkPlan.objects.select_for_update(no_key=True).get(pk=record.pk)
        if held.version != version or not held.is_editable:
            raise EditConflict
        forms = [form for sheet in sheets for form in sheet.whole if form.is_bound]
        try:
            new = save_many_lines(plan=record, edits=_edits(forms, LineValuesForm), by=actor)
            save_many_indicators(plan=record, edits=_edits(forms, IndicatorForm), by=actor)
        except PlanRefused as refusal:
            raise EditConflict(str(refusal)) from refusal
        record.refresh_from_db()
        return [line.pk for line in new]

    def take_back(
        self, record: WorkPlan, sheets: list[LaneSheet], added: Sequence[int], *, version: int, actor: User
    ) -> None:
        self.save(record, sheets, version=version, actor=actor)
        try:
            delete_many_lines(plan=record, keys=added, by=actor)
        except ProtectedError as in_use:
            raise EditConflict("Baris baru itu sudah dipakai di tempat lain.") from in_use
        record.refresh_from_db()


def _edits(forms: Iterable[Any], kind: type[LineValuesForm | IndicatorForm]) -> list[PartEdit]:
    """What the forms of one kind ask to be saved."""
    return [
        PartEdit(
            form.instance,
            form.instance.pk and form.instance.version,
            set(form.changed_data) & set(form.Meta.fields),
            form.targets(),
        )
        for form in forms
        if isinstance(form, kind)
    ]


def _sent(prefix: str, name: str, data: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """What was sent to the form with this prefix, None where nothing was."""
    return data if data is not None and f"{prefix}-{name}" in data else None


def _new_keys(data: Mapping[str, str] | None) -> list[str]:
    """Of the new lines among what was sent, in the order of the file."""
    found = {match[1] for name in data or () if (match := _NEW.match(name))}
    return sorted(found, key=lambda key: int(key[1:]))


# --- Lines ----------------------------------------------------------------------------------------------------------


def _line_columns(plan: WorkPlan, known: Mapping[str, Fund], forms: Iterable[LineRowForm]) -> tuple[LaneColumn, ...]:
    """The drop-down of funds has those of the year and those that a line has already."""
    kept = {form.instance.fund for form in forms}
    options = {code: fund.label for code, fund in known.items() if code in kept or fund.is_offered(plan.year)}
    options |= {code: code for code in sorted(kept - options.keys())}
    return *FIGURES, LaneColumn("Sumber dana", "fund", "Pilih dari daftar.", width=14, options=options), START, BEFORE


def _line_forms(plan: WorkPlan, data: Mapping[str, str] | None, known: LineChoices) -> list[LineRowForm]:
    related = ("activity", "target_location__village", "other_village", "continues", "plan", "group", "commodity")
    lines = plan.lines.select_related(*related).prefetch_related("targets").order_by("activity__code", "pk")
    forms: list[LineRowForm] = []
    first: dict[str, LineRowForm] = {}  # of each fund: a line keeps its fund among the choices
    for line in lines:
        prefix, like = f"r{line.pk}", first.get(line.fund)
        sent = _sent(prefix, "amount", data)
        forms.append(LineRowForm(sent, instance=line, prefix=prefix, offered=known, like=like))
        first.setdefault(line.fund, forms[-1])
    return forms


def _line_row(form: LineRowForm) -> LaneRow:
    line = form.instance
    label = f"{line.activity.name} ({line.activity.code})"
    before = line.continues.amount if line.continues else None
    seen = {
        "chain_link": LINKS.get(line.chain_link, ""),
        "commodity": str(line.commodity or ""),
        "group": str(line.group or ""),
        "exception_reason": line.exception_reason,
    }
    also = (line.activity.name, line.activity.code)
    return LaneRow(str(form.prefix), label, _place(line), form, (before,), seen=seen, also=also)


def _place(line: PlanLine) -> str:
    village = line.target_location.village if line.target_location else line.other_village
    return village.name if village else said("seluruh {territory}")


# --- Targets of the year --------------------------------------------------------------------------------------------


def _indicator_forms(plan: WorkPlan, data: Mapping[str, str] | None) -> list[IndicatorForm]:
    indicators = list(plan.indicators().select_related("activity").order_by("activity__code", "name", "pk"))
    if not indicators:
        return []
    facts = _facts_of(plan, indicators)
    forms = []
    for indicator in indicators:
        prefix = f"t{indicator.pk}"
        sent = _sent(prefix, "target", data)
        forms.append(IndicatorForm(sent, instance=indicator, plan=plan, prefix=prefix, facts=facts[indicator.pk]))
    return forms


def _facts_of(plan: WorkPlan, indicators: Iterable[Indicator]) -> dict[int, IndicatorFacts]:
    """What the form of each indicator reads beside it, in three queries for all of them."""
    villages = _villages_of(plan.lines.select_related("target_location__village", "other_village"))
    targets: dict[int, list[IndicatorTarget]] = defaultdict(list)
    for row in IndicatorTarget.objects.filter(indicator__in=indicators, year=plan.year).order_by("pk"):
        targets[row.indicator_id].append(row)
    measured = [indicator.activity_id for indicator in indicators]
    agreed = set(PlanLine.objects.agreed().filter(activity__in=measured).order_by().values_list("activity", flat=True))
    return {
        each.pk: IndicatorFacts(villages[each.activity_id], targets[each.pk], each.activity_id in agreed)
        for each in indicators
    }


def _villages_of(lines: QuerySet[PlanLine]) -> dict[Any, list[Village]]:
    """Activity -> the villages in which it is carried out, as ``plan_villages`` has them."""
    found: dict[Any, dict[int, Village]] = defaultdict(dict)
    for line in lines:
        for village in (line.target_location.village if line.target_location else None, line.other_village):
            if village:
                found[line.activity_id][village.pk] = village
    ordered: dict[Any, list[Village]] = defaultdict(list)
    for activity, villages in found.items():
        ordered[activity] = sorted(villages.values(), key=lambda village: (village.name, village.pk))
    return ordered


def _target_rows(form: IndicatorForm) -> list[LaneRow]:
    """The whole, then each village of the activity; all of them fill one form."""
    indicator = form.instance
    label, shown, also = f"{indicator.name} ({indicator.activity})", (indicator.unit,), (indicator.name,)
    rows = [LaneRow(f"{form.prefix}-0", label, "Seluruh kegiatan", form, shown, also=also, is_whole=True)]
    for village in form.villages:
        names = {name: f"{name}_{village.pk}" for name in WHOLE_FIELDS}
        rows.append(LaneRow(f"{form.prefix}-{village.pk}", label, village.name, form, shown, names, also=also))
    return rows


PLAN_LANE = register_lane(PlanLane())
