"""Two people on one page of the back office: the second is told, and sees what is stored beside what was typed."""

from collections.abc import Iterable
from types import new_class
from typing import Any, cast

from django import forms
from django.db import models, transaction

from p2emas.history.records import last_edit, last_of
from p2emas.ui.rows import RowField

SEEN = "seen"  # field of the page that names the edits it showed


def edits_shown(record: models.Model, parts: list[tuple[type[models.Model], str]]) -> str:
    """Last edit of ``record`` and of each kind of row below it; ``parts`` are (model, its key to the record)."""
    last = [last_edit(record) if hasattr(record, "history") else None]
    for model, key in parts:
        if hasattr(model, "history"):
            last.append(last_of(model.history.filter(**{key: record.pk})))
    return "-".join(str(number or 0) for number in last)


def lock_again(record: models.Model) -> None:
    """Lock the row for the rest of the transaction and read it again: the second of two sees what the first saved.

    Raises ``ObjectDoesNotExist`` when it is gone.
    """
    if transaction.get_connection().in_atomic_block:
        # in its own order: PostgreSQL locks no row that an order over other tables joins with what may be missing
        type(record)._base_manager.select_for_update(no_key=True).filter(pk=record.pk).order_by("pk").first()
        record.refresh_from_db()


def refusing(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """``form`` for somebody who came second: nothing is saved, and each field that differs says what is stored."""

    def clean(self: forms.ModelForm) -> dict[str, Any] | None:
        cleaned = form.clean(self)
        self.instance.came_late = True  # the rows below it are held against what is stored, too
        self.add_error(None, "Orang lain menyimpan lebih dahulu; isian Anda belum disimpan. Periksa, lalu simpan.")
        tell_stored(self)
        return cleaned

    made = new_class(form.__name__, (form,), exec_body=lambda body: body.update({"clean": clean}))
    return cast("type[forms.ModelForm]", made)


def tell_stored(form: forms.ModelForm) -> None:
    """Beside each field whose typed value differs: the stored one."""
    for name in form.changed_data:
        if name in form.fields and not isinstance(form.fields[name], forms.FileField) and name != "DELETE":
            form.add_error(name, f"Yang tersimpan sekarang: {_stored(form, name)}")


def tell_added(rows: forms.BaseInlineFormSet) -> None:
    """Rows that the page did not show, because somebody added them since; saving again leaves them as they are."""
    shown = {form.instance.pk for form in rows.initial_forms}
    if added := ", ".join(str(row) for row in rows.get_queryset() if row.pk not in shown):
        raise forms.ValidationError(f"Ditambahkan sementara itu: {added}. Tetap tersimpan.")


def _stored(form: forms.ModelForm, name: str) -> str:
    """The stored value as the field would show it."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field, forms.BooleanField):
        return "ya" if value else "tidak"
    if isinstance(field, RowField) and field.is_typed:
        return str(value or "kosong")
    if isinstance(field, forms.ChoiceField):  # ModelChoiceField is one of them
        choices = cast("Iterable[tuple[object, object]]", field.choices)
        words = {str(code): str(label) for code, label in choices if not isinstance(label, list | tuple)}
        return words.get(str(value), "") if value else "kosong"
    return str(field.widget.format_value(value) or "kosong")
