"""What must resolve before anybody asks for a page: a wrong name is seen at the start, not as a link that is missing.

Read no database. `check` runs them, and so does each process that serves (p2emas/wsgi.py).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

from . import navigation, states

NAMES = "names"


@register(NAMES)
def menus(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every entry of a menu leads to a page."""
    return [_wrong(f'Menu: no page is named "{name}".', 2) for name in sorted(navigation.names()) if not _is_page(name)]


@register(NAMES)
def looks_of_states(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every state of every chain has its word, shape and colour."""
    return [_wrong(sentence, 3) for sentence in (*_unknown_models(), *_states_without_look())]


def refuse_wrong_names() -> None:
    """Raise what ``check`` says, before a process serves."""
    found = [message for message in run_checks(tags=[NAMES]) if not message.is_silenced()]
    if found:
        raise ImproperlyConfigured(" ".join(str(message.msg) for message in found))


def _is_page(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def _unknown_models() -> Iterator[str]:
    known = {model._meta.model_name for model in apps.get_models()}
    return (f'States: no model is named "{name}".' for name in states.MODELS if name not in known)


def _states_without_look() -> Iterator[str]:
    for model in apps.get_models():
        if hasattr(model, "STEPS"):
            look = states.look_of(model)
            missing = [code for code in model.Status.values if code.lower() not in look]
            if missing:
                yield f"States: {model.__name__} has no look for {', '.join(missing)}."


def _wrong(sentence: str, number: int) -> Error:
    return Error(sentence, id=f"p2emas.E{number:03}")
