from django.urls import path, re_path

from districts.competencies import views
from districts.competencies.analysis import views as analysis_views
from districts.competencies.panel import opening_views
from districts.competencies.panel import views as panel_views
from districts.competencies.result import discussion_views, public_views

app_name = "competencies"
urlpatterns = [
    path("keputusan/kompetensi/", views.determination_list, name="determination-list"),
    path("keputusan/kompetensi/baru/", views.determination_create, name="determination-create"),
    path("keputusan/kompetensi/hitungan/", analysis_views.analysis, name="analysis"),
    path("keputusan/kompetensi/buka/", opening_views.panel_open, name="panel-open"),
    path("keputusan/kompetensi/<int:pk>/", views.determination_detail, name="determination-detail"),
    path("keputusan/kompetensi/<int:pk>/ubah/", views.determination_edit, name="determination-edit"),
    path("keputusan/kompetensi/<int:pk>/susun/", opening_views.panel_setup, name="panel-setup"),
    path("keputusan/kompetensi/<int:pk>/hitungan/baru/", opening_views.analysis_edit, name="analysis-add"),
    path("keputusan/kompetensi/<int:pk>/hitungan/<int:analysis>/", opening_views.analysis_edit, name="analysis-edit"),
    path(
        "keputusan/kompetensi/<int:pk>/tidak-berlaku/",
        opening_views.criteria_inapplicable,
        name="criteria-inapplicable",
    ),
    path("keputusan/kompetensi/<int:pk>/buka-penilaian/", opening_views.scoring_open, name="scoring-open"),
    path("keputusan/kompetensi/<int:pk>/penilai/", opening_views.seat_edit, name="seat-edit"),
    path("keputusan/kompetensi/<int:pk>/nilai/", panel_views.score, name="score"),
    path("keputusan/kompetensi/<int:pk>/bahas/", panel_views.discuss, name="discuss"),
    path("keputusan/kompetensi/<int:pk>/pembahasan/", discussion_views.discussion, name="discussion"),
    path("keputusan/kompetensi/<int:pk>/hasil/", public_views.result, name="result"),
    path("keputusan/kompetensi/<int:pk>/hitung-ulang/", public_views.replay, name="replay"),
    path("keputusan/kompetensi/<int:pk>/riwayat/", views.determination_history, name="determination-history"),
    re_path(
        r"^keputusan/kompetensi/(?P<pk>[0-9]+)/berita-acara\.(?P<form>pdf|docx)$",
        views.determination_minutes,
        name="determination-minutes",
    ),
    path("keputusan/kompetensi/<int:pk>/langkah/<slug:step>/", views.determination_step, name="determination-step"),
]
