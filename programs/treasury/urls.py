from django.urls import path

from programs.treasury import views

app_name = "treasury"
urlpatterns = [path("sp2d/", views.entry_list, name="entry-list")]
