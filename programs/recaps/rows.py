"""The rows of an evaluation: a programme with its sums, and under it one row for each indicator of each activity.

The money of an activity is in the row of its first indicator only. Keys are those of ``columns.pair``; a paper prints
those that it declares.
"""

from collections.abc import Mapping

from programs.framework.models import Indicator
from programs.recaps.description import PaperRow, Value
from programs.recaps.evaluation import (
    AgencyYear,
    MeasuredActivity,
    MeasuredIndicator,
    MeasuredProgramme,
    Money,
)

QUARTER_KEYS = ("q1", "q2", "q3", "q4")
WITH_UNIT = ("goal", "before", "target", *QUARTER_KEYS, "year", "total")
SUM = "SUM({q1_@},{q2_@},{q3_@},{q4_@})"
TOTAL = "{before_@}+{year_@}"
OF_MONEY = {
    "year_rp": SUM.replace("@", "rp"),
    "total_rp": TOTAL.replace("@", "rp"),
    "reached_rp": "{year_rp}/{target_rp}*100",
    "share_rp": "{total_rp}/{goal_rp}*100",
}
ADDING_UP = {"year_k": SUM.replace("@", "k"), "total_k": TOTAL.replace("@", "k")}
GROWING = {"reached_k": "{year_k}/{target_k}*100", "share_k": "{total_k}/{goal_k}*100"}
FALLING = {
    "ratio": {"reached_k": "{target_k}/{year_k}*100", "share_k": "{goal_k}/{total_k}*100"},
    "gap": {
        "reached_k": "(2*{target_k}-{year_k})/{target_k}*100",
        "share_k": "(2*{goal_k}-{total_k})/{goal_k}*100",
    },
}


def rows_of(made: AgencyYear) -> list[PaperRow]:
    rows: list[PaperRow] = []
    for number, programme in enumerate(made.programmes, start=1):
        rows.extend(programme_rows(str(number), programme, made))
    return rows


def programme_rows(number: str, programme: MeasuredProgramme, made: AgencyYear) -> list[PaperRow]:
    cells: dict[str, Value] = {
        "no": number,
        "outcome": "; ".join(sorted({str(each.activity.outcome) for each in programme.activities})),
        "code": programme.code,
        "name": programme.name,
        "work": f"{programme.code} {programme.name}".strip(),
        "agency": made.agency.short_name,
        "remark": f"{programme.missing} baris belum ada data" if programme.missing else "",
        **{f"{key}_rp": value for key, value in money_of(programme).items()},
    }
    rows = [PaperRow(cells, is_level=True)]
    for place, activity in enumerate(programme.activities, start=1):
        rows.extend(_activity_rows(f"{number}.{place}", activity, made))
    return rows


def money_of(programme: MeasuredProgramme) -> dict[str, Money | float]:
    """The sums of the activities of a programme, or of a level above it."""
    return {
        "goal": programme.total("renstra_money"),
        "before": programme.total("realised_before"),
        "target": programme.known("budget"),
        **dict(zip(QUARTER_KEYS, programme.quarters, strict=True)),
        "year": programme.known("realised"),
        "reached": programme.absorption,
        "total": programme.renstra_realised,
        "share": programme.renstra_absorption,
    }


def _activity_rows(number: str, activity: MeasuredActivity, made: AgencyYear) -> list[PaperRow]:
    head: dict[str, Value] = {
        "no": number,
        "code": activity.activity.code,
        "name": activity.activity.name,
        "work": f"{activity.activity.code} {activity.activity.name}",
        "agency": made.agency.short_name,
        "remark": "; ".join(activity.remarks),
        **_money_cells(activity),
    }
    formulas = _usable(OF_MONEY, head)
    if activity.told_budget != activity.budget:
        formulas.pop("reached_rp", None)  # it is of a part of the printed budget
    if not activity.indicators:
        unknown = {f"{key}_k": None for key in (*WITH_UNIT, "reached", "share")}
        return [PaperRow({**head, "indicator": "belum ada indikator", **unknown}, formulas=formulas)]
    rows = []
    for place, indicator in enumerate(activity.indicators):
        figures = _figure_cells(indicator)
        own = head if place == 0 else {"agency": made.agency.short_name}
        if indicator.adds_up and indicator.silent:
            silent = f"kinerja tanpa {indicator.silent} desa yang belum ada data"
            own = {**own, "remark": "; ".join(filter(None, (str(own.get("remark", "")), silent)))}
        kept = formulas if place == 0 else {}
        rows.append(PaperRow({**own, **figures}, formulas={**kept, **_usable(_formulas_of(indicator), figures)}))
    return rows


def _money_cells(activity: MeasuredActivity) -> dict[str, Value]:
    money = {
        "goal": activity.renstra_money,
        "before": activity.realised_before,
        "target": activity.budget,
        **dict(zip(QUARTER_KEYS, activity.quarters, strict=True)),
        "year": activity.realised,
        "reached": activity.absorption,
        "total": activity.renstra_realised,
        "share": activity.renstra_absorption,
    }
    return {f"{key}_rp": value for key, value in money.items()}


def _figure_cells(indicator: MeasuredIndicator) -> dict[str, Value]:
    figures = {
        "goal": indicator.renstra_target,
        "before": indicator.realised_before,
        "target": indicator.target,
        **dict(zip(QUARTER_KEYS, indicator.quarters, strict=True)),
        "year": indicator.realised,
        "reached": indicator.achievement,
        "total": indicator.renstra_realised,
        "share": indicator.renstra_achievement,
    }
    cells: dict[str, Value] = {"indicator": indicator.name, "measured": f"{indicator.name}, {indicator.unit}"}
    cells |= {f"{key}_k": value for key, value in figures.items()}
    return cells | {f"{key}_unit": indicator.unit for key in WITH_UNIT}


def _formulas_of(indicator: MeasuredIndicator) -> dict[str, str]:
    """Those of its type: only what adds up is a sum, and what should fall is compared the other way round."""
    if indicator.formula == Indicator.Formula.DECREASING:
        return FALLING[indicator.falling]
    found = {**(ADDING_UP if indicator.adds_up else {}), **GROWING}
    if indicator.told_target != indicator.target:
        del found["reached_k"]  # it is of a part of the printed target
    return found


def _usable(formulas: Mapping[str, str], cells: Mapping[str, Value]) -> dict[str, str]:
    """Where the result is known; what is unknown is a dash and no formula."""
    return {key: formula for key, formula in formulas.items() if cells.get(key) is not None}
