"""A function that a module calls and a later one provides, so that what comes later may build on what comes first."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.checks import CheckMessage, register

from p2emas.registry.checks import NAMES, wrong

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_hooks: "list[Hook[Any, Any]]" = []


class Hook(Generic[Given, Answer]):
    """Has the name of the function in the earlier module; ``contributions.py`` of the room imports the later one.

    Never silent: ``manage.py check`` names a hook that nobody provides, and calling one fails.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.function: Callable[Given, Answer] | None = None
        _hooks.append(self)

    def provide(self, function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        """A decorator of the function that answers from now on; there is only ever one."""
        if self.function is not None:
            raise RuntimeError(f"{self.name} has its function already")
        self.function = function
        return function

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if self.function is None:
            raise RuntimeError(f"nobody provides {self.name}")
        return self.function(*args, **kwargs)


@register(NAMES)
def provided(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:
    """Every hook of the houses has its function once all of them are ready."""
    return [wrong(f"nobody provides {hook.name}", 10) for hook in _hooks if hook.function is None]
