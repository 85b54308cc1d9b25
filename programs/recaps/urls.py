from django.urls import path

from programs.recaps import views

app_name = "recaps"
urlpatterns = [
    path("rekap/", views.recap, name="recap"),
]
