"""Ceiling and approved spending by urusan, bidang, program, kegiatan and sub kegiatan, from the sums of each code.

A level is read from the code itself, so that sums are there however much of a list is known; the list gives the names.
The number of the agency in a code of Permendagri 13/2006 is left open, so that agencies of one programme add up. What
follows no pattern stays apart, in a row of its own: rows of any level add up to the whole.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from programs.nomenclature.levels import ORDER, Level, codes_above, written_as
from programs.nomenclature.models import NomenclatureEntry
from programs.planning.models import PlanLine
from programs.planning.versions import keys_in_force
from programs.reporting.reading.approved import latest_approved_reports, published_lines

INVENTED = Q(activity__is_sample=True)
NAMED = ("programme", "activity_name")  # of several names the last
Key = tuple[str, str]  # version and code


@dataclass(frozen=True)
class LevelRow:
    """One code of a level; ``spent`` is None where no figure of it is approved."""

    version: str
    code: str
    name: str
    level: Level
    planned: int
    spent: int | None
    works: int
    is_sample: bool

    @property
    def below(self) -> Level | None:
        """The level that it is divided into."""
        last = Level.KEGIATAN if self.version == "13/2006" else Level.SUB_KEGIATAN
        return ORDER[ORDER.index(self.level) + 1] if self.code and self.level != last else None


@dataclass(frozen=True)
class LevelSums:
    level: Level
    rows: list[LevelRow]

    @cached_property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @cached_property
    def spent(self) -> int | None:
        known = [row.spent for row in self.rows if row.spent is not None]
        return sum(known) if known else None

    @property
    def has_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)


@dataclass(frozen=True)
class LevelScope:
    """Of which agency, and under which code of any level; "" for all."""

    agency: str = ""
    under: str = ""


EVERYTHING = LevelScope()


def level_sums(year: int, on: date, level: Level, scope: LevelScope = EVERYTHING) -> LevelSums:
    """The rows of ``level`` of the plans in force on ``on``; the number of queries does not depend on their number."""
    lines = PlanLine.objects.filter(plan__in=keys_in_force(year, on)).in_program_budget().order_by()
    sums = {"planned": Sum("amount"), "works": Count("pk"), "invented": Count("pk", filter=INVENTED)}
    found = _at_level(_by_code(lines, "activity__", scope, **sums), level, scope)
    for figures in published_lines(latest_approved_reports(year).values()):
        of_budget = figures.filter(spent_to_date__isnull=False).in_program_budget().order_by()
        rows = _by_code(of_budget, "plan_line__activity__", scope, spent=Sum("spent_to_date"))
        for key, values in _at_level(rows, level, scope).items():
            kept = found.setdefault(key, values | {"planned": 0, "works": 0, "invented": 0, "spent": 0})
            kept["spent"] = kept.get("spent", 0) + values["spent"]
    names = _names(found, level)
    rows = [_row(key, values, level, names) for key, values in found.items()]
    return LevelSums(level, sorted(rows, key=lambda row: (row.code == "", row.version, row.code)))


def _by_code(rows: Any, path: str, scope: LevelScope, **sums: Any) -> Any:
    """``rows`` added by version and code of their activity: a regency has far fewer codes than lines."""
    if scope.agency:
        rows = rows.filter(**{f"{path}agency__code": scope.agency})
    named = {"programme": Max(f"{path}programme_name"), "activity_name": Max(f"{path}name")}
    return rows.values(of_list=F(f"{path}nomenclature"), code=F(f"{path}code")).annotate(**sums, **named)


def _at_level(rows: Any, level: Level, scope: LevelScope) -> dict[Key, dict[str, Any]]:
    """The sums of ``rows`` under the code of ``level``."""
    found: dict[Key, dict[str, Any]] = {}
    for row in rows:
        codes = codes_above(row.pop("code"))
        if scope.under and scope.under not in codes.values():
            continue
        key = row.pop("of_list"), codes[level]
        own = found.get(key)
        if own is None:
            found[key] = row
            continue
        for name, value in row.items():
            own[name] = max(own[name], value) if name in NAMED else own[name] + value
    return found


def _names(found: dict[Key, Any], level: Level) -> dict[Key, str]:
    """The names that the lists have; one query."""
    wanted = {each: code for _version, code in found for each in written_as(code) if code}
    entries = NomenclatureEntry.objects.filter(
        level=level, version__code__in={version for version, _code in found}, code__in=list(wanted)
    )
    stored = {(version, code): name for version, code, name in entries.values_list("version__code", "code", "name")}
    names = {}
    for version, code in found:
        listed = [stored[version, each] for each in written_as(code) if (version, each) in stored]
        if listed:
            names[version, code] = listed[0]
    return names


def _row(key: Key, values: dict[str, Any], level: Level, names: dict[Key, str]) -> LevelRow:
    version, code = key
    own = {Level.PROGRAM: values["programme"]}.get(level, "")
    if level == Level.SUB_KEGIATAN or (level == Level.KEGIATAN and version == "13/2006"):
        own = values["activity_name"]
    name = names.get(key) or own or "Nama belum ada di daftar"
    return LevelRow(
        version=version,
        code=code,
        name=name if code else "Tanpa kode tingkat ini",
        level=level,
        planned=values["planned"],
        spent=values.get("spent"),
        works=values["works"],
        is_sample=bool(values["invented"]),
    )
