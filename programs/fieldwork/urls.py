from django.urls import path

from programs.fieldwork import copy_views, field_views, public_views, receive_views, views
from programs.fieldwork.month_reports import views as month_views
from programs.fieldwork.notebook import views as notebook_views
from programs.fieldwork.stories import views as story_views

app_name = "fieldwork"
MONTH = "kunjungan/bulanan/<int:pk>/"
urlpatterns = [
    path("lapangan/", field_views.field_home, name="field-home"),
    path("lapangan/baru/", field_views.visit_begin, name="visit-begin"),
    path("lapangan/terkirim/", field_views.field_sent, name="field-sent"),
    path("lapangan/data/", receive_views.field_data_of, name="field-data"),
    path("lapangan/luring/", public_views.field_offline, name="field-offline"),
    path("lapangan/sw.js", public_views.field_worker, name="field-worker"),
    path("lapangan/kirim/", receive_views.visit_receive, name="visit-receive"),
    path("lapangan/kirim/<uuid:token>/foto/<int:number>/", receive_views.photo_receive, name="photo-receive"),
    path("impor/kunjungan/", copy_views.copy_import, name="copy-import"),
    path("lapangan/<int:pk>/isi/<str:screen>/", field_views.visit_fill, name="visit-fill"),
    path("lapangan/<int:pk>/buang/", field_views.visit_drop, name="visit-drop"),
    path("lapangan/<int:pk>/perbaiki/", field_views.visit_correct, name="visit-correct"),
    path("lapangan/penjualan/", notebook_views.sale_list, name="sale-list"),
    path("lapangan/penjualan/<int:pk>/", notebook_views.sale_create, name="sale-create"),
    path("lapangan/penjualan/catatan/<int:pk>/coret/", notebook_views.sale_strike, name="sale-strike"),
    path("lapangan/bulanan/", month_views.month_report_own, name="month-report-own"),
    path(MONTH, month_views.month_report, name="month-report"),
    path(f"{MONTH}naskah.pdf", month_views.month_report_paper, {"form": "pdf"}, name="month-report-pdf"),
    path(f"{MONTH}naskah.docx", month_views.month_report_paper, {"form": "docx"}, name="month-report-docx"),
    path("desa/<slug:slug>/penjualan/", notebook_views.village_sales, name="village-sales"),
    path("kunjungan/", views.visit_list, name="visit-list"),
    path("kunjungan/terbit/", story_views.story_release, name="story-release"),
    path("kunjungan/<int:pk>/", views.visit_detail, name="visit-detail"),
    path("kunjungan/<int:pk>/balas/", views.visit_reply, name="visit-reply"),
    path("kunjungan/<int:pk>/langkah/<str:name>/", views.visit_step, name="visit-step"),
    path("kunjungan/<int:pk>/riwayat/", views.visit_history, name="visit-history"),
]
