from django.urls import path

from p2emas.exports import views

app_name = "exports"
urlpatterns = [
    path("unduhan/<int:pk>/", views.list_request, name="list-request"),
    path("unduhan/<int:pk>/berkas/", views.list_download, name="list-download"),
]
