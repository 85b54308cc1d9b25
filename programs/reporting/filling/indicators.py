"""The indicator values of a report: one row per indicator, or per village where its targets are per village.

A report asks for the indicators of its activities, and of the outcomes that these serve: an outcome (what changed for
people) only in the villages in which the agency works for it, and only where it has a target.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import F, Q

from p2emas.methods.achievement import achievement
from programs.fieldwork.notebook.villages import quarter_url
from programs.framework.models import Indicator, IndicatorTarget
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import IndicatorValue, ReportLineQuerySet

Key = tuple[int, int | None]  # indicator, village


@dataclass
class IndicatorRow:
    """One value to give, with its target and what earlier quarters of the year said."""

    number: int
    value: IndicatorValue
    target: IndicatorTarget | None
    earlier: list[Decimal | None]

    @property
    def indicator(self) -> Indicator:
        return self.value.indicator

    @property
    def measures(self) -> str:
        """The activity or, of an indicator of outcome, the outcome."""
        return str(self.indicator.activity or self.indicator.outcome)

    @property
    def place(self) -> str:
        return self.value.village.name if self.value.village else ""

    @property
    def about(self) -> str:
        """What it measures, where, and in which unit."""
        return " · ".join(filter(None, (self.measures, self.place, self.indicator.unit)))

    @property
    def notebook_url(self) -> str:
        """Where the figure of the village's sales notebooks is read; empty where the indicator takes none."""
        village, period = self.value.village, self.value.report.period
        return quarter_url(village, period.year, period.number) if self.indicator.notebook and village else ""

    @property
    def adds_up(self) -> bool:
        return self.indicator.formula == Indicator.Formula.INCREASING

    @property
    def last(self) -> Decimal | None:
        """The last known value of an earlier quarter."""
        known = [value for value in self.earlier if value is not None]
        return known[-1] if known else None

    @property
    def sum_before(self) -> Decimal | None:
        known = [value for value in self.earlier if value is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def before(self) -> Decimal | None:
        """What the screen shows beside the field: the running sum, or the last state."""
        return self.sum_before if self.adds_up else self.last

    @property
    def to_date(self) -> Decimal | None:
        """Running sum or last state with this quarter; None while nothing is known."""
        if not self.adds_up:
            return self.value.value if self.value.value is not None else self.last
        known = [value for value in (self.sum_before, self.value.value) if value is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def achievement(self) -> float | None:
        """None also where a negative number slipped in past the forms: it means nothing, and the page must not fail."""
        target = self.target.target if self.target else None
        values = [*self.earlier, self.value.value]
        if any(number is not None and number < 0 for number in (target, *values)):
            return None
        return achievement(self.indicator.formula, target, values)

    @property
    def is_complete(self) -> bool:
        return self.value.value is not None or bool(self.value.missing_reason)


class IndicatorTable:
    """The rows of one report; three queries, or four where outcomes have targets, however many indicators."""

    def __init__(self, report: ProgressReport) -> None:
        self.report = report

    @cached_property
    def rows(self) -> list[IndicatorRow]:
        indicators = self._indicators()
        rows: list[IndicatorRow] = []
        saved, earlier = self._values() if indicators else ({}, {})
        for indicator in indicators:
            targets: list[IndicatorTarget] | list[None] = self._targets.get(indicator.pk) or [None]
            for target in targets:
                key = (indicator.pk, target.village_id if target else None)
                value = saved.get(key) or IndicatorValue(report=self.report, indicator=indicator, village_id=key[1])
                value.indicator = indicator
                if target and target.village_id:
                    value.village = target.village
                rows.append(IndicatorRow(len(rows) + 1, value, target, earlier.get(key, [])))
        return rows

    def has_rows(self) -> bool:
        """Whether anything is asked; one query where an activity has an indicator."""
        return Indicator.objects.filter(activity__in=self._activities).exists() or bool(self._targets)

    @property
    def is_complete(self) -> bool:
        return all(row.is_complete for row in self.rows)

    @property
    def filled(self) -> int:
        return sum(row.is_complete for row in self.rows)

    def _indicators(self) -> list[Indicator]:
        """Those of the activities in the order of their codes, then those of outcomes."""
        of_outcomes = [pk for pk, targets in self._targets.items() if targets[0].of_activity is None]
        wanted = Q(activity__in=self._activities) | Q(pk__in=of_outcomes)
        return list(
            Indicator.objects.filter(wanted)
            .select_related("activity", "outcome")
            .only("name", "unit", "formula", "ledger", "largest_change", "notebook", "activity__name", "outcome__name")
            .order_by(F("activity__code").asc(nulls_last=True), "name", "pk")
        )

    @property
    def _lines(self) -> ReportLineQuerySet:
        """The work that indicators are asked of: what the plan no longer has is measured no more."""
        return self.report.lines.planned()

    @property
    def _activities(self) -> models.QuerySet:
        return self._lines.order_by().values("plan_line__activity")

    @cached_property
    def _targets(self) -> dict[int, list[IndicatorTarget]]:
        found = IndicatorTarget.objects.of_work(self._activities, self._lines.places(), self.report.period.year)
        read = ("indicator", "year", "target", "baseline", "village__name", "village__slug")
        rows = list(found.select_related("village").only(*read).order_by("village__name", "pk"))
        served = self._lines.served() if any(target.of_activity is None for target in rows) else set()
        targets: dict[int, list[IndicatorTarget]] = {}
        for target in rows:
            if target.of_activity or (target.of_outcome, target.village_id) in served:
                targets.setdefault(target.indicator_id, []).append(target)
        return targets

    def _values(self) -> tuple[dict[Key, IndicatorValue], dict[Key, list[Decimal | None]]]:
        """What this report says, and what the year's earlier sent reports said in the order of the quarters."""
        saved: dict[Key, IndicatorValue] = {}
        earlier: dict[Key, list[Decimal | None]] = {}
        names = [column.attname for column in IndicatorValue._meta.concrete_fields]
        values = IndicatorValue.objects.with_earlier(self.report)
        report, indicator, village, value = map(names.index, ("report_id", "indicator_id", "village_id", "value"))
        # hundreds of values of earlier quarters: only those of this report become objects
        for row in values.values_list(*names):
            key = (row[indicator], row[village])
            if row[report] == self.report.pk:
                saved[key] = IndicatorValue.from_db(values.db, names, row)
                saved[key].report = self.report
            else:
                earlier.setdefault(key, []).append(row[value])
        return saved, earlier
