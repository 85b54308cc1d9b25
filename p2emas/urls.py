"""Every address of the site; each room brings its own."""

from django.contrib import admin
from django.urls import include, path

from p2emas.serving import health, renamed

ROOMS = (  # those with pages; a test finds one that is missing here
    "p2emas.search",
    "p2emas.accounts",
    "p2emas.drafts",
    "p2emas.identity",
    "p2emas.documents",
    "p2emas.instruments",
    "p2emas.exports",
    "p2emas.outbox",
    "p2emas.notifications",
    "p2emas.calendar",
    "p2emas.imports",
    "p2emas.staffing",
    "districts.evidence",
    "districts.competencies",
    "districts.locations",
    "facilitators.recruitment",
    "facilitators.training",
    "facilitators.placements",
    "programs.nomenclature",
    "programs.framework",
    "programs.planning",
    "programs.treasury",
    "programs.obstacles",
    "programs.fieldwork",
    "programs.aid",
    "programs.reporting",
    "programs.monthly",
    "programs.recaps",
    "programs.coordination",
    "programs.evaluation",
    "programs.profiles",
    "programs.dashboards",
)

handler400 = "p2emas.serving.errors.bad_request"
handler403 = "p2emas.serving.errors.permission_denied"
handler404 = "p2emas.serving.errors.page_not_found"
handler500 = "p2emas.serving.errors.server_error"

urlpatterns = [
    path("sehat/", health.alive, name="health"),
    path("siap/", health.ready, name="ready"),
    path("kelola/", admin.site.urls),
    *(path("", include(f"{room}.urls")) for room in ROOMS),
    *renamed.urlpatterns,
]
