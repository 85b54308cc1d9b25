"""What keeps a plan from being submitted, and what its writer should think about once more.

Blockers refuse the step "submit"; warnings only inform. Each finding names the record and the field to correct; the
pages know the address of its form (``finding_links``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas import clock
from p2emas.naming import said
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.chain.matrix import ChainFinding, findings_of_plan
from programs.planning.measures import core_competencies
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.reach import holidays_of, latest_of, latest_sentence
from programs.planning.work_plans import missing_in_plan

LATE_MONTH = 10  # work that begins in TW IV leaves no quarter to correct it in
QUARTERS = (1, 2, 3, 4)
LineTargets = dict[int, tuple[int | None, Decimal | None]]  # quarter -> money, physical


@dataclass(frozen=True)
class PlanFinding:
    """``code`` for tests and filters; ``subject``: the line or activity in words.

    ``about`` and its ``field`` have to be corrected: a line or an indicator; an activity that lacks one; nothing yet.
    """

    code: str
    sentence: str
    subject: str
    about: PlanLine | Indicator | Activity | None
    field: str = ""


@dataclass(frozen=True)
class PlannedIndicator:
    """An indicator with what it has for the plan's year: as a whole, and in the villages that its activity works in."""

    activity: Activity
    indicator: Indicator
    whole: list[IndicatorTarget]
    in_villages: list[IndicatorTarget]

    @property
    def has_target(self) -> bool:
        return any(row.target is not None for row in (*self.whole, *self.in_villages))

    @property
    def has_whole_target(self) -> bool:
        return any(row.target is not None for row in self.whole)

    @property
    def lacks_whole_baseline(self) -> bool:
        if not self.whole and not self.in_villages:
            return True
        return any(not has_baseline(row) for row in self.whole)

    def found(self, code: str, sentence: str, field: str) -> PlanFinding:
        return PlanFinding(code, sentence, str(self.activity), self.indicator, field)


