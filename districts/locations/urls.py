from django.urls import path

from districts.locations import candidate_views, choice_views, public_views, ranking_views, round_views

app_name = "locations"
urlpatterns = [
    path("kecamatan/", public_views.district_list, name="district-list"),
    path("desa/", public_views.village_list, name="village-list"),
    path("keputusan/lokasi/<int:pk>/", round_views.round_detail, name="round-detail"),
    path("keputusan/lokasi/<int:pk>/calon/<int:candidate>/", candidate_views.candidate_detail, name="candidate-detail"),
    path("keputusan/lokasi/<int:pk>/peringkat/", ranking_views.round_ranking, name="round-ranking"),
    path("keputusan/lokasi/<int:pk>/peringkat/hitung/", ranking_views.run_start, name="run-start"),
    path("keputusan/lokasi/<int:pk>/hitung-ulang/", ranking_views.round_replay, name="round-replay"),
    path(
        "keputusan/lokasi/<int:pk>/berita-acara.pdf",
        ranking_views.round_minutes_paper,
        {"form": "pdf"},
        name="round-minutes-pdf",
    ),
    path(
        "keputusan/lokasi/<int:pk>/berita-acara.docx",
        ranking_views.round_minutes_paper,
        {"form": "docx"},
        name="round-minutes-docx",
    ),
    path("keputusan/lokasi/<int:pk>/pilihan/", choice_views.round_choices, name="round-choices"),
    path("keputusan/lokasi/<int:pk>/ajukan/", choice_views.round_submit, name="round-submit"),
    path("keputusan/lokasi/<int:pk>/putuskan/", choice_views.round_decide, name="round-decide"),
    path(
        "keputusan/lokasi/<int:pk>/calon/<int:candidate>/naikkan/",
        choice_views.candidate_promote,
        name="candidate-promote",
    ),
    path("lokus/<int:pk>/akhiri/", choice_views.location_close, name="location-close"),
]
