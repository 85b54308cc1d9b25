from django.urls import path

from facilitators.training import public_views, result_views, session_views, views

COURSES = "pelatihan/"
COURSE = f"{COURSES}<int:pk>/"
SESSION = f"{COURSE}sesi/<int:session>/"

app_name = "training"
urlpatterns = [
    path("hadir/", public_views.attend, name="attend"),
    path(COURSES, views.course_list, name="course-list"),
    path(f"{COURSES}buat/", views.course_create, name="course-create"),
    path(COURSE, views.course_detail, name="course-detail"),
    path(f"{COURSE}ubah/", views.course_edit, name="course-edit"),
    path(f"{COURSE}riwayat/", views.course_history, name="course-history"),
    path(f"{COURSE}peserta/", views.participants, name="participants"),
    path(f"{COURSE}peserta/<int:enrolment>/keluarkan/", views.participant_remove, name="participant-remove"),
    path(f"{COURSE}peserta/<int:enrolment>/gugur/", result_views.enrolment_drop, name="enrolment-drop"),
    path(f"{COURSE}sesi/buat/", session_views.session_create, name="session-create"),
    path(SESSION, session_views.attendance, name="attendance"),
    path(f"{SESSION}ubah/", session_views.session_edit, name="session-edit"),
    path(f"{SESSION}daftar-hadir.pdf", session_views.attendance_sheet, name="attendance-sheet"),
    path(f"{SESSION}kode/", session_views.room_code, name="room-code"),
    path(f"{COURSE}tes/", result_views.tests, name="tests"),
    path(f"{COURSE}tutup/", result_views.course_close, name="course-close"),
    path(f"{COURSE}buka/", result_views.course_reopen, name="course-reopen"),
]
