from django.urls import path

from p2emas.search import public_views

app_name = "search"
urlpatterns = [path("cari/", public_views.search, name="search")]
