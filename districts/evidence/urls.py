from django.urls import path

from districts.evidence import views

app_name = "evidence"
urlpatterns = [path("bukti/", views.evidence, name="evidence")]
