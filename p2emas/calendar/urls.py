from django.urls import path

from p2emas.calendar import public_views, views

app_name = "calendar"
urlpatterns = [
    path("kalender/", public_views.calendar, name="calendar"),
    path("kalender/alamat/", views.address_make, name="address-make"),
    path("kalender/alamat/cabut/", views.address_end, name="address-end"),
    path("kalender/umum.ics", public_views.public_file, name="public-file"),
    path("kalender/pribadi/<slug:token>.ics", public_views.private_file, name="private-file"),
]
