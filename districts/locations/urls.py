from django.urls import path

from districts.locations.candidates import survey_views, value_views
from districts.locations.candidates import views as candidate_views
from districts.locations.decision import choice_views, ranking_views
from districts.locations.decrees import public_views
from districts.locations.overview import pending_views
from districts.locations.overview import views as round_views
from districts.locations.rounds import frame_views

ROUNDS = "keputusan/lokasi/"
ROUND = f"{ROUNDS}<int:pk>/"
CANDIDATE = f"{ROUND}calon/<int:candidate>/"
VISIT = f"{CANDIDATE}kunjungan/<int:visit>/"

app_name = "locations"
urlpatterns = [
    path("kecamatan/", public_views.district_list, name="district-list"),
    path("desa/", public_views.village_list, name="village-list"),
    path("keputusan/", pending_views.decisions, name="decisions"),
    path(ROUNDS, round_views.location_round_list, name="round-list"),
    path(f"{ROUNDS}baru/", round_views.location_round_create, name="round-create"),
    path(ROUND, round_views.location_round_detail, name="round-detail"),
    path(f"{ROUND}ubah/", round_views.location_round_edit, name="round-edit"),
    path(f"{ROUND}riwayat/", round_views.location_round_history, name="round-history"),
    path(f"{ROUND}langkah/<slug:step>/", round_views.location_round_step, name="round-step"),
    path(f"{ROUND}kriteria/", frame_views.round_criteria, name="round-criteria"),
    path(f"{ROUND}bobot/", frame_views.round_weights, name="round-weights"),
    path(f"{ROUND}bobot/pakai/", frame_views.weights_use, name="weights-use"),
    path(f"{ROUND}syarat/", candidate_views.gate_check, name="gate-check"),
    path(f"{ROUND}nilai/", value_views.value_table, name="value-table"),
    path(f"{ROUND}calon/", candidate_views.candidate_table, name="candidate-list"),
    path(f"{ROUND}calon/baru/", candidate_views.candidate_create, name="candidate-create"),
    path(CANDIDATE, candidate_views.candidate_detail, name="candidate-detail"),
    path(f"{CANDIDATE}ubah/", candidate_views.candidate_edit, name="candidate-edit"),
    path(f"{CANDIDATE}riwayat/", candidate_views.candidate_history, name="candidate-history"),
    path(f"{CANDIDATE}langkah/<slug:step>/", candidate_views.candidate_step, name="candidate-step"),
    path(f"{CANDIDATE}kunjungan/baru/", survey_views.visit_create, name="visit-create"),
    path(VISIT, survey_views.visit_edit, name="visit-edit"),
    path(f"{VISIT}foto/", survey_views.visit_photos, name="visit-photos"),
    path(f"{VISIT}foto/<int:photo>/hapus/", survey_views.photo_remove, name="photo-remove"),
    path(f"{CANDIDATE}cadangan/", choice_views.candidate_promote, name="candidate-promote"),
    path(f"{ROUND}peringkat/", ranking_views.round_ranking, name="round-ranking"),
    path(f"{ROUND}peringkat/hitung/", ranking_views.run_start, name="run-start"),
    path(f"{ROUND}hitung-ulang/", ranking_views.round_replay, name="round-replay"),
    path(
        f"{ROUND}berita-acara.pdf",
        ranking_views.location_minutes_paper,
        {"form": "pdf"},
        name="round-minutes-pdf",
    ),
    path(
        f"{ROUND}berita-acara.docx",
        ranking_views.location_minutes_paper,
        {"form": "docx"},
        name="round-minutes-docx",
    ),
    path(f"{ROUND}pilihan/", choice_views.round_choices, name="round-choices"),
    path(f"{ROUND}ajukan/", choice_views.location_round_submit, name="round-submit"),
    path(f"{ROUND}putuskan/", choice_views.location_round_decide, name="round-decide"),
    path("lokasi-sasaran/<int:pk>/akhiri/", choice_views.location_close, name="location-close"),
]
