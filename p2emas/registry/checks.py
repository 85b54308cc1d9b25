"""What must resolve before anyone asks for a page: a wrong name is seen at the start, not as a link that is missing.

Read no database. `check` runs them, and so does each process that serves (p2emas/wsgi.py).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from p2emas.registry import contributions
from p2emas.registry.kinds import Looks, MenuEntry

NAMES = "names"


def _name(entry: MenuEntry) -> str:
    return entry.name


@register(NAMES)
def entries_of_menus(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every entry of a menu leads to a page, and is in a menu of somebody."""
    try:
        shown = {entry for menu in contributions.menus().all() for entry in menu.all()}
    except LookupError as error:
        return [wrong(f"Menu: {error}.", 2)]
    added = set(contributions.menu_entries())
    nowhere = sorted(entry.name for entry in shown | added if not _is_page(entry.name))
    return [
        *(wrong(f'Menu: no page is named "{name}".', 2) for name in nowhere),
        *(wrong(f'Menu: nobody sees "{entry.name}".', 2) for entry in sorted(added - shown, key=_name)),
        *(wrong(f'Menu: no room contributes "{entry.name}".', 2) for entry in sorted(shown - added, key=_name)),
    ]


@register(NAMES)
def looks_of_states(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every state of every chain has its word, shape and colour."""
    by_model = {looks.model: looks for looks in contributions.looks() if looks.model}
    chains = {model for model in apps.get_models() if hasattr(model, "STEPS")}
    sentences = [
        *(_missing(model, by_model.get(model)) for model in sorted(chains | by_model.keys(), key=_label)),
        *(_without_word(looks) for looks in contributions.looks()),
    ]
    return [wrong(f"States: {sentence}.", 3) for sentence in sentences if sentence]


@register(NAMES)
def fields_of_data_map(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every field of the data map is there."""
    listed = [(entry.model, entry.fields) for room in contributions.rooms().values() for entry in room.personal]
    listed += [
        (model, tuple(names.split()))
        for room in contributions.rooms().values()
        for model, names in room.not_personal.items()
    ]
    return [
        wrong(f'Data map: {_label(model)} has no field "{name}".', 4)
        for model, names in listed
        for name in names
        if name not in {field.name for field in model._meta.get_fields()}
    ]


@register(NAMES)
def names_in_settings(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every class, function and module of ours that the settings name by its path is there."""
    houses = {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
    path = re.compile(rf"(?:{'|'.join(houses)})(?:\.\w+)+")
    return [
        wrong(f'Settings: {setting} names "{name}", which is not there.', 5)
        for setting in sorted(set(dir(settings)))  # an overridden one is listed twice
        if setting.isupper() and setting != "SILENCED_SYSTEM_CHECKS"
        for name in _strings(getattr(settings, setting))
        if path.fullmatch(name) and not _is_there(name)
    ]


def refuse_wrong_names() -> None:
    """Raise what ``check`` says of names, before a process serves."""
    messages = run_checks(tags=[NAMES, Tags.urls])
    found = [message for message in messages if message.is_serious() and not message.is_silenced()]
    if found:
        raise ImproperlyConfigured(" ".join(str(message.msg) for message in found))


def wrong(sentence: str, number: int) -> Error:
    return Error(sentence, id=f"p2emas.E{number:03}")


def _is_page(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def _label(model: type[Model]) -> str:
    return model._meta.label


def _missing(model: type[Model], looks: Looks | None) -> str:
    known = {str(code) for code in looks.of_states} if looks else set()
    missing = [code for code in model.Status.values if code not in known]  # type: ignore[attr-defined]
    return f"{model.__name__} has no look for {', '.join(missing)}" if missing else ""


def _without_word(looks: Looks) -> str:
    wordless = [str(code) for code, look in looks.of_states.items() if not (look.word or hasattr(code, "label"))]
    return f'"{looks.chain}" has no word for {", ".join(wordless)}' if wordless else ""


def _strings(value: Any) -> Iterator[str]:
    """Every string in a setting, inside lists and dictionaries too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _strings(each)


def _is_there(name: str) -> bool:
    """Whether ``name`` is a module, something in one, or a model ("p2emas.User")."""
    if name == settings.WSGI_APPLICATION:  # its import is the start of a server
        return find_spec(name.rpartition(".")[0]) is not None
    module, _, last = name.rpartition(".")
    try:
        found = import_module(module)
    except ModuleNotFoundError:
        return False
    return hasattr(found, last) or _is_module(name) or last.lower() in apps.all_models.get(module, ())


def _is_module(name: str) -> bool:
    try:
        return bool(import_module(name))
    except ModuleNotFoundError:
        return False
