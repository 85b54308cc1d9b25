from django.urls import path, re_path

from programs.evaluation import public_views

app_name = "evaluation"
urlpatterns = [
    path("hasil/", public_views.result_overview, name="result-overview"),
    re_path(r"^hasil/kecamatan/(?P<code>[0-9A-Za-z.-]+)/$", public_views.result_district, name="result-district"),
    path("desa/<slug:slug>/hasil/", public_views.result_village, name="result-village"),
]
