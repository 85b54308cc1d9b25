"""Drawings as inline SVG without viewBox: x in percent, heights in px, so that text never shrinks on a phone.

Every function gives a ``Chart``: ``{{ chart }}`` draws it, ``partials/_chart.html`` puts it into a figure. All axes
begin at zero; several drawings that are compared get the same ``maximum``. A value of None is a hatch, never a zero.
A drawing in a table row that holds its numbers is hidden from screen readers (``label=""``); alone it needs a label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from . import formats

Value = int | float | Decimal | Fraction | None
CATEGORIES = ("f1", "f2", "f3", "f4", "f5")  # five series at most; the rest is one part "Lainnya"


@dataclass
class Chart:
    """Marks of one drawing, its height in px, and the sentence that says the same ("" beside the numbers)."""

    height: int
    label: str = ""
    marks: list[tuple[str, dict[str, object], object]] = field(default_factory=list)
    legend: list[tuple[str, str, str]] = field(default_factory=list)  # class of the key, word, figure

    def add(self, tag: str, text: object = "", **attrs: object) -> None:
        """``css`` is the class; underscores in names become hyphens."""
        named = {("class" if name == "css" else name.replace("_", "-")): value for name, value in attrs.items()}
        self.marks.append((tag, named, text))

    def __html__(self) -> str:
        marks = [
            (_mark(tag, tuple([(name, str(value)) for name, value in attrs.items()]), str(text)),)
            for tag, attrs, text in self.marks
        ]
        inner = format_html_join("", "{}", marks)
        spoken = {"role": "img", "aria-label": self.label} if self.label else {"aria-hidden": "true"}
        return format_html('<svg class="chart" height="{}"{}>{}</svg>', self.height, flatatt(spoken), inner)

    __str__ = __html__


@lru_cache(maxsize=2048)
def _mark(tag: str, attrs: tuple[tuple[str, str], ...], text: str) -> str:
    """One mark as markup. Those of many charts are the same, and escaping each attribute is what costs."""
    return format_html("<{}{}>{}</{}>", tag, flatatt(dict(attrs)), text, tag)


def _share(value: formats.Number, maximum: Value) -> float:
    """Percent of the width, kept inside the drawing."""
    if not maximum or maximum <= 0:
        return 0.0
    return max(0.0, min(100.0, float(value) / float(maximum) * 100))


def place(share: float) -> str:
    """A coordinate of SVG in per cent of the width."""
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def _anchor(share: float) -> str:
    """Text near an edge grows inwards."""
    if share < 12:
        return "start"
    return "end" if share > 80 else "middle"


def _bar(chart: Chart, value: Value, maximum: Value, *, y: int = 0, height: int = 12, tone: str = "f1") -> None:
    if value is None:
        chart.add("rect", css="fnone", x="0.2%", y=y + 0.5, width="99.6%", height=height - 1)
    else:
        chart.add("rect", css=tone, y=y, width=place(_share(value, maximum)), height=height)


def bullet(
    value: Value,
    target: Value = None,
    previous: Value = None,
    *,
    label: str,
    maximum: Value = 100,
    target_text: str = "",
    previous_text: str = "",
) -> Chart:
    """One share against one target, with the last period as a dashed tick."""
    chart = Chart(56, label)
    chart.add("rect", css="fbg", y=16, width="100%", height=20)
    _bar(chart, value, maximum, y=20)
    if target is not None:
        at = _share(target, maximum)
        chart.add("line", css="goal", x1=place(at), x2=place(at), y1=11, y2=41)
        chart.add("text", target_text or f"target {formats.number(target)}", x=place(at), y=9, text_anchor=_anchor(at))
    if previous is not None:
        at = _share(previous, maximum)
        chart.add("line", css="axis", x1=place(at), x2=place(at), y1=16, y2=41, stroke_dasharray="2 2")
        chart.add(
            "text", previous_text or formats.number(previous), css="t2", x=place(at), y=54, text_anchor=_anchor(at)
        )
    return chart


def bar(
    value: Value, target: Value = None, *, maximum: Value = 100, tone: str = "", height: int = 12, label: str = ""
) -> Chart:
    """The bar of one table row; below the target it takes the second colour, the number beside it says the rest."""
    chart = Chart(height, label)
    if not tone:
        tone = "f2" if value is not None and target is not None and value < target else "f1"
    chart.add("rect", css="fbg", width="100%", height=height)
    _bar(chart, value, maximum, height=height, tone=tone)
    if target is not None:
        at = place(_share(target, maximum))
        chart.add("line", css="goal", x1=at, x2=at, y1=-3, y2=height + 3)
    return chart


@dataclass
class BarRow:
    label: str
    value: Value
    text: str
    url: str
    chart: Chart


def sorted_bars(
    rows: Iterable[tuple], *, target: Value = None, maximum: Value = 100, descending: bool = False
) -> list[BarRow]:
    """Rows (label, value, text[, url]) by value, those without one last; ``partials/_bars.html`` draws them."""
    drawn = [
        BarRow(str(label), value, str(text), url[0] if url else "", bar(value, target, maximum=maximum))
        for label, value, text, *url in rows
    ]
    known = sorted((row for row in drawn if row.value is not None), key=lambda row: (row.value, row.label))
    if descending:
        known.reverse()
    return known + sorted((row for row in drawn if row.value is None), key=lambda row: row.label)


def dumbbell(
    physical: Value, money: Value, target: Value = None, *, maximum: Value = 100, label: str = "", named: bool = False
) -> Chart:
    """Physical progress (circle) and money (square) on one scale, with the target as a tick."""
    chart = Chart(36 if named else 20, label)
    if physical is None and money is None:
        chart.add("rect", css="fnone", x="0.2%", y=4, width="99.6%", height=12)
        return chart
    chart.add("line", css="rule", x1=0, x2="100%", y1=10, y2=10)
    marks = {
        name: _share(value, maximum) for name, value in (("fisik", physical), ("keuangan", money)) if value is not None
    }
    if len(marks) == 2:
        low, high = sorted(marks.values())
        chart.add("line", css="l0", x1=place(low), x2=place(high), y1=10, y2=10)
    if target is not None:
        at = place(_share(target, maximum))
        chart.add("line", css="goal", x1=at, x2=at, y1=0, y2=20)
    if "keuangan" in marks:
        # a square centred on a percentage: half its width to the left by a transform, which knows px only
        chart.add("rect", css="f2", x=place(marks["keuangan"]), y=5, width=10, height=10, transform="translate(-5)")
    if "fisik" in marks:
        chart.add("circle", css="f1", cx=place(marks["fisik"]), cy=10, r=6)
    if named:
        _names(chart, marks)
    return chart


def _names(chart: Chart, marks: dict[str, float]) -> None:
    """The words below two marks grow apart, so that they never run into each other."""
    ordered = sorted(marks.items(), key=lambda item: item[1])
    for position, (word, at) in enumerate(ordered):
        anchor = "start" if at < 20 else "end" if at > 80 else "middle"
        if len(ordered) == 2 and 20 <= at <= 80:
            anchor = "end" if position == 0 else "start"
        chart.add("text", word, css="t2", x=place(at), y=34, text_anchor=anchor)


def stacked(parts: Sequence[tuple[str, Value]], *, label: str, maximum: Value = None, height: int = 20) -> Chart:
    """Parts that add up, with white gaps between them; more than five are drawn as four and "Lainnya"."""
    # a part that is empty keeps its colour, so that the bars of a table can be compared
    named = zip(CATEGORIES, _five_at_most(parts), strict=False)
    known = [(tone, word, value) for tone, (word, value) in named if value and value > 0]
    whole = maximum if maximum is not None else sum(value for _, _, value in known)
    chart, start = Chart(height, label), 0.0
    if not known:
        chart.add("rect", css="fnone", x="0.2%", y=0.5, width="99.6%", height=height - 1)
    for tone, word, value in known:
        width = _share(value, whole)
        chart.add("rect", css=f"{tone} parted", x=place(start), width=place(width), height=height)
        chart.legend.append((tone, word, formats.number(value)))
        start += width
    return chart


def _five_at_most(parts: Sequence[tuple[str, Value]]) -> Sequence[tuple[str, Value]]:
    if len(parts) <= len(CATEGORIES):
        return [(str(word), value) for word, value in parts]
    *first, _last = [(str(word), value) for word, value in parts[: len(CATEGORIES)]]
    rest = [value for _word, value in parts[len(CATEGORIES) - 1 :] if value is not None and value > 0]
    return [*first, ("Lainnya", sum(rest))]


def two_points(
    first: Value,
    last: Value,
    *,
    label: str,
    maximum: Value,
    first_when: str = "awal",
    last_when: str = "kini",
    places: int = 0,
) -> Chart:
    """Baseline and latest value of one village; panels of one unit share ``maximum``. A missing value is a hatch."""
    chart, ground, top = Chart(104, label), 84, 24
    chart.add("line", css="axis", x1=0, x2="100%", y1=ground, y2=ground)
    heights = [
        None if v is None else ground - round(_share(v, maximum) / 100 * (ground - top), 1) for v in (first, last)
    ]
    if None in heights:
        x, width = {(True, False): ("2%", "55%"), (False, True): ("30%", "55%")}.get(
            (heights[0] is None, heights[1] is None), ("2%", "96%")
        )
        chart.add("rect", css="fnone", x=x, y=top, width=width, height=ground - top, opacity=".35")
    else:
        chart.add("line", css="l1", x1="15%", x2="85%", y1=heights[0], y2=heights[1])
    if heights[0] is not None:
        chart.add("circle", css="fpaper axis", cx="15%", cy=heights[0], r=4, stroke_width=2)
        chart.add("text", formats.number(first, places), css="t2", x="15%", y=heights[0] - 10, text_anchor="middle")
    if heights[1] is not None:
        chart.add("circle", css="f1", cx="85%", cy=heights[1], r=5)
        written = formats.number(last, places)
        chart.add("text", written, x="85%", y=heights[1] - 10, text_anchor="middle", font_weight=700)
    # short words are under their point, longer ones grow inwards from the edge
    long = max(len(first_when), len(last_when)) > 6
    ends = (("0", first_when, "start"), ("100%", last_when, "end"))
    for at, when, anchor in ends if long else (("15%", first_when, "middle"), ("85%", last_when, "middle")):
        chart.add("text", when, css="t2", x=at, y=101, text_anchor=anchor)
    return chart


def before_after(first: Value, last: Value, *, maximum: Value, label: str = "") -> Chart:
    """Two points of one table row on an axis from zero: hollow where it began, full where it is now."""
    chart = Chart(24, label)
    if first is None and last is None:
        chart.add("rect", css="fnone", x="0.2%", y=6, width="99.6%", height=12)
        return chart
    chart.add("line", css="rule", x1=0, x2="100%", y1=12, y2=12)
    places = [None if value is None else place(_share(value, maximum)) for value in (first, last)]
    if None not in places:
        chart.add("line", css="l0", x1=places[0], x2=places[1], y1=12, y2=12)
    if places[0] is not None:
        chart.add("circle", css="fpaper axis", cx=places[0], cy=12, r=4, stroke_width=2)
    if places[1] is not None:
        chart.add("circle", css="f1", cx=places[1], cy=12, r=5)
    return chart


def boxes(groups: Sequence[tuple[str, int]], *, label: str, height: int = 14) -> Chart:
    """One box a case: groups of (tone, count), e.g. [("f1", 9), ("fpale", 3), ("fpaper", 2)]."""
    total = sum(count for _, count in groups)
    chart = Chart(height, label)
    if not total:
        chart.add("rect", css="fnone", x="0.2%", y=0.5, width="99.6%", height=height - 1)
        return chart
    step, position = 100 / total, 0
    gap = min(1.2, step * 0.2)
    for tone, count in groups:
        for _ in range(count):
            chart.add(
                "rect",
                css=f"{tone} boxed",
                x=place(position * step + gap / 2),
                y=0.5,
                width=place(step - gap),
                height=height - 1,
            )
            position += 1
    return chart


def shares(groups: Sequence[tuple[str, int]], *, label: str, height: int = 14) -> Chart:
    """The same for many cases: one part a group, as wide as its share."""
    total, start = sum(count for _, count in groups), 0.0
    chart = Chart(height, label)
    for tone, count in groups:
        width = _share(count, total)
        if count:
            chart.add("rect", css=f"{tone} boxed", x=place(start), y=0.5, width=place(width), height=height - 1)
        start += width
    return chart


def no_data(label: str = "Belum ada data", *, height: int = 14) -> Chart:
    chart = Chart(height, label)
    chart.add("rect", css="fnone", x="0.2%", y=0.5, width="99.6%", height=height - 1)
    return chart
