from django.urls import path, re_path

from programs.evaluation import package_views, public_views, views
from programs.evaluation.comparison import public_views as public_comparisons
from programs.evaluation.comparison import views as comparisons

app_name = "evaluation"
urlpatterns = [
    path("hasil/", public_views.result_overview, name="result-overview"),
    re_path(r"^hasil/kecamatan/(?P<code>[0-9A-Za-z.-]+)/$", public_views.result_district, name="result-district"),
    path("hasil/pembanding/", public_comparisons.comparison_overview, name="comparison-overview"),
    path("hasil/pembanding/baru/", comparisons.comparison_create, name="comparison-create"),
    path("hasil/pembanding/<int:pk>/", public_comparisons.comparison_detail, name="comparison-detail"),
    path("hasil/pembanding/<int:pk>/ubah/", comparisons.comparison_edit, name="comparison-edit"),
    path("hasil/pembanding/<int:pk>/langkah/<slug:step>/", comparisons.comparison_step, name="comparison-step"),
    path("kisah/", public_views.story_overview, name="story-overview"),
    path("replikasi/", public_views.replication_overview, name="replication-overview"),
    path("replikasi/lokasi/<int:pk>/nilai/", views.evaluation_create, name="evaluation-create"),
    path("replikasi/lokasi/<int:pk>/paket/", package_views.model_package_create, name="package-create"),
    path("paket-model/<int:pk>/", package_views.model_package_detail, name="package-detail"),
    path("paket-model/<int:pk>/ubah/", package_views.model_package_edit, name="package-edit"),
    path("paket-model/<int:pk>/langkah/<slug:step>/", package_views.model_package_step, name="package-step"),
    path("paket-model/<int:pk>/riwayat/", package_views.model_package_history, name="package-history"),
    path("kesiapan/<int:pk>/", public_views.evaluation_detail, name="evaluation-detail"),
    path("kesiapan/<int:pk>/hitung/", views.evaluation_compute, name="evaluation-compute"),
    path("kesiapan/<int:pk>/ulang/", views.evaluation_replay, name="evaluation-replay"),
    path("kesiapan/<int:pk>/langkah/<slug:step>/", views.evaluation_step, name="evaluation-step"),
    path("kesiapan/<int:pk>/putusan/", views.evaluation_decide, name="evaluation-decide"),
    path("kesiapan/<int:pk>/riwayat/", views.evaluation_history, name="evaluation-history"),
    path("desa/<slug:slug>/hasil/", public_views.result_village, name="result-village"),
]
