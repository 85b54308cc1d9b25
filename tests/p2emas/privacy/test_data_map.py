"""Every field that may tell something about a person is in the data map, or named as one that does not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models

from p2emas.accounts.models import User
from p2emas.privacy.register import entries, not_personal, personal
from p2emas.registry import contributions
from tests.source_tree import ROOT

HOUSES = {"p2emas", "districts", "facilitators", "programs"}
OF_A_HISTORY = {"history_date", "history_change_reason", "history_type", "history_user"}  # TRACE, of the frame
# Erased by an update of the history's rows too, since the history keeps them.
BLANKED_IN_HISTORY = {("facilitators.Facilitator", "office_phone")}


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "history_object") or hasattr(model, "instance_type")


def may_be_personal(field: models.Field) -> bool:
    """Text, days, files, free structures, and who of the users."""
    if field.is_relation:
        return field.related_model is User
    kinds = (models.CharField, models.TextField, models.DateField, models.FileField, models.JSONField)
    return isinstance(field, (*kinds, models.BinaryField, models.GenericIPAddressField))


def listed(model: type[models.Model]) -> list[str]:
    label = model._meta.label
    return [name for entry in entries() if entry.label == label for name in entry.fields] + sorted(
        not_personal().get(label, ())
    )


def ours() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model._meta.app_label in HOUSES)


def unlisted(model: type[models.Model]) -> list[str]:
    base = model.instance_type if is_history(model) else model
    names = {*listed(base), *listed(model), *(OF_A_HISTORY if is_history(model) else ())}
    fields = [field for field in model._meta.get_fields() if getattr(field, "concrete", False)]
    return [
        f"{model._meta.label}.{field.name}" for field in fields if may_be_personal(field) and field.name not in names
    ]


def test_every_field_that_may_be_personal_is_listed():
    missing = [name for model in ours() for name in unlisted(model)]

    assert missing == [], "say in the contributions.py of the room how these are handled, or that they name nobody"


def test_a_field_that_is_not_listed_is_found(monkeypatch):
    room = "p2emas.accounts.contributions"
    monkeypatch.setitem(contributions._rooms, room, replace(contributions.rooms()[room], personal=()))

    missing = [name for model in ours() for name in unlisted(model)]

    assert {"p2emas.User.phone", "p2emas.HistoricalUser.phone", "p2emas.Official.nip"} <= set(missing)


def test_every_table_of_a_library_that_points_to_users_is_listed():
    found = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in HOUSES
        and any(f.is_relation and f.related_model is User for f in model._meta.concrete_fields)
    }

    assert found - {entry.label for entry in entries()} == set()


def test_nothing_is_listed_twice_or_without_being_there():
    labels = {entry.label for entry in entries()} | set(not_personal())
    every = {model._meta.label: {field.name for field in model._meta.get_fields()} for model in apps.get_models()}
    twice, unknown = [], []
    for label in sorted(labels):
        names = Counter(listed(apps.get_model(label)))
        twice += [f"{label}.{name}" for name, count in names.items() if count > 1]
        unknown += [f"{label}.{name}" for name in names if name not in every[label]]

    assert (twice, unknown) == ([], [])


def test_what_is_erased_on_request_stands_in_no_history():
    kept = {
        (label, name)
        for label, fields in personal().items()
        for name, handling in fields.items()
        if handling.erased
        for history in [getattr(apps.get_model(label), "history", None)]
        if history is not None and name in {field.name for field in history.model._meta.concrete_fields}
    }

    assert kept == BLANKED_IN_HISTORY


@pytest.mark.parametrize("part", ["subject", "what", "purpose", "basis", "readers", "kept"])
def test_every_handling_says_everything(part):
    assert [entry for entry in entries() if not str(getattr(entry.handling, part)).strip()] == []


def test_the_document_is_the_map(capsys):
    call_command("data_map", check=True)

    assert "docs/privacy.md" in capsys.readouterr().out


def test_a_document_that_differs_is_refused(tmp_path, monkeypatch):
    old = Path(tmp_path / "privacy.md")
    old.write_text((ROOT / "docs/privacy.md").read_text().replace("nik_sealed", "nik"))
    monkeypatch.setattr("p2emas.management.commands.data_map.DOCUMENT", old)

    with pytest.raises(CommandError, match=r"manage\.py data_map"):
        call_command("data_map", check=True)
