"""Room on the stack of Python for a whole request.

CPython keeps the frames of a thread in chunks of 16 KiB. A call that does not fit takes a new chunk from the system and
gives it back when it returns, so a loop that happens to run at the end of a chunk does both for every call: a table of
three hundred lines asked the system for memory six thousand times, a quarter of its page. Where that falls depends on
how deeply templates are nested, and moves with every change of one. (Include/internal/pycore_frame.h, pystate.c)
"""

from collections.abc import Callable
from typing import Any, TypeVar

Call = TypeVar("Call", bound=Callable[..., Any])
SLOTS = 33_000  # of 8 bytes: with half a megabyte for a chunk, the other half is left for the frames above


def with_room(call: Call) -> Call:
    """``call`` under a frame so large that the chunk made for it holds all frames of the request too."""

    def roomy(*args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return roomy  # type: ignore[return-value]
