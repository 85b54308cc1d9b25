from django.urls import path

from programs.aid import duty_views, handover_views, public_views, views

app_name = "aid"
urlpatterns = [
    path("serah-terima/", public_views.handover_enter, name="handover-enter"),
    path("serah-terima/isi/", public_views.handover_fill, name="handover-fill"),
    path("paket/", views.package_list, name="package-list"),
    path("paket/bertahan/", views.package_survival, name="package-survival"),
    path("paket/baru/<int:line>/", views.package_create, name="package-create"),
    path("paket/<int:pk>/", views.package_detail, name="package-detail"),
    path("paket/<int:pk>/ubah/", views.package_edit, name="package-edit"),
    path("paket/<int:pk>/periksa/<int:month>/", views.check_record, name="check-record"),
    path("paket/<int:pk>/lembar/", handover_views.handover_print, name="handover-print"),
    path("paket/<int:pk>/lembar/<str:form>/", handover_views.handover_paper, name="handover-paper"),
    path("paket/<int:pk>/pernyataan/", handover_views.handover_record, name="handover-record"),
    path("paket/<int:pk>/kuatkan/", handover_views.handover_confirm, name="handover-confirm"),
    path("paket/<int:pk>/kewajiban/", duty_views.duty_create, name="duty-create"),
    path("paket/kewajiban/<int:pk>/ubah/", duty_views.duty_edit, name="duty-edit"),
    path("paket/kewajiban/<int:pk>/pindah/", duty_views.step_record, name="step-record"),
    path("paket/<int:pk>/riwayat/", views.package_history, name="package-history"),
]
