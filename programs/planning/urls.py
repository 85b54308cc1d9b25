from django.urls import path

from programs.planning import focus_views, indicator_views, line_views, views
from programs.planning.chain import views as chain_views
from programs.planning.completion import views as completion_views
from programs.planning.files import views as file_views

app_name = "planning"
urlpatterns = [
    path("rencana/", views.plan_list, name="plan-list"),
    path("rencana/baru/", views.plan_create, name="plan-create"),
    path("rencana/berkas/", file_views.file_upload, name="file-upload"),
    path("rencana/berkas/templat/", file_views.file_template, name="file-template"),
    path("rencana/berkas/<int:pk>/", file_views.file_detail, name="file-detail"),
    path("rencana/berkas/<int:pk>/kolom/", file_views.file_columns, name="file-columns"),
    path("rencana/berkas/<int:pk>/pakai/", file_views.file_apply, name="file-apply"),
    path("rencana/berkas/<int:pk>/batalkan/", file_views.file_undo, name="file-undo"),
    path("rencana/baris/", line_views.line_list, name="line-list"),
    path("rencana/fokus/", focus_views.focus, name="focus"),
    path("rencana/rantai-nilai/", chain_views.chain_list, name="chain-list"),
    path("rencana/rantai-nilai/<slug:slug>/", chain_views.chain, name="chain"),
    path("rencana/<int:pk>/", views.plan_detail, name="plan-detail"),
    path("rencana/<int:pk>/baris/tambah/", line_views.line_add, name="line-add"),
    path("rencana/<int:pk>/baris/<int:line>/", line_views.line_edit, name="line-edit"),
    path("rencana/<int:pk>/baris/<int:line>/hapus/", line_views.line_delete, name="line-delete"),
    path("rencana/<int:pk>/indikator/", indicator_views.indicator_list, name="indicator-list"),
    path("rencana/<int:pk>/indikator/<int:indicator>/", indicator_views.indicator_edit, name="indicator-edit"),
    path(
        "rencana/<int:pk>/indikator/<int:indicator>/hapus/", indicator_views.indicator_delete, name="indicator-delete"
    ),
    path("rencana/<int:pk>/kegiatan/<int:activity>/indikator/", indicator_views.indicator_add, name="indicator-add"),
    path("rencana/<int:pk>/lengkapi/", completion_views.plan_complete, name="plan-complete"),
    path("rencana/<int:pk>/periksa/", views.plan_check, name="plan-check"),
    path("rencana/<int:pk>/tetapkan/", views.plan_set, name="plan-set"),
    path("rencana/<int:pk>/langkah/<slug:step>/", views.plan_step, name="plan-step"),
    path("rencana/<int:pk>/riwayat/", views.plan_history, name="plan-history"),
    path("rencana/<int:pk>/bandingkan/", views.plan_compare, name="plan-compare"),
]
