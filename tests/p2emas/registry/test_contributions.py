"""Every room that contributes is loaded, each thing once."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from p2emas import urls
from p2emas.registry import contributions
from p2emas.registry.kinds import Contributions, Looks
from tests.source_tree import HOUSES, ROOT


def modules(name: str) -> set[str]:
    """ "programs.reporting" for each room that has a module of this name."""
    return {f"{house}.{path.parent.name}" for house in HOUSES for path in (ROOT / house).glob(f"*/{name}.py")}


def test_every_room_with_contributions_is_loaded():
    found = {f"{room}.contributions" for room in modules("contributions")} - {"p2emas.registry.contributions"}

    assert set(contributions.rooms()) == found
    assert len(found) > 20


def test_rooms_are_listed_from_the_ground_up():
    houses = [name.partition(".")[0] for name in contributions.rooms()]

    assert houses == sorted(houses, key=HOUSES.index)


def test_every_room_with_pages_is_in_the_urls():
    assert set(urls.ROOMS) == modules("urls")


@pytest.mark.parametrize("kind", ["integrity", "suspects"])
def test_every_room_with_checks_contributes_them(kind):
    attribute = {"integrity": "checks", "suspects": "suspects"}[kind]
    contributing = {
        function.__module__ for room in contributions.rooms().values() for function in getattr(room, attribute).values()
    }

    assert contributing - {"p2emas.integrity.consistency"} == {f"{room}.{kind}" for room in modules(kind)}


@pytest.mark.parametrize(
    "second",
    [
        {"checks": {"Basis data": iter}},
        {"suspects": {"Daerah": iter}},
        {"looks": (Looks("report", {}),)},
        {"menus": contributions.menus()},
    ],
    ids=["check", "suspects", "chain", "menus"],
)
def test_second_thing_of_one_name_is_refused(second):
    room = SimpleNamespace(__name__="a room", CONTRIBUTIONS=replace(Contributions(), **second))

    with pytest.raises(RuntimeError, match="a room: contributed twice"):
        contributions.add_rooms(room)
    assert "a room" not in contributions.rooms()


def test_room_is_added_once():
    name, added = next(iter(contributions.rooms().items()))

    with pytest.raises(RuntimeError, match="contributed twice"):
        contributions.add_rooms(SimpleNamespace(__name__=name, CONTRIBUTIONS=added))
