"""What keeps a plan from being submitted, and what its writer should think about once more.

Blockers refuse the step "submit"; warnings only inform. Each finding leads to the page and field to correct.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from districts.locations.models import TargetLocation
from p2emas.naming import said
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.measures import core_competencies
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.work_plans import missing_in_plan

LATE_MONTH = 10  # work that begins in TW IV leaves no quarter to correct it in
QUARTERS = (1, 2, 3, 4)
LineTargets = dict[int, tuple[int | None, Decimal | None]]  # quarter -> money, physical


@dataclass(frozen=True)
class PlanFinding:
    """``code`` for tests and filters; ``subject``: the line or activity; ``url`` leads to the field."""

    code: str
    sentence: str
    subject: str
    url: str


class PlanCheck:
    """All findings of one plan version, from a number of queries that does not depend on its size."""

    def __init__(self, plan: WorkPlan, on: date | None = None) -> None:
        self.plan = plan
        self.lines = list(plan.lines.for_table().order_by("activity__code", "pk"))
        self.targets_of = _targets_of(plan)
        self._line_url, self._indicator_url = (_beginning(name, plan) for name in ("line-edit", "indicator-edit"))
        self.core = core_competencies(on or plan.day)
        self.targets = set(TargetLocation.objects.in_force(on or plan.day).values_list("village", flat=True))
        self.warnings_of: dict[int, list[PlanFinding]] = {
            line.pk: list(self._line_warnings(line)) for line in self.lines
        }
        # a row of a village that the plan no longer works in asks nothing: its form does not show it either
        self.villages_of: dict[int, set[int]] = defaultdict(set)
        for line in self.lines:
            if line.village:
                self.villages_of[line.activity_id].add(line.village.pk)
        self.activities = list({line.activity_id: line.activity for line in self.lines}.values())
        self._indicators = self._read_indicators()
        self.blockers = list(self._blockers())

    @property
    def warnings(self) -> list[PlanFinding]:
        return [finding for line in self.lines for finding in self.warnings_of[line.pk]]

    @property
    def money_by_village(self) -> Counter[int | None]:
        """Rupiah of the agency's own budget by the id of the village, None for the whole regency."""
        money: Counter[int | None] = Counter()
        for line in self.lines:
            if not line.is_village_money:
                money[line.village.pk if line.village else None] += line.amount
        return money

    def _read_indicators(self) -> dict[int, list[tuple[Indicator, list[IndicatorTarget]]]]:
        """Activity id -> its indicators, each with its targets of the plan's year; two queries."""
        mine = Indicator.objects.filter(activity__in=self.plan.activities().order_by())
        targets: dict[int, list[IndicatorTarget]] = defaultdict(list)
        for row in IndicatorTarget.objects.filter(indicator__in=mine, year=self.plan.year).select_related("village"):
            targets[row.indicator_id].append(row)
        found: dict[int, list[tuple[Indicator, list[IndicatorTarget]]]] = defaultdict(list)
        for indicator in mine:
            found[indicator.activity_id].append((indicator, targets[indicator.pk]))
        return found

    def _blockers(self):
        if not self.lines:
            url = reverse("planning:line-add", args=[self.plan.pk])
            yield PlanFinding("no_lines", "Rencana belum berisi. Tambahkan paling sedikit satu baris.", "", url)
        for line in self.lines:
            if line.other_village_id and not line.exception_reason.strip():
                sentence = f"Tulis alasan mengapa {line} berada di luar lokasi sasaran."
                yield self._at(line, "no_reason", sentence, "exception_reason")
        for activity in self.activities:
            indicators = self._indicators[activity.pk]
            if not indicators:
                sentence = f"Kegiatan “{activity}” belum punya indikator."
                url = reverse("planning:indicator-add", args=[self.plan.pk, activity.pk])
                yield PlanFinding("no_indicator", sentence, str(activity), url)
            for indicator, targets in indicators:
                yield from self._indicator_blockers(activity, indicator, targets)

    def _indicator_blockers(self, activity: Activity, indicator: Indicator, targets: list[IndicatorTarget]):
        def found(code: str, sentence: str, field: str) -> PlanFinding:
            url = f"{self._indicator_url}{indicator.pk}/#id_{field}"
            return PlanFinding(code, sentence, str(activity), url)

        if indicator.formula not in Indicator.Formula.values:
            yield found("no_formula", f"Pilih jenis rumus indikator “{indicator}”.", "formula")
        if not indicator.source.strip():
            yield found("no_source", f"Isi sumber data indikator “{indicator}”.", "source")
        here = self.villages_of[activity.pk]
        rows = [row for row in targets if row.village_id is None or row.village_id in here]
        whole = [row for row in rows if row.village_id is None]
        in_villages = [row for row in rows if row.village_id is not None]
        if not any(row.target is not None for row in rows):
            sentence = f"Isi target tahun {self.plan.year} indikator “{indicator}”."
            yield found("no_target", sentence, "target")
        elif not any(row.target is not None for row in whole):  # the target of one village speaks for no other
            for row in in_villages:
                if row.target is None:
                    sentence = f"Isi target tahun {self.plan.year} indikator “{indicator}” untuk {row.village}."
                    yield found("no_target", sentence, f"target_{row.village_id}")
        if not rows or any(not has_baseline(row) for row in whole):
            yield found(
                "no_baseline", f"Isi nilai awal indikator “{indicator}”, atau alasan mengapa belum ada.", "baseline"
            )
        for row in in_villages:
            if not has_baseline(row):
                sentence = f"Isi nilai awal indikator “{indicator}” untuk {row.village}, atau alasannya."
                yield found("no_baseline", sentence, f"baseline_{row.village_id}")

    def _line_warnings(self, line: PlanLine):
        village = line.village
        if village is None:
            sentence = said("Untuk seluruh {territory}, jadi di luar lokasi sasaran.")
            yield self._at(line, "outside", sentence, "place")
        elif village.pk not in self.targets:
            sentence = f"{village} bukan lokasi sasaran yang berlaku."
            yield self._at(line, "outside", sentence, "place")
        core = self.core.get(village.district_id) if village else None
        if village and core is None:
            sentence = f"Kecamatan {village.district} belum punya kompetensi inti yang berlaku."
            yield self._at(line, "no_core", sentence, "commodity")
        elif core is not None and line.commodity_id not in core:
            sentence = f"Bukan kompetensi inti Kecamatan {village.district}."
            yield self._at(line, "not_core", sentence, "commodity")
        if village and line.group_id is None:
            yield self._at(line, "no_group", "Kelompok penerima belum ditunjuk.", "group")
        if line.start_month >= LATE_MONTH:
            yield self._at(line, "late_start", "Baru mulai pada triwulan IV.", "start_month")
        missing = missing_quarters(line, self.targets_of.get(line.pk, {}))
        if missing:
            words = ", ".join(f"TW {('I', 'II', 'III', 'IV')[quarter - 1]}" for quarter in missing)
            sentence = f"Target {words} belum lengkap."
            yield self._at(line, "no_targets", sentence, f"money_{missing[0]}")

    def _at(self, line: PlanLine, code: str, sentence: str, field: str) -> PlanFinding:
        return PlanFinding(code, sentence, str(line), f"{self._line_url}{line.pk}/#id_{field}")


