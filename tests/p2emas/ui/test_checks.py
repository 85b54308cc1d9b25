"""A name that does not resolve is refused at the start."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from p2emas.ui import navigation, states
from p2emas.ui.checks import NAMES, refuse_wrong_names
from programs.models import ProgressReport


def said() -> list[str]:
    return [str(message.msg) for message in run_checks(tags=[NAMES])]


def test_every_name_resolves():
    assert said() == []
    refuse_wrong_names()


def test_menu_entry_without_page_is_named(monkeypatch):
    monkeypatch.setattr(navigation, "PUBLIC", ((navigation.Entry("Peta", "dashboards:nowhere"),), ()))

    assert said() == ['Menu: no page is named "dashboards:nowhere".']
    with pytest.raises(ImproperlyConfigured, match="dashboards:nowhere"):
        refuse_wrong_names()


def test_look_of_no_model_is_named(monkeypatch):
    monkeypatch.setitem(states.MODELS, "progresreport", "report")

    assert said() == ['States: no model is named "progresreport".']


def test_state_without_look_is_named(monkeypatch):
    looks = {code: look for code, look in states.look_of(ProgressReport).items() if code != "locked"}
    monkeypatch.setitem(states.CHAINS, "report", looks)

    assert said() == ["States: ProgressReport has no look for LOCKED."]


def test_who_silences_the_check_serves_other_pages(monkeypatch, settings):
    settings.SILENCED_SYSTEM_CHECKS = ["p2emas.E002"]
    monkeypatch.setattr(navigation, "PUBLIC", ((navigation.Entry("Peta", "dashboards:nowhere"),), ()))

    refuse_wrong_names()
