"""The drawing of two cumulative lines over the months of a year."""

import re

from programs.monthly.curve.drawing import draw_s_curve

NOTHING = [None] * 12


def year(**months):
    return [months.get(f"m{number}") for number in range(1, 13)]


def lines(chart, css):
    return re.findall(rf'<line class="{css}" x1="([\d.]+%)" x2="([\d.]+%)" y1="([\d.]+)" y2="([\d.]+)"', str(chart))


def test_following_months_are_joined_and_gaps_stay_open():
    chart = draw_s_curve(year(m1=0, m2=50, m3=100), year(m1=10, m3=30, m4=40), label="Kurva")

    assert lines(chart, "l0") == [("2%", "9.45%", "240.0", "130.0"), ("9.45%", "16.91%", "130.0", "20.0")]
    assert lines(chart, "l1") == [("16.91%", "24.36%", "174.0", "152.0")]


def test_last_month_names_both_figures_and_their_difference():
    text = str(draw_s_curve(year(m10=72), year(m10=63.2), label="Kurva", difference="−8,8 poin"))

    assert "rencana 72%" in text and "nyata 63,2%" in text and "−8,8 poin" in text
    assert 'class="goal"' in text


def test_nothing_known_draws_the_axes_alone():
    text = str(draw_s_curve(NOTHING, NOTHING, label="Kurva"))

    assert lines(text, "l0") == lines(text, "l1") == []
    assert "nyata" not in text and 'role="img"' in text


def test_more_than_everything_stays_in_the_drawing():
    ys = [
        float(y)
        for *_x, low, high in lines(draw_s_curve(NOTHING, year(m1=100, m2=900), label="x"), "l1")
        for y in (low, high)
    ]

    assert ys == [20.0, 9.0]
