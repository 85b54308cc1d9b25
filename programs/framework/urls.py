from django.urls import path

from programs.framework import code_views, views

app_name = "framework"
urlpatterns = [
    path("nomenklatur/belum-ada/", code_views.unlisted_list, name="unlisted-list"),
    path("nomenklatur/<int:pk>/", code_views.entry_detail, name="entry-detail"),
    path("renstra/", views.renstra, name="renstra"),
    path("renstra/<int:pk>/riwayat/", views.renstra_history, name="renstra-history"),
]
