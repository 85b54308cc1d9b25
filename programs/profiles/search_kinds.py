"""How the search finds agencies and activities; each leads to what the reader may open of it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from p2emas.accounts.models import Agency, User
from p2emas.registry.kinds import Hit, SearchKind
from programs.framework.models import Activity
from programs.planning.access import may_see_agreed_lines
from programs.profiles.activity_page import readable_lines


def _agencies(reader: Any) -> QuerySet[Agency]:
    """Those who read the agreed lines of every agency; the public reads sums."""
    if not isinstance(reader, User) or not may_see_agreed_lines(reader):
        return Agency.objects.none()
    return Agency.objects.for_user(reader).select_related("district")


def _agency(agency: Agency, reader: Any) -> Hit:
    """The office of a kecamatan has the page of the kecamatan, an agency its lines."""
    district = getattr(agency, "district", None)
    lines = reverse("planning:line-list")
    url = district.get_absolute_url() if district else f"{lines}?skpd={agency.code}"
    return Hit(agency.name, url, f"{agency.short_name} · {agency.get_kind_display()}")


def _activities(reader: Any) -> QuerySet[Activity]:
    """Those of which the reader may open a line; the page is that of the latest one."""
    lines = readable_lines(reader).order_by().filter(activity=OuterRef("pk"))
    latest = lines.order_by("-plan__sequence", "-pk").values("pk")[:1]
    return Activity.objects.filter(Exists(lines)).annotate(line=Subquery(latest)).select_related("agency")


def _activity(activity: Activity, reader: Any) -> Hit:
    about = f"{activity.code} · {activity.agency} · {activity.year}"
    return Hit(activity.name, reverse("profiles:activity-detail", args=[activity.line]), about)  # type: ignore[attr-defined]


AGENCIES = SearchKind(
    code="agency",
    title="SKPD",
    place=3,
    model=Agency,
    rows=_agencies,
    names=lambda agency: [agency.name, agency.short_name, agency.code],
    hit=_agency,
    forgiving=True,
)
ACTIVITIES = SearchKind(
    code="activity",
    title="Kegiatan",
    place=5,
    model=Activity,
    rows=_activities,
    names=lambda activity: [activity.name],
    numbers=lambda activity: [activity.code],
    hit=_activity,
)
