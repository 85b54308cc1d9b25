"""Somebody else changed a placement after the page was shown: both versions, nothing overwritten."""

from django import forms
from django.http import HttpResponse

from facilitators.placements.models import Placement
from p2emas.accounts.signed_in import UserRequest
from p2emas.history.records import last_edit
from p2emas.ui.formats import long_date
from p2emas.workflow.views import edit_conflict_page, versions_of

STORED = {"reason": "get_end_reason_display", "note": "end_note", "handover": "handover", "contract": "contract"}


def placement_conflict(request: UserRequest, form: forms.Form, placement: Placement) -> HttpResponse:
    """The typed words beside the stored ones, field by field."""
    stored = Placement.objects.for_table().get(pk=placement.pk)
    mine = versions_of(form)[0]
    theirs = {str(form.fields[name].label): _word(stored, name) for name in form.fields if name in STORED}
    theirs["Bertugas sampai"] = long_date(stored.last_day)
    return edit_conflict_page(
        request,
        stored,
        mine=mine,
        theirs=theirs,
        replace={"seen": last_edit(stored)},
        url=stored.get_absolute_url(),
    )


def _word(stored: Placement, name: str) -> str:
    value = getattr(stored, STORED[name])
    return str(value() if callable(value) else value)
