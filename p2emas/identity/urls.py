from django.urls import path

from . import views

app_name = "identity"
urlpatterns = [
    path("identitas/", views.identity_detail, name="identity"),
    path("identitas/ubah/", views.identity_edit, name="identity-edit"),
]
