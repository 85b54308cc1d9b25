"""What a version of a plan changes against another one: lines added, removed, changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from p2emas.naming import said
from p2emas.ui import formats
from programs.planning.models import PlanLine, WorkPlan


@dataclass(frozen=True)
class ValueChange:
    label: str
    old: str
    new: str


@dataclass
class ChangedLine:
    old: PlanLine
    new: PlanLine
    changes: list[ValueChange]

    @property
    def difference(self) -> int:
        """New minus old amount, rupiah."""
        return self.new.amount - self.old.amount


@dataclass
class Differences:
    """Of one version against another; ``old_total`` and ``new_total`` in rupiah, village money left out."""

    added: list[PlanLine] = field(default_factory=list)
    removed: list[PlanLine] = field(default_factory=list)
    changed: list[ChangedLine] = field(default_factory=list)
    unchanged: int = 0
    old_total: int = 0
    new_total: int = 0

    @property
    def difference(self) -> int:
        return self.new_total - self.old_total

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def plan_differences(plan: WorkPlan) -> Differences:
    """``plan`` against ``plan.supersedes``, line by line along ``continues``; four queries."""
    if plan.supersedes_id is None:
        return Differences()
    present = _lines(plan.pk)
    return _compared(_lines(plan.supersedes_id), present, {line.pk: line.continues_id for line in present})


def differences_between(old: WorkPlan, new: WorkPlan, same: Mapping[int, int]) -> Differences:
    """Any two versions; ``same`` leads from lines of ``new`` to those of ``old`` that are the same piece of work."""
    return _compared(_lines(old.pk), _lines(new.pk), same)


def _compared(earlier: list[PlanLine], present: list[PlanLine], same: Mapping[int, int | None]) -> Differences:
    found = Differences()
    before: dict[int | None, PlanLine] = {line.pk: line for line in earlier}
    for line in present:
        old = before.get(same.get(line.pk))
        if old is None:
            found.added.append(line)
        elif changes := _changes(old, line):
            found.changed.append(ChangedLine(old, line, changes))
        else:
            found.unchanged += 1
    kept = {same.get(line.pk) for line in present}
    found.removed = [line for pk, line in before.items() if pk not in kept]
    found.old_total, found.new_total = _total(before.values()), _total(present)
    return found


def _total(lines: Iterable[PlanLine]) -> int:
    return sum(line.amount for line in lines if not line.is_village_money)


def _lines(plan_id: int) -> list[PlanLine]:
    return list(PlanLine.objects.filter(plan=plan_id).for_table().with_listing().prefetch_related("targets"))


def _changes(old: PlanLine, new: PlanLine) -> list[ValueChange]:
    rows = zip(_facts(old), _facts(new), strict=True)
    return [ValueChange(str(label), before, after) for (label, before), (_label, after) in rows if before != after]


def _facts(line: PlanLine) -> list[tuple[Any, str]]:
    """What a line says, in words, in the order of the page."""
    volume = "" if line.volume is None else f"{formats.number(line.volume)} {line.unit}".strip()
    return [
        ("Kegiatan", str(line.activity)),
        ("Tempat", str(line.village or said("Seluruh {territory}"))),
        ("Alasan di luar lokasi sasaran", line.exception_reason),
        ("Kelompok penerima", str(line.group or "")),
        ("Komoditas", str(line.commodity or "")),
        ("Mata rantai", line.get_chain_link_display()),
        ("Sumber dana", line.get_fund_display()),
        ("Bulan mulai", line.month_name),
        ("Cara pengadaan", str(line.procurement or "")),
        ("Musim", line.season_words),
        ("Usulan Musrenbang", line.proposal_words),
        ("Volume", volume),
        ("Pagu", formats.rupiah(line.amount)),
        ("Target keuangan", _target_words(line, "money")),
        ("Target fisik", _target_words(line, "physical")),
    ]


def _target_words(line: PlanLine, kind: str) -> str:
    values = {target.quarter: getattr(target, kind) for target in line.targets.all()}
    word = formats.rupiah if kind == "money" else formats.percent
    given = [(quarter, values[quarter]) for quarter in sorted(values) if values[quarter] is not None]
    return ", ".join(f"TW {formats.ROMAN[quarter]} {word(value)}" for quarter, value in given)
