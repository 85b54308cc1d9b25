from django.urls import path, re_path

from programs.profiles import amend_views, draft_views, public_views, views
from programs.profiles.levels import views as level_views

app_name = "profiles"
urlpatterns = [
    re_path(r"^kecamatan/(?P<code>[0-9A-Za-z.-]+)/$", public_views.district_detail, name="district-detail"),
    path("desa/<slug:slug>/", public_views.village_detail, name="village-detail"),
    path("desa/<slug:slug>/kegiatan.csv", public_views.village_csv, name="village-csv"),
    path("desa/<slug:slug>/dasar/", public_views.village_basis, name="village-basis"),
    path("desa/<slug:slug>/lokasi-sasaran/<int:pk>/<slug:step>/", views.location_step, name="location-step"),
    path("nomenklatur/jumlah/", level_views.level_totals, name="level-totals"),
    path("kegiatan/<int:pk>/", public_views.activity_detail, name="activity-detail"),
    path("sk/", public_views.decree_list, name="decree-list"),
    path("sk/siap/", draft_views.decree_ready, name="decree-ready"),
    path("sk/<int:pk>/", public_views.decree_detail, name="decree-detail"),
    path("sk/<int:pk>/langkah/<slug:step>/", views.decree_step, name="decree-step"),
    path("sk/<int:pk>/perubahan/", amend_views.decree_amend, name="decree-amend"),
    path("sk/<int:pk>/isi/", amend_views.decree_items, name="decree-items"),
    path("sk/<int:pk>/naskah/", draft_views.decree_text_edit, name="decree-text"),
    path("sk/<int:pk>/periksa/", amend_views.decree_check, name="decree-check"),
    path("sk/<int:pk>/hapus/", amend_views.decree_discard, name="decree-discard"),
    path("sk/<int:pk>/pindaian/", views.decree_scan, name="decree-scan"),
    re_path(r"^sk/(?P<pk>[0-9]+)/naskah\.(?P<form>pdf|docx)$", public_views.decree_paper, name="decree-paper"),
    path("sk/<int:pk>/riwayat/", views.decree_history, name="decree-history"),
]
