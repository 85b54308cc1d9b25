"""Indicators 1 and 2: does the money of the plans go where the decrees went?"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from heapq import nsmallest

from django.conf import settings

from p2emas.accounts.models import Agency
from p2emas.ui import charts, formats
from programs.dashboards.answers import (
    SHOWN,
    Answer,
    LazyDrawing,
    Picture,
    Shortened,
    agency_code_first,
    change_text,
    count_change_text,
    percent_text,
)
from programs.dashboards.readings import core_on, plans_on, read_works, same_plans, target_villages, villages, works_in
from programs.dashboards.scope import Scope
from programs.planning.measures import Focus, Work, focus_of
from programs.planning.models import PlanLine
from programs.planning.spread import Spread, measure_spread_among

DEFINITION = (
    "Pagu baris rencana di lokasi sasaran yang berlaku dan pada kompetensi inti kecamatannya, dibagi seluruh pagu "
    "program (tanpa ADD dan Dana Desa). Dihitung dari rencana kerja dan anggaran yang berlaku pada akhir triwulan."
)
AGENCIES_HEADER = ["SKPD", "Pagu (Rp)", "Di lokasi sasaran dan kompetensi inti (Rp)", "Ukuran fokus (%)"]
FOCUS_HEADER = [
    "Tahun",
    "Pagu (Rp)",
    "Di lokasi sasaran (Rp)",
    "Kompetensi inti (Rp)",
    "Keduanya (Rp)",
    "Ukuran fokus (%)",
    "Uang desa di luar pagu (Rp)",
]


def focus_in_scope(scope: Scope, year: int, on: date) -> dict[int, Focus]:
    """Agency id -> focus of its lines inside the scope; the year's focus is their sum."""
    if on != scope.on and same_plans(scope, on) and core_on(scope, on) == core_on(scope, scope.on):
        on = scope.on
    return scope.once(
        f"focus {year} {on}",
        lambda: focus_of(works_in(scope, year, on), target_villages(scope, on), core_on(scope, on)),
    )


def _year_focus(scope: Scope, year: int, on: date) -> Focus:
    return sum(focus_in_scope(scope, year, on).values(), Focus())


def _percent(focus: Focus) -> Fraction | None:
    return focus.share * 100 if focus.share is not None else None


def focus_answer(scope: Scope) -> Answer:
    """1. Share of the budget in target locations on the core competency, with its two halves and the spread."""
    year_end = date(scope.year - 1, 12, 31)
    read_works(scope, plans_on(scope, scope.year, scope.on), plans_on(scope, scope.year - 1, year_end))
    now = _year_focus(scope, scope.year, scope.on)
    before = _year_focus(scope, scope.year - 1, year_end)
    answer = Answer(
        key="fokus",
        number=1,
        question="Pada lokasi sasaran dan kompetensi inti",
        finding=f"{percent_text(now.share)} pagu jatuh di lokasi sasaran pada kompetensi inti"
        if now.total
        else "Belum ada rencana yang ditetapkan",
        value=percent_text(now.share),
        basis=f"pagu: {formats.rupiah_compact(now.both)} dari {formats.rupiah_compact(now.total)}"
        if now.total
        else "pagu belum ada data",
        definition=DEFINITION,
        change=change_text(_percent(now), _percent(before), str(scope.year - 1)),
        header=FOCUS_HEADER,
        rows=[_focus_row(scope, scope.year - 1, before), _focus_row(scope, scope.year, now)],
        is_sample=bool(now.sample_lines or before.sample_lines),
    )
    if now.share is not None:
        reached = _percent(now) >= settings.FOCUS_TARGET_PERCENT
        answer.sign = "good" if reached else "watch"
        answer.sign_label = f"{'Di atas' if reached else 'Di bawah'} target {settings.FOCUS_TARGET_PERCENT}%"
    answer.drawing = LazyDrawing(lambda: _focus_drawing(scope, now, before))
    answer.small = Picture(share=_percent(now), target=Fraction(settings.FOCUS_TARGET_PERCENT))
    return answer


def _focus_drawing(scope: Scope, now: Focus, before: Focus) -> dict[str, object]:
    """What is drawn around the figure: the bullet, how far the money is spread, and what is outside."""
    goal = settings.FOCUS_TARGET_PERCENT
    return {
        "chart": charts.bullet(
            _percent(now),
            goal,
            _percent(before),
            label=f"Ukuran fokus {percent_text(now.share)}, target {goal}%",
            target_text=f"target {goal}%",
            previous_text=f"{scope.year - 1}: {percent_text(before.share)}",
        ),
        "now": now,
        "before": before,
        "before_year": scope.year - 1,
        "year": scope.year,
        # one kecamatan's part says nothing of how the whole is spread
        "spread": None if scope.district else _spread(scope),
        **_outside(scope),
    }


def _works(scope: Scope) -> Iterator[Work]:
    return works_in(scope, scope.year, scope.on)


