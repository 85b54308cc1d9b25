from django.urls import path

from p2emas.instruments import emblem_views, public_views, views

app_name = "instruments"
urlpatterns = [
    path("berita-acara/", public_views.minutes_list, name="minutes-list"),
    path("berita-acara/baru/", views.minutes_create, name="minutes-create"),
    path("berita-acara/<int:pk>/", public_views.minutes_detail, name="minutes-detail"),
    path("berita-acara/<int:pk>/ubah/", views.minutes_edit, name="minutes-edit"),
    path("berita-acara/<int:pk>/langkah/<slug:step>/", views.minutes_step, name="minutes-step"),
    path("berita-acara/<int:pk>/pindaian/", views.minutes_scan, name="minutes-scan"),
    path("berita-acara/<int:pk>/riwayat/", views.minutes_history, name="minutes-history"),
    path("identitas/lambang/", emblem_views.emblem_edit, name="emblem-edit"),
    path("identitas/lambang/<slug:paper>.png", emblem_views.emblem_picture, name="emblem"),
    path("peraturan/", public_views.regulation_list, name="regulation-list"),
    path("peraturan/<int:pk>/", public_views.regulation_detail, name="regulation-detail"),
]