@missing_in_plan.provide
def what_plan_lacks(plan: WorkPlan) -> str:
    """The first sentence that keeps ``plan`` from being submitted; "" for none."""
    return next((blocker.sentence for blocker in PlanCheck(plan).blockers), "")


def has_baseline(row: IndicatorTarget) -> bool:
    """A value, or the reason why there is none yet: zero is a value, nothing is not."""
    return row.baseline is not None or bool(row.baseline_missing_reason.strip())


def missing_quarters(line: PlanLine, given: LineTargets) -> list[int]:
    """Quarters from the line's start on without a target for money or without one for physical progress."""
    first = (line.start_month + 2) // 3
    return [quarter for quarter in QUARTERS if quarter >= first and None in given.get(quarter, (None, None))]


def _beginning(name: str, plan: WorkPlan) -> str:
    """The address of a part of ``plan`` up to its number: a plan of 300 lines names a thousand of them."""
    return reverse(f"planning:{name}", args=[plan.pk, 0]).removesuffix("0/")


def _targets_of(plan: WorkPlan) -> dict[int, LineTargets]:
    """Line id -> its targets. As plain rows: a plan has four for each of its lines."""
    found: dict[int, LineTargets] = defaultdict(dict)
    rows = PlanLineTarget.objects.filter(plan_line__plan=plan).order_by()
    for line, quarter, *both in rows.values_list("plan_line_id", "quarter", "money", "physical"):
        found[line][quarter] = both[0], both[1]
    return found