class PlanCheck:
    """All findings of one plan version, from a number of queries that does not depend on its size."""

    def __init__(self, plan: WorkPlan, on: date | None = None) -> None:
        self.plan = plan
        self.lines = list(plan.lines.of_one_plan().with_listing().order_by("activity__code", "pk"))
        self.targets_of = _targets_of(plan)
        self.today = clock.today()
        self.core = core_competencies(on or plan.day)
        self.targets = set(TargetLocation.objects.in_force(on or plan.day).values_list("village", flat=True))
        self.warnings_of: dict[int, list[PlanFinding]] = {
            line.pk: list(self._line_warnings(line)) for line in self.lines
        }
        self.villages_of: dict[int, set[int]] = defaultdict(set)
        for line in self.lines:
            if line.village:
                self.villages_of[line.activity_id].add(line.village.pk)
        self.activities = list({line.activity_id: line.activity for line in self.lines}.values())
        self.planned = self._read_indicators()
        self.blockers = list(self._blockers())

    @property
    def warnings(self) -> list[PlanFinding]:
        return [finding for line in self.lines for finding in self.warnings_of[line.pk]]

    @property
    def unlisted(self) -> list[Activity]:
        """Activities whose code their list does not have: no finding, the code stays."""
        return list({line.activity_id: line.activity for line in self.lines if line.unlisted}.values())

    @cached_property
    def holidays(self) -> Collection[date]:
        return holidays_of(self.plan.year)

    @cached_property
    def chain(self) -> list[ChainFinding]:
        """What the value chains of its target villages lack or have twice; only the pages that ask pay for it."""
        villages = {line.village.pk: line.village for line in self.lines if line.village}
        wanted = {pk: village for pk, village in villages.items() if pk in self.targets}
        return findings_of_plan(self.plan, wanted, self.targets)

    @property
    def money_by_village(self) -> Counter[int | None]:
        """Rupiah of the agency's own budget by the id of the village, None for the whole regency."""
        money: Counter[int | None] = Counter()
        for line in self.lines:
            if not line.is_village_money:
                money[line.village.pk if line.village else None] += line.amount
        return money

    def _read_indicators(self) -> dict[int, list[PlannedIndicator]]:
        """Activity id -> its indicators; two queries."""
        mine = Indicator.objects.filter(activity__in=self.plan.activities().order_by())
        targets: dict[int, list[IndicatorTarget]] = defaultdict(list)
        for row in IndicatorTarget.objects.filter(indicator__in=mine, year=self.plan.year).select_related("village"):
            targets[row.indicator_id].append(row)
        indicators: dict[int | None, list[Indicator]] = defaultdict(list)
        for indicator in mine:
            indicators[indicator.activity_id].append(indicator)
        return {
            activity.pk: [self._planned(activity, each, targets[each.pk]) for each in indicators[activity.pk]]
            for activity in self.activities
        }

    def _planned(self, activity: Activity, indicator: Indicator, targets: list[IndicatorTarget]) -> PlannedIndicator:
        # a row of a village that the plan no longer works in asks nothing: its form does not show it either
        here = self.villages_of[activity.pk]
        whole = [row for row in targets if row.village_id is None]
        return PlannedIndicator(activity, indicator, whole, [row for row in targets if row.village_id in here])

    def _blockers(self) -> Iterator[PlanFinding]:
        if not self.lines:
            sentence = "Rencana belum berisi. Tambahkan paling sedikit satu baris."
            yield PlanFinding("no_lines", sentence, "", None)
        for line in self.lines:
            if line.other_village_id and not line.exception_reason.strip():
                sentence = f"Tulis alasan mengapa {line} berada di luar lokasi sasaran."
                yield _at(line, "no_reason", sentence, "exception_reason")
        for activity in self.activities:
            planned = self.planned[activity.pk]
            if not planned:
                sentence = f"Kegiatan “{activity}” belum punya indikator."
                yield PlanFinding("no_indicator", sentence, str(activity), activity)
            for each in planned:
                yield from self._indicator_blockers(each)

    def _indicator_blockers(self, planned: PlannedIndicator) -> Iterator[PlanFinding]:
        indicator = planned.indicator
        if indicator.formula not in Indicator.Formula.values:
            yield planned.found("no_formula", f"Pilih jenis rumus indikator “{indicator}”.", "formula")
        if not indicator.source.strip():
            yield planned.found("no_source", f"Isi sumber data indikator “{indicator}”.", "source")
        yield from self._target_blockers(planned)
        yield from _baseline_blockers(planned)

    def _target_blockers(self, planned: PlannedIndicator) -> Iterator[PlanFinding]:
        """A target for the whole, or for every village: that of one village says nothing of the others."""
        asked = f"Isi target tahun {self.plan.year} indikator “{planned.indicator}”"
        if not planned.has_target:
            yield planned.found("no_target", f"{asked}.", "target")
        elif not planned.has_whole_target:
            for row in planned.in_villages:
                if row.target is None:
                    yield planned.found("no_target", f"{asked} untuk {row.village}.", f"target_{row.village_id}")

    def _line_warnings(self, line: PlanLine) -> Iterator[PlanFinding]:
        yield from self._place_warnings(line)
        if line.village:
            yield from self._competency_warnings(line, line.village)
        if line.village and line.group_id is None:
            yield _at(line, "no_group", "Kelompok penerima belum ditunjuk.", "group")
        yield from self._time_warnings(line)
        if line.start_month >= LATE_MONTH:
            yield _at(line, "late_start", "Baru mulai pada triwulan IV.", "start_month")
        missing = missing_quarters(line, self.targets_of.get(line.pk, {}))
        if missing:
            words = ", ".join(f"TW {('I', 'II', 'III', 'IV')[quarter - 1]}" for quarter in missing)
            yield _at(line, "no_targets", f"Target {words} belum lengkap.", f"money_{missing[0]}")

    def _time_warnings(self, line: PlanLine) -> Iterator[PlanFinding]:
        """A line that says its procurement or season and can no longer begin in time, or begins out of season."""
        if not (line.procurement_id or line.season):
            return
        found = latest_of(line, self.holidays)
        if not found.in_season:
            yield _at(line, "out_of_season", f"Bulan mulai di luar musimnya, {line.season_words}.", "start_month")
        if not found.is_reachable(self.today):
            yield _at(line, "too_late", latest_sentence(found, self.today), "procurement")

    def _place_warnings(self, line: PlanLine) -> Iterator[PlanFinding]:
        if line.village is None:
            yield _at(line, "outside", said("Untuk seluruh {territory}, jadi di luar lokasi sasaran."), "place")
        elif line.village.pk not in self.targets:
            yield _at(line, "outside", f"{line.village} bukan lokasi sasaran yang berlaku.", "place")

    def _competency_warnings(self, line: PlanLine, village: Village) -> Iterator[PlanFinding]:
        core = self.core.get(village.district_id)
        if core is None:
            sentence = f"Kecamatan {village.district} belum punya kompetensi inti yang berlaku."
            yield _at(line, "no_core", sentence, "commodity")
        elif line.commodity_id not in core:
            yield _at(line, "not_core", f"Bukan kompetensi inti Kecamatan {village.district}.", "commodity")


def _at(line: PlanLine, code: str, sentence: str, field: str) -> PlanFinding:
    return PlanFinding(code, sentence, str(line), line, field)


def _baseline_blockers(planned: PlannedIndicator) -> Iterator[PlanFinding]:
    asked = f"Isi nilai awal indikator “{planned.indicator}”"
    if planned.lacks_whole_baseline:
        yield planned.found("no_baseline", f"{asked}, atau alasan mengapa belum ada.", "baseline")
    for row in planned.in_villages:
        if not has_baseline(row):
            yield planned.found(
                "no_baseline", f"{asked} untuk {row.village}, atau alasannya.", f"baseline_{row.village_id}"
            )


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


def _targets_of(plan: WorkPlan) -> dict[int, LineTargets]:
    """Line id -> its targets. As plain rows: a plan has four for each of its lines."""
    found: dict[int, LineTargets] = defaultdict(dict)
    rows = PlanLineTarget.objects.filter(plan_line__plan=plan).order_by()
    for line, quarter, money, physical in rows.values_list("plan_line_id", "quarter", "money", "physical"):
        found[line][quarter] = money, physical
    return found
