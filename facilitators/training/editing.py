"""Saving what two people may have open at once: whoever shows an old version changes nothing."""

from collections.abc import Callable

from django import forms
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from p2emas.history import last_edit
from p2emas.workflow.views import edit_conflict_page, versions_of


class EditConflict(Exception):
    """Somebody else saved after the page was shown; nothing was written."""


def save_edit(form: forms.ModelForm) -> models.Model:
    """Save ``form`` unless its record was saved by somebody else after ``seen``."""
    record = form.instance
    with transaction.atomic():
        type(record)._base_manager.select_for_update().get(pk=record.pk)
        if last_edit(record) != form.cleaned_data.get("seen"):
            raise EditConflict
        return form.save()


def both_versions(
    request: HttpRequest,
    typed: forms.ModelForm,
    fresh: Callable[[models.Model], forms.ModelForm],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """What was typed beside what is stored; where both say the same (a second click), simply ``done()``."""
    stored = type(typed.instance)._base_manager.get(pk=typed.instance.pk)
    mine, theirs = versions_of(typed)[0], versions_of(fresh(stored))[1]
    if mine == theirs:
        return done()
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"seen": last_edit(stored)})
