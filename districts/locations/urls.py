from django.urls import path

from districts.locations import public_views

app_name = "locations"
urlpatterns = [
    path("kecamatan/", public_views.district_list, name="district-list"),
    path("desa/", public_views.village_list, name="village-list"),
]
