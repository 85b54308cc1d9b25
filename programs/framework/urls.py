from django.urls import path

from programs.framework import code_views

app_name = "framework"
urlpatterns = [
    path("nomenklatur/belum-ada/", code_views.unlisted_list, name="unlisted-list"),
    path("nomenklatur/<int:pk>/", code_views.entry_detail, name="entry-detail"),
]
