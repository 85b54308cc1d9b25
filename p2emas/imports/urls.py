from django.urls import path

from p2emas.imports import views
from p2emas.imports.lanes import views as lane_views

app_name = "imports"
urlpatterns = [
    path("impor/", views.import_list, name="import-list"),
    path("impor/baru/<slug:kind>/", views.import_upload, name="import-upload"),
    path("impor/templat/<slug:kind>/", views.template_download, name="template-download"),
    path("impor/<int:pk>/", views.import_detail, name="import-detail"),
    path("impor/<int:pk>/terapkan/", views.import_apply, name="import-apply"),
    path("impor/susunan/<slug:kind>/", views.layout_edit, name="layout-edit"),
    path("impor/<int:pk>/susunan/", views.import_layout, name="import-layout"),
    path("impor/<int:pk>/angka/", views.import_format, name="import-format"),
    path("impor/<int:pk>/baris-galat/", views.problem_download, name="problem-download"),
    path("impor/<int:pk>/riwayat/", views.import_history, name="import-history"),
    path("impor/<int:pk>/langkah/<str:name>/", views.import_step, name="import-step"),
    path("isian-excel/<slug:lane>/<int:record>/", lane_views.lane_page, name="lane"),
    path("isian-excel/<slug:lane>/<int:record>/unduh/", lane_views.workbook_download, name="lane-workbook"),
    path("isian-excel/<int:pk>/", lane_views.upload_detail, name="lane-upload"),
    path("isian-excel/<int:pk>/kolom/", lane_views.upload_columns, name="lane-columns"),
    path("isian-excel/<int:pk>/pakai/", lane_views.upload_apply, name="lane-apply"),
    path("isian-excel/<int:pk>/batalkan/", lane_views.upload_undo, name="lane-undo"),
]
