from django.urls import path

from programs.dashboards import public_views, views
from programs.dashboards.handover import views as handover_views

app_name = "dashboards"
urlpatterns = [
    path("", public_views.public_home, name="public-home"),
    path("peta/", public_views.map_page, name="map"),
    path("anggaran/", public_views.budget, name="budget"),
    path("bantuan/", public_views.help_page, name="help"),
    path("apa-yang-berubah/", public_views.changes, name="changes"),
    path("aksesibilitas/", public_views.accessibility, name="accessibility"),
    path("privasi/", public_views.privacy, name="privacy"),
    path("beranda/", views.home, name="home"),
    path("serah-tugas/<int:pk>/", handover_views.handover, name="handover"),
    path("ringkasan/", views.summary, name="summary"),
    path("ringkasan/kirim/", views.summary_send, name="summary-send"),
    path("ringkasan/desa/", views.summary_villages, name="summary-villages"),
    path("ringkasan/keputusan/", views.summary_decisions, name="summary-decisions"),
    path("ringkasan.pdf", views.summary_pdf, name="summary-pdf"),
    path("dasbor/", views.dashboard, name="dashboard"),
    path("dasbor/<slug:key>/", views.indicator, name="indicator"),
]
