import re

import pytest

from p2emas.ui import charts
from tests.markup import words


def drawn(chart) -> str:
    return chart.__html__()


def test_bar_is_as_long_as_its_value_and_turns_colour_below_the_target():
    html = drawn(charts.bar(33.25, 80))
    assert '<rect class="f2" height="12" width="33.25%" y="0">' in html
    assert 'class="goal" x1="80%" x2="80%"' in html
    assert 'class="f1" height="12" width="80%"' in drawn(charts.bar(80, 80))


@pytest.mark.parametrize(("value", "width"), [(-5, "0%"), (0, "0%"), (140, "100%")])
def test_bar_stays_inside_its_drawing(value, width):
    assert f'width="{width}"' in drawn(charts.bar(value)).split('class="f1"')[1]


def test_bar_without_value_is_a_hatch_and_no_zero():
    html = drawn(charts.bar(None, 80))
    assert "fnone" in html
    assert "f1" not in html
    assert "f2" not in html


def test_bar_with_an_empty_scale_is_drawn():
    assert 'width="0%"' in drawn(charts.bar(5, maximum=0))


def test_chart_in_a_row_is_silent_and_alone_it_speaks():
    assert 'aria-hidden="true"' in drawn(charts.bar(5))
    html = drawn(charts.bullet(84, 80, 71, label='84 "persen" <b>', previous_text="<i>2018</i>"))
    assert 'aria-label="84 &quot;persen&quot; &lt;b&gt;" role="img"' in html
    assert "&lt;i&gt;2018&lt;/i&gt;" in html
    assert "<b>" not in html


def test_bullet_marks_target_and_last_period():
    html = drawn(charts.bullet(84, 80, 71, label="x"))
    assert "target 80" in html
    assert 'x1="71%"' in html
    assert "goal" not in drawn(charts.bullet(84, label="x"))


def test_sorted_bars_put_the_lowest_first_and_unknown_last():
    rows = charts.sorted_bars([("B", 60, "3 dari 5"), ("C", None, "belum ada data"), ("A", 33, "1 dari 3", "/a/")])
    assert [row.label for row in rows] == ["A", "B", "C"]
    assert [row.label for row in charts.sorted_bars([("A", 1, ""), ("B", 2, "")], descending=True)] == ["B", "A"]
    assert rows[0].url == "/a/"


def test_dumbbell_draws_what_is_known():
    both = drawn(charts.dumbbell(67.4, 59.1, 75, named=True))
    assert 'cx="67.4%"' in both
    assert 'x="59.1%"' in both
    assert "l0" in both
    assert {"fisik", "keuangan"} <= set(re.findall(r">([a-z]+)<", both))
    one = drawn(charts.dumbbell(67.4, None))
    assert "circle" in one
    assert "l0" not in one
    assert "f2" not in one
    assert "fnone" in drawn(charts.dumbbell(None, None))


def test_stacked_parts_add_up_and_more_than_five_become_the_rest():
    chart = charts.stacked([(f"Bagian {n}", n) for n in range(1, 8)], label="x")
    assert chart.legend[-1] == ("f5", "Lainnya", "18")
    assert [figure for _, _, figure in chart.legend] == ["1", "2", "3", "4", "18"]
    widths = [float(each) for each in re.findall(r'width="([0-9.]+)%"', drawn(chart))]
    assert sum(widths) == pytest.approx(100, abs=0.1)


def test_stacked_without_parts_is_a_hatch():
    assert "fnone" in drawn(charts.stacked([("A", None), ("B", 0)], label="x"))


def test_two_points_share_one_scale():
    low = drawn(charts.two_points(0, 50, maximum=100, label="x"))
    assert 'cx="15%" cy="84.0"' in low
    assert 'cx="85%" cy="54.0"' in low
    assert ">50<" in low


@pytest.mark.parametrize(("first", "last", "circles"), [(None, 5, 1), (5, None, 1), (None, None, 0), (5, 5, 2)])
def test_two_points_hatch_what_is_missing(first, last, circles):
    html = drawn(charts.two_points(first, last, maximum=10, label="x"))
    assert html.count("<circle") == circles
    assert ("fnone" in html) == (circles < 2)


def test_boxes_draw_one_box_a_case():
    html = drawn(charts.boxes([("f1", 9), ("fpale", 3), ("fpaper", 2)], label="x"))
    assert [html.count(f'class="{tone} boxed"') for tone in ("f1", "fpale", "fpaper")] == [9, 3, 2]
    assert "fnone" in drawn(charts.boxes([], label="x"))


def test_missing_says_so():
    assert 'aria-label="Belum ada data"' in drawn(charts.no_data())


def test_chart_partial_writes_the_legend(draw):
    chart = charts.stacked([("Lokasi", 27.6), ("Pasar", 17.6)], label="x")
    html = draw("_chart", chart=chart, title="Sumbangan", unit="poin", caption="Jumlah 45,2", legend=True)
    assert words(html) == "Sumbangan poin Lokasi 27,6 Pasar 17,6 Jumlah 45,2"


def test_bars_partial_is_a_table_with_the_numbers(draw):
    rows = charts.sorted_bars([("<b>", 33, "1 dari 3", "/a/"), ("Tani", 100, "9 dari 9")], target=80)
    html = draw("_bars", rows=rows, caption="Kegiatan per SKPD", head="SKPD", figure="Kegiatan")
    assert "&lt;b&gt; 1 dari 3 Tani 9 dari 9" in words(html)
