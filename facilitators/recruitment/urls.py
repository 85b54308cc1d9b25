"""Addresses of recruitment: what everybody opens, and the office behind it."""

from django.urls import path

from facilitators.recruitment.applications import views as application_views
from facilitators.recruitment.apply import public_views as public_apply_views
from facilitators.recruitment.overview import views as overview_views
from facilitators.recruitment.panel import interview_views, scoring_views, seat_views, written_test_views
from facilitators.recruitment.privacy import views as privacy_views
from facilitators.recruitment.result import (
    announcement_views,
    choice_views,
    correction_views,
    objection_views,
    ranking_views,
)
from facilitators.recruitment.rounds import frame_views, public_views, share_views
from facilitators.recruitment.rounds import views as round_views
from facilitators.recruitment.status import public_views as public_status_views

app_name = "recruitment"

ROUNDS = "seleksi/"
ROUND = f"{ROUNDS}<slug:code>/"
APPLICATION = f"{ROUND}lamaran/<int:pk>/"
APPLICANT = f"{ROUND}<int:pk>/"
PERSONAL = f"{APPLICATION}data-pribadi/"

urlpatterns = [
    # office
    path(ROUNDS, round_views.recruitment_round_list, name="round-list"),
    path(f"{ROUNDS}baru/", round_views.recruitment_round_create, name="round-create"),
    path(ROUND, overview_views.recruitment_round_detail, name="round-detail"),
    path(f"{ROUND}ubah/", round_views.recruitment_round_edit, name="round-edit"),
    path(f"{ROUND}jadwal/", round_views.round_schedule, name="round-schedule"),
    path(f"{ROUND}salin/", round_views.round_copy, name="round-copy"),
    path(f"{ROUND}riwayat/", overview_views.recruitment_round_history, name="round-history"),
    path(f"{ROUND}langkah/<slug:step>/", overview_views.recruitment_round_step, name="round-step"),
    path(f"{ROUND}formasi/", frame_views.round_places, name="round-places"),
    path(f"{ROUND}syarat/", frame_views.round_frame, {"part": "syarat"}, name="round-requirements"),
    path(f"{ROUND}berkas/", frame_views.round_frame, {"part": "berkas"}, name="round-documents"),
    path(f"{ROUND}rubrik/", frame_views.round_frame, {"part": "rubrik"}, name="round-rubric"),
    path(f"{ROUND}batas-nik/", privacy_views.round_openings, name="round-openings"),
    path(f"{ROUND}panel/", seat_views.seat_list, name="seat-list"),
    path(f"{ROUND}panel/benturan/", seat_views.conflict_create, name="conflict-create"),
    path(f"{ROUND}panel/benturan/<int:pk>/tarik/", seat_views.conflict_withdraw, name="conflict-withdraw"),
    path(f"{ROUND}lamaran/", application_views.application_list, name="application-list"),
    path(f"{ROUND}lamaran/periksa/", application_views.check_next, name="check-next"),
    path(f"{ROUND}lamaran/ekspor/", privacy_views.application_export, name="application-export"),
    path(APPLICATION, application_views.application_detail, name="application-detail"),
    path(f"{APPLICATION}nik/", privacy_views.application_nik, name="application-nik"),
    path(f"{APPLICATION}nilai/", correction_views.score_correct, name="score-correct"),
    path(f"{APPLICATION}langkah/<slug:step>/", application_views.application_step, name="application-step"),
    path(f"{ROUND}tes/", written_test_views.test_scores, name="test-scores"),
    path(f"{ROUND}tes/terapkan/", written_test_views.test_apply, name="test-apply"),
    path(f"{ROUND}wawancara/", interview_views.interview_plan, name="interview-plan"),
    path(f"{ROUND}wawancara/susun/", interview_views.interview_propose, name="interview-propose"),
    path(f"{ROUND}wawancara/undang/", interview_views.interview_invite, name="interview-invite"),
    path(f"{ROUND}wawancara/teks/", interview_views.interview_texts, name="interview-texts"),
    path(
        f"{ROUND}wawancara/undangan.pdf", interview_views.interview_letters, {"form": "pdf"}, name="interview-letters"
    ),
    path(
        f"{ROUND}wawancara/undangan.docx",
        interview_views.interview_letters,
        {"form": "docx"},
        name="interview-letters-docx",
    ),
    path(f"{ROUND}wawancara/<int:pk>/surat.pdf", interview_views.interview_letter, name="interview-letter"),
    # personal data
    path(f"{ROUND}akses/", privacy_views.access_list, name="access-list"),
    path(PERSONAL, privacy_views.personal_data, name="personal-data"),
    path(f"{PERSONAL}salinan/", privacy_views.personal_copy, name="personal-copy"),
    path(f"{PERSONAL}perbaikan/", privacy_views.personal_correct, name="personal-correct"),
    path(f"{PERSONAL}penghapusan/", privacy_views.personal_erase, name="personal-erase"),
    # public
    path("rekrutmen/", public_views.vacancy_list, name="vacancy-list"),
    path("rekrutmen/status/", public_status_views.status, name="status"),
    path("rekrutmen/status/tutup/", public_status_views.leave, name="leave"),
    path("rekrutmen/status/kelengkapan/", public_status_views.completion, name="completion"),
    path("rekrutmen/status/undur-diri/", public_status_views.withdraw, name="withdraw"),
    path("rekrutmen/status/undangan.pdf", public_status_views.own_invitation, name="own-invitation"),
    path("rekrutmen/status/berkas/<uuid:key>/", public_status_views.own_paper, name="own-paper"),
    path("rekrutmen/<slug:code>/", public_views.vacancy, name="vacancy"),
    path("rekrutmen/<slug:code>/lamar/terkirim/", public_status_views.receipt, name="apply-receipt"),
    path(
        "rekrutmen/<slug:code>/lamar/terkirim/tanda-terima.pdf",
        public_status_views.receipt_paper,
        name="apply-receipt-pdf",
    ),
    path("rekrutmen/<slug:code>/lamar/<slug:step>/", public_apply_views.apply, name="apply"),
    path(f"{ROUND}sebarkan/", share_views.round_share, name="round-share"),
    path(f"{ROUND}poster.pdf", share_views.round_poster, name="round-poster"),
    # panel
    path(f"{ROUND}nilai/", scoring_views.score_list, name="score-list"),
    path(f"{APPLICANT}nilai/", scoring_views.score_dossier, name="score-dossier"),
    path(f"{APPLICANT}wawancara/", scoring_views.score_interview, name="score-interview"),
    path(f"{APPLICANT}benturan/", scoring_views.conflict_declare, name="conflict-declare"),
    path(f"{ROUND}peringkat/", ranking_views.ranking, name="ranking"),
    path(f"{ROUND}hitung-ulang/", ranking_views.ranking_replay, name="ranking-replay"),
    path(f"{ROUND}wawancara-ulang/", ranking_views.interview_repeat, name="interview-repeat"),
    path(f"{ROUND}pilihan/", choice_views.applicant_choices, name="choices"),
    path(f"{ROUND}ajukan/", choice_views.recruitment_round_submit, name="round-submit"),
    path(f"{ROUND}putuskan/", choice_views.recruitment_round_decide, name="round-decide"),
    path(f"{ROUND}hasil/tanpa-surel/", announcement_views.result_texts, name="result-texts"),
    path(f"{ROUND}hasil/surat.<str:form>", announcement_views.result_papers, name="result-papers"),
    path(f"{ROUND}umumkan/", choice_views.round_announce, name="round-announce"),
    path(
        f"{ROUND}berita-acara.pdf",
        ranking_views.selection_minutes_paper,
        {"form": "pdf"},
        name="round-minutes-pdf",
    ),
    path(
        f"{ROUND}berita-acara.docx",
        ranking_views.selection_minutes_paper,
        {"form": "docx"},
        name="round-minutes-docx",
    ),
    path(f"{ROUND}keputusan.pdf", ranking_views.round_decree_paper, {"form": "pdf"}, name="round-decree-pdf"),
    path(f"{ROUND}keputusan.docx", ranking_views.round_decree_paper, {"form": "docx"}, name="round-decree-docx"),
    path(f"{ROUND}keberatan/", objection_views.objection_list, name="objection-list"),
    path(f"{ROUND}keberatan/baru/", objection_views.objection_create, name="objection-create"),
    path(f"{ROUND}keberatan/<int:pk>/", objection_views.objection_detail, name="objection-detail"),
    path(f"{APPLICANT}ganti/", announcement_views.replace_accepted, name="application-replace"),
    path("rekrutmen/<slug:code>/pengumuman/", announcement_views.announcement, name="announcement"),
]
