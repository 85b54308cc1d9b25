"""A year as two cumulative lines, the S-curve: what was planned and what was reached, in per cent, month by month."""

from collections.abc import Sequence

from p2emas.ui import formats
from p2emas.ui.charts import Chart, Value, place

HEIGHT, GROUND, TOP = 268, 240, 20  # px
FIRST, LAST = 2.0, 84.0  # per cent of the width: where January and December are
NAMED = (1, 4, 7, 10, 12)  # months with their name below the axis
APART = 16  # px between two lines of words


def draw_s_curve(planned: Sequence[Value], reached: Sequence[Value], *, label: str, difference: str = "") -> Chart:
    """Twelve values each, January first; ``difference`` is written at the last month that was reached."""
    chart = Chart(HEIGHT, label)
    for level in (50, 100):
        y = _height(level)
        chart.add("line", css="rule", x1=0, x2="100%", y1=y, y2=y)
        chart.add("text", f"{level}%", css="t2", x=0, y=y - 5)
    chart.add("line", css="axis", x1=0, x2="100%", y1=GROUND, y2=GROUND)
    for css, values in (("l0", planned), ("l1", reached)):
        _line(chart, css, values)
    _end(chart, planned, reached, difference)
    for month in NAMED:
        anchor = "start" if month == 1 else "middle"
        chart.add("text", formats.MONTHS[month - 1][:3], css="t2", x=_at(month), y=260, text_anchor=anchor)
    return chart


def _height(value: formats.Number) -> float:
    """Percentages above 100 stay at the upper edge; the table beside the drawing has the figure."""
    return round(GROUND - max(0.0, min(105.0, float(value))) / 100 * (GROUND - TOP), 1)


def _at(month: int) -> str:
    return place(FIRST + (month - 1) * (LAST - FIRST) / 11)


def _line(chart: Chart, css: str, values: Sequence[Value]) -> None:
    """Months that follow each other are joined; a month without a figure leaves a gap, one alone is a dot."""
    tone = {"l0": "axis fpaper", "l1": "f1"}[css]
    for month, value in enumerate(values, start=1):
        following = values[month] if month < len(values) else None
        before = values[month - 2] if month > 1 else None
        if value is None:
            continue
        if following is not None:
            ends = {"x1": _at(month), "x2": _at(month + 1), "y1": _height(value), "y2": _height(following)}
            chart.add("line", css=css, **ends)
        elif before is None:
            chart.add("circle", css=tone, cx=_at(month), cy=_height(value), r=3)


def _end(chart: Chart, planned: Sequence[Value], reached: Sequence[Value], difference: str) -> None:
    """The last month that was reached, with both figures and what is between them."""
    known = [month for month, value in enumerate(reached, start=1) if value is not None]
    if not known:
        return
    month = known[-1]
    got, plan = reached[month - 1], planned[month - 1]
    assert got is not None  # it is one of the known ones
    low, at = _height(got), _at(month)
    if plan is not None:
        high = _height(plan)
        chart.add("line", css="goal", x1=at, x2=at, y1=min(low, high), y2=max(low, high))
        chart.add("circle", css="fpaper axis", stroke_width=2, cx=at, cy=high, r=4)
        above = plan >= got
        chart.add(
            "text", f"rencana {formats.percent(plan)}", x=_shifted(month, -1), y=high - 6 if above else high + APART,
            text_anchor="end",
        )  # fmt: skip
        chart.add("text", difference, x=_shifted(month, 1.2), y=(low + high) / 2 - 2, font_weight=700)
    chart.add("circle", css="f1", cx=at, cy=low, r=5)
    below = plan is None or plan >= got
    chart.add(
        "text", f"nyata {formats.percent(got)}", x=_shifted(month, 1.2), y=low + 20 if below else low - 8,
        font_weight=700,
    )  # fmt: skip


def _shifted(month: int, by: float) -> str:
    return place(FIRST + (month - 1) * (LAST - FIRST) / 11 + by)
