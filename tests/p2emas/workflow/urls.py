"""Addresses for the tests of the shared pages: two chains with a detail page and a step view each."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from p2emas.models import Decree
from p2emas.urls import urlpatterns as whole_site
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.riwayat import riwayat_page
from p2emas.workflow.views import step_page
from programs.models import WorkPlan
from programs.planning.urls import urlpatterns as of_planning
from programs.profiles.urls import urlpatterns as of_profiles


def detail(request, pk):
    return HttpResponse(b"detail")


def plan_step(request, pk, name):
    return step_page(request, get_object_or_404(WorkPlan, pk=pk), name)


def plan_step_with_more(request, pk, name):
    def after(record):
        if record.is_sample:
            raise StepNotAllowed("Data contoh tidak boleh berubah.")

    return step_page(request, get_object_or_404(WorkPlan, pk=pk), name, after=after)


def decree_step(request, pk, name):
    def take(record, *, seen, actor, note):
        record.take_step(name, seen=seen, actor=actor, note=f"{note}!" if note else "")

    return step_page(request, get_object_or_404(Decree, pk=pk), name, take=take)


def plan_history(request, pk):
    return riwayat_page(request, get_object_or_404(WorkPlan, pk=pk), ("lines", "lines__targets"))


urlpatterns = [
    path("", include(([*of_planning, path("tes/rencana/<int:pk>/", detail, name="plan-detail")], "planning"))),
    path("", include(([*of_profiles, path("tes/sk/<int:pk>/", detail, name="decree-detail")], "profiles"))),
    path("tes/rencana/<int:pk>/<str:name>/", plan_step),
    path("tes/lebih/<int:pk>/<str:name>/", plan_step_with_more),
    path("tes/sk/<int:pk>/<str:name>/", decree_step),
    path("tes/riwayat/<int:pk>/", plan_history),
    *whole_site,
]