def _outside(scope: Scope) -> dict[str, object]:
    """The first of the budget's lines in villages that are no target locations, with the number and the sum of all."""
    targets = target_villages(scope, scope.on)
    outside = [
        (-amount, pk, is_reasoned)
        for pk, _agency, village, _at, _goods, amount, is_beside, _sample, is_reasoned in _works(scope)
        if village is not None and village not in targets and not is_beside
    ]
    first = [pk for _amount, pk, _is_reasoned in nsmallest(SHOWN, outside)]
    return {
        "outside_count": len(outside),
        "outside_sum": -sum(amount for amount, _pk, _is_reasoned in outside),
        "unreasoned": sum(not is_reasoned for _amount, _pk, is_reasoned in outside),
        "outside": list(PlanLine.objects.filter(pk__in=first).for_table().order_by("-amount", "pk")) if first else [],
        "outside_rest": len(outside) - len(first),
    }


def _spread(scope: Scope) -> Spread:
    money: dict[int | None, int] = {}
    for _pk, _agency, village, _at, _goods, amount, is_beside, *_rest in _works(scope):
        if not is_beside:
            money[village] = money.get(village, 0) + amount
    return measure_spread_among(villages(scope).active, money, scope.year, target_villages(scope, scope.on))


def _focus_row(scope: Scope, year: int, focus: Focus) -> list[object]:
    """A year without any agreed plan is unknown; a kecamatan without a line in the plans has 0."""
    if focus == Focus() and scope.district is None:
        return [year, *[None] * 6]
    money = [focus.total, focus.place, focus.competency, focus.both]
    return [year, *money, _percent(focus), focus.village_money]


def agencies_answer(scope: Scope) -> Answer:
    """2. The same share for each SKPD, the lowest first."""
    goal = settings.FOCUS_TARGET_PERCENT
    rows = _agency_rows(scope)
    known = {agency.pk: focus for agency, focus in rows if focus and focus.share is not None}
    below = sum(not _reaches(focus) for focus in known.values())
    answer = Answer(
        key="skpd",
        number=2,
        question="SKPD yang mencapai target fokus",
        finding=_below_text(below, goal) if known else "Belum ada rencana yang ditetapkan",
        value=f"{len(known) - below} dari {len(known)}" if known else "–",
        basis=f"SKPD mencapai {goal}% pagu pada lokasi sasaran dan kompetensi inti",
        definition=DEFINITION.replace("seluruh pagu program", "seluruh pagu SKPD itu")
        + " Perubahan: SKPD yang punya pagu pada kedua triwulan.",
        header=AGENCIES_HEADER,
        rows=[_agency_row(agency, focus) for agency, focus in rows],
        coded=agency_code_first(AGENCIES_HEADER, rows, lambda row: _agency_row(*row), lambda row: row[0]),
        is_sample=any(focus.sample_lines for focus in focus_in_scope(scope, scope.year, scope.on).values()),
        change=_agencies_change(scope, known),
    )
    if known:
        answer.sign = "watch" if below else "good"
        answer.sign_label = f"{below} SKPD di bawah target" if below else "Semua mencapai target"
    bars = [_agency_bar(agency, focus) for agency, focus in rows]
    answer.drawing = {"bars": Shortened(charts.sorted_bars(bars, target=Fraction(goal))), "goal": goal}
    return answer


def _agency_rows(scope: Scope) -> list[tuple[Agency, Focus | None]]:
    """Agencies with a plan or in the programme; in one kecamatan an agency without a line there has 0."""
    by_agency = focus_in_scope(scope, scope.year, scope.on)
    unplanned = Focus() if scope.district else None
    return [(agency, by_agency.get(agency.pk, unplanned)) for agency in scope.agencies(having=by_agency.keys())]


def _agency_bar(agency: Agency, focus: Focus | None) -> tuple[str, Fraction | None, str]:
    return agency.short_name, _percent(focus) if focus else None, _share_text(focus)


def _agency_row(agency: Agency, focus: Focus | None) -> list[object]:
    figures = [None] * 3 if focus is None else [focus.total, focus.both, _percent(focus)]
    return [agency.short_name, *figures]


def _agencies_change(scope: Scope, now: dict[int, Focus]) -> str:
    """Over the agencies with a budget in both quarters: who joins or plans later makes nobody better or worse."""
    if scope.previous is None:
        return ""
    earlier = focus_in_scope(scope, scope.previous.year, scope.previous.ends)
    before = {key: focus for key, focus in earlier.items() if focus.share is not None}
    both = now.keys() & before.keys()
    if not both:
        return ""
    text = count_change_text(
        sum(_reaches(now[key]) for key in both), sum(_reaches(before[key]) for key in both), scope.previous.short
    )
    return text if now.keys() == before.keys() else f"{text}, {len(both)} SKPD yang sama"


def _reaches(focus: Focus) -> bool:
    return focus.share is not None and focus.share * 100 >= settings.FOCUS_TARGET_PERCENT


def _share_text(focus: Focus | None) -> str:
    if focus is None:
        return "tanpa rencana"
    return "tanpa pagu" if focus.share is None else percent_text(focus.share)


def _below_text(count: int, goal: int) -> str:
    if not count:
        return f"Semua SKPD menaruh paling sedikit {goal}% pagu pada lokasi sasaran dan kompetensi inti"
    return f"{count} SKPD di bawah {goal}% pagu pada lokasi sasaran dan kompetensi inti"
