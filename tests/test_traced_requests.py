"""Long requests pass few rooms and files, and no file that is behind them: what a reader opens to follow a view.

Only the code of the four houses counts, from the view on, with its templates. The frame is one room here.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from inspect import unwrap
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from django.urls import resolve

from p2emas.models import FormDraft
from tests import permission_table as table
from tests import worlds
from tests.addresses import address_of
from tests.source_tree import HOUSES, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
FRAME = "p2emas"


class Trace:
    """The files of the houses whose functions a view runs, templates included, and which of them call which."""

    def __init__(self, view: CodeType) -> None:
        self.view = view
        self.inside = False
        self.files: set[str] = set()
        self.calls: dict[str, set[str]] = defaultdict(set)

    def of(self, call: Callable[[], object]) -> "Trace":
        sys.setprofile(self._note)
        try:
            call()
        finally:
            sys.setprofile(None)
        return self

    def _note(self, frame: FrameType, event: str, _argument: Any) -> None:
        if frame.f_code is self.view:
            self.inside = event == "call"
        if event != "call" or not self.inside or not (here := ours(frame.f_code.co_filename)):
            return
        self.files.add(here)
        caller = frame.f_back
        while caller and not (there := ours(caller.f_code.co_filename)):
            caller = caller.f_back
        if frame.f_code is not self.view and there != here:
            self.calls[here].add(there)

    @property
    def rooms(self) -> set[str]:
        return {room_of(file) for file in self.files}

    @property
    def circle(self) -> list[str]:
        """Files each of which calls the next one, and the last one the first."""
        try:
            TopologicalSorter(self.calls).prepare()
        except CycleError as error:
            return error.args[1]
        return []


def ours(filename: str) -> str:
    """The path inside a house; "" for libraries, tests and what Python makes itself."""
    path = Path(filename)
    if not path.is_relative_to(ROOT):
        return ""
    inside = path.relative_to(ROOT)
    return inside.as_posix() if inside.parts[0] in HOUSES else ""


def room_of(file: str) -> str:
    house, room, *_ = Path(file).parts
    return FRAME if house == FRAME else f"{house}/{room}"


MOST_ROOMS = 6
REQUESTS = {  # who, which page, and of how many files at most a reader needs for it
    "figures of a report": ("agency_operator", "reporting:report-figures", 26),
    "an application in the office": ("coordinator", "recruitment:application-detail", 33),
    "a page of the applicant": ("anonymous", "recruitment:apply", 26),
}


def traced(who: str, name: str) -> Trace:
    world = worlds.build(lambda owner: "biasa")
    row = next(row for row in table.ROWS if row.name == name)
    url = address_of(world, row, worlds.OURS)
    client = world.client(who)
    FormDraft.objects.all().delete()  # an ordinary visit: nothing unsaved waits to be laid beside the page

    def visit() -> None:
        assert client.get(url).status_code == 200

    visit()  # what each process does once is no part of the way
    return Trace(unwrap(resolve(url).func).__code__).of(visit)


@pytest.mark.parametrize(("who", "name", "most_files"), REQUESTS.values(), ids=REQUESTS)
def test_request_passes_few_rooms_and_files_and_none_twice(who, name, most_files):
    trace = traced(who, name)

    assert len(trace.files) <= most_files, sorted(trace.files)
    assert len(trace.rooms) <= MOST_ROOMS, sorted(trace.rooms)
    assert trace.circle == []


def test_trace_names_files_rooms_and_a_circle():
    """Seen on calls that are written down here, so that the test above is known to be able to fail."""
    trace = Trace(test_trace_names_files_rooms_and_a_circle.__code__)
    trace.files = {"programs/planning/models.py", "p2emas/ui/forms.py", "p2emas/clock.py"}
    trace.calls = {"a": {"b"}, "b": {"a"}}

    assert trace.rooms == {"programs/planning", "p2emas"}
    assert sorted(set(trace.circle)) == ["a", "b"]
    assert ours(f"{ROOT}/programs/planning/models.py") == "programs/planning/models.py"
    assert ours(f"{ROOT}/tests/worlds.py") == ours("<string>") == ours("/usr/lib/python3/ast.py") == ""
