"""Every address of the site; each room brings its own."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

ROOMS = [
    "p2emas.accounts",
    "p2emas.workflow",
    "p2emas.documents",
    "p2emas.outbox",
    "p2emas.staffing",
    "districts.regions",
    "districts.competencies",
    "districts.locations",
    "programs.framework",
    "programs.planning",
    "programs.obstacles",
    "programs.reporting",
    "programs.profiles",
    "programs.dashboards",
]

urlpatterns = [
    path("kelola/", admin.site.urls),
    *(path("", include(f"{room}.urls")) for room in ROOMS if find_spec(room) and find_spec(f"{room}.urls")),
]
