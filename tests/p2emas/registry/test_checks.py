"""A name that does not resolve is refused at the start."""

import re
from dataclasses import replace

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

from p2emas.documents.readers.reading import READERS
from p2emas.privacy.handlings import TRACE
from p2emas.registry import contributions
from p2emas.registry.checks import NAMES, refuse_wrong_names
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, MenuGroup, PersonalFields
from p2emas.workflow import hooks
from programs.models import Activity, ProgressReport
from tests.source_tree import ROOT, template_files

NOWHERE = MenuEntry("Peta", "dashboards:nowhere")
REPORTING, DASHBOARDS = "programs.reporting.contributions", "programs.dashboards.contributions"


def said() -> list[str]:
    return [str(message.msg) for message in run_checks(tags=[NAMES])]


@pytest.fixture
def change(monkeypatch):
    """Change what a room contributes."""

    def changed(room: str, **fields: object) -> None:
        monkeypatch.setitem(contributions._rooms, room, replace(contributions.rooms()[room], **fields))

    return changed


@pytest.fixture
def add(monkeypatch):
    """Add a room that contributes this."""
    return lambda **fields: monkeypatch.setitem(contributions._rooms, "a room", Contributions(**fields))


@pytest.fixture
def lead_nowhere(change):
    menus = contributions.menus()
    entries = contributions.rooms()[DASHBOARDS].menu_entries
    change(
        DASHBOARDS,
        menus=replace(menus, public=replace(menus.public, groups=(MenuGroup("Tempat", (NOWHERE,)),))),
        menu_entries=(*entries, NOWHERE),
    )


def test_every_name_resolves():
    assert said() == []
    refuse_wrong_names()


def test_menu_entry_without_page_is_named(lead_nowhere):
    assert said() == ['Menu: no page is named "dashboards:nowhere".']
    with pytest.raises(ImproperlyConfigured, match="dashboards:nowhere"):
        refuse_wrong_names()


def test_menu_entry_that_nobody_sees_is_named(add):
    add(menu_entries=(MenuEntry("Privasi", "dashboards:privacy"),))

    assert said() == ['Menu: nobody sees "dashboards:privacy".']


def test_menu_entry_that_no_room_contributes_is_named(change):
    change("p2emas.staffing.contributions", menu_entries=())

    assert said() == [f'Menu: no room contributes "staffing:{name}".' for name in ("absence-list", "user-list")]


def test_missing_menus_are_named(change):
    change(DASHBOARDS, menus=None)

    assert said() == ["Menu: no room contributes the menus."]


def test_state_without_look_is_named(change):
    reports, *others = contributions.rooms()[REPORTING].looks
    of_states = {code: look for code, look in reports.of_states.items() if code != ProgressReport.Status.LOCKED}
    change(REPORTING, looks=(replace(reports, of_states=of_states), *others))

    assert said() == ["States: ProgressReport has no look for LOCKED."]


def test_chain_without_looks_is_named(change):
    reports, _periods, *others = contributions.rooms()[REPORTING].looks
    change(REPORTING, looks=(reports, *others))

    assert said() == ["States: ReportingPeriod has no look for OPEN, LOCKED."]


def test_look_without_word_is_named(add):
    add(looks=(Looks("weather", {"sunny": Look("yellow", "dot"), "rainy": Look("blue", "dot", "Hujan")}),))

    assert said() == ['States: "weather" has no word for sunny.']


def test_field_of_the_data_map_that_is_not_there_is_named(add):
    add(personal=(PersonalFields(Activity, "name nmae", TRACE),), not_personal={Activity: "cod"})

    assert said() == [
        'Data map: programs.Activity has no field "nmae".',
        'Data map: programs.Activity has no field "cod".',
    ]


@pytest.mark.parametrize(
    "name", ["p2emas.ui.nowhere", "p2emas.ui.context.nowhere", "p2emas.nowhere.adapters.Adapter", "programs.Nobody"]
)
def test_dotted_name_in_settings_that_is_not_there_is_named(settings, name):
    settings.ACCOUNT_FORMS = {**settings.ACCOUNT_FORMS, "login": name}

    assert said() == [f'Settings: ACCOUNT_FORMS names "{name}", which is not there.']


def test_reader_whose_module_is_not_there_is_named(monkeypatch):
    name, reader = next(iter(READERS.items()))
    monkeypatch.setitem(READERS, name, reader)  # so that it is put back
    replace(reader, module="p2emas.documents.readers.nowhere")  # registers itself

    assert said() == [f'Reader {name}: no module is named "p2emas.documents.readers.nowhere".']


def test_hook_without_function_is_named(monkeypatch):
    monkeypatch.setattr(hooks, "_hooks", [])
    hooks.Hook("the weather")

    assert said() == ["nobody provides the weather"]


def test_handler_that_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr("p2emas.urls.handler404", "p2emas.serving.errors.nowhere")

    with pytest.raises(ImproperlyConfigured, match="handler404"):
        refuse_wrong_names()


def test_silenced_check_lets_other_pages_be_served(settings, lead_nowhere):
    settings.SILENCED_SYSTEM_CHECKS = ["p2emas.E002"]

    refuse_wrong_names()


def test_address_that_a_template_keeps_in_a_variable_is_there():
    """``{% url ... as x %}`` is empty for a name that does not exist, and the link is silently missing."""
    names = {
        name
        for path in template_files(ROOT)
        for name in re.findall(r"""{%\s*url\s+["']([^"']+)["'][^%]*\sas\s""", path.read_text("utf-8"))
    }

    assert len(names) > 40
    assert sorted(name for name in names if not exists(name)) == []


def exists(name: str) -> bool:
    """Whether a page has this name, with arguments of any kind."""
    try:
        reverse(name)
    except NoReverseMatch as error:
        return "is not a valid view function or pattern name" not in str(error) and "registered namespace" not in str(
            error
        )
    return True
