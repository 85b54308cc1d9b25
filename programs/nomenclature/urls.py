from django.urls import path

from programs.nomenclature import views

app_name = "nomenclature"
urlpatterns = [path("nomenklatur/", views.entry_list, name="entry-list")]
