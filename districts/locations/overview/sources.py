"""From which target location a new round passes a success on."""

from typing import Any

from django import forms
from django.http import Http404, QueryDict

from districts.locations.models import TargetLocation
from p2emas.ui.forms import PlainForm


class ReplicationSourceForm(PlainForm):
    """``?sumber=12``; nothing: the round chooses villages as ever."""

    sumber = forms.ModelChoiceField(TargetLocation.objects.for_table(), label="Lokasi sumber", required=False)


def source_asked(query: QueryDict) -> TargetLocation | None:
    form = ReplicationSourceForm(query)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["sumber"]


def replication_frame(source: TargetLocation | None) -> dict[str, Any]:
    """What the form of a round that passes ``source`` on begins with."""
    if source is None:
        return {}
    name = f"Penularan {source.core_competency.commodity} dari {source.village}"
    return {"name": name[:120], "quota": 1}
