from django.urls import path

from programs.coordination import disposisi_views, item_views, notes_views, paper_views, views

app_name = "coordination"
urlpatterns = [
    path("rakor/", views.meeting_list, name="meeting-list"),
    path("rakor/baru/", views.meeting_create, name="meeting-create"),
    path("rakor/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    path("rakor/<int:pk>/ubah/", views.meeting_edit, name="meeting-edit"),
    path("rakor/<int:pk>/agenda/", views.meeting_agenda, name="meeting-agenda"),
    path("rakor/<int:pk>/agenda/<int:line>/", views.agenda_line, name="agenda-line"),
    path("rakor/<int:pk>/langkah/<str:name>/", views.meeting_step, name="meeting-step"),
    path("rakor/<int:pk>/riwayat/", views.meeting_history, name="meeting-history"),
    path("rakor/<int:pk>/catatan/", notes_views.meeting_notes, name="meeting-notes"),
    path("rakor/<int:pk>/hapus-nama/", notes_views.names_erase, name="names-erase"),
    path("rakor/<int:pk>/konsep-berita-acara/", notes_views.minutes_draft, name="minutes-draft"),
    path("rakor/<int:pk>/undangan.<str:form>", paper_views.meeting_invitations, name="meeting-invitations"),
    path("rakor/<int:pk>/bahan.pdf", paper_views.meeting_material, name="meeting-material"),
    path("rakor/<int:pk>/daftar-hadir.pdf", paper_views.meeting_attendance, name="meeting-attendance"),
    path("rakor/<int:pk>/berita-acara.<str:form>", paper_views.meeting_minutes, name="meeting-minutes"),
    path("disposisi/baru/", disposisi_views.disposisi_create, name="disposisi-create"),
    path("rakor/<int:pk>/tindak-lanjut/", item_views.item_add, name="item-add"),
    path("tindak-lanjut/", item_views.item_list, name="item-list"),
    path("tindak-lanjut/<int:pk>/", item_views.item_detail, name="item-detail"),
    path("tindak-lanjut/<int:pk>/langkah/<str:name>/", item_views.item_step, name="item-step"),
    path("tindak-lanjut/<int:pk>/riwayat/", item_views.item_history, name="item-history"),
]
