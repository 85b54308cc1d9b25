from django.urls import path

from p2emas.documents import public_views

app_name = "documents"
urlpatterns = [
    path("berkas/<str:model_name>/<uuid:key>/", public_views.file_download, name="file-download"),
    path("asli/", public_views.receipt_search, name="receipt-search"),
    path("asli/<str:code>/", public_views.receipt_genuine, name="receipt-genuine"),
]
