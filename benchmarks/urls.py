"""The project's addresses and the bare pages."""

from django.urls import path

from benchmarks import views
from p2emas.urls import *  # noqa: F403
from p2emas.urls import urlpatterns as project

urlpatterns = [
    path("bare/laporan/", views.report_rows),
    path("bare/baris/<int:pk>/", views.line_rows),
    *project,
]
