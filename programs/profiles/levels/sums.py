"""Ceiling and approved spending by urusan, bidang, program, kegiatan and sub kegiatan, added by the database.

A level is read from the code itself, so that sums are there however much of a list is known; the list gives the names.
The number of the agency in a code of Permendagri 13/2006 is left open, so that agencies of one programme add up. What
follows no pattern stays apart, in a row of its own: rows of any level add up to the whole.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Substr, Upper

from programs.nomenclature.levels import ORDER, Level, written_as
from programs.nomenclature.models import NomenclatureEntry
from programs.planning.models import PlanLine
from programs.planning.versions import keys_in_force
from programs.reporting.reading.approved import latest_approved_reports, published_lines

# codes of Permendagri 13/2006, with and without the number of the agency, and of 90/2019 and its updates
LONG, SHORT = r"^[0-9]\.[0-9]{2}\.[0-9X]{2}\.[0-9]{2}\.[0-9]{2}$", r"^[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"
LATER = r"^[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2,4}$"
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
    found: dict[Key, dict[str, Any]] = {}
    sums = {"works": Count("pk"), "invented": Count("pk", filter=Q(activity__is_sample=True))}
    named = {"programme": Max("activity__programme_name"), "activity_name": Max("activity__name")}
    chosen = _chosen(lines, "activity__", level, scope)
    for row in chosen.annotate(planned=Sum("amount"), **sums, **named):
        found[row["of_list"], row["at"]] = row
    for figures in published_lines(latest_approved_reports(year).values()):
        of_budget = figures.filter(spent_to_date__isnull=False).in_program_budget().order_by()
        path = "plan_line__activity__"
        spent = _chosen(of_budget, path, level, scope)
        named = {"programme": Max(f"{path}programme_name"), "activity_name": Max(f"{path}name")}
        for row in spent.annotate(money=Sum("spent_to_date"), **named):
            kept = found.setdefault((row["of_list"], row["at"]), row | {"planned": 0, "works": 0, "invented": 0})
            kept["spent"] = kept.get("spent", 0) + row["money"]
    names = _names(found, level)
    rows = [_row(key, values, level, names) for key, values in found.items()]
    return LevelSums(level, sorted(rows, key=lambda row: (row.code == "", row.version, row.code)))


def _chosen(rows: Any, path: str, level: Level, scope: LevelScope) -> Any:
    """``rows`` grouped by version and the code ``at`` the level."""
    codes = level_codes(path)
    rows = rows.annotate(**{f"at_{name.lower()}": codes[name] for name in ORDER})
    if scope.agency:
        rows = rows.filter(**{f"{path}agency__code": scope.agency})
    if scope.under:
        above = Q()
        for name in ORDER:
            above |= Q(**{f"at_{name.lower()}": scope.under})
        rows = rows.filter(above)
    return rows.values(of_list=F(f"{path}nomenclature"), at=F(f"at_{level.lower()}"))


def level_codes(path: str = "") -> dict[Level, Case]:
    """The code of each level of an activity's code, "" where it follows no pattern; ``path`` leads to the activity."""
    code = Upper(f"{path}code")

    def where(pattern: str) -> Q:
        return Q(**{f"{path}code__iregex": pattern})

    opened = Concat(Substr(code, 1, 5), Value("XX"), Substr(code, 8, 3))
    added = Concat(Substr(code, 1, 5), Value("XX"), Substr(code, 5, 3))
    return {
        Level.URUSAN: _case([(each, Substr(code, 1, 1)) for each in (LONG, SHORT, LATER)], where),
        Level.BIDANG: _case([(each, Substr(code, 1, 4)) for each in (LONG, SHORT, LATER)], where),
        Level.PROGRAM: _case([(LONG, opened), (SHORT, added), (LATER, Substr(code, 1, 7))], where),
        Level.KEGIATAN: _case([(LONG, code), (SHORT, code), (LATER, Substr(code, 1, 12))], where),
        Level.SUB_KEGIATAN: _case([(LATER, code)], where),
    }


def _case(cases: list[tuple[str, Combinable]], where: Any) -> Case:
    whens = [When(where(pattern), then=value) for pattern, value in cases]
    return Case(*whens, default=Value(""), output_field=CharField())


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
