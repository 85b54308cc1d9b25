"""A line that is begun from an empty link of a chain: its village, link and group are filled in."""

from collections.abc import Mapping

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from districts.evidence.models import CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from programs.planning.models import PlanLine, WorkPlan


class LinkForm(forms.Form):
    """``?desa=ensaid-panjang&rantai=SEED&kelompok=4``; a value that it refuses fills nothing in."""

    desa = forms.ModelChoiceField(queryset=Village.objects.public(), to_field_name="slug")
    rantai = forms.ChoiceField(choices=PlanLine.ChainLink.choices)
    kelompok = forms.ModelChoiceField(queryset=CommunityGroup.objects.filter(active=True), required=False)


def begun_line(plan: WorkPlan, query: Mapping[str, str]) -> tuple[PlanLine, str]:
    """The unsaved line of ``plan``, and the chain to return to; an empty line and "" where none was asked for."""
    line, asked = PlanLine(plan=plan), LinkForm(query)
    if not asked.is_valid():
        return line, ""
    village, group = asked.cleaned_data["desa"], asked.cleaned_data["kelompok"]
    line.chain_link = asked.cleaned_data["rantai"]
    line.target_location = TargetLocation.objects.in_force(plan.day).filter(village=village).order_by("pk").first()
    if line.target_location is None:
        line.other_village = village
    if group and group.village_id == village.pk:
        line.group = group
    return line, f"{reverse('planning:chain', args=[village.slug])}?{urlencode({'tahun': plan.year})}"
