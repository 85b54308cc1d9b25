from django.urls import path

from programs.aid import views

app_name = "aid"
urlpatterns = [
    path("paket/", views.package_list, name="package-list"),
    path("paket/bertahan/", views.package_survival, name="package-survival"),
    path("paket/baru/<int:line>/", views.package_create, name="package-create"),
    path("paket/<int:pk>/", views.package_detail, name="package-detail"),
    path("paket/<int:pk>/ubah/", views.package_edit, name="package-edit"),
    path("paket/<int:pk>/periksa/<int:month>/", views.check_record, name="check-record"),
    path("paket/<int:pk>/riwayat/", views.package_history, name="package-history"),
]
