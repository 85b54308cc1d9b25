"""Completing all lines of a draft in one table: which boxes each row has, and what they hold.

Every row has its ceiling and its targets. What is missing has a box of its own: the place when its target location has
ended, the group, the commodity, the reason, and the target of an indicator of the row's activity.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import TargetLocation
from p2emas.ui import rows
from p2emas.ui.controls import fill
from p2emas.ui.fields import PercentField, QuantityField, RupiahField
from programs.framework.models import Indicator
from programs.planning.checks import QUARTERS, PlanCheck, PlannedIndicator
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.start.models import ProcurementMethod

TARGETS = tuple(f"{kind}_{quarter}" for quarter in QUARTERS for kind in ("money", "physical"))
FIGURES = ("amount", *TARGETS)
GROUP, COMMODITY, REASON, PLACE, PROCUREMENT = (
    "group",
    "commodity",
    "exception_reason",
    "target_location",
    "procurement",
)
MONEY, PERCENT, QUANTITY = RupiahField(), PercentField(), QuantityField()


def target_name(indicator: Indicator) -> str:
    """The field of an indicator's target in the row that shows it."""
    return f"target_{indicator.pk}"


class CompletedRow:
    """One line with the texts of its boxes as they are stored; ``indicators``: those without a target for the year."""

    def __init__(self, table: "CompletionTable", number: int, line: PlanLine, indicators: list[Indicator]) -> None:
        self.table, self.number, self.line, self.indicators = table, number, line, indicators
        self.prefix = f"b{line.pk}"
        self.missing = tuple(self._missing())

    def _missing(self):
        line = self.line
        if line.target_location_id and line.village and line.village.pk not in self.table.check.targets:
            yield PLACE
        if line.other_village_id and not line.exception_reason:
            yield REASON
        if line.village and not line.group_id and 0 < len(self.groups) <= rows.MOST:
            yield GROUP  # a village with more groups is asked on the page of the line, where one can search
        if not line.commodity_id:
            yield COMMODITY
        if not line.procurement_id and self.table.methods:
            yield PROCUREMENT

    @property
    def groups(self) -> list[tuple[int, str]]:
        village = self.line.village
        return self.table.groups_of[village.pk] if village else []

    @property
    def names(self) -> list[str]:
        return [*FIGURES, *self.missing, *(target_name(each) for each in self.indicators)]

    @cached_property
    def stored(self) -> dict[str, str]:
        """What each box holds while nobody has typed; the missing ones hold nothing."""
        texts = dict.fromkeys(self.names, "")
        texts["amount"] = str(MONEY.prepare_value(self.line.amount))
        for quarter, (money, physical) in self.table.check.targets_of.get(self.line.pk, {}).items():
            texts[f"money_{quarter}"], texts[f"physical_{quarter}"] = _text(MONEY, money), _text(PERCENT, physical)
        return texts

    def sent(self, data: Mapping[str, str]) -> dict[str, str]:
        """The boxes that came with ``data`` and say something else than what is stored."""
        texts = {name: data[key] for name in self.names if (key := f"{self.prefix}-{name}") in data}
        return {name: text for name, text in texts.items() if text.strip() != self.stored[name]}


class CompletionTable:
    """The rows of one draft; a constant number of queries, however many lines."""

    def __init__(self, plan: WorkPlan) -> None:
        self.plan = plan
        self.check = PlanCheck(plan)

    @cached_property
    def rows(self) -> list[CompletedRow]:
        shown: set[int] = set()
        rows = []
        for number, line in enumerate(self.check.lines, 1):
            indicators = [] if line.activity_id in shown else self._without_target(line.activity_id)
            shown.add(line.activity_id)
            rows.append(CompletedRow(self, number, line, indicators))
        return rows

    def _without_target(self, activity: int) -> list[Indicator]:
        return [each.indicator for each in self.check.planned[activity] if not each.has_target]

    def planned_of(self, indicator: Indicator) -> PlannedIndicator:
        return next(each for each in self.check.planned[indicator.activity_id or 0] if each.indicator == indicator)

    @cached_property
    def groups_of(self) -> Mapping[int, list[tuple[int, str]]]:
        villages = {line.village.pk for line in self.check.lines if line.village and not line.group_id}
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        groups = CommunityGroup.objects.filter(active=True, village__in=villages).order_by("name", "pk")
        for pk, name, village in groups.values_list("pk", "name", "village_id"):
            found[village].append((pk, name))
        return found

    @cached_property
    def commodities(self) -> dict[str, int]:
        """Name -> id, where a row has none yet."""
        if all(line.commodity_id for line in self.check.lines):
            return {}
        return {name: pk for pk, name in Commodity.objects.order_by("name").values_list("pk", "name")}

    @cached_property
    def methods(self) -> dict[str, int]:
        """Way of procurement -> id, of those that are offered, where a row has none yet."""
        if all(line.procurement_id for line in self.check.lines):
            return {}
        return {name: pk for pk, name in ProcurementMethod.objects.filter(active=True).values_list("pk", "name")}

    @cached_property
    def locations(self) -> dict[str, TargetLocation]:
        """Name -> target location in force, where that of a row has ended."""
        if not any(PLACE in row.missing for row in self.rows):
            return {}
        found = TargetLocation.objects.in_force(self.plan.day).for_table().order_by("village__name", "pk")
        return {f"{each.village.name}, {each.village.district.name}": each for each in found}

    @cached_property
    def lines_url(self) -> str:
        """The beginning of the address of each line's own form."""
        return reverse("planning:line-edit", args=[self.plan.pk, 0]).removesuffix("0/")

    @property
    def missing_count(self) -> int:
        """Boxes that are still empty; a line needs no way of procurement."""
        return sum(len(set(row.missing) - {PROCUREMENT}) + len(row.indicators) for row in self.rows)


def _text(field: Any, value: Decimal | int | None) -> str:
    return "" if value is None else str(field.prepare_value(value))


def drawn_box(name: str, value: str, labelled: str, *, wrong: bool) -> str:
    """One input without a widget template: three hundred rows have nearly three thousand of them.

    The script of the table asks phones for digits: said in each input it would be an eighth of the page.
    """
    if wrong:
        return fill(
            '<input class="form-control is-invalid" id="id_{}" name="{}" value="{}" aria-labelledby="{}"'
            ' aria-describedby="id_{}_error" aria-invalid="true">',
            *(name, name, value, labelled, name),
        )
    return fill('<input class="form-control" name="{}" value="{}" aria-labelledby="{}">', name, value, labelled)
