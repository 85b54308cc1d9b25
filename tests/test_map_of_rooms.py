"""docs/rooms.svg shows the rooms and imports of the source as it is."""

from xml.etree import ElementTree

from scripts import map_of_rooms

from .source_tree import plant

TREE = {
    "p2emas/clock.py": "",
    "p2emas/ui/formats.py": "from p2emas import clock",
    "p2emas/ui/forms/__init__.py": "",
    "p2emas/ui/forms/rows.py": "",
    "p2emas/urls.py": "from programs.planning import views",
    "districts/__init__.py": "",
    "districts/urls.py": "from .regions import models",
    "districts/regions/models.py": "class Village:\n    pass\n",
    "districts/regions/views.py": "from . import models\nfrom django import forms\nfrom districts.models import Village",
    "districts/models.py": "from .regions import models",
    "programs/planning/models.py": 'village = models.ForeignKey("districts.Village", PROTECT)',
    "programs/planning/views.py": "def f():\n    from p2emas.ui import formats",
}
CLOCK, UI, REGIONS, PLANNING = (
    ("p2emas", map_of_rooms.BESIDE),
    ("p2emas", "ui"),
    ("districts", "regions"),
    ("programs", "planning"),
)


def test_picture_is_the_one_of_this_source():
    assert map_of_rooms.PICTURE.read_text("utf-8") == map_of_rooms.picture(), "rooms or imports changed: run make map"


def test_map_holds_rooms_and_the_references_between_them(tmp_path):
    found = map_of_rooms.imports(plant(tmp_path, TREE))

    assert found == {CLOCK: set(), UI: {CLOCK}, REGIONS: set(), PLANNING: {UI, REGIONS}}
    assert map_of_rooms.in_order(found) == [CLOCK, UI, REGIONS, PLANNING]


def test_room_names_the_packages_inside_it(tmp_path):
    plant(tmp_path, TREE)

    assert [map_of_rooms.parts_of(room, tmp_path) for room in (UI, REGIONS)] == [["forms"], []]


def test_picture_draws_a_square_for_each_import_and_needs_nothing_else(tmp_path):
    drawn = map_of_rooms.picture(plant(tmp_path, TREE))
    shapes = list(ElementTree.fromstring(drawn).iter())

    assert [title for shape in shapes if shape.tag.endswith("rect") for title in shape.itertext()] == [
        "p2emas/ui imports p2emas/other modules",
        "programs/planning imports p2emas/ui",
        "programs/planning imports districts/regions",
    ]
    assert [shape.tag for shape in shapes if any("href" in name for name in shape.attrib)] == []
    assert drawn.count("://") == 1  # the name of SVG itself


def test_many_packages_are_named_in_two_lines():
    names = ["rounds", "applications", "apply", "panel", "result", "privacy", "overview"]

    assert map_of_rooms.in_lines(names[:3]) == ["rounds · applications · apply"]
    assert map_of_rooms.in_lines(names) == ["rounds · applications · apply", "panel · result · privacy · overview"]
