from django.urls import URLPattern, path, re_path

from p2emas.instruments.moving import View, following_moves
from programs.profiles import amend_views, draft_views, public_views, views
from programs.profiles.levels import views as level_views

app_name = "profiles"


def decree_path(rest: str, view: View, name: str) -> URLPattern:
    """Of one decree; where minutes or a regulation had the number before, their page has the address since."""
    return path(f"sk/<int:pk>/{rest}", following_moves(view, name), name=name)


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
    decree_path("", public_views.decree_detail, "decree-detail"),
    decree_path("langkah/<slug:step>/", views.decree_step, "decree-step"),
    decree_path("perubahan/", amend_views.decree_amend, "decree-amend"),
    decree_path("isi/", amend_views.decree_items, "decree-items"),
    decree_path("naskah/", draft_views.decree_text_edit, "decree-text"),
    decree_path("periksa/", amend_views.decree_check, "decree-check"),
    decree_path("hapus/", amend_views.decree_discard, "decree-discard"),
    decree_path("pindaian/", views.decree_scan, "decree-scan"),
    re_path(r"^sk/(?P<pk>[0-9]+)/naskah\.(?P<form>pdf|docx)$", public_views.decree_paper, name="decree-paper"),
    decree_path("riwayat/", views.decree_history, "decree-history"),
]
