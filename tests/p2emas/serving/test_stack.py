"""A loop at the end of a chunk of Python's stack does not ask the system for memory with every call."""

import subprocess
import sys

import pytest

from p2emas.serving.stack import with_room

CALLS = 400
# in a process of its own: what runs tests may have made a large chunk already
MEASURED = f"""
import resource

from p2emas.serving.stack import with_room


def leaf(one=1, two=2, three=3):
    return [one, two, three]


def at_depth(depth):
    if depth:
        return at_depth(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _call in range({CALLS}):
        leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def worst(measure):
    return max(min(measure(depth) for _time in range(2)) for depth in range(400))


print(worst(at_depth), worst(with_room(at_depth)))
"""


@pytest.fixture(scope="module")
def pages_of_memory() -> tuple[int, int]:
    """What ``CALLS`` calls take at the worst depth: as it is, and with room."""
    told = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True).stdout
    without, within = map(int, told.split())
    return without, within


def test_no_depth_takes_memory_for_each_call(pages_of_memory):
    assert pages_of_memory[1] < CALLS / 10


def test_room_is_still_needed(pages_of_memory):
    """Python 3.11 to 3.13; the module can go once none of ours needs it."""
    assert pages_of_memory[0] >= CALLS


def test_arguments_and_result_go_through():
    def call(one: int, *, two: int) -> tuple[int, int]:
        return one, two

    assert with_room(call)(1, two=2) == (1, 2)


def test_error_goes_through():
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)()
