from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("isian/", views.unsaved, name="unsaved"),
    path("isian/<int:pk>/", views.draft_detail, name="draft-detail"),
    path("isian/<int:pk>/buang/", views.draft_drop, name="draft-drop"),
    path("isian/<slug:form>/<int:pk>/simpan/", views.draft_save, name="draft-save"),
    path("isian/<slug:form>/<int:pk>/terbuka/", views.draft_open, name="draft-open"),
]
