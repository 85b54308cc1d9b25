import csv

import pytest

from p2emas.ui import states, tiles
from p2emas.ui.drawing.outlines import draw as draw_areas
from p2emas.ui.drawing.outlines import spread
from p2emas.ui.tiles import Tile, positions, tile_map
from tests.markup import words
from tests.source_tree import ROOT


def sintang() -> list[str]:
    with (ROOT / "districts" / "regions" / "data" / "sintang.csv").open(encoding="utf-8") as file:
        return sorted({cell for row in csv.reader(file) for cell in row if cell.count(".") == 2 and len(cell) == 8})


def test_every_kecamatan_of_sintang_has_its_own_place():
    assert set(sintang()) == set(tiles.SINTANG)
    assert len(set(tiles.SINTANG.values())) == 14


def test_positions_of_sintang_are_drawn_by_hand():
    assert positions([(code, None, None) for code in tiles.SINTANG]) == dict(tiles.SINTANG)


def test_positions_elsewhere_follow_the_compass():
    found = positions([("N", 2, 101), ("S", 0, 101), ("W", 1, 100), ("E", 1, 102)])
    assert found["N"][0] < found["S"][0]
    assert found["W"][1] < found["E"][1]
    assert len(set(found.values())) == 4


@pytest.mark.parametrize("count", [1, 2, 7, 30, 56])
def test_positions_never_share_a_cell(count):
    found = positions([(str(n), (n * 7) % 11, (n * 5) % 13) for n in range(count)])
    assert len(found) == len(set(found.values())) == count
    assert all(1 <= row < tiles.ROWS and 1 <= column <= tiles.COLUMNS for row, column in found.values())


def test_positions_without_centres_fill_the_free_cells():
    found = positions([("A", 1, 100), ("B", None, None), ("C", None, 100)])
    assert len(set(found.values())) == 3


def test_tiles_without_centres_follow_the_alphabet_and_are_no_map():
    nowhere = tile_map([Tile("61.99.01", "Tengah"), Tile("61.99.02", "Hilir")])
    partly = tile_map([Tile("61.99.01", "Tengah", lat=0.1, lng=111), Tile("61.99.02", "Hilir")])

    assert [tile.name for tile in nowhere.tiles] == ["Hilir", "Tengah"] and not nowhere.is_map
    assert nowhere.order.startswith("Ubin disusun menurut abjad, bukan menurut letak")
    assert partly.is_map and "1 ubin tanpa titik tengah" in partly.order


def test_positions_beyond_the_grid_are_left_out():
    assert len(positions([(str(n), n, n) for n in range(80)])) == 56
    assert positions([]) == {}


def test_every_stage_of_a_location_has_a_sign():
    assert set(tiles.STAGES) == set(states.chains()["location"]) - {"candidate"}


def test_tile_map_counts_stages_and_draws_the_thumbnail(draw):
    drawn = tile_map(
        [
            Tile("61.05.19", "Kelam Permai", "/kecamatan/61.05.19/", "Tenun ikat", "READY", rate=86),
            Tile("61.05.06", "Ketungau <Hulu>", "", "Lada", "RUNNING"),
        ],
        here="61.05.19",
    )
    assert [tile.name for tile in drawn.tiles] == ["Ketungau <Hulu>", "Kelam Permai"]
    html = draw("_tiles", map=drawn, finding="Satu siap ditularkan")
    said = words(html)
    assert "Ketungau &lt;Hulu&gt; Lada Berjalan , fisik belum ada data" in said
    assert "Kelam Permai Tenun ikat Siap ditularkan , fisik 86%" in said
    assert "Berjalan 1 Siap ditularkan 1" in said
    assert '<li class="r3 c4">' in html
    assert "fnone" in html
    thumb = draw("_tile_thumb", map=drawn, name="Kelam Permai")
    assert thumb.count("<rect") == 2
    assert thumb.count('class="f1"') == 1


def test_tile_map_moves_the_legend_up_where_its_corner_is_taken():
    wide = tile_map([Tile(str(n), f"Kecamatan {n}", lat=n % 3, lng=n) for n in range(12)])
    assert wide.wide
    assert min(tile.row for tile in wide.tiles) == 2
    assert min(y for _, y, _ in wide.squares) == 0


def test_no_name_of_a_crowded_map_lies_on_another():
    crowded = [(100 + n % 5 * 10, 100 + n // 5 * 10, f"Kecamatan {n}") for n in range(20)]

    heights = spread(crowded)

    shown = [(x, y, len(text) * 4) for (x, _, text), y in zip(crowded, heights, strict=True) if y is not None]
    assert 2 <= len(shown) < len(crowded)
    for place, (x, y, half) in enumerate(shown):
        for other_x, other_y, other_half in shown[:place]:
            assert abs(x - other_x) >= half + other_half or abs(y - other_y) >= 16


def test_name_without_room_on_the_map_stays_in_its_title(draw):
    square = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    codes = [f"61.05.{n:02}" for n in range(1, 10)]
    drawing = draw_areas({code: [square] for code in codes}, centres=dict.fromkeys(codes, (0.5, 0.5)))
    drawn = tile_map([Tile(code, f"Kecamatan {code}") for code in codes], drawing=drawing)

    html = draw("_areas", map=drawn, finding="Satu")

    assert html.count("<title>Kecamatan") == 9
    assert 1 <= html.count("<text") < 9
    assert 'y="None"' not in html
